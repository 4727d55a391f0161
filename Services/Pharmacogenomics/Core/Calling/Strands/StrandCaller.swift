/// Calls a gene whose alleles are single variants that may lie together on a strand, and whose phenotype stands on the
/// lowest function of each strand (DPYD, RYR1).
///
/// The candidates are all ways to distribute the observed variants over the two strands. A position that was not
/// observed adds, to either strand, at most one of its variants: a second one could not lower the function further than
/// the lower of the two, so that the set of pairs by which phenotypes are looked up is complete all the same.
struct StrandCaller: Sendable {
    /// How many blocks of unphased variants are told apart; a sample of more is not callable.
    static let blockLimit = 14

    let matcher: GeneMatcher
    /// By allele: its place among the others when the lowest function is sought.
    let lookupRank: [Int]
    let reference: Int
    /// Whether the function is told by activity values (DPYD).
    let isScored: Bool
    private let hapB3: HapB3Rule?
    /// By slot and base: the allele defined by it.
    private let allelesBySlot: [[Int?]]

    init?(_ matcher: GeneMatcher) {
        guard let reference = matcher.gene.referenceAllele else { return nil }
        self.matcher = matcher
        self.reference = reference
        isScored = matcher.gene.phenotypeRules.method == .activityScore
        hapB3 = HapB3Rule(matcher)
        var table = matcher.slots.map { [Int?](repeating: nil, count: $0.alleleCount) }
        for allele in matcher.gene.alleles where allele.kind == .allele && matcher.constraints[allele.index].count == 1
        {
            let constraint = matcher.constraints[allele.index][0]
            for base in table[constraint.position].indices where constraint.accepted & (1 << UInt64(base)) != 0 {
                if table[constraint.position][base] == nil { table[constraint.position][base] = allele.index }
            }
        }
        allelesBySlot = table
        lookupRank = Self.lookupRank(matcher)
    }

    /// Fills in haplotypes, candidates and the pair for looking up.
    func fill(_ call: inout GeneCall, sample: SampleGenotypes, reading: GeneReading) {
        var both = StrandSide()
        var blocks: [StrandBlock] = []
        var copies: [Int: Int] = [:]
        for slot in matcher.slots.indices {
            guard slot != hapB3?.intronSlot, slot != hapB3?.exonSlot else { continue }
            let bases = reading.bases[slot]
            if bases.first == 0, bases.second == 0 { continue }
            place(content(slot, bases.first), content(slot, bases.second), slot, sample, &both, &blocks)
        }
        let split = hapB3?.split(reading, sample: sample, matcher: matcher)
        if let split {
            for key in [split.intronKey, split.exonKey] where !blocks.contains(where: { $0.key == key }) {
                blocks.append(StrandBlock(key: key, first: StrandSide(), second: StrandSide()))
            }
        } else if let hapB3 {
            let finding = hapB3.finding(reading, sample: sample, matcher: matcher)
            call.remarks += finding.remarks
            place(finding.first, finding.second, finding.slot, sample, &both, &blocks)
        }
        blocks.removeAll { block in
            block.first == block.second && block.key != split?.intronKey && block.key != split?.exonKey
        }
        for allele in both.alleles { copies[allele, default: 0] += 2 }
        for block in blocks {
            for allele in block.first.alleles + block.second.alleles { copies[allele, default: 0] += 1 }
        }
        guard blocks.count <= Self.blockLimit else {
            call.remarks.append(CallRemark.tooManyUnphased)
            return
        }
        let list = phasings(both, blocks, split, observed: reading.observedCount)
        call.candidates = list.candidates()
        call.diplotypeCount = list.count
        call.unlisted = list.unlisted()
        call.status = list.count == 1 ? .called : .ambiguous
        if !reading.isPhased, !reading.usesPhaseSets {
            call.haplotypes = haplotypes(copies, blocks: blocks, both: both)
            call.lookup = pair(call.haplotypes.flatMap(\.alleles))
        } else {
            call.lookup = list.lookup()
        }
    }

    /// Puts what one position shows where it belongs.
    private func place(
        _ first: StrandContent, _ second: StrandContent, _ slot: Int, _ sample: SampleGenotypes,
        _ both: inout StrandSide, _ blocks: inout [StrandBlock]
    ) {
        if first == second { return both.add(first) }
        let call = sample.sites[matcher.slots[slot].site]
        let key = call.isPhased ? PhaseBlock.Key.phaseSet(call.phaseSet) : .unphased(slot: slot)
        let place: Int
        if let index = blocks.firstIndex(where: { $0.key == key }) {
            place = index
        } else {
            place = blocks.count
            blocks.append(StrandBlock(key: key, first: StrandSide(), second: StrandSide()))
        }
        blocks[place].first.add(first)
        blocks[place].second.add(second)
    }

