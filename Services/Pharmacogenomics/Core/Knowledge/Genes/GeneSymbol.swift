/// A gene by its HGNC symbol (`CYP2C19`, `HLA-B`, `MT-RNR1`).
public struct GeneSymbol: RawRepresentable, Hashable, Comparable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// The symbol as HGNC writes it.
    public let rawValue: String

    /// The symbol as given; nothing is checked, a gene unknown to the catalog is simply not found there.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The symbol as given.
    public init(stringLiteral value: String) {
        rawValue = value
    }

    /// The symbol.
    public var description: String { rawValue }

    /// By the symbol's characters.
    public static func < (left: GeneSymbol, right: GeneSymbol) -> Bool {
        left.rawValue < right.rawValue
    }
}
