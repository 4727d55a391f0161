/// What one gene set has in common with a list of genes.
public struct GeneSetEnrichment: Sendable, Equatable {
    /// The set's name.
    public let set: String
    /// The genes of the set that are in the background.
    public let setSize: Int
    /// The genes of the list that are in the set, ascending.
    public let shared: [String]
    /// The number that chance would share.
    public let expected: Double
    /// ln P(X >= shared), hypergeometric; also where ``pValue`` is too small to be written.
    public let logPValue: Double
    /// P(X >= shared).
    public let pValue: Double
    /// The p-value adjusted for all sets that were tested.
    public let qValue: Double
}

/// Over-representation of gene sets in a list of genes, one-sided (Fisher's exact test): P(X >= k) for k shared genes,
/// where n genes are drawn from the N of the background of which K are in the set.
public struct EnrichmentAnalysis: Sendable {
    /// The genes that could have been in the list: those that were measured. Never the whole genome by default, which
    /// would make everything that is expressed look enriched.
    public let background: Set<String>

    /// An analysis against a background.
    public init(background: Set<String>) { self.background = background }

    /// Tests each set; genes outside the background are left out of the list and of the sets.
    ///
    /// - Parameters:
    ///   - genes: the list.
    ///   - sets: the sets by name.
    ///   - minimumSize: sets with fewer genes in the background are not tested.
    ///   - correction: how p-values are adjusted.
    /// - Returns: the tested sets by p-value, then by name.
    /// - Throws: `empty-set` when no gene of the list is in the background.
    public func enrichment(
        of genes: some Sequence<String>, in sets: [String: Set<String>], minimumSize: Int = 1,
        correction: FalseDiscovery = .benjaminiHochberg
    ) throws(MedicineError) -> [GeneSetEnrichment] {
        let list = background.intersection(genes)
        guard !list.isEmpty else {
            throw MedicineError(
                .emptySet, operation: "enrichment", detail: "no gene of the list is in the background")
        }
        var rows: [(set: String, size: Int, shared: [String], expected: Double, logarithm: Double)] = []
        for (name, genes) in sets {
            let size = genes.intersection(background).count
            guard size >= max(minimumSize, 1) else { continue }
            let shared = genes.intersection(list).sorted()
            let chance = try Hypergeometric(population: background.count, marked: size, drawn: list.count)
            rows.append(
                (
                    name, size, shared, Double(size) * Double(list.count) / Double(background.count),
                    chance.logUpperTail(shared.count)
                ))
        }
        rows.sort { ($0.logarithm, $0.set) < ($1.logarithm, $1.set) }
        let pValues = rows.map { Elementary.exponential($0.logarithm) }
        return zip(rows.indices, correction.adjusted(pValues)).map { index, qValue in
            let row = rows[index]
            return GeneSetEnrichment(
                set: row.set, setSize: row.size, shared: row.shared, expected: row.expected,
                logPValue: row.logarithm, pValue: pValues[index], qValue: qValue)
        }
    }
}
