/// What is wrong with a statement about a gene.
public struct CallingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// The catalog does not have the gene.
        case unknownGene = "unknown-gene"
        /// The gene's tables do not have the allele.
        case unknownAllele = "unknown-allele"
        /// More than two haplotypes, or none.
        case malformedDiplotype = "malformed-diplotype"
    }

    /// The kind of failure.
    public let code: Code
    /// The gene.
    public let gene: GeneSymbol
    /// What was wrong and what is expected.
    public let detail: String
    /// What was being done.
    public var operation: String { "read a reported diplotype" }
    /// Always false: the same text fails again.
    public var isRetriable: Bool { false }

    /// A failure.
    public init(code: Code, gene: GeneSymbol, detail: String) {
        self.code = code
        self.gene = gene
        self.detail = detail
    }

    /// `code: gene: detail`.
    public var description: String { "\(code.rawValue): \(gene): \(detail)" }
}
