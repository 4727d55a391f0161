/// A gene's definitions made ready for matching: for every position and base the set of alleles that accept it.
///
/// An allele accepts at a position that its definition names the bases named there (all of an ambiguity code), and at
/// any other position the reference allele's base; where the reference allele itself is ambiguous, the base of GRCh38.
struct GeneMatcher: Sendable {
    /// A position that takes part in matching.
    struct Slot: Sendable {
        /// The position's number within its gene.
        let position: Int
        /// Its number among all genes' positions.
        let site: Int
        /// How many bases are documented.
        let alleleCount: Int
        /// Where its masks begin in the table; one mask for each base.
        let offset: Int
        let altersFunction: Bool
        let isRequired: Bool
    }

    let gene: GeneDefinition
    let slots: [Slot]
    /// By the position's number within the gene; nil for what takes no part.
    let slotOfPosition: [Int?]
    /// The alleles that can be told by single positions.
    let matchable: AlleleSet
    /// By allele: the place of its name in natural order.
    let rank: [Int]
    /// By allele: what its own definition says, by slot.
    let constraints: [[AlleleConstraint]]
    /// By allele: the slots where its definition allows several bases.
    let ambiguousSlots: [[Int]]
    /// By allele: the group of alleles with the same function and activity value.
    let group: [Int]
    /// The first allele of each group.
    let representatives: [Int]
    /// The alleles of each group.
    let groupMembers: [AlleleSet]
    /// The positions that are reported and not matched.
    let extras: [DefinitionPosition]
    /// Whether two alleles are reported under one name.
    let hasNamesakes: Bool
    /// The frequencies of the alleles in the stated population; nil without one.
    let prior: [Double]?

    let masks: [UInt64]
    private let words: Int
    private let haplotypes: [HaplotypeCall]

    init(gene: GeneDefinition, options: CallingOptions) {
        self.gene = gene
        let count = gene.alleles.count
        let width = AlleleSet(count: count).words.count
        var slots: [Slot] = []
        var slotOfPosition = [Int?](repeating: nil, count: gene.positions.count)
        for position in gene.positions where position.role == .defining {
            slotOfPosition[position.index] = slots.count
            let offset = slots.last.map { $0.offset + $0.alleleCount * width } ?? 0
            slots.append(
                Slot(
                    position: position.index, site: position.siteIndex, alleleCount: position.alleles.count,
                    offset: offset, altersFunction: position.altersFunction, isRequired: position.isRequired))
        }
        let complete = slots.map { AlleleConstraint(position: $0.position, accepted: 1) }
        let definitions = gene.alleles.map { Self.definition(of: $0, in: gene, complete: complete) }
        var matchable = AlleleSet(count: count)
        for allele in gene.alleles where !definitions[allele.index].isEmpty { matchable.insert(allele.index) }
        self.slots = slots
        self.slotOfPosition = slotOfPosition
        self.matchable = matchable
        words = width
        masks = Self.masks(gene: gene, slots: slots, definitions: definitions, matchable: matchable, words: width)
        constraints = definitions.map { definition in
            definition.compactMap { constraint in
                slotOfPosition[constraint.position].map {
                    AlleleConstraint(position: $0, accepted: constraint.accepted)
                }
            }
        }
        ambiguousSlots = constraints.map { $0.filter { $0.accepted.nonzeroBitCount > 1 }.map(\.position) }
        var rank = [Int](repeating: 0, count: count)
        let keys = gene.alleles.map { NaturalOrder.key($0.name) }
        let named = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
        for (place, allele) in named.enumerated() { rank[allele] = place }
        self.rank = rank
        let (group, representatives) = Self.groups(gene)
        var groupMembers = representatives.map { _ in AlleleSet(count: count) }
        for allele in gene.alleles { groupMembers[group[allele.index]].insert(allele.index) }
        self.group = group
        self.representatives = representatives
        self.groupMembers = groupMembers
        extras = gene.positions.filter { $0.role == .extra }
        hasNamesakes = gene.alleles.contains { $0.reportedName != $0.name }
        haplotypes = gene.alleles.map { HaplotypeCall(name: $0.reportedName, alleles: [$0.index]) }
        prior = options.population.flatMap { population in
            options.frequencies?.prior(of: gene, population: population)
        }
    }

