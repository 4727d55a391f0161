import Contracts
import Domain
import JSONDocument

/// Makes the cards of one call.
struct CDSCardBuilder {
    let knowledge: CDSKnowledge
    let request: CDSRequest
    private(set) var cards: [CDSCard] = []

    /// The severity of an action from which on a card warns.
    static let warningSeverity = 3
    /// How many pages a card links.
    private static let linkLimit = 5

    init(knowledge: CDSKnowledge, request: CDSRequest) {
        self.knowledge = knowledge
        self.request = request
    }

    // MARK: - What is looked at

    /// A card for each drug of an order of which something is to be said.
    mutating func addOrder(
        _ order: OrderedDrugs, _ patient: EvaluatedPatient, _ reasoning: any CDSReasoning, at time: Timestamp
    ) {
        for drug in order.drugs {
            let advised = Self.advised(patient.recommendations(for: drug.name))
            if let leading = advised.first {
                var suggestions: [CDSCard.Suggestion] = []
                if Self.speaksAgainst(leading) {
                    let replacements = OrderReplacement(knowledge: knowledge, request: request)
                    suggestions = replacements.suggestions(
                        for: order.order, drug: drug, leading: leading, patient: patient, reasoning: reasoning, at: time
                    )
                }
                add(
                    kind: "order", about: order.order.reference, leading: leading, all: advised, patient: patient,
                    summary: CardText.summary(leading, patient: patient), suggestions: suggestions)
            } else {
                addUnknown(drug, order.order, patient)
            }
        }
    }

    /// A card for each drug that is taken and ought not to be given as usual.
    mutating func addActive(_ patient: EvaluatedPatient) {
        for drug in patient.activeDrugs {
            let advised = Self.advised(patient.recommendations(for: drug))
            guard let leading = advised.first, leading.governing.severity >= Self.warningSeverity else { continue }
            add(
                kind: "active", leading: leading, all: advised, patient: patient,
                summary: CardText.summary(leading, patient: patient), suggestions: [])
        }
    }

    /// A card for each drug that is taken already and that the ordered ones make a graver matter.
    mutating func addInteractions(before: EvaluatedPatient, after: EvaluatedPatient, ordered: Set<String>) {
        for drug in after.activeDrugs where !ordered.contains(drug) {
            let former = before.recommendations(for: drug)
            let graver = Self.advised(after.recommendations(for: drug)).filter { recommendation in
                let same = former.first {
                    $0.source == recommendation.source && $0.guideline == recommendation.guideline
                        && $0.population == recommendation.population
                }
                return recommendation.governing.severity >= Self.warningSeverity
                    && recommendation.governing.severity > (same?.governing.severity ?? 0)
            }
            guard let leading = graver.first else { continue }
            let causes = CardText.converters(of: leading, patient: after).filter { ordered.contains($0.drug) }
            guard !causes.isEmpty else { continue }
            add(
                kind: "interaction", leading: leading, all: graver, patient: after,
                summary: CardText.interaction(leading, causes: causes.map(\.drug)), suggestions: [])
        }
    }

    /// A card that names the test, for a drug with guidelines that act on a gene without a result.
    private mutating func addUnknown(_ drug: Drug, _ order: DraftOrder, _ patient: EvaluatedPatient) {
        let open = patient.recommendations(for: drug.name).filter {
            $0.status == .notCallable && knowledge.isActionable($0)
        }
        guard let leading = Self.sorted(open).first else { return }
        var tests: [SettlingTest] = []
        for recommendation in Self.sorted(open) {
            for test in recommendation.settledBy where !tests.contains(where: { $0.gene == test.gene }) {
                tests.append(test)
            }
        }
        let suggestion = OrderReplacement(knowledge: knowledge, request: request)
            .test(CardText.testNames(leading, tests: tests), drug: drug.name)
        add(
            kind: "unknown", leading: leading, all: Self.sorted(open), patient: patient,
            summary: CardText.unknown(leading, tests: tests), suggestions: [suggestion])
    }

    // MARK: - Order

    /// The recommendations by which something is to be done otherwise than usual, the leading one first.
    private static func advised(_ recommendations: [DrugRecommendation]) -> [DrugRecommendation] {
        sorted(recommendations.filter { $0.governing.changesTherapy && !$0.governing.candidates.isEmpty })
    }

    /// Gravest first, then the stronger, then CPIC before DPWG before FDA; equals as they come.
    private static func sorted(_ recommendations: [DrugRecommendation]) -> [DrugRecommendation] {
        recommendations.sorted { one, other in
            if one.governing.severity != other.governing.severity {
                return one.governing.severity > other.governing.severity
            }
            if one.strength.level != other.strength.level { return one.strength.level > other.strength.level }
            return rank(one.source) < rank(other.source)
        }
    }

    private static func rank(_ source: GuidelineSource) -> Int {
        GuidelineSource.allCases.firstIndex(of: source) ?? GuidelineSource.allCases.count
    }

    private static func isSettled(_ recommendation: DrugRecommendation) -> Bool {
        recommendation.status == .determinate || recommendation.status == .ambiguousSameAction
    }

    /// Whether another drug, or none, is the settled advice.
    private static func speaksAgainst(_ recommendation: DrugRecommendation) -> Bool {
        isSettled(recommendation) && recommendation.governing.severity >= ActionCode.alternative.severity
    }

    /// Critical: settled, and contraindicated or strongly to be avoided. Warning: other changes of drug or dose, settled or
    /// possible. Info: the rest.
    static func indicator(_ recommendation: DrugRecommendation) -> CDSCard.Indicator {
        let severity = recommendation.governing.severity
        guard severity >= warningSeverity, recommendation.status != .notCallable || recommendation.governing.isPartial
        else { return .info }
        let isGrave =
            severity >= ActionCode.contraindicated.severity
            || severity >= ActionCode.avoid.severity && recommendation.strength.level == .strong
        return isGrave && isSettled(recommendation) ? .critical : .warning
    }

    // MARK: - Card

    /// Adds a card. Two orders of one drug have a card each, since each can be removed; what is said of the drug alone is said once.
    private mutating func add(
        kind: String, about reference: String = "", leading: DrugRecommendation, all: [DrugRecommendation],
        patient: EvaluatedPatient, summary: String, suggestions: [CDSCard.Suggestion]
    ) {
        let id = EventID.hashing(
            "pharmacogenomics-cds-card", request.hookInstance.description, kind, reference, leading.drug,
            String(leading.contentHash))
        guard !cards.contains(where: { $0.id == id }) else { return }
        let indicator = Self.indicator(leading)
        let citations = all.flatMap(\.citations).map { Citation($0) }
        var links: [CDSCard.Link] = []
        for citation in citations {
            guard let url = citation.url, links.count < Self.linkLimit, !links.contains(where: { $0.url == url }) else {
                continue
            }
            links.append(CDSCard.Link(label: citation.text, url: url))
        }
        cards.append(
            CDSCard(
                id: id, summary: CardText.cut(summary),
                detail: CardDetail(patient: patient, leading: leading, all: all, prefetched: request.prefetched).text,
                indicator: indicator, source: CardText.source(leading), suggestions: suggestions,
                overrideReasons: indicator >= .warning ? OverrideReason.allCases : [], links: links))
    }
}
