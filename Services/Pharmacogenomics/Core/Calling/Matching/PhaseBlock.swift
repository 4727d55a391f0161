/// Heterozygous positions that are phased with each other, as seen by the alleles: which fit the one strand of the block
/// and which the other. Which strand of one block goes with which of another is open.
struct PhaseBlock: Sendable {
    /// What holds the block together: the phase set, or nothing for a single unphased position.
    enum Key: Sendable, Hashable {
        case unphased(slot: Int)
        case phaseSet(Int32)
    }

    let key: Key
    /// The alleles that fit the first strand at all of the block's positions.
    var first: AlleleSet
    /// The alleles that fit the second strand.
    var second: AlleleSet
    /// The positions, as slots of the gene's matcher.
    var slots: [Int]
}
