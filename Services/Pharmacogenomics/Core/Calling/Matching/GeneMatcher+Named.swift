extension GeneMatcher {
    /// All unordered pairs of named alleles (single alleles where there is one copy) that fit the reading.
    func pairs(in reading: GeneReading) -> CandidateList {
        var list = CandidateList(self)
        let members = reading.base
        guard !members.isEmpty else { return list }
        let scores = scores(of: members, in: reading)
        for one in members.members {
            if reading.copies == 1 {
                guard reading.blocks.allSatisfy({ $0.first.contains(one) }) else { continue }
                list.tally(one)
                list.offer(one, -1, score: scores[one])
                continue
            }
            let partners = members.partners(of: one, blocks: reading.blocks)
            list.tally(one, partners: partners)
            partners.forEach { other in
                guard list.wants(score: scores[one] + scores[other]) else { return }
                list.offer(one, other, score: score(one, other, scores: scores, in: reading))
            }
        }
        return list
    }

    /// Whether the reading allows a pair.
    func allows(_ pair: AllelePair, in reading: GeneReading) -> Bool {
        reading.base.contains(pair.first) && reading.base.contains(pair.second)
            && reading.base.partners(of: pair.first, blocks: reading.blocks).contains(pair.second)
    }

    /// Whether at least one position of the allele's own definition was observed.
    func isObserved(_ allele: Int, in reading: GeneReading) -> Bool {
        constraints[allele].contains { !reading.isMissing($0.position) }
    }

    /// The first of the published priorities for unphased data that applies: more than one diplotype fits, and all
    /// of its alternatives do, on alleles of which something was observed.
    func priority(in reading: GeneReading) -> AllelePair? {
        guard !gene.unphasedPriorities.isEmpty, !reading.isPhased, reading.copies == 2 else { return nil }
        return gene.unphasedPriorities.first { priority in
            priority.alternatives.allSatisfy { pair in
                allows(pair, in: reading) && isObserved(pair.first, in: reading) && isObserved(pair.second, in: reading)
            }
        }?.pick
    }
}
