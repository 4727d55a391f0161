/// Which positions tell candidates with different actions apart.
struct CandidateSeparation {
    private struct Member {
        let candidate: DiplotypeCandidate
        let weight: Double
        let action: Int
    }

    private let gene: GeneDefinition
    private let members: [Member]
    /// The weight of all pairs with different actions.
    private let total: Double

    /// - Parameter action: what a candidate leads to.
    init(
        _ candidates: [DiplotypeCandidate], gene: GeneDefinition, action: (DiplotypeCandidate) -> [RecommendedAction]
    ) {
        self.gene = gene
        var kinds: [[RecommendedAction]] = []
        let sum = candidates.reduce(0) { $0 + $1.weight }
        members = candidates.map { candidate in
            let actions = action(candidate)
            let kind = kinds.firstIndex(of: actions) ?? kinds.count
            if kind == kinds.count { kinds.append(actions) }
            return Member(
                candidate: candidate, weight: sum > 0 ? candidate.weight : 1 / Double(candidates.count), action: kind)
        }
        var total = 0.0
        for (place, one) in members.enumerated() {
            for other in members[(place + 1)...] where other.action != one.action { total += one.weight * other.weight }
        }
        self.total = total
    }

    /// Whether candidates with different actions are there.
    var isOpen: Bool { total > 0 }

    /// The share, by weight, of the pairs with different actions that a position tells apart: 0...1.
    func separatedWeight(byPosition position: Int) -> Double {
        let genotypes = members.map { genotype($0.candidate, at: position) }
        return share { one, other in Self.excludes(genotypes[one], genotypes[other]) }
    }

    /// The share of the pairs that none of the positions tells apart: 0...1.
    func inseparableWeight(byPositions positions: [Int]) -> Double {
        let genotypes = positions.map { position in members.map { genotype($0.candidate, at: position) } }
        return share { one, other in !genotypes.contains { Self.excludes($0[one], $0[other]) } }
    }

    private func share(_ holds: (Int, Int) -> Bool) -> Double {
        guard total > 0 else { return 0 }
        var sum = 0.0
        for one in members.indices {
            for other in members.indices.dropFirst(one + 1)
            where members[one].action != members[other].action && holds(one, other) {
                sum += members[one].weight * members[other].weight
            }
        }
        return min(1, sum / total)
    }

    /// The alleles of the position that fit each haplotype.
    private func genotype(_ candidate: DiplotypeCandidate, at position: Int) -> (UInt64, UInt64) {
        let first = accepted(candidate.first, at: position)
        return (first, candidate.second.map { accepted($0, at: position) } ?? first)
    }

    private func accepted(_ haplotype: HaplotypeCall, at position: Int) -> UInt64 {
        let reference = gene.referenceAllele.flatMap { constraint($0, position) } ?? 1
        for allele in haplotype.alleles where allele != gene.referenceAllele && gene.alleles.indices.contains(allele) {
            if let own = constraint(allele, position), own != reference { return own }
        }
        return reference
    }

    private func constraint(_ allele: Int, _ position: Int) -> UInt64? {
        gene.alleles[allele].constraints.first { $0.position == position }?.accepted
    }

    /// Whether no genotype fits both.
    private static func excludes(_ one: (UInt64, UInt64), _ other: (UInt64, UInt64)) -> Bool {
        let straight = one.0 & other.0 != 0 && one.1 & other.1 != 0
        let crossed = one.0 & other.1 != 0 && one.1 & other.0 != 0
        return !straight && !crossed
    }
}
