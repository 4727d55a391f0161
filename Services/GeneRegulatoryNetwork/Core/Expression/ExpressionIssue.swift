/// Something about one gene's levels that the reader of a network should know.
public struct ExpressionIssue: Sendable, Hashable, CustomStringConvertible {
    /// What can be unusual.
    public enum Kind: String, Sendable, CaseIterable {
        /// Levels that were infinite and count as missing.
        case infinite
        /// Levels that are missing.
        case missing
        /// All levels are equal, or there are none: the gene has no edges.
        case constant
        /// Another column of the same name stands for the gene: this one has no edges.
        case duplicatedName = "duplicated-name"

        /// The place in the order of reporting.
        var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What is unusual.
    public let kind: Kind
    /// The gene, a number of ``ExpressionMatrix/genes``.
    public let gene: Int
    /// The gene's name.
    public let name: String
    /// How many levels it concerns; 1 for a name.
    public let count: Int

    /// An issue.
    public init(_ kind: Kind, gene: Int, name: String, count: Int) {
        self.kind = kind
        self.gene = gene
        self.name = name
        self.count = count
    }

    /// One line for a report: no level in it.
    public var description: String {
        switch kind {
        case .infinite: "gene \(name): \(count) infinite levels count as missing"
        case .missing: "gene \(name): \(count) levels are missing"
        case .constant: "gene \(name): constant over \(count) levels, no edges"
        case .duplicatedName: "gene \(name): column \(gene + 1) repeats the name, another column stands for it"
        }
    }
}
