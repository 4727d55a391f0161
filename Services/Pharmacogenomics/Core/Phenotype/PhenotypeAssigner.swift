import Domain

/// Turns diplotypes into phenotypes by the published rules of a knowledge release, and shows beside them what the present
/// medication makes of them.
///
/// - Genes with activity values: the sum over both haplotypes and all copies, and the range that it lies in (CPIC; other
///   sources' ranges where the tables have them). A value that is not known makes the phenotype `Indeterminate`.
/// - Genes with functions: the pair of functions; the only one where there is one copy.
/// - DPYD and RYR1: the lowest function of each chromosome; without phase every arrangement with its weight, and the worst.
/// - HLA: the presence of the alleles that guidelines ask about.
/// - A laboratory's reported phenotype or score stands above what its diplotype means; a contradiction is shown.
///
/// Every diplotype of the call counts, listed or not: one gene's outcomes sum to 1.
public struct PhenotypeAssigner: Sendable {
    let questions: GuidelineQuestions
    let meanings: [GeneMeaning]
    let exposures: EnzymeExposures
    let rules: ConversionRules
    private let slots: [GeneSymbol: Int]

    /// An assigner for a release.
    public init(knowledge: KnowledgeBase) {
        self.init(knowledge: knowledge, questions: GuidelineQuestions(knowledge: knowledge))
    }

    init(knowledge: KnowledgeBase, questions: GuidelineQuestions) {
        self.questions = questions
        meanings = knowledge.genes.genes.map { GeneMeaning(gene: $0, questions: questions.genes[$0.index]) }
        slots = Dictionary(
            knowledge.genes.genes.map { ($0.symbol, $0.index) }, uniquingKeysWith: { first, _ in first })
        exposures = EnzymeExposures(knowledge: knowledge)
        rules = ConversionRules(knowledge: knowledge)
    }

    /// The phenotypes of the calls, in their order; a call of a gene that the release does not have has none.
    ///
    /// - Parameters:
    ///   - calls: what the data say of each gene.
    ///   - medications: what the person takes or took.
    ///   - time: when the medication is looked at; nil: only drugs without a known end count, and onsets have passed.
    public func phenotypes(
        of calls: [GeneCall], medications: [MedicationExposure] = [], at time: Timestamp? = nil
    ) -> [GenePhenotype] {
        let acting = medications.isEmpty ? [] : exposures.acting(medications, at: time)
        return calls.map { call in
            guard let slot = slot(of: call.gene) else { return GenePhenotype(call: call) }
            let genetic = phenotype(of: call, slot: slot)
            guard !acting.isEmpty else { return genetic }
            return converted(genetic, slot: slot, acting: acting)
        }
    }

    func slot(of gene: GeneSymbol) -> Int? { slots[gene] }

    /// The number of a gene whose enzyme some drug acts on; nil for all others.
    func enzymeSlot(of gene: GeneSymbol) -> Int? {
        guard let slot = slots[gene], exposures.slots.contains(slot) else { return nil }
        return slot
    }

    /// The genetic phenotype alone.
    func phenotype(of call: GeneCall, slot: Int) -> GenePhenotype {
        let meaning = meanings[slot]
        var collector = OutcomeCollector(gene: call.gene)
        var remarks: [String] = []
        switch call.status {
        case .notCallable: return GenePhenotype(call: call)
        case .noMatch:
            guard let lookup = call.lookup else { return GenePhenotype(call: call) }
            collector.add(
                meaning.meaning(of: lookup, sites: call.extraSites), weight: 1, names: [lookup.name], isLeading: true)
            remarks.append("looked-up")
        case .called, .ambiguous, .outside:
            collect(call, meaning, into: &collector)
            remarks = self.remarks(on: call, meaning)
        }
        if call.status == .outside, let outside = call.outside,
            !outside.phenotype.isEmpty || outside.activityScore != nil
        {
            return reported(outside, call: call, meaning: meaning, computed: collector)
        }
        let (outcomes, states, leading) = collector.finish(questions: meaning.questions)
        var worst: PhenotypeOutcome?
        // Only the phase is open: no position is.
        if outcomes.count > 1, call.missingPositions.isEmpty, let lookup = call.lookup {
            worst = outcome(meaning.meaning(of: lookup, sites: []), of: call.gene, name: lookup.name)
            remarks.append("worst-case")
        }
        return GenePhenotype(
            call: call, outcomes: outcomes, worstCase: worst, leading: leading, remarks: remarks, states: states)
    }

    private func collect(_ call: GeneCall, _ meaning: GeneMeaning, into collector: inout OutcomeCollector) {
        let total = call.candidates.reduce(0) { $0 + $1.weight } + call.unlisted.reduce(0) { $0 + $1.weight }
        let even = total > 0 ? nil : 1 / Double(max(1, call.candidates.count))
        let leading = call.topCandidates.count
        for (place, candidate) in call.candidates.enumerated() {
            collector.add(
                meaning.meaning(of: candidate, sites: call.extraSites), weight: even ?? candidate.weight,
                names: [candidate.name], isLeading: place < leading)
        }
        let alleles = meaning.gene.alleles
        for group in call.unlisted where alleles.indices.contains(group.representative.first) {
            let second = group.representative.second
            let pair = DiplotypeCandidate(
                first: Self.haplotype(alleles[group.representative.first]),
                second: alleles.indices.contains(second) ? Self.haplotype(alleles[second]) : nil)
            collector.add(
                meaning.meaning(of: pair, sites: call.extraSites), weight: group.weight, names: [], count: group.count)
        }
    }

    private static func haplotype(_ allele: NamedAllele) -> HaplotypeCall {
        HaplotypeCall(name: allele.name, alleles: [allele.index])
    }

    private func remarks(on call: GeneCall, _ meaning: GeneMeaning) -> [String] {
        guard meaning.gene.calling != .outside, call.status == .outside else { return [] }
        let copies = call.candidates.contains { $0.first.copies != 1 || ($0.second?.copies ?? 1) != 1 }
        return copies ? ["copies-not-scored"] : []
    }

    func outcome(_ meaning: GeneMeaning.Meaning, of gene: GeneSymbol, name: String) -> PhenotypeOutcome {
        PhenotypeOutcome(
            gene: gene, phenotype: meaning.phenotype, activityScore: meaning.score, weight: 1, diplotypes: [name],
            diplotypeCount: 1, otherTerms: meaning.otherTerms, alleles: meaning.alleles)
    }
}
