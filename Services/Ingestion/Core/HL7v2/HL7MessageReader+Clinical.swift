import Contracts
import Domain
import HL7v2

/// AL1, IAM, DG1, PRB, PR1: allergies, diagnoses, problems, procedures.
extension HL7MessageReader {
    /// The fact of an AL1.
    func allergy(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        try checkFields(segment)
        return try allergy(
            segment, type: segment[2].value, severity: segment[4].value, reaction: 5, onset: try time(segment, 6),
            recorded: nil, kind: .unknown, clinical: .active, verification: .unknown)
    }

    /// The fact of an IAM.
    func adverseReaction(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        try checkFields(segment)
        let kind: AllergyRecorded.Kind =
            switch segment[9].value {
            case "AL": .allergy
            case "IN", "AD", "CT": .intolerance
            default: .unknown
            }
        let isDeleted = segment[6].value == "D"
        let (clinical, verification): (AllergyRecorded.ClinicalStatus, AllergyRecorded.VerificationStatus) =
            switch segment[17].value {
            case _ where isDeleted: (.unknown, .enteredInError)
            case "C": (.active, .confirmed)
            case "S", "U", "P": (.active, .unconfirmed)
            case "E": (.unknown, .enteredInError)
            case "I": (.inactive, .unknown)
            default: (.active, .unknown)
            }
        return try allergy(
            segment, type: segment[2].value, severity: segment[4].value, reaction: 5, onset: try time(segment, 11),
            recorded: try time(segment, 13), kind: kind, clinical: clinical, verification: verification)
    }

    private func allergy(
        _ segment: HL7Segment, type: String, severity: String, reaction: Int, onset: Timestamp?, recorded: Timestamp?,
        kind: AllergyRecorded.Kind, clinical: AllergyRecorded.ClinicalStatus,
        verification: AllergyRecorded.VerificationStatus
    ) throws(HL7PartFailure) -> Fact {
        let patient = try subject(of: segment)
        let code = try concept(segment, 3, preferring: [HL7CodeSystems.rxNorm, HL7CodeSystems.snomed])
        let category =
            switch type.uppercased() {
            case "DA", "DRUG", "MA": "medication"
            case "FA", "FOOD": "food"
            case "EA", "LA", "AA", "PA": "environment"
            default: ""
            }
        let criticality: AllergyRecorded.Criticality =
            switch severity.uppercased() {
            case "SV": .high
            case "MO", "MI": .low
            case "U": .unableToAssess
            default: .unknown
            }
        var reactionCode = ""
        var reactionSystem = ""
        if let first = HL7CodedElement(segment[reaction]).codings.first {
            // AL1-5 is a plain text: a code only where a system says so.
            if !first.system.isEmpty {
                reactionCode = try bounded(first.code, segment, reaction)
                reactionSystem = try bounded(HL7CodeSystems.uri(first.system, sender: sender), segment, reaction)
            }
        }
        let content = [
            code.system, code.code, kind.rawValue, category, criticality.rawValue, clinical.rawValue,
            verification.rawValue, text(of: onset), text(of: recorded), reactionSystem, reactionCode,
        ]
        return .allergy(
            AllergyRecorded(
                eventID: identity("allergy", patient, content), patient: patient, code: code.code,
                codeSystem: code.system,
                display: code.display, kind: kind, category: category, criticality: criticality,
                clinicalStatus: clinical,
                verificationStatus: verification, onsetAt: onset, recordedAt: recorded, reaction: reactionCode,
                reactionSystem: reactionSystem, source: context.source, receivedAt: context.receivedAt,
                modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
    }

    /// The fact of a DG1.
    func diagnosis(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        // Up to 2.2 the code could stand in DG1-3 with its name in DG1-4 alone.
        let verification: ConditionRecorded.VerificationStatus =
            switch (segment[21].value, segment[6].value.uppercased()) {
            case ("D", _): .enteredInError
            case (_, "F"), (_, "FINAL"): .confirmed
            case (_, "W"), (_, "A"): .provisional
            default: .unknown
            }
        return try condition(
            segment, clinical: verification == .enteredInError ? .unknown : .active, verification: verification,
            onset: nil,
            abated: nil, recorded: try time(segment, 5), number: segment[20].value)
    }

    /// The fact of a PRB.
    func problem(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        let resolved = try time(segment, 9)
        var recorded = try time(segment, 7)
        if recorded == nil { recorded = try time(segment, 2) }
        let isDeleted = segment[1].value == "DE"
        let clinical: ConditionRecorded.ClinicalStatus =
            switch segment[14].value.lowercased() {
            case _ where isDeleted: .unknown
            case "active": .active
            case "inactive": .inactive
            case "resolved": .resolved
            default: resolved == nil ? .unknown : .resolved
            }
        let verification: ConditionRecorded.VerificationStatus =
            switch segment[13].value.lowercased() {
            case _ where isDeleted: .enteredInError
            case "confirmed", "c": .confirmed
            case "provisional", "p": .provisional
            case "differential", "d": .differential
            default: .unknown
            }
        return try condition(
            segment, clinical: clinical, verification: verification, onset: try time(segment, 16), abated: resolved,
            recorded: recorded, number: segment[4].value)
    }

    private func condition(
        _ segment: HL7Segment, clinical: ConditionRecorded.ClinicalStatus,
        verification: ConditionRecorded.VerificationStatus, onset: Timestamp?, abated: Timestamp?, recorded: Timestamp?,
        number: String
    ) throws(HL7PartFailure) -> Fact {
        try checkFields(segment)
        let patient = try subject(of: segment)
        let code = try concept(segment, 3, preferring: [HL7CodeSystems.snomed])
        let content = [
            code.system, code.code, clinical.rawValue, verification.rawValue, text(of: onset), text(of: abated),
            text(of: recorded),
        ]
        return .condition(
            ConditionRecorded(
                eventID: identity("condition", patient, record: number, content), patient: patient, code: code.code,
                codeSystem: code.system, display: code.display, clinicalStatus: clinical,
                verificationStatus: verification,
                onsetAt: onset, abatedAt: abated, recordedAt: recorded,
                resourceID: try opaqueName("problem", number, segment), source: context.source,
                receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
    }

    /// The fact of a PR1.
    func procedure(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        try checkFields(segment)
        let patient = try subject(of: segment)
        let code = try concept(segment, 3, preferring: [HL7CodeSystems.snomed])
        let started = try time(segment, 5)
        let status: ProcedureRecorded.Status = segment[20].value == "D" ? .enteredInError : .completed
        var ended: Timestamp?
        if let started, let minutes = Int(segment[7].value), (1...100_000).contains(minutes) {
            ended = started.advanced(by: .seconds(minutes * 60))
        }
        return .procedure(
            ProcedureRecorded(
                eventID: identity(
                    "procedure", patient, record: segment[19].value,
                    [code.system, code.code, status.rawValue, text(of: started), text(of: ended)]),
                patient: patient, code: code.code, codeSystem: code.system, display: code.display, status: status,
                startedAt: started, endedAt: ended, resourceID: try opaqueName("procedure", segment[19].value, segment),
                source: context.source, receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion,
                producedAt: context.receivedAt))
    }
}
