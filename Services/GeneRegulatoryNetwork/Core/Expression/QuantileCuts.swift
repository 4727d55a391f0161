/// Where each gene's levels are cut: at quantiles, midway between two neighbouring levels.
///
/// The cuts depend on the levels only, not on the order of samples. Equal levels are never parted: a quantile that falls into a run of
/// them moves to its nearer end (to the lower one at equal distance), and cuts that meet are made once. So a gene of few distinct levels,
/// as in single cells with dropout, has fewer cuts, and a constant one none.
public struct QuantileCuts: Sendable, Hashable {
    /// Gene by gene the cuts, ascending.
    public let cuts: [[Float]]
    /// How many cuts a gene has at most.
    public let most: Int

    /// Cuts of all genes.
    /// - Parameter count: how many cuts a gene gets at most; the quantiles are k / (count + 1).
    public init(_ expression: ExpressionMatrix, count: Int) {
        self.init(count: count, genes: expression.genes.indices.map { expression.levels(of: $0) })
    }

    /// Cuts of some genes only; the others have none.
    public init(_ expression: ExpressionMatrix, of genes: [Int], count: Int) {
        var chosen = Array(repeating: ArraySlice<Float>(), count: expression.geneCount)
        for gene in genes where expression.genes.indices.contains(gene) { chosen[gene] = expression.levels(of: gene) }
        self.init(count: count, genes: chosen)
    }

    private init(count: Int, genes: [ArraySlice<Float>]) {
        most = max(count, 0)
        let most = most
        cuts = genes.map { Self.cuts(of: $0, count: most) }
    }

    /// The bin of a level: how many cuts lie below it; nil when it is missing.
    public func bin(of level: Float, gene: Int) -> Int? {
        guard !level.isNaN else { return nil }
        var (low, high) = (0, cuts[gene].count)
        while low < high {
            let middle = (low + high) / 2
            if level > cuts[gene][middle] { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The cuts of some levels, ascending; each has a level at or below it and one above it.
    public static func cuts(of levels: some Sequence<Float>, count: Int) -> [Float] {
        let sorted = levels.filter { !$0.isNaN }.sorted()
        guard count > 0, let first = sorted.first, let last = sorted.last, first < last else { return [] }
        var found: [Float] = []
        for quantile in 1...count {
            // The number of levels below the cut, to the nearest.
            let wanted = (2 * sorted.count * quantile + count + 1) / (2 * (count + 1))
            guard let below = boundary(sorted, near: wanted) else { continue }
            let (low, high) = (sorted[below - 1], sorted[below])
            let middle = low / 2 + high / 2
            let cut = middle >= low && middle < high ? middle : low
            if let previous = found.last, previous >= cut { continue }
            found.append(cut)
        }
        return found
    }

    /// The number of levels nearest to `wanted` that are all less than the rest; nil when that would part none from some.
    private static func boundary(_ sorted: [Float], near wanted: Int) -> Int? {
        if wanted > 0, wanted < sorted.count, sorted[wanted - 1] < sorted[wanted] { return wanted }
        let value = sorted[min(max(wanted - 1, 0), sorted.count - 1)]
        // The run of levels equal to the one at the quantile.
        let start = partition(sorted) { $0 >= value }
        let end = partition(sorted) { $0 > value }
        let candidates = [start, end].filter { $0 > 0 && $0 < sorted.count }
        return candidates.min { abs($0 - wanted) < abs($1 - wanted) }
    }

    /// The first place from which `belongs` holds.
    private static func partition(_ sorted: [Float], _ belongs: (Float) -> Bool) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(sorted[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
