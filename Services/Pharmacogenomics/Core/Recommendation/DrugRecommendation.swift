import Domain

/// What one guideline of one source says about one drug for one person and population.
public struct DrugRecommendation: Sendable, Equatable {
    /// What the genotype alone comes to.
    public let genetic: Advice
    /// What it comes to with the present medication (phenoconversion); nil when that is the same.
    public let converted: Advice?
    /// Whether the person takes the drug at the time of the evaluation.
    public let isActive: Bool
    /// What other sources say that differs in severity for this person.
    public let conflicts: [SourceConflict]
    /// The events that it rests on, ascending.
    public let inputEvents: [EventID]
    /// A hash of the content (not of the input events): equal on every machine and in every run. Two evaluations with the same
    /// hash say the same.
    public let contentHash: UInt64

    /// What names it; shared by all persons.
    let plan: AdvicePlan

    init(
        plan: AdvicePlan, genetic: Advice, converted: Advice?, isActive: Bool, conflicts: [SourceConflict],
        inputEvents: [EventID]
    ) {
        self.plan = plan
        self.genetic = genetic
        self.converted = converted
        self.isActive = isActive
        self.conflicts = conflicts
        self.inputEvents = inputEvents
        var hash = ContentHash()
        hash.mix(plan.identityHash)
        hash.mix(genetic.contentHash)
        hash.mix(converted?.contentHash ?? 0)
        hash.mix(isActive)
        for conflict in conflicts { hash.mix(conflict.contentHash) }
        contentHash = hash.value
    }

    /// The drug.
    public var drug: String { plan.drug }
    /// Who says it.
    public var source: GuidelineSource { plan.source }
    /// The source's identifier of the guideline.
    public var guideline: String { plan.guideline }
    /// The date or year of the guideline's content.
    public var version: String { plan.version }
    /// Whom the rows are for: `general`, `adults`, an indication.
    public var population: String { plan.population }
    /// The genes that the guideline asks about.
    public var genes: [GeneSymbol] { plan.genes }

    /// What counts: with the present medication where that differs.
    public var governing: Advice { converted ?? genetic }
    /// How far the candidates agree, with the present medication.
    public var status: ConsensusStatus { governing.status }
    /// What to do, with the present medication; empty when the candidates differ or nothing is known.
    public var actions: [RecommendedAction] { governing.actions }
    /// How strongly the source stands behind it.
    public var strength: RecommendationStrength { governing.strength }
    /// The class of side-effect risk.
    public var risk: String { governing.risk }
    /// The genes that are needed and have no result.
    public var missingGenes: [GeneSymbol] { governing.missingGenes }
    /// What would settle it, best first.
    public var settledBy: [SettlingTest] { governing.settledBy }
    /// True when the present medication changes the answer.
    public var isPhenoconverted: Bool { converted != nil }
    /// Where the rows that hold are published, each once, in order.
    public var citations: [String] {
        var seen: [String] = []
        for candidate in governing.candidates {
            for rule in candidate.rules where !rule.citation.isEmpty && !seen.contains(rule.citation) {
                seen.append(rule.citation)
            }
        }
        return seen
    }
}

/// Another source's advice on the same drug that differs in severity for the same person.
public struct SourceConflict: Sendable, Hashable {
    /// The other source.
    public let source: GuidelineSource
    /// Its guideline.
    public let guideline: String
    /// Its population.
    public let population: String
    /// The severity of its gravest action.
    public let severity: Int
    /// Its actions.
    public let actions: [RecommendedAction]
    let contentHash: UInt64
}
