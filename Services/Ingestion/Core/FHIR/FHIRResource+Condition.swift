import Contracts
import Domain
import JSONDocument

extension FHIRResource {
    /// The fact of a diagnosis or problem.
    func condition() throws -> Fact {
        guard let codeElement = try element.element("code") else {
            throw element.unmapped("code-missing", "code", "a condition without a code tells no fact")
        }
        let code = try FHIRCoding.concept(codeElement, preferring: [FHIRCoding.snomed])
        let patient = try subject("subject")
        let clinical = try status("clinicalStatus", in: ConditionRecorded.ClinicalStatus.self)
        let verification = try status("verificationStatus", in: ConditionRecorded.VerificationStatus.self)
        let onset = try choiceSpan("onset")?.start
        let abatement = try choiceSpan("abatement")?.start
        let recorded = try element.dateTime("recordedDate")
        let content = [
            code.system, code.code, clinical?.rawValue ?? "", verification?.rawValue ?? "", Self.text(onset),
            Self.text(abatement), Self.text(recorded),
        ]
        return .condition(
            ConditionRecorded(
                eventID: identity("condition", patient, content), patient: patient, code: code.code,
                codeSystem: code.system, display: code.display, clinicalStatus: clinical ?? .unknown,
                verificationStatus: verification ?? .unknown, onsetAt: onset, abatedAt: abatement,
                recordedAt: recorded, resourceID: name, source: context.source, receivedAt: context.receivedAt,
                modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
    }

    /// The code of a status that is a CodeableConcept with a required value set; nil when it is absent.
    func status<Value: RawRepresentable>(
        _ name: String, in type: Value.Type
    ) throws(FeedRejection) -> Value? where Value.RawValue == String {
        guard let concept = try element.element(name) else { return nil }
        // Codings of other systems may stand beside the one of the value set.
        for coding in try concept.elements("coding") {
            if let code = try coding.code("code"), let value = Value(rawValue: code) { return value }
        }
        throw element.rejection("code-unknown", name, "must have a coding of the required value set")
    }
}
