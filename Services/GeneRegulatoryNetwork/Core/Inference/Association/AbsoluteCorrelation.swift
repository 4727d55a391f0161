/// The absolute correlation of levels (Pearson) or of their ranks (Spearman); signs are those of the correlation.
public struct AbsoluteCorrelation: InferenceMethod {
    /// What is correlated.
    public enum Kind: String, Sendable, CaseIterable {
        /// The levels.
        case pearson
        /// Their ranks, equal levels sharing the mean of theirs.
        case spearman
    }

    /// What is correlated.
    public var kind: Kind

    /// The method.
    public init(_ kind: Kind = .pearson) {
        self.kind = kind
    }

    /// `pearson` or `spearman`.
    public var name: String { kind.rawValue }

    /// The scores, 0...1; missing levels are the gene's median.
    public func infer(
        _ expression: ExpressionMatrix, regulators: [Int], runner: any ParallelRunner
    ) throws(InferenceError) -> ScoreMatrix {
        let canonical = try CanonicalExpression(expression, regulators: regulators, atLeast: 3)
        let rows = Self.correlations(canonical, kind, runner: runner)
        var matrix = canonical.matrix(expression, regulators: regulators) { abs(rows[$0][$1]) }
        Self.setSigns(&matrix, canonical, rows)
        return matrix
    }

    /// The correlations of each regulator with each gene.
    static func correlations(
        _ canonical: CanonicalExpression, _ kind: Kind = .pearson, runner: any ParallelRunner
    ) -> [[Double]] {
        let levels =
            kind == .pearson
            ? canonical.values.map(Double.init)
            : (0..<canonical.geneCount).flatMap { averageRanks(canonical.levels(of: $0).map(Double.init)) }
        let scores = StandardScores(levels, sampleCount: canonical.sampleCount)
        return runner.gather(canonical.regulators.count, startingWith: []) {
            scores.correlations(of: canonical.regulators[$0])
        }
    }

    /// Gives each pair the sign of its correlation.
    static func setSigns(_ matrix: inout ScoreMatrix, _ canonical: CanonicalExpression, _ rows: [[Double]]) {
        for (place, regulator) in canonical.regulators.enumerated() {
            for gene in canonical.column.indices where gene != regulator {
                let index = matrix.index(regulator: canonical.row[place], target: canonical.column[gene])
                let value = rows[place][gene]
                matrix.signs[index] = value > 0 ? 1 : value < 0 ? -1 : 0
            }
        }
    }

    /// Gives each pair the sign of Pearson's correlation.
    static func setSigns(
        _ matrix: inout ScoreMatrix, _ canonical: CanonicalExpression, runner: any ParallelRunner
    ) {
        setSigns(&matrix, canonical, correlations(canonical, runner: runner))
    }
}

/// The rank of each value from 1, the least first; equal values share the mean of their ranks.
func averageRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = Array(repeating: 0.0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
        for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
        start = end
    }
    return ranks
}
