/// Looks for combinations of named alleles, and for variants that none of them explains, on each strand of every phasing
/// that the data allow. The variants of the alleles of a combination do not overlap.
struct CombinationSearch {
    /// How many unphased blocks are tried out; more make the search hopeless rather than slow.
    static let blockLimit = 10

    private let matcher: GeneMatcher
    private let reading: GeneReading
    private let sample: SampleGenotypes

    init(_ matcher: GeneMatcher, _ reading: GeneReading, _ sample: SampleGenotypes) {
        self.matcher = matcher
        self.reading = reading
        self.sample = sample
    }

    /// Fills in the diplotypes.
    func fill(_ call: inout GeneCall) {
        guard reading.blocks.count <= Self.blockLimit else {
            call.remarks.append(CallRemark.tooManyUnphased)
            return
        }
        var found: [DiplotypeCandidate] = []
        var names: Set<String> = []
        for phasing in 0..<(1 << max(0, reading.blocks.count - 1)) {
            let strands = strands(phasing << 1)
            let firsts = haplotypes(strands.first)
            let seconds = reading.copies == 1 ? [] : haplotypes(strands.second)
            for one in firsts {
                if reading.copies == 1 {
                    let candidate = DiplotypeCandidate(first: one.call, second: nil, score: one.score)
                    if names.insert(candidate.name).inserted { found.append(candidate) }
                }
                for other in seconds {
                    let isOrdered = !HaplotypeCall.precedes(other.call, one.call)
                    let candidate = DiplotypeCandidate(
                        first: isOrdered ? one.call : other.call, second: isOrdered ? other.call : one.call,
                        score: one.score + other.score)
                    if names.insert(candidate.name).inserted { found.append(candidate) }
                }
            }
        }
        found.sort(by: Self.precedes)
        let weight = found.isEmpty ? 0 : 1 / Double(found.count)
        for index in found.indices { found[index].weight = weight }
        call.diplotypeCount = found.count
        call.unlisted = unlisted(found.dropFirst(GeneCall.listingLimit))
        call.candidates = Array(found.prefix(GeneCall.listingLimit))
        guard !found.isEmpty else { return }
        call.remarks.append(CallRemark.combination)
        call.status = found.count == 1 ? .called : .ambiguous
    }

    private static func precedes(_ one: DiplotypeCandidate, _ other: DiplotypeCandidate) -> Bool {
        if one.score != other.score { return one.score > other.score }
        let order = HaplotypeCall.compare(one.first, other.first)
        if order != 0 { return order < 0 }
        guard let left = one.second, let right = other.second else { return false }
        return HaplotypeCall.compare(left, right) < 0
    }

    private func unlisted(_ rest: ArraySlice<DiplotypeCandidate>) -> [UnlistedDiplotypes] {
        rest.map { candidate in
            UnlistedDiplotypes(
                representative: (candidate.first.alleles.first ?? -1, candidate.second?.alleles.first ?? -1),
                count: 1, weight: candidate.weight)
        }
    }

    /// The bases of the two strands, with each block turned as the bits of `phasing` say.
    private func strands(_ phasing: Int) -> (first: [Int8], second: [Int8]) {
        var first = reading.bases.map(\.first)
        var second = reading.bases.map(\.second)
        for (number, block) in reading.blocks.enumerated() where phasing & (1 << number) != 0 {
            for slot in block.slots {
                first[slot] = reading.bases[slot].second
                second[slot] = reading.bases[slot].first
            }
        }
        return (first, second)
    }

    private func haplotypes(_ strand: [Int8]) -> [(call: HaplotypeCall, score: Int)] {
        let found = matcher.matchable.members.filter { isFound($0, on: strand) }
        let combinations = found.isEmpty ? [[]] : viable(found)
        return combinations.map { haplotype($0, strand) }
    }

    /// Whether the strand has all that the allele's definition names, as far as it was observed.
    private func isFound(_ allele: Int, on strand: [Int8]) -> Bool {
        let gene = matcher.gene
        if allele == gene.referenceAllele { return false }
        // Its `*80+*28` are combinations already.
        if gene.symbol == "UGT1A1", gene.alleles[allele].name.contains("+") { return false }
        var observed = 0
        for constraint in matcher.constraints[allele] where !reading.isMissing(constraint.position) {
            let base = strand[constraint.position]
            guard base >= 0, constraint.accepted & (1 << UInt64(base)) != 0 else { return false }
            observed += 1
        }
        return observed > 0
    }

    /// The combinations of alleles without common positions, the alleles with most positions first. An allele that only
    /// repeats part of a larger one makes no combination of its own.
    private func viable(_ found: [Int]) -> [[Int]] {
        let positions = found.map { allele in
            Set(matcher.constraints[allele].map(\.position).filter { !reading.isMissing($0) })
        }
        let order = found.indices.sorted { one, other in
            if positions[one].count != positions[other].count { return positions[one].count > positions[other].count }
            return matcher.gene.alleles[found[one]].name < matcher.gene.alleles[found[other]].name
        }
        var combinations: [[Int]] = []
        for place in order {
            var isPlaced = false
            var isPart = false
            for number in combinations.indices {
                let clashing = combinations[number].filter { !positions[$0].isDisjoint(with: positions[place]) }
                if clashing.isEmpty {
                    combinations[number].append(place)
                    isPlaced = true
                } else if clashing.contains(where: { positions[$0].count != positions[place].count }) {
                    isPart = true
                }
            }
            if !isPlaced, !isPart { combinations.append([place]) }
        }
        return combinations.map { $0.map { found[$0] } }
    }

    private func haplotype(_ alleles: [Int], _ strand: [Int8]) -> (call: HaplotypeCall, score: Int) {
        let alleles = alleles.sorted { matcher.rank[$0] < matcher.rank[$1] }
        var explained: Set<Int> = []
        for allele in alleles { explained.formUnion(matcher.constraints[allele].map(\.position)) }
        var partials: [String] = []
        for slot in strand.indices where strand[slot] != 0 && !explained.contains(slot) {
            if let name = variantName(slot, strand[slot]) { partials.append(name) }
        }
        let reference = matcher.gene.referenceAllele
        let named = alleles.isEmpty ? reference.map { [$0] } ?? [] : alleles
        let score = named.reduce(-partials.count) { sum, allele in
            sum + matcher.constraints[allele].filter { !reading.isMissing($0.position) }.count
        }
        let shown = alleles.isEmpty && partials.isEmpty ? named : alleles
        let members = shown.map { matcher.gene.alleles[$0].reportedName } + partials
        let name = members.count == 1 ? members[0] : "[" + members.joined(separator: " + ") + "]"
        return (HaplotypeCall(name: name, alleles: named, partials: partials), score)
    }

    /// The HGVS name of a variant on the chromosome; nil for a base that is unknown.
    private func variantName(_ slot: Int, _ base: Int8) -> String? {
        let position = matcher.gene.positions[matcher.slots[slot].position]
        if base >= 0 { return VariantName.name(position, bases: position.alleles[Int(base)]) }
        guard base == SiteCall.novel else { return nil }
        let here = sample.novel.filter { $0.site == matcher.slots[slot].site }
        let isBoth = reading.bases[slot].first == SiteCall.novel && reading.bases[slot].second == SiteCall.novel
        guard let bases = isBoth ? here.last?.bases : here.first?.bases else { return nil }
        return VariantName.name(position, bases: bases)
    }
}
