import Contracts
import Domain
import JSONDocument

extension FHIRResource {
    /// The fact of a diagnosis or problem.
    func condition() throws -> Fact {
        guard let codeElement = try element.element("code") else {
            throw element.rejection("missing-element", "code", "a condition without a code tells no fact")
        }
        let code = try FHIRCoding.concept(codeElement, preferring: [FHIRCoding.snomed])
        let patient = try subject("subject")
        let clinical = try status("clinicalStatus", in: ConditionRecorded.ClinicalStatus.self)
        let verification = try status("verificationStatus", in: ConditionRecorded.VerificationStatus.self)
        guard verification != .enteredInError || clinical == nil else {
            throw element.rejection(
                "invariant-con-5", "clinicalStatus", "must be absent when the condition was entered in error")
        }
        let onset = try point("onset")
        let abatement = try point("abatement")
        let hasAbated = try element.choice("abatement") != nil
        if hasAbated, let clinical, [.active, .recurrence, .relapse].contains(clinical) {
            throw element.rejection(
                "invariant-con-4", "clinicalStatus",
                "must be inactive, resolved or remission when the condition has abated")
        }
        let recorded = try element.dateTime("recordedDate")
        try check(onset, "onset[x]")
        try check(abatement, "abatement[x]")
        try check(recorded, "recordedDate")
        let content = [
            code.system, code.code, clinical?.rawValue ?? "", verification?.rawValue ?? "",
            onset.map { String($0.microseconds) } ?? "", abatement.map { String($0.microseconds) } ?? "",
            recorded.map { String($0.microseconds) } ?? "",
        ]
        return .condition(
            ConditionRecorded(
                eventID: FactIdentity.fact("condition", source: context.source, patient: patient, record: id, content),
                patient: patient, code: code.code, codeSystem: code.system, display: code.display,
                clinicalStatus: clinical ?? .unknown, verificationStatus: verification ?? .unknown, onsetAt: onset,
                abatedAt: abatement, recordedAt: recorded, resourceID: try opaqueID("Condition"),
                source: context.source,
                receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
    }

    /// The code of a status that is a CodeableConcept with a required value set.
    private func status<Value: RawRepresentable>(
        _ name: String, in type: Value.Type
    ) throws(FeedRejection) -> Value? where Value.RawValue == String {
        guard let concept = try element.element(name) else { return nil }
        for coding in try concept.elements("coding") {
            if let value = try coding.code("code", in: type) { return value }
        }
        throw element.rejection("code-uncoded", name, "must have a coding with a code")
    }

    /// The point in time of an onset or abatement; ages, ranges and texts name none.
    private func point(_ prefix: String) throws(FeedRejection) -> Timestamp? {
        switch try element.choice(prefix) {
        case "\(prefix)DateTime"?: try element.dateTime("\(prefix)DateTime")
        case "\(prefix)Period"?: try period("\(prefix)Period")?.start
        default: nil
        }
    }
}
