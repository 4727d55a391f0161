import Contracts
import Domain
import JSONDocument

extension FHIRResource {
    /// The fact of a prescription.
    func medicationRequest() throws -> Fact {
        guard let status = try element.code("status", in: MedicationRecorded.Status.self) else {
            throw element.rejection("missing-element", "status", "is required")
        }
        guard let intent = try element.code("intent", in: MedicationRecorded.Intent.self), intent != .unknown else {
            throw element.rejection(
                "missing-element", "intent", "is required, from the value set medicationrequest-intent")
        }
        let code = try medication()
        let patient = try subject("subject")
        guard let authored = try element.dateTime("authoredOn") else {
            throw element.rejection("authored-missing", "authoredOn", "the fact has no time: send authoredOn")
        }
        try check(authored, "authoredOn")
        var dosage: [String] = []
        for instruction in try element.elements("dosageInstruction") {
            if let text = try instruction.string("text") { dosage.append(text) }
        }
        let dosageText = dosage.joined(separator: "; ")
        guard dosageText.utf8.count <= FactText.limit else {
            throw element.rejection("text-too-long", "dosageInstruction", "must not exceed \(FactText.limit) bytes")
        }
        let content = [
            code.system, code.code, status.rawValue, intent.rawValue, String(authored.microseconds), dosageText,
        ]
        return .medication(
            MedicationRecorded(
                eventID: FactIdentity.fact("medication", source: context.source, patient: patient, record: id, content),
                patient: patient, code: code.code, codeSystem: code.system, display: code.display, status: status,
                intent: intent, authoredAt: authored, dosageText: dosageText,
                resourceID: try opaqueID("MedicationRequest"),
                source: context.source, receivedAt: context.receivedAt, modelVersion: FeedContext.modelVersion,
                producedAt: context.receivedAt))
    }

    /// The medication's code, given here or in a Medication of the same submission.
    private func medication() throws -> CodedConcept {
        let preferred = [FHIRCoding.rxNorm, FHIRCoding.snomed]
        switch try element.choice("medication") {
        case "medicationCodeableConcept"?:
            if let concept = try element.element("medicationCodeableConcept") {
                return try FHIRCoding.concept(concept, preferring: preferred)
            }
        case "medicationReference"?:
            guard let reference = try element.element("medicationReference"),
                case .resource(let resource) = try references.target(of: reference, in: element.object),
                resource["resourceType"]?.string == "Medication"
            else {
                throw element.rejection(
                    "medication-unresolved", "medicationReference",
                    "must refer to a Medication that is contained or in the same Bundle")
            }
            let medication = FHIRElement(
                object: resource, place: element.place.member("medicationReference").member("resolve()"))
            guard let concept = try medication.element("code") else {
                throw medication.rejection("missing-element", "code", "a Medication without a code tells no fact")
            }
            return try FHIRCoding.concept(concept, preferring: preferred)
        case let other?: throw element.rejection("choice-unknown", other, "is no type of medication[x]")
        case nil: break
        }
        throw element.rejection("missing-element", "medication[x]", "is required")
    }
}
