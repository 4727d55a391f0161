/// What would settle a recommendation that the data leave open.
public struct SettlingTest: Sendable, Hashable {
    /// The kinds of test.
    public enum Kind: String, Sendable, Hashable, Comparable {
        /// Read the genotype at a position that is missing.
        case position
        /// Find which chromosome the heterozygous variants lie on.
        case phasing
        /// Count the copies and look for hybrids of the gene.
        case copyNumber = "copy-number"
        /// Have the gene typed by a laboratory.
        case typing

        /// By the word.
        public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }

    /// The gene.
    public let gene: GeneSymbol
    /// What kind of test it is.
    public let kind: Kind
    /// The position's rs number or name; the assay's name otherwise (`HLA-B typing`).
    public let name: String
    /// The weight of the candidates that it tells from candidates with another action: 0...1; 1 when nothing is known.
    public let separatedWeight: Double
}
