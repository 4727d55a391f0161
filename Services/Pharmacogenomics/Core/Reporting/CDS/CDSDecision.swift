public import Domain

/// Decides which cards a call is answered with. Pure: person, request, release and time give the cards.
///
/// Co-medication is the service's own list, the client's prefetched one and the session's other orders together. A drug that the
/// dictionary does not know, or of which nothing is to be said, gives no card.
public struct CDSDecision: Sendable {
    let knowledge: CDSKnowledge
    let reasoning: any CDSReasoning

    /// Decisions under a release.
    public init(knowledge: KnowledgeBase, reasoning: any CDSReasoning) {
        self.init(
            knowledge: CDSKnowledge(
                drugs: knowledge.drugs, guidelines: knowledge.guidelines, interactions: knowledge.interactions,
                indications: knowledge.indications),
            reasoning: reasoning)
    }

    init(knowledge: CDSKnowledge, reasoning: any CDSReasoning) {
        self.knowledge = knowledge
        self.reasoning = reasoning
    }

    /// The cards, most urgent first, equal urgency in the order of the orders.
    ///
    /// - Parameters:
    ///   - patient: the person's last evaluation under this release; nil when nothing reached the service.
    ///   - time: of the call.
    public func cards(for request: CDSRequest, patient: EvaluatedPatient?, at time: Timestamp) -> [CDSCard] {
        let known = patient?.medications ?? []
        let listed = request.prefetched.medications.flatMap { $0.exposures(in: knowledge.drugs) }
        let current = Self.joined(known, listed)
        let ordered = request.orders.map { OrderedDrugs(order: $0, drugs: $0.medication.drugs(in: knowledge.drugs)) }
        var builder = CDSCardBuilder(knowledge: knowledge, request: request)
        switch request.hook {
        case .patientView:
            let evaluated = reasoning.reevaluated(patient, medications: current, at: time)
            builder.addActive(evaluated)
        case .orderSelect, .orderSign:
            let after = reasoning.reevaluated(
                patient, medications: Self.joined(current, exposures(ordered)), at: time)
            for order in ordered where order.order.isSelected { builder.addOrder(order, after, reasoning, at: time) }
            let drugs = Set(ordered.filter(\.order.isSelected).flatMap { $0.drugs.map(\.name) })
            if drugs.contains(where: { !knowledge.interactions.interactions(of: $0).isEmpty }) {
                let others = ordered.filter { !$0.order.isSelected }
                let before = reasoning.reevaluated(
                    patient, medications: Self.joined(current, exposures(others)), at: time)
                builder.addInteractions(before: before, after: after, ordered: drugs)
            }
        }
        // `sorted` keeps the order of equals.
        return builder.cards.sorted { $0.indicator > $1.indicator }
    }

    /// The exposures that orders would bring, as of a time when their effect is there.
    private func exposures(_ orders: [OrderedDrugs]) -> [MedicationExposure] {
        orders.filter { !$0.order.medication.isLocal }.flatMap { order in
            order.drugs.map { MedicationExposure(drug: $0.name) }
        }
    }

    /// The first list and what the second adds: another drug, or a known one that is not taken by the first.
    private static func joined(
        _ first: [MedicationExposure], _ second: [MedicationExposure]
    ) -> [MedicationExposure] {
        var result = first
        for exposure in second where !result.contains(where: { $0.drug == exposure.drug && $0.endedAt == nil }) {
            result.append(exposure)
        }
        return result
    }
}

/// What of a release cards are made from.
struct CDSKnowledge: Sendable {
    let drugs: DrugDictionary
    let guidelines: GuidelineBook
    let interactions: InteractionTable
    let indications: IndicationTable

    /// Whether a result for one of its genes could change what `source` says of the drug.
    func isActionable(_ recommendation: DrugRecommendation) -> Bool {
        guidelines.rules(for: recommendation.drug).contains { rule in
            rule.source == recommendation.source && rule.guideline == recommendation.guideline
                && rule.actions.contains { $0.code.severity >= CDSCardBuilder.warningSeverity }
        }
    }
}

/// An order with the drugs of the dictionary that it stands for.
struct OrderedDrugs: Sendable {
    let order: DraftOrder
    let drugs: [Drug]
}
