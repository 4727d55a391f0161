import Contracts
import Domain
import HL7v2

/// PID and PV1 of admission messages.
extension HL7MessageReader {
    /// The fact that a person is known: sex, year of birth and whether deceased.
    func patient(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        let patient = try subject(of: segment)
        let gender: PatientRegistered.AdministrativeGender =
            switch segment[8].value.uppercased() {
            case "M": .male
            case "F": .female
            case "O", "A", "N", "X": .other
            default: .unknown
            }
        var birthYear: Int32 = 0
        if let text = segment[7].nonEmptyValue {
            guard let birth = HL7DateTime(text) else {
                throw refusal("invalid-time", segment.path(7), "must be YYYY[MM[DD]]")
            }
            birthYear = Int32(birth.year)
        }
        let deceased = segment[30].value == "Y" || segment[29].hasValue
        return .patient(
            PatientRegistered(
                eventID: identity("patient", patient, [gender.rawValue, String(birthYear), String(deceased)]),
                patient: patient, administrativeGender: gender, birthYear: birthYear, deceased: deceased,
                source: context.source, receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion,
                producedAt: context.receivedAt))
    }

    /// The fact of a visit.
    func encounter(_ segment: HL7Segment) throws(HL7PartFailure) -> Fact {
        let patient = try subject(of: segment)
        let started = try time(segment, 44)
        let ended = try time(segment, 45)
        if let started, let ended, ended < started {
            throw refusal("period-reversed", segment.path(45), "must not lie before PV1-44")
        }
        let sentClass = segment[2].value.uppercased()
        let encounterClass = Self.classes[sentClass] ?? ""
        let status = encounterStatus(hasEnded: ended != nil)
        var reason: HL7CodedElement.Coding?
        if let more = message.first("PV2") {
            reason = HL7CodeSystems.choice(of: HL7CodedElement(more[3]), preferring: [HL7CodeSystems.snomed])
        }
        let reasonSystem = reason.map { HL7CodeSystems.uri($0.system, sender: sender) } ?? ""
        let type = HL7CodeSystems.choice(of: HL7CodedElement(segment[4]), preferring: [])
        let typeSystem = type.map { coding in
            coding.system.isEmpty
                ? "http://terminology.hl7.org/CodeSystem/v2-0007" : HL7CodeSystems.uri(coding.system, sender: sender)
        }
        let number = segment[19].value
        for (text, field) in [(reason?.code, 3), (type?.code, 4), (reasonSystem, 3), (typeSystem, 4)] {
            _ = try bounded(text ?? "", segment, field)
        }
        let content = [
            encounterClass, type?.code ?? "", status.rawValue, text(of: started), text(of: ended), reason?.code ?? "",
            reasonSystem,
        ]
        return .encounter(
            EncounterRecorded(
                eventID: identity("encounter", patient, record: number, content), patient: patient,
                encounterClass: encounterClass, code: type?.code ?? "", codeSystem: typeSystem ?? "",
                display: FactText.display(type?.text ?? ""), status: status, startedAt: started, endedAt: ended,
                reasonCode: reason?.code ?? "", reasonSystem: reasonSystem,
                resourceID: try opaqueName("visit", number, segment), source: context.source,
                receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
    }

    /// The visit's status by the trigger event (table 0003), else by its end.
    private func encounterStatus(hasEnded: Bool) -> EncounterRecorded.Status {
        switch message.trigger {
        case "A05", "A14": .planned
        case "A10" where !hasEnded: .arrived
        case "A03": .finished
        case "A11", "A27", "A38": .cancelled
        case "A21": .onLeave
        case "A23": .enteredInError
        case "A13": .inProgress
        default: hasEnded ? .finished : .inProgress
        }
    }

    /// Patient classes (table 0004) as HL7 v3 ActCode.
    private static let classes = [
        "I": "IMP", "O": "AMB", "E": "EMER", "P": "PRENC", "R": "AMB", "B": "IMP", "C": "AMB", "N": "",
    ]
}
