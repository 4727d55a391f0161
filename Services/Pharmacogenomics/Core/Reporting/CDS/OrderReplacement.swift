import Contracts
import Domain
import JSONDocument

/// What a card offers to change: the order removed, replaced by a drug for which the answer is settled, or a test ordered.
struct OrderReplacement {
    let knowledge: CDSKnowledge
    let request: CDSRequest

    /// How many replacements a card offers.
    private static let replacementLimit = 3

    /// Replacements where the indication is known and the ranking is settled, then removal.
    func suggestions(
        for order: DraftOrder, drug: Drug, leading: DrugRecommendation, patient: EvaluatedPatient,
        reasoning: any CDSReasoning, at time: Timestamp
    ) -> [CDSCard.Suggestion] {
        let removal = CDSCard.Action.delete(order.reference, description: "Remove the order of \(drug.name)")
        var suggestions: [CDSCard.Suggestion] = []
        for option in options(for: order, drug: drug, patient: patient, reasoning: reasoning, at: time) {
            suggestions.append(
                CDSCard.Suggestion(
                    id: id("replace", order.reference, option.name), label: "Replace \(drug.name) by \(option.name)",
                    isRecommended: suggestions.isEmpty,
                    actions: [
                        removal,
                        .create(draft(option), description: "Draft an order of \(option.name), without a dose"),
                    ]))
        }
        suggestions.append(
            CDSCard.Suggestion(
                id: id("remove", order.reference, drug.name), label: "Remove the order of \(drug.name)",
                isRecommended: false, actions: [removal]))
        return suggestions
    }

    /// A draft request for the tests.
    func test(_ names: [String], drug: String) -> CDSCard.Suggestion {
        let text = names.joined(separator: ", ")
        var resource: JSONObject = [
            "resourceType": "ServiceRequest", "status": "draft", "intent": "proposal", "code": ["text": .string(text)],
            "subject": person,
        ]
        resource["encounter"] = encounter
        resource["reasonCode"] = [["text": .string("Choice and dose of \(drug)")]]
        return CDSCard.Suggestion(
            id: id("test", text, drug), label: "Order \(text)", isRecommended: false,
            actions: [.create(.object(resource), description: "Draft a request for \(text)")])
    }

    // MARK: - Options

    /// The best drugs for the order's indication, other than those ordered or taken, that rank above the ordered one, are not
    /// vetoed, and of which the advice is settled and to give them as usual.
    ///
    /// The indication is that of the order's reason, or the only one that the drug has; without one nothing is offered.
    private func options(
        for order: DraftOrder, drug: Drug, patient: EvaluatedPatient, reasoning: any CDSReasoning, at time: Timestamp
    ) -> [Drug] {
        guard let indication = indication(of: order, drug: drug) else { return [] }
        let ordered = Set(request.orders.flatMap { $0.medication.drugs(in: knowledge.drugs).map(\.name) })
        let options = reasoning.options(for: indication, of: patient, at: time)
        let score = options.first { $0.drug == drug.name && $0.vetoes.isEmpty }?.score ?? Int.min
        let ranked = options.filter { option in
            option.rank != nil && option.vetoes.isEmpty && option.score > score && !ordered.contains(option.drug)
                && !patient.activeDrugs.contains(option.drug)
                && option.recommendations.allSatisfy { recommendation in
                    recommendation.governing.severity < CDSCardBuilder.warningSeverity
                        && (recommendation.status != .notCallable || !knowledge.isActionable(recommendation))
                }
        }
        return ranked.prefix(Self.replacementLimit).compactMap { knowledge.drugs.drug(named: $0.drug) }
    }

    private func indication(of order: DraftOrder, drug: Drug) -> Indication? {
        let byDrug = knowledge.indications.indications(of: drug.name)
        for reason in order.reasons {
            let known = knowledge.indications.indications(forCondition: reason)
            if let match = known.first(where: { byDrug.contains($0) }) { return match }
        }
        return order.reasons.isEmpty && byDrug.count == 1 ? byDrug[0] : nil
    }

    // MARK: - Resources

    private var person: JSONValue { ["reference": .string("Patient/\(request.patientID.reveal())")] }

    private var encounter: JSONValue? {
        request.encounterID.map { ["reference": .string("Encounter/\($0.reveal())")] }
    }

    /// A draft order without a dose.
    private func draft(_ drug: Drug) -> JSONValue {
        var concept = JSONObject()
        concept.set("coding", GenomicsCode.drug(drug).map(\.json))
        concept["text"] = .string(drug.name)
        var resource: JSONObject = [
            "resourceType": "MedicationRequest", "status": "draft", "intent": "proposal",
            "medicationCodeableConcept": .object(concept), "subject": person,
        ]
        resource["encounter"] = encounter
        return .object(resource)
    }

    private func id(_ parts: String...) -> EventID {
        EventID.hashing("pharmacogenomics-cds-suggestion", [request.hookInstance.description] + parts)
    }
}