    private func content(_ slot: Int, _ base: Int8) -> StrandContent {
        if base > 0 { return allelesBySlot[slot][Int(base)].map(StrandContent.allele) ?? .none }
        guard base == SiteCall.unknown else { return .none }
        let options = allelesBySlot[slot].compactMap(\.self)
        return options.isEmpty ? .none : .unknown(options)
    }

    private func phasings(
        _ both: StrandSide, _ blocks: [StrandBlock], _ split: HapB3Rule.Split?, observed: Int
    ) -> StrandPairs {
        var list = StrandPairs(self, observed: observed)
        for phasing in 0..<(1 << max(0, blocks.count - 1)) {
            var first = both
            var second = both
            var turned: [PhaseBlock.Key] = []
            for (number, block) in blocks.enumerated() {
                let isTurned = (phasing << 1) & (1 << number) != 0
                if isTurned { turned.append(block.key) }
                first.add(isTurned ? block.second : block.first)
                second.add(isTurned ? block.first : block.second)
            }
            if let hapB3, let split {
                var remarks: [String] = []
                let contents = hapB3.contents(
                    split, turnsIntron: turned.contains(split.intronKey), turnsExon: turned.contains(split.exonKey),
                    remarks: &remarks)
                first.add(contents.first)
                second.add(contents.second)
            }
            list.add(first, second, areAlike: blocks.isEmpty)
        }
        return list
    }

    /// The variants found, those on both strands twice; the reference only where nothing or one thing stands beside it.
    private func haplotypes(_ copies: [Int: Int], blocks: [StrandBlock], both: StrandSide) -> [HaplotypeCall] {
        var found: [Int] = []
        var distinct = 0
        for (allele, count) in copies {
            found += Array(repeating: allele, count: min(count, 2))
            let isHapB3 = hapB3.map { allele == $0.hapB3 || allele == $0.intronic } ?? false
            distinct += isHapB3 ? min(count, 2) : 1
        }
        let hapB3Alleles = [hapB3?.hapB3, hapB3?.intronic]
        let others = blocks.filter { block in
            !(block.first.alleles + block.second.alleles).allSatisfy { hapB3Alleles.contains($0) }
        }
        let onBoth = both.alleles.contains { !hapB3Alleles.contains($0) }
        let isReferenceSeen =
            !onBoth && others.allSatisfy { $0.first.alleles.isEmpty || $0.second.alleles.isEmpty }
        if found.isEmpty {
            found = [reference, reference]
        } else if isReferenceSeen, distinct < 2 {
            found.append(reference)
        }
        return found.sorted { matcher.rank[$0] < matcher.rank[$1] }.map { matcher.haplotype($0) }
    }

    /// The two lowest functions among alleles found, presumed to lie on different strands.
    private func pair(_ alleles: [Int]) -> DiplotypeCandidate? {
        let sorted = alleles.sorted { lookupRank[$0] < lookupRank[$1] }
        guard let first = sorted.first else { return nil }
        return DiplotypeCandidate(
            first: matcher.haplotype(first), second: matcher.haplotype(sorted.count > 1 ? sorted[1] : reference),
            weight: 1)
    }

    /// Malignant hyperthermia associated alleles first, else the activity value rising; then natural order.
    private static func lookupRank(_ matcher: GeneMatcher) -> [Int] {
        let isScored = matcher.gene.phenotypeRules.method == .activityScore
        func severity(_ allele: NamedAllele) -> Double {
            if allele.function.contains("Malignant") { return -1 }
            return allele.activityValue ?? (isScored ? -1 : 0)
        }
        var ranks = [Int](repeating: 0, count: matcher.gene.alleles.count)
        let sorted = matcher.gene.alleles.sorted { one, other in
            let severities = (severity(one), severity(other))
            if severities.0 != severities.1 { return severities.0 < severities.1 }
            return matcher.rank[one.index] < matcher.rank[other.index]
        }
        for (place, allele) in sorted.enumerated() { ranks[allele.index] = place }
        return ranks
    }
}
