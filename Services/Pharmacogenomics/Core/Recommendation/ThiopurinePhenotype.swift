/// The joint phenotype of TPMT and NUDT15, of which the more severe governs the dose of thiopurines (CPIC 2018, PMID 30447069).
public struct ThiopurinePhenotype: Sendable, Hashable {
    /// The more severe phenotype.
    public let phenotype: String
    /// The genes that have it, in alphabetical order.
    public let genes: [GeneSymbol]

    private static let severities = [
        "Poor Metabolizer": 2, "Intermediate Metabolizer": 1, "Possible Intermediate Metabolizer": 1,
        "Normal Metabolizer": 0,
    ]

    /// The joint phenotype; nil when one of the two genes has no result, several, or an indeterminate one.
    public init?(tpmt: PhenotypeOutcome?, nudt15: PhenotypeOutcome?) {
        guard let tpmt, let nudt15, let one = Self.severities[tpmt.phenotype],
            let other = Self.severities[nudt15.phenotype]
        else { return nil }
        phenotype = one > other ? tpmt.phenotype : nudt15.phenotype
        genes = one == other ? ["NUDT15", "TPMT"] : one > other ? ["TPMT"] : ["NUDT15"]
    }

    /// `Poor Metabolizer in TPMT`, `Intermediate Metabolizer in NUDT15 and TPMT`.
    public var text: String { "\(phenotype) in \(genes.map(\.rawValue).joined(separator: " and "))" }
}
