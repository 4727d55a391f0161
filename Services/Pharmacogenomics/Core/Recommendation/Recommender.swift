import Domain

/// Looks up what the guidelines of a knowledge release say for a person's phenotypes.
///
/// All rules are made ready once: every question of every guideline has a number, a person's results are bits, and a rule holds
/// when its bits are set. Nothing is compared as text while a person is evaluated.
public struct Recommender: Sendable {
    let assigner: PhenotypeAssigner
    let knowledgeVersion: String
    /// Sorted by drug, source, guideline and population.
    let plans: [AdvicePlan]
    /// By plan: its source.
    let sources: [GuidelineSource]
    /// By drug number: the drug and its plans.
    let drugPlans: [Range<Int>]
    /// The drugs that some guideline speaks of, in order; a drug's number is its place.
    public let drugs: [String]
    /// What the plans ask.
    let asked: PlanQuestions
    private let numbers: [String: Int]
    private let settler: Settler
    /// By plan: the advice for a person without any result in the plan's genes.
    private let unknown: [Advice]

    /// A recommender for a release.
    public init(knowledge: KnowledgeBase) {
        self.init(knowledge: knowledge, assigner: PhenotypeAssigner(knowledge: knowledge))
    }

    init(knowledge: KnowledgeBase, assigner: PhenotypeAssigner) {
        self.assigner = assigner
        knowledgeVersion = knowledge.version
        let settler = Settler(assigner: assigner)
        self.settler = settler
        var plans: [AdvicePlan] = []
        var ranges: [Range<Int>] = []
        let drugs = knowledge.guidelines.drugs
        for (number, drug) in drugs.enumerated() {
            let start = plans.count
            for group in Self.groups(knowledge.guidelines.rules(for: drug)) {
                plans.append(
                    AdvicePlan(index: plans.count, drugNumber: number, rules: group, questions: assigner.questions))
            }
            ranges.append(start..<plans.count)
        }
        self.plans = plans
        self.drugs = drugs
        drugPlans = ranges
        numbers = Dictionary(drugs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        sources = plans.map(\.source)
        asked = PlanQuestions(plans: plans, geneCount: assigner.questions.genes.count)
        let nobody = ResultPanel(phenotypes: [], questions: assigner.questions)
        unknown = plans.map { $0.advice(nobody, settler: settler) }
    }

    /// The rules of a drug by source, guideline and population, in this order.
    private static func groups(_ rules: [GuidelineRule]) -> [[GuidelineRule]] {
        let sorted = rules.sorted { one, other in
            let names = (
                (one.source.rawValue, one.guideline, one.population),
                (other.source.rawValue, other.guideline, other.population)
            )
            return names.0 != names.1 ? names.0 < names.1 : one.ordinal < other.ordinal
        }
        var groups: [[GuidelineRule]] = []
        for rule in sorted {
            if let last = groups.last?.last, last.source == rule.source, last.guideline == rule.guideline,
                last.population == rule.population
            {
                groups[groups.count - 1].append(rule)
            } else {
                groups.append([rule])
            }
        }
        return groups
    }

    /// The number of a drug; nil when no guideline speaks of it.
    func number(of drug: String) -> Int? { numbers[drug] }

    /// What every guideline on a drug says, by source, guideline and population; empty for a drug that none knows.
    ///
    /// - Parameters:
    ///   - drug: by the dictionary's name.
    ///   - phenotypes: of an assigner of the same release; what it converted for the medication counts.
    ///   - medications: what the person takes, to tell whether the drug is among it.
    ///   - time: when the medication is looked at.
    ///   - sources: whose guidelines are wanted; conflicts are looked for among these.
    ///   - genotypeEvents: the events that the phenotypes rest on.
    public func recommend(
        drug: String, phenotypes: [GenePhenotype], medications: [MedicationExposure] = [], at time: Timestamp? = nil,
        sources: Set<GuidelineSource> = Set(GuidelineSource.allCases), genotypeEvents: [EventID] = []
    ) -> [DrugRecommendation] {
        guard let number = numbers[drug] else { return [] }
        var person = PersonAdvice(self, phenotypes: phenotypes, medications: medications, at: time)
        person.evaluate(plans: drugPlans[number])
        return assemble(drugPlans[number], person, sources, genotypeEvents.sorted())
    }

    /// What every guideline says about every drug, by drug, source, guideline and population.
    public func recommendAll(
        phenotypes: [GenePhenotype], medications: [MedicationExposure] = [], at time: Timestamp? = nil,
        sources: Set<GuidelineSource> = Set(GuidelineSource.allCases), genotypeEvents: [EventID] = []
    ) -> [DrugRecommendation] {
        var person = PersonAdvice(self, phenotypes: phenotypes, medications: medications, at: time)
        person.evaluate(plans: plans.indices)
        let events = genotypeEvents.sorted()
        return assemble(plans.indices, person, sources, events)
    }

    func advice(_ index: Int, _ panel: ResultPanel) -> Advice {
        let plan = plans[index]
        for slot in plan.slots where panel.entries[slot] != nil || panel.withoutResult[slot] != nil {
            return plan.advice(panel, settler: settler)
        }
        return plan.slots.isEmpty ? plan.advice(panel, settler: settler) : unknown[index]
    }

    private func assemble(
        _ range: Range<Int>, _ person: PersonAdvice, _ wanted: Set<GuidelineSource>, _ genotypeEvents: [EventID]
    ) -> [DrugRecommendation] {
        var found: [DrugRecommendation] = []
        found.reserveCapacity(range.count)
        for index in range where wanted.contains(sources[index]) {
            found.append(person.recommendation(index, sources: wanted, genotypeEvents: genotypeEvents))
        }
        return found
    }
}
