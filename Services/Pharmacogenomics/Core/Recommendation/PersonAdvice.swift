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
        acting: [EnzymeExposures.Window], panel: ResultPanel, genetic: [Advice?], converted: [Advice?]
    ) {
        self.recommender = recommender
        self.phenotypes = phenotypes
        self.medications = medications
        self.time = time
        self.panel = panel
        self.acting = acting
        self.genetic = genetic
        self.converted = converted
        active = Self.active(medications, at: time)
        activeNumbers = active.compactMap { recommender.number(of: $0) }
        actingNumbers = acting.filter { !$0.isPending }.compactMap { recommender.number(of: $0.drug) }
        guard !acting.isEmpty else { return }
        var changed = panel
        for place in phenotypes.indices where phenotypes[place].convertedStates != nil {
            guard let states = phenotypes[place].convertedStates, let result = phenotypes[place].converted,
                let slot = recommender.assigner.questions.slot(of: phenotypes[place].gene, near: place)
            else { continue }
            changed.convert(slot, outcomes: result.outcomes, states: states, leading: result.leading)
            convertedSlots |= 1 << UInt64(slot & 63)
        }
        if convertedSlots != 0 { convertedPanel = changed }
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

    /// Evaluates what the medication makes of one plan's advice again; true when that is something else than before.
    mutating func convertAgain(_ index: Int) -> Bool {
        guard let genetic = genetic[index] else { return false }
        let former = converted[index]
        let advice = conversion(index, genetic: genetic)
        converted[index] = advice
        return former != advice
    }

    /// What the medication makes of one plan's advice; nil when that is what the genotype says.
    private func conversion(_ index: Int, genetic: Advice) -> Advice? {
        guard let convertedPanel, recommender.plans[index].slotMask & convertedSlots != 0 else { return nil }
        if !actingNumbers.contains(recommender.plans[index].drugNumber),
            recommender.plans[index].keeps(genetic, panel, convertedPanel)
        {
            return nil
        }
        let advice: Advice
        if actingNumbers.contains(recommender.plans[index].drugNumber) {
            advice = recommender.advice(index, panel(without: recommender.plans[index].drug))
        } else {
            advice = recommender.advice(index, convertedPanel)
        }
        return genetic.saysTheSame(as: advice) ? nil : advice
    }

    /// The panel as the medication makes it without one drug: its effect on its own elimination is in its usual dose.
    private func panel(without drug: String) -> ResultPanel {
        var panel = panel
        let assigner = recommender.assigner
        for place in phenotypes.indices where phenotypes[place].convertedStates != nil {
            guard let slot = assigner.questions.slot(of: phenotypes[place].gene, near: place) else { continue }
            let (result, states) = assigner.conversion(
                of: phenotypes[place], slot: slot, acting: acting, without: drug)
            if let result, let states {
                panel.convert(slot, outcomes: result.outcomes, states: states, leading: result.leading)
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
                ? inputEvents(plan, isConverted: changed != nil, genotypeEvents) : genotypeEvents)
    }

    private func conflicts(_ plan: AdvicePlan, _ advice: Advice, _ wanted: Set<GuidelineSource>?) -> [SourceConflict] {
        guard advice.band >= 0 else { return [] }
        var conflicts: [SourceConflict] = []
        for other in recommender.drugPlans[plan.drugNumber] where recommender.sources[other] != plan.source {
            guard let second = converted[other] ?? genetic[other], advice.conflicts(with: second),
                wanted?.contains(recommender.sources[other]) ?? true
            else { continue }
            conflicts.append(SourceConflict(recommender.plans[other], second))
        }
        return conflicts
    }

    /// The events of the genotype, of the drug itself, and where the medication changes the advice those of what acts.
    private func inputEvents(_ plan: AdvicePlan, isConverted: Bool, _ genotypeEvents: [EventID]) -> [EventID] {
        var events: [EventID] = []
        for medication in medications where medication.drug == plan.drug && medication.isActive(at: time) {
            if let event = medication.eventID { events.append(event) }
        }
        if isConverted {
            for window in acting where !window.isPending && window.drug != plan.drug && plan.slots.contains(window.slot)
            {
                if let event = window.eventID { events.append(event) }
            }
        }
        return events.isEmpty ? genotypeEvents : Set(events).union(genotypeEvents).sorted()
    }
}
