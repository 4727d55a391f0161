import Contracts
import Domain
import JSONDocument
import PharmacogenomicsCore

/// Alerts about drugs that a person takes and that a guideline speaks strongly against.
enum AlertContent {
    /// The rule's name in the alerts.
    static let rule = "pharmacogenomics"
    /// The weight of the least action that alerts: avoid.
    static let threshold = 5.0

    /// The identity of all alerts about the person's taking the drug.
    static func id(_ patient: PatientPseudonym, _ drug: String) -> EventID {
        .hashing("pharmacogenomics-alert", patient.rawValue, drug)
    }

    static func alert(
        about finding: SafetyFinding, transition: Alert.Transition, id: EventID, patient: PatientPseudonym,
        entry: PublishedResults.AlertEntry, effectiveAt: Timestamp, trigger: EventID, modelVersion: String,
        producedAt: Timestamp
    ) -> Alert {
        let recommendation = finding.recommendation
        let results = recommendation.governing.candidates.first?.results ?? []
        let genotype = results.map { "\($0.gene) \($0.phenotype)" }.joined(separator: ", ")
        let actions = recommendation.actions.map(\.text).joined(separator: " ")
        return Alert(
            eventID: id, alertID: self.id(patient, finding.drug), version: entry.version, patient: patient, rule: rule,
            severity: severity(entry.severity), transition: transition, score: Double(entry.severity),
            threshold: threshold,
            summary: GeneContent.fitting(
                "\(finding.drug): \(actions) \(recommendation.source.rawValue), \(genotype)"),
            evidence: evidence(finding, results), effectiveAt: effectiveAt, raisedAt: entry.raisedAt,
            triggerEventID: trigger, modelVersion: modelVersion, producedAt: producedAt)
    }

    static func resolution(
        of drug: String, isTaken: Bool, id: EventID, patient: PatientPseudonym, entry: PublishedResults.AlertEntry,
        effectiveAt: Timestamp, trigger: EventID, modelVersion: String, producedAt: Timestamp
    ) -> Alert {
        Alert(
            eventID: id, alertID: self.id(patient, drug), version: entry.version, patient: patient, rule: rule,
            severity: severity(entry.severity), transition: .resolved, score: 0, threshold: threshold,
            summary: isTaken
                ? "\(drug): no guideline speaks strongly against it any more." : "\(drug) is not taken any more.",
            evidence: "[]", effectiveAt: effectiveAt, raisedAt: entry.raisedAt, triggerEventID: trigger,
            modelVersion: modelVersion, producedAt: producedAt)
    }

    private static func severity(_ weight: UInt8) -> Alert.Severity { weight >= 6 ? .high : .medium }

    private static func evidence(_ finding: SafetyFinding, _ results: [PhenotypeOutcome]) -> String {
        var entries: [JSONValue] = results.map { result in
            ["code": .string(result.gene.rawValue), "value": .string(result.phenotype)]
        }
        entries += finding.reasons.map { ["code": "reason", "value": .string($0)] }
        entries += finding.recommendation.inputEvents.prefix(16).map { ["event_id": .string($0.description)] }
        let text = JSONValue.array(entries).text()
        return text.utf8.count <= ContractLimits.textBytes ? text : "[]"
    }
}
