/// Two haplotypes that together are consistent with a sample's data.
public struct DiplotypeCandidate: Sendable, Equatable {
    /// The haplotype whose name comes first in natural order (phased data do not say which parent it came from).
    public var first: HaplotypeCall
    /// The other; nil where there is one copy (X of a male).
    public var second: HaplotypeCall?
    /// The probability given the data and the prior; without a stated population every diplotype of the set has the same.
    public var weight: Double
    /// How many observed positions the two definitions name; orders the candidates and nothing else.
    public var score: Int
    /// True when one of the alleles was not seen at any of its own positions: it is possible, and nothing speaks for it.
    public var isPresumed = false

    /// A candidate.
    public init(first: HaplotypeCall, second: HaplotypeCall?, weight: Double = 0, score: Int = 0) {
        self.first = first
        self.second = second
        self.weight = weight
        self.score = score
    }

    /// `*1/*2`, or the one name.
    public var name: String { second.map { "\(first.name)/\($0.name)" } ?? first.name }
}

/// One haplotype: a named allele, a combination of several, or one with variants of no named allele.
public struct HaplotypeCall: Sendable, Hashable {
    /// As it is written: `*2`, `[*6 + *14]`, `*1 + g.123A>G`.
    public var name: String
    /// Indices of its named alleles; one as a rule, several in a combination or tandem, none for an allele that the tables do
    /// not know. The reference allele beside ``partials`` where only variants were found.
    public var alleles: [Int]
    /// Variants (HGVS of the chromosome, `g.`) that no named allele of it explains.
    public var partials: [String]
    /// Copies in tandem where the tables have no allele of that name (CYP2D6 `*9x3`), from outside calls only; 1 as a rule,
    /// also for `*1x2` and `*1x≥3`, which are alleles of their own. A stated minimum counts as the number.
    public var copies: Int

    /// A haplotype.
    public init(name: String, alleles: [Int], partials: [String] = [], copies: Int = 1) {
        self.name = name
        self.alleles = alleles
        self.partials = partials
        self.copies = copies
    }
}