    /// The alleles that accept a base.
    func mask(_ slot: Int, _ base: Int8) -> AlleleSet {
        var set = matchable
        masks.withUnsafeBufferPointer { set.formIntersection($0, at: slots[slot].offset + Int(base) * words) }
        return set
    }

    /// Where the mask of a base lies in ``masks``.
    func maskOffset(_ slot: Int, _ base: Int8) -> Int { slots[slot].offset + Int(base) * words }

    /// A haplotype of one named allele, under the name it is reported by.
    func haplotype(_ allele: Int) -> HaplotypeCall { haplotypes[allele] }

    /// What an allele's definition says. `*1` is described at every position like the reference allele, also where GRCh38
    /// carries another allele (CYP2C19 `*38`).
    private static func definition(
        of allele: NamedAllele, in gene: GeneDefinition, complete: [AlleleConstraint]
    ) -> [AlleleConstraint] {
        guard allele.kind == .reference || allele.kind == .allele, !allele.constraints.isEmpty else { return [] }
        guard allele.kind == .allele, allele.name == "*1" else { return allele.constraints }
        var own = allele.constraints
        let stated = Set(own.map(\.position))
        let reference = gene.referenceAllele.map { gene.alleles[$0].constraints } ?? complete
        own += reference.filter { !stated.contains($0.position) }
        return own.sorted { $0.position < $1.position }
    }

    private static func masks(
        gene: GeneDefinition, slots: [Slot], definitions: [[AlleleConstraint]], matchable: AlleleSet, words: Int
    ) -> [UInt64] {
        var masks = [UInt64](repeating: 0, count: slots.last.map { $0.offset + $0.alleleCount * words } ?? 0)
        var slotOfPosition = [Slot?](repeating: nil, count: gene.positions.count)
        var byDefault = [Int](repeating: 0, count: gene.positions.count)
        for slot in slots { slotOfPosition[slot.position] = slot }
        for constraint in gene.referenceAllele.map({ definitions[$0] }) ?? []
        where constraint.accepted.nonzeroBitCount == 1 {
            byDefault[constraint.position] = constraint.accepted.trailingZeroBitCount
        }
        for slot in slots {
            let offset = slot.offset + byDefault[slot.position] * words
            for word in 0..<words { masks[offset + word] = matchable.words[word] }
        }
        for allele in matchable.members {
            let bit: UInt64 = 1 << UInt64(allele & 63)
            for constraint in definitions[allele] {
                guard let slot = slotOfPosition[constraint.position] else { continue }
                for base in 0..<slot.alleleCount {
                    let offset = slot.offset + base * words + allele >> 6
                    let accepts = constraint.accepted & (1 << UInt64(base)) != 0
                    masks[offset] = accepts ? masks[offset] | bit : masks[offset] & ~bit
                }
            }
        }
        return masks
    }

    /// Groups the alleles that no rule tells apart. An allele of an exceptional diplotype, and every allele of a gene whose
    /// diplotype itself is asked for, is a group of its own.
    private static func groups(_ gene: GeneDefinition) -> (group: [Int], representatives: [Int]) {
        struct Kind: Hashable {
            let function: String
            let activity: Double?
            let own: Int?
        }
        var exceptional: Set<Int> = []
        for pair in gene.phenotypeRules.exceptions.keys { exceptional.formUnion([pair.first, pair.second]) }
        let isGenotype = gene.phenotypeRules.method == .genotype
        var numbers: [Kind: Int] = [:]
        var group: [Int] = []
        var representatives: [Int] = []
        for allele in gene.alleles {
            let isOwn = isGenotype || exceptional.contains(allele.index)
            let kind = Kind(
                function: allele.function, activity: allele.activityValue, own: isOwn ? allele.index : nil)
            if let number = numbers[kind] {
                group.append(number)
            } else {
                numbers[kind] = representatives.count
                group.append(representatives.count)
                representatives.append(allele.index)
            }
        }
        return (group, representatives)
    }
}
