extension GeneMatcher {
    /// Fills in the diplotypes of a gene that is called by named alleles.
    func fill(_ call: inout GeneCall, sample: SampleGenotypes, reading: GeneReading, combinations: Bool) {
        let list = pairs(in: reading)
        guard list.count > 0 else {
            call.status = .noMatch
            if combinations, !reading.isHeterozygousMale {
                CombinationSearch(self, reading, sample).fill(&call)
            }
            if call.candidates.isEmpty { fillFallback(&call, reading: reading) }
            return
        }
        call.candidates = list.candidates()
        call.diplotypeCount = list.count
        call.unlisted = list.unlisted()
        if !reading.missingPositions.isEmpty { markPresumed(&call, reading: reading) }
        mergeNamesakes(&call)
        if list.count > 1, let pick = priority(in: reading) {
            prefer(pick, in: &call)
        }
        call.status = call.diplotypeCount == 1 ? .called : .ambiguous
    }

    private func markPresumed(_ call: inout GeneCall, reading: GeneReading) {
        let isSeen = gene.alleles.indices.map { isObserved($0, in: reading) }
        for index in call.candidates.indices {
            let candidate = call.candidates[index]
            call.candidates[index].isPresumed =
                !candidate.first.alleles.allSatisfy { isSeen[$0] }
                || !(candidate.second?.alleles.allSatisfy { isSeen[$0] } ?? true)
        }
    }

    /// Suballeles that are reported under their core allele's name make one candidate.
    private func mergeNamesakes(_ call: inout GeneCall) {
        guard hasNamesakes, call.candidates.count > 1 else { return }
        var merged: [DiplotypeCandidate] = []
        for candidate in call.candidates {
            if let index = merged.firstIndex(where: { $0.name == candidate.name }) {
                merged[index].weight += candidate.weight
                call.diplotypeCount -= 1
            } else {
                merged.append(candidate)
            }
        }
        call.candidates = merged
    }

    private func prefer(_ pick: AllelePair, in call: inout GeneCall) {
        guard
            let place = call.candidates.firstIndex(where: { candidate in
                candidate.first.alleles.count == 1 && candidate.second?.alleles.count == 1
                    && AllelePair(candidate.first.alleles[0], candidate.second?.alleles[0] ?? -1) == pick
            })
        else { return }
        call.candidates.insert(call.candidates.remove(at: place), at: 0)
        call.remarks.append(CallRemark.unphasedPriority)
    }

    /// SLCO1B1 without a fitting pair is looked up by rs4149056 alone: T stands for `*1`, C for `*5` (CPIC guideline for
    /// statins, PMID 35152405).
    private func fillFallback(_ call: inout GeneCall, reading: GeneReading) {
        guard gene.symbol == "SLCO1B1",
            let slot = slots.firstIndex(where: { gene.positions[$0.position].identifier == "rs4149056" }),
            let normal = gene.allele(named: "*1"), let decreased = gene.allele(named: "*5")
        else { return }
        let alleles = gene.positions[slots[slot].position].alleles
        func allele(_ code: Int8) -> NamedAllele? {
            guard code >= 0, Int(code) < alleles.count else { return nil }
            return alleles[Int(code)] == "T" ? normal : alleles[Int(code)] == "C" ? decreased : nil
        }
        let bases = reading.bases[slot]
        guard let one = allele(bases.first), let other = allele(bases.second) else { return }
        let pair = AllelePair(one.index, other.index)
        let isOrdered = rank[pair.first] <= rank[pair.second]
        call.lookup = DiplotypeCandidate(
            first: haplotype(isOrdered ? pair.first : pair.second),
            second: haplotype(isOrdered ? pair.second : pair.first), weight: 1)
        call.remarks.append(CallRemark.rs4149056Fallback)
    }
}
