import Domain

/// The advice of all plans for one person, as far as it was asked for.
struct PersonAdvice {
    let recommender: Recommender
    let phenotypes: [GenePhenotype]
    let medications: [MedicationExposure]
    let time: Timestamp?
    let panel: ResultPanel
    /// The panel with what the medication makes of the enzymes; nil when it changes none.
    private var convertedPanel: ResultPanel?
    /// The genes whose answers the medication changes, as bits.
    private var convertedSlots: UInt64 = 0
    /// Those of them that have several states, before or after, or an allele that is not known.
    private var openSlots: UInt64 = 0
    /// The answers that the medication changes, for the genes of one state.
    private var differingBits: [UInt64] = []
    /// Genes of which the conversion is known by heart, and what it makes of the plans that ask about the gene alone.
    private var knownSlots: [Int] = []
    private var knownAdvice: [[Advice?]] = []
    /// What conversions came to, for the next evaluation.
    private(set) var memo: ConversionMemo
    let acting: [EnzymeExposures.Window]
    private(set) var genetic: [Advice?]
    private(set) var converted: [Advice?]
    /// The drugs that are taken, sorted.
    let active: [String]
    /// The numbers of the drugs that are taken, as far as guidelines speak of them.
    let activeNumbers: [Int]
    /// The numbers of the drugs that act on an enzyme now.
    private let actingNumbers: [Int]

    init(
        _ recommender: Recommender, phenotypes: [GenePhenotype], medications: [MedicationExposure], at time: Timestamp?
    ) {
        let acting = medications.isEmpty ? [] : recommender.assigner.exposures.acting(medications, at: time)
        self.init(
            recommender, phenotypes: phenotypes, medications: medications, at: time, acting: acting,
            panel: ResultPanel(phenotypes: phenotypes, questions: recommender.assigner.questions),
            genetic: Array(repeating: nil, count: recommender.plans.count),
            converted: Array(repeating: nil, count: recommender.plans.count))
    }

    init(
        _ recommender: Recommender, phenotypes: [GenePhenotype], medications: [MedicationExposure], at time: Timestamp?,
        acting: [EnzymeExposures.Window], panel: ResultPanel, genetic: [Advice?], converted: [Advice?],
        memo: ConversionMemo = ConversionMemo()
    ) {
        self.recommender = recommender
        self.phenotypes = phenotypes
        self.medications = medications
        self.time = time
        self.panel = panel
        self.acting = acting
        self.genetic = genetic
        self.converted = converted
        self.memo = memo
        active = Self.active(medications, at: time)
        activeNumbers = active.compactMap { recommender.number(of: $0) }
        actingNumbers = acting.filter { !$0.isPending }.compactMap { recommender.number(of: $0.drug) }
        guard !acting.isEmpty else { return }
        convert()
    }

    /// Makes the panel with what the medication makes of the enzymes.
    private mutating func convert() {
        var changed = panel
        for place in phenotypes.indices {
            guard let result = phenotypes[place].conversion, let states = result.states,
                let slot = recommender.assigner.questions.slot(of: phenotypes[place].gene, near: place)
            else { continue }
            changed.convert(
                slot, outcomes: result.phenotype.outcomes, states: states, leading: result.phenotype.leading)
            let bit: UInt64 = 1 << UInt64(slot & 63)
            convertedSlots |= bit
            if panel.isOpen(slot) || changed.isOpen(slot) { openSlots |= bit }
        }
        guard convertedSlots != 0 else { return }
        differingBits = panel.bits
        for word in differingBits.indices { differingBits[word] ^= changed.bits[word] }
        convertedPanel = changed
    }

    static func active(_ medications: [MedicationExposure], at time: Timestamp?) -> [String] {
        guard !medications.isEmpty else { return [] }
        var drugs: [String] = []
        for medication in medications where medication.isActive(at: time) && !drugs.contains(medication.drug) {
            drugs.append(medication.drug)
        }
        return drugs.sorted()
    }

    mutating func evaluate(plans: Range<Int>) {
        for index in plans {
            let advice = recommender.advice(index, panel)
            genetic[index] = advice
            if convertedSlots != 0 { converted[index] = conversion(index, genetic: advice) }
        }
    }

    /// Evaluates again what the medication makes of the advice of some plans.
    ///
    /// - Parameters:
    ///   - touched: the plans of which the medication that acts on a gene has changed.
    ///   - moved: those of them whose answers may have changed with it.
    /// - Returns: the numbers of the drugs of which something else is said, or said for other events.
    mutating func convertAgain(_ touched: NumberSet, moved: NumberSet) -> NumberSet {
        recall()
        var drugs = NumberSet(below: recommender.drugs.count)
        let asked = recommender.asked
        touched.forEach { index in
            guard let genetic = genetic[index] else { return }
            var isChanged = converted[index] != nil
            if moved.contains(index) {
                let advice = conversion(index, genetic: genetic)
                if isChanged || advice != nil { converted[index] = advice }
                isChanged = isChanged || advice != nil
            }
            // Where the medication changes the advice, the events of what acts are shown with it.
            if isChanged { drugs.insert(asked.drugNumber[index]) }
        }
        return drugs
    }

