/// What one sample shows of one gene, as far as matching needs it.
struct GeneReading: Sendable {
    /// How many chromosome copies the sample has of the gene: 1 or 2.
    var copies = 2
    /// The alleles that fit all positions at which the copies agree.
    var base: AlleleSet
    /// The positions at which they differ, or at which one is unknown, by what is phased with what.
    var blocks: [PhaseBlock] = []
    /// The bases by slot, ``SiteCall``'s marks included; undocumented ones are 0 where they count as the reference.
    var bases: [(first: Int8, second: Int8)] = []
    /// How many positions show at least one copy.
    var observedCount = 0
    /// The positions (numbers within the gene) of which at least one copy is unknown.
    var missingPositions: [Int] = []
    var missesRequired = false
    var treatedAsReference = false
    var hasUndocumented = false
    var isHeterozygousMale = false
    /// Whether the file names phase sets.
    var usesPhaseSets = false
    var coverage = 0.0

    /// True when every heterozygous position is phased with the others.
    var isPhased: Bool { blocks.count <= 1 }

    /// Whether nothing at all is known of a slot.
    func isMissing(_ slot: Int) -> Bool {
        let bases = bases[slot]
        return bases.first == SiteCall.unknown
            && (bases.second == SiteCall.unknown || bases.second == SiteCall.absent)
    }
}

extension GeneMatcher {
    /// Reads a gene's positions out of a sample.
    func read(_ sample: SampleGenotypes, combinations: Bool) -> GeneReading {
        var reading = GeneReading(base: matchable)
        reading.copies = copies(sample)
        reading.bases.reserveCapacity(slots.count)
        let novelIsReference =
            gene.treatsUndocumentedAsReference && !(combinations && gene.calling != .lowestFunction)
        var altering = 0
        var alteringSeen = 0
        var seen = 0
        masks.withUnsafeBufferPointer { masks in
            for (number, slot) in slots.enumerated() {
                let call = slot.site < sample.sites.count ? sample.sites[slot.site] : SiteCall()
                let pair = bases(call, slot: slot, novelIsReference: novelIsReference, into: &reading)
                reading.bases.append(pair)
                if call.isPhased, call.phaseSet != 0, call.first >= 0 { reading.usesPhaseSets = true }
                if slot.altersFunction { altering += 1 }
                if pair.first >= 0, pair.first == pair.second || pair.second == SiteCall.absent {
                    reading.base.formIntersection(masks, at: maskOffset(number, pair.first))
                    reading.observedCount += 1
                    seen += 1
                    if slot.altersFunction { alteringSeen += 1 }
                    continue
                }
                let unknown = pair.first == SiteCall.unknown || pair.second == SiteCall.unknown
                if unknown {
                    reading.missingPositions.append(slot.position)
                    if slot.isRequired { reading.missesRequired = true }
                } else {
                    seen += 1
                    if slot.altersFunction { alteringSeen += 1 }
                }
                if reading.isMissing(number) { continue }
                reading.observedCount += 1
                if pair.first == SiteCall.novel, pair.second == SiteCall.novel || pair.second == SiteCall.absent {
                    reading.base.removeAll()
                } else {
                    join(number, pair, call, into: &reading)
                }
            }
        }
        if reading.isHeterozygousMale { reading.base.removeAll() }
        reading.coverage =
            altering > 0
            ? Double(alteringSeen) / Double(altering) : slots.isEmpty ? 0 : Double(seen) / Double(slots.count)
        return reading
    }

    /// One copy of X for males; where the sex is not stated the data decide.
    private func copies(_ sample: SampleGenotypes) -> Int {
        if gene.isMonoallelic { return 1 }
        guard gene.isHemizygousInMales else { return 2 }
        switch sample.sex {
        case .male: return 1
        case .female: return 2
        case nil: break
        }
        var hasAbsent = false
        for slot in slots where slot.site < sample.sites.count {
            let call = sample.sites[slot.site]
            if call.first >= 0, call.second >= 0, call.first != call.second { return 2 }
            if call.second == SiteCall.absent, call.first != SiteCall.unknown { hasAbsent = true }
        }
        return hasAbsent ? 1 : 2
    }

    /// The two bases of a call under the gene's rules.
    private func bases(
        _ call: SiteCall, slot: Slot, novelIsReference: Bool, into reading: inout GeneReading
    ) -> (first: Int8, second: Int8) {
        var first = base(call.first, slot: slot, novelIsReference: novelIsReference, into: &reading)
        var second = base(call.second, slot: slot, novelIsReference: novelIsReference, into: &reading)
        if reading.copies == 2 {
            if first == SiteCall.absent { first = SiteCall.unknown }
            if second == SiteCall.absent { second = SiteCall.unknown }
            return (first, second)
        }
        if first == SiteCall.unknown || first == SiteCall.absent, second != SiteCall.absent {
            first = second
        } else if second >= 0, first >= 0, first != second {
            reading.isHeterozygousMale = true
        }
        return (first == SiteCall.absent ? SiteCall.unknown : first, SiteCall.absent)
    }

    private func base(
        _ code: Int8, slot: Slot, novelIsReference: Bool, into reading: inout GeneReading
    ) -> Int8 {
        if code >= 0, Int(code) < slot.alleleCount { return code }
        if code == SiteCall.unknown || code == SiteCall.absent { return code }
        if novelIsReference {
            reading.treatedAsReference = true
            return 0
        }
        reading.hasUndocumented = true
        return SiteCall.novel
    }

    /// Adds a heterozygous or half-called position to its block.
    private func join(
        _ slot: Int, _ pair: (first: Int8, second: Int8), _ call: SiteCall, into reading: inout GeneReading
    ) {
        let first = accepting(slot, pair.first)
        let second = accepting(slot, pair.second)
        let key = call.isPhased ? PhaseBlock.Key.phaseSet(call.phaseSet) : .unphased(slot: slot)
        if call.isPhased, let index = reading.blocks.firstIndex(where: { $0.key == key }) {
            reading.blocks[index].first.formIntersection(first)
            reading.blocks[index].second.formIntersection(second)
            reading.blocks[index].slots.append(slot)
        } else {
            reading.blocks.append(PhaseBlock(key: key, first: first, second: second, slots: [slot]))
        }
    }

    private func accepting(_ slot: Int, _ base: Int8) -> AlleleSet {
        switch base {
        case SiteCall.unknown: matchable
        case SiteCall.novel: AlleleSet(count: gene.alleles.count)
        default: mask(slot, base)
        }
    }
}
