/// How HapB3 of DPYD is told by its two variants: the intronic c.1129-5923C>G (rs75017182), which impairs splicing, decides;
/// the exonic c.1236G>A (rs56038477), which is only linked with it, stands in where the intronic one was not observed.
struct HapB3Rule: Sendable {
    let intronSlot: Int
    let exonSlot: Int
    /// The allele of both variants.
    let hapB3: Int
    /// The allele of the intronic variant alone.
    let intronic: Int
    private let intronBase: Int8
    private let exonBase: Int8

    init?(_ matcher: GeneMatcher) {
        let gene = matcher.gene
        guard gene.symbol == "DPYD", let hapB3 = gene.allele(named: "c.1129-5923C>G, c.1236G>A (HapB3)"),
            let intronic = gene.allele(named: "c.1129-5923C>G"),
            let intronSlot = Self.slot("rs75017182", matcher), let exonSlot = Self.slot("rs56038477", matcher),
            let intronBase = Self.base(of: hapB3.index, intronSlot, matcher),
            let exonBase = Self.base(of: hapB3.index, exonSlot, matcher)
        else { return nil }
        self.intronSlot = intronSlot
        self.exonSlot = exonSlot
        self.hapB3 = hapB3.index
        self.intronic = intronic.index
        self.intronBase = intronBase
        self.exonBase = exonBase
    }

    /// What the two positions say together.
    struct Finding {
        var first: StrandContent
        var second: StrandContent
        /// The slot whose phase the result has.
        var slot: Int
        var remarks: [String] = []
    }

    /// Two phase sets, one with each of the positions: what lies on one strand depends on how the sets are turned.
    struct Split {
        let intronKey: PhaseBlock.Key
        let exonKey: PhaseBlock.Key
        fileprivate let intron: (first: Bool?, second: Bool?)
        fileprivate let exon: (first: Bool?, second: Bool?)
    }

    /// The two phase sets, where the positions lie in different ones and both matter.
    func split(_ reading: GeneReading, sample: SampleGenotypes, matcher: GeneMatcher) -> Split? {
        let intron = sides(reading.bases[intronSlot], carrying: intronBase)
        let exon = sides(reading.bases[exonSlot], carrying: exonBase)
        guard intron.first != intron.second, exon.first != exon.second else { return nil }
        let one = sample.sites[matcher.slots[intronSlot].site]
        let other = sample.sites[matcher.slots[exonSlot].site]
        guard one.isPhased, other.isPhased, one.phaseSet != other.phaseSet else { return nil }
        return Split(
            intronKey: .phaseSet(one.phaseSet), exonKey: .phaseSet(other.phaseSet), intron: intron, exon: exon)
    }

    /// What the positions say with the two phase sets turned or not.
    func contents(
        _ split: Split, turnsIntron: Bool, turnsExon: Bool, remarks: inout [String]
    ) -> (first: StrandContent, second: StrandContent) {
        let intron = turnsIntron ? (split.intron.second, split.intron.first) : split.intron
        let exon = turnsExon ? (split.exon.second, split.exon.first) : split.exon
        return (
            content(intron.0, exon.0, false, &remarks), content(intron.1, exon.1, false, &remarks)
        )
    }

    func finding(_ reading: GeneReading, sample: SampleGenotypes, matcher: GeneMatcher) -> Finding {
        let intron = sides(reading.bases[intronSlot], carrying: intronBase)
        let exon = sides(reading.bases[exonSlot], carrying: exonBase)
        let intronIsMissing = reading.isMissing(intronSlot)
        let slot = intron.first != intron.second ? intronSlot : exonSlot
        var finding = Finding(first: .none, second: .none, slot: slot)
        if isOriented(intron, exon, sample, matcher) {
            finding.first = content(intron.first, exon.first, intronIsMissing, &finding.remarks)
            finding.second = content(intron.second, exon.second, intronIsMissing, &finding.remarks)
        } else {
            // Phased with nothing: the linkage of the two is presumed.
            let exons = (exon.first == true ? 1 : 0) + (exon.second == true ? 1 : 0)
            finding.first = unphased(intron.first, exons)
            finding.second = unphased(intron.second, exons)
            if intron.first == false, intron.second == false, exons > 0 {
                finding.remarks.append(CallRemark.hapB3Mismatch)
            }
        }
        return finding
    }

    private func content(
        _ intron: Bool?, _ exon: Bool?, _ intronIsMissing: Bool, _ remarks: inout [String]
    ) -> StrandContent {
        switch (intron, exon) {
        case (true, true): return .allele(hapB3)
        case (true, _): return .allele(intronic)
        case (false, true):
            if !remarks.contains(CallRemark.hapB3Mismatch) { remarks.append(CallRemark.hapB3Mismatch) }
            return .none
        case (false, _): return .none
        case (nil, true):
            guard intronIsMissing else { return .unknown([hapB3]) }
            if !remarks.contains(CallRemark.hapB3ExonicOnly) { remarks.append(CallRemark.hapB3ExonicOnly) }
            return .allele(hapB3)
        case (nil, false): return .unknown([intronic])
        case (nil, nil): return .unknown([hapB3, intronic])
        }
    }

    private func unphased(_ intron: Bool?, _ exons: Int) -> StrandContent {
        switch intron {
        case true: .allele(exons > 0 ? hapB3 : intronic)
        case false: .none
        case nil: .unknown([hapB3, intronic])
        }
    }

    /// Whether it is known which exonic call lies on the strand of which intronic one.
    private func isOriented(
        _ intron: (first: Bool?, second: Bool?), _ exon: (first: Bool?, second: Bool?), _ sample: SampleGenotypes,
        _ matcher: GeneMatcher
    ) -> Bool {
        if intron.first == intron.second || exon.first == exon.second { return true }
        let one = sample.sites[matcher.slots[intronSlot].site]
        let other = sample.sites[matcher.slots[exonSlot].site]
        return one.isPhased && other.isPhased && one.phaseSet == other.phaseSet
    }

    private func sides(_ bases: (first: Int8, second: Int8), carrying base: Int8) -> (first: Bool?, second: Bool?) {
        (bases.first < 0 ? nil : bases.first == base, bases.second < 0 ? nil : bases.second == base)
    }

    private static func slot(_ identifier: String, _ matcher: GeneMatcher) -> Int? {
        matcher.slots.firstIndex { matcher.gene.positions[$0.position].identifier == identifier }
    }

    private static func base(of allele: Int, _ slot: Int, _ matcher: GeneMatcher) -> Int8? {
        matcher.constraints[allele].first { $0.position == slot }.map { Int8($0.accepted.trailingZeroBitCount) }
    }
}
