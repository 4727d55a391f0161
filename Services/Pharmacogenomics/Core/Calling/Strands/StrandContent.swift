/// What one position puts on one strand of a gene that is called by its lowest function.
enum StrandContent: Sendable, Equatable {
    /// The reference.
    case none
    /// A variant that has a name.
    case allele(Int)
    /// Not observed: the reference or one of these.
    case unknown([Int])
}

/// The contents of both strands at positions that are phased with each other.
struct StrandBlock: Sendable {
    let key: PhaseBlock.Key
    var first: StrandSide
    var second: StrandSide
}

/// One strand of a block: the alleles seen on it, and those that unseen positions may add.
struct StrandSide: Sendable, Equatable {
    var alleles: [Int] = []
    var possible: [Int] = []

    mutating func add(_ content: StrandContent) {
        switch content {
        case .none: break
        case .allele(let allele): alleles.append(allele)
        case .unknown(let options): possible += options
        }
    }

    mutating func add(_ side: StrandSide) {
        alleles += side.alleles
        possible += side.possible
    }
}
