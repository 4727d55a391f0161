/// Two alleles of a gene by their numbers, in either order.
public struct AllelePair: Sendable, Hashable {
    /// The smaller number.
    public let first: Int
    /// The larger number, or the same.
    public let second: Int

    /// The pair of two alleles' numbers.
    public init(_ one: Int, _ other: Int) {
        first = min(one, other)
        second = max(one, other)
    }
}

/// Which diplotype to show first when unphased data fit several that share all their variants (published for NAT2 from
/// haplotype frequencies).
///
/// It applies when the data are not effectively phased, more than one diplotype fits, and every one of `alternatives`
/// is among them; the first entry of the gene's list that applies wins.
public struct UnphasedPriority: Sendable, Hashable {
    /// The diplotypes that cannot be told apart.
    public let alternatives: [AllelePair]
    /// The one to prefer, a member of `alternatives`.
    public let pick: AllelePair

    /// A priority.
    public init(alternatives: [AllelePair], pick: AllelePair) {
        self.alternatives = alternatives
        self.pick = pick
    }
}