    /// Looks up what the conversions came to before; what is not known is worked out and kept.
    private mutating func recall() {
        guard let convertedPanel else { return }
        for slot in panel.entries.indices where convertedSlots & ~openSlots & (1 << UInt64(slot & 63)) != 0 {
            guard let before = panel.entries[slot], let after = convertedPanel.entries[slot], before !== after else {
                continue
            }
            knownSlots.append(slot)
            if let known = memo.advice(slot: slot, after: after) {
                knownAdvice.append(known)
                continue
            }
            let found = recommender.asked.plansOfOnlyGene[slot].map { index in
                genetic[index].flatMap { conversion(index, genetic: $0, convertedPanel) }
            }
            memo.keep(slot: slot, after: after, advice: found)
            knownAdvice.append(found)
        }
    }

    /// What the medication makes of one plan's advice; nil when that is what the genotype says.
    private func conversion(_ index: Int, genetic: Advice) -> Advice? {
        let asked = recommender.asked
        guard asked.slotMask[index] & convertedSlots != 0 else { return nil }
        if !actingNumbers.isEmpty, actingNumbers.contains(asked.drugNumber[index]) {
            let plan = recommender.plans[index]
            guard acting.contains(where: { !$0.isPending && $0.drug != plan.drug && plan.slots.contains($0.slot) })
            else { return nil }
            let advice = recommender.advice(index, panel(without: plan.drug))
            return genetic.saysTheSame(as: advice) ? nil : advice
        }
        if let known = knownSlots.firstIndex(of: asked.onlyGene[index]) {
            return knownAdvice[known][asked.rank[index]]
        }
        guard let convertedPanel else { return nil }
        return conversion(index, genetic: genetic, convertedPanel)
    }

    /// The same for a drug that does not act on an enzyme itself.
    private func conversion(_ index: Int, genetic: Advice, _ convertedPanel: ResultPanel) -> Advice? {
        let asked = recommender.asked
        // Where no question is answered otherwise, the same rules hold.
        if asked.slotMask[index] & openSlots == 0, !asked.asks(index, anyOf: differingBits) { return nil }
        if recommender.plans[index].keeps(genetic, panel, convertedPanel) { return nil }
        let advice = recommender.advice(index, convertedPanel)
        return genetic.saysTheSame(as: advice) ? nil : advice
    }

    /// The panel as the medication makes it without one drug: its effect on its own elimination is in its usual dose.
    private func panel(without drug: String) -> ResultPanel {
        var panel = panel
        let assigner = recommender.assigner
        for place in phenotypes.indices where phenotypes[place].convertedStates != nil {
            guard let slot = assigner.questions.slot(of: phenotypes[place].gene, near: place) else { continue }
            let result = assigner.conversion(of: phenotypes[place], slot: slot, acting: acting, without: drug)
            if let result, let states = result.states {
                panel.convert(
                    slot, outcomes: result.phenotype.outcomes, states: states, leading: result.phenotype.leading)
            }
        }
        return panel
    }

    /// The recommendation of a plan that was evaluated.
    ///
    /// - Parameter sources: where conflicts are looked for; nil: everywhere.
    func recommendation(_ index: Int, sources: Set<GuidelineSource>?, genotypeEvents: [EventID]) -> DrugRecommendation {
        let plan = recommender.plans[index]
        let advice = genetic[index] ?? recommender.advice(index, panel)
        let changed = converted[index]
        let isActive = !activeNumbers.isEmpty && activeNumbers.contains(plan.drugNumber)
        return DrugRecommendation(
            plan: plan, genetic: advice, converted: changed, isActive: isActive,
            conflicts: conflicts(plan, changed ?? advice, sources),
            inputEvents: isActive || changed != nil
                ? inputEvents(plan, isActive: isActive, isConverted: changed != nil, genotypeEvents) : genotypeEvents)
    }

    private func conflicts(_ plan: AdvicePlan, _ advice: Advice, _ wanted: Set<GuidelineSource>?) -> [SourceConflict] {
        guard advice.band >= 0 else { return [] }
        var conflicts: [SourceConflict] = []
        for other in recommender.asked.rivals[plan.index] {
            guard let second = converted[other] ?? genetic[other], advice.conflicts(with: second),
                wanted?.contains(recommender.sources[other]) ?? true
            else { continue }
            conflicts.append(SourceConflict(recommender.plans[other], second))
        }
        return conflicts
    }

    /// The events of the genotype, of the drug itself, and where the medication changes the advice those of what acts.
    private func inputEvents(
        _ plan: AdvicePlan, isActive: Bool, isConverted: Bool, _ genotypeEvents: [EventID]
    ) -> [EventID] {
        var events: [EventID] = []
        if isActive {
            for place in medications.indices {
                guard let event = medications[place].eventID, medications[place].drug == plan.drug,
                    medications[place].isActive(at: time)
                else { continue }
                events.append(event)
            }
        }
        if isConverted {
            for place in acting.indices where !acting[place].isPending && plan.slots.contains(acting[place].slot) {
                guard let event = acting[place].eventID, acting[place].drug != plan.drug else { continue }
                events.append(event)
            }
        }
        guard !events.isEmpty else { return genotypeEvents }
        events += genotypeEvents
        events.sort()
        var unique: [EventID] = []
        unique.reserveCapacity(events.count)
        for event in events where event != unique.last { unique.append(event) }
        return unique
    }
}
