extension GeneMatcher {
    /// By allele: how many of the positions of its own definition were observed. An ambiguous position at which all
    /// copies show the base of GRCh38 does not count. Only the alleles of `members` are filled in.
    func scores(of members: AlleleSet, in reading: GeneReading) -> [Int] {
        var scores = [Int](repeating: 0, count: gene.alleles.count)
        let isComplete = reading.missingPositions.isEmpty
        members.forEach { allele in
            var score = constraints[allele].count
            if !isComplete {
                for constraint in constraints[allele] where reading.isMissing(constraint.position) { score -= 1 }
            }
            for slot in ambiguousSlots[allele] {
                let bases = reading.bases[slot]
                if bases.first == 0, bases.second == 0 || bases.second == SiteCall.absent { score -= 1 }
            }
            scores[allele] = score
        }
        return scores
    }

    /// The score of a pair: the sum of both, less the ambiguous positions at which the strand that the allele lies on
    /// shows the base of GRCh38, over the most favourable of the orientations that fit.
    func score(_ one: Int, _ other: Int, scores: [Int], in reading: GeneReading) -> Int {
        let score = scores[one] + scores[other]
        if ambiguousSlots[one].isEmpty, ambiguousSlots[other].isEmpty { return score }
        // An allele that fits both strands of another pair is seen with the base of either.
        let isOneFree = one != other && fitsBothStrands(one, reading)
        let isOtherFree = one != other && fitsBothStrands(other, reading)
        var penalty = 0
        for block in reading.blocks {
            var least = Int.max
            if block.first.contains(one), block.second.contains(other) {
                let onFirst = isOneFree ? 0 : referenceBases(of: one, in: block, reading) { $0.first }
                let onSecond = isOtherFree ? 0 : referenceBases(of: other, in: block, reading) { $0.second }
                least = onFirst + onSecond
            }
            if block.second.contains(one), block.first.contains(other) {
                let onSecond = isOneFree ? 0 : referenceBases(of: one, in: block, reading) { $0.second }
                let onFirst = isOtherFree ? 0 : referenceBases(of: other, in: block, reading) { $0.first }
                least = min(least, onFirst + onSecond)
            }
            if least != Int.max { penalty += least }
        }
        return score - penalty
    }

    private func fitsBothStrands(_ allele: Int, _ reading: GeneReading) -> Bool {
        reading.blocks.allSatisfy { $0.first.contains(allele) && $0.second.contains(allele) }
    }

    private func referenceBases(
        of allele: Int, in block: PhaseBlock, _ reading: GeneReading,
        strand: ((first: Int8, second: Int8)) -> Int8
    ) -> Int {
        var count = 0
        for slot in ambiguousSlots[allele] where block.slots.contains(slot) && strand(reading.bases[slot]) == 0 {
            count += 1
        }
        return count
    }
}
