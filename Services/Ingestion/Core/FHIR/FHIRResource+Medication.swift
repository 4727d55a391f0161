import Contracts
import Domain
import JSONDocument

/// Medications prescribed, stated and given.
extension FHIRResource {
    /// The fact of a prescription.
    func medicationRequest() throws -> Fact {
        let status = try medicationStatus(
            [.active, .onHold, .cancelled, .completed, .enteredInError, .stopped, .draft, .unknown])
        guard let intent = try element.code("intent", in: MedicationRecorded.Intent.self), intent != .unknown else {
            throw element.rejection(
                "missing-element", "intent", "is required, from the value set medicationrequest-intent")
        }
        guard let authored = try element.dateTime("authoredOn") else {
            throw element.unmapped("authored-missing", "authoredOn", "no fact without a time: send authoredOn")
        }
        return try medication(
            .request, status: status, intent: intent, authoredAt: authored, effective: nil,
            dosage: element.elements("dosageInstruction"))
    }

    /// The fact that somebody says a medication is taken, or is not.
    func medicationStatement() throws -> Fact {
        let status = try medicationStatus(
            [.active, .completed, .enteredInError, .intended, .stopped, .onHold, .unknown, .notTaken])
        let effective = try choiceSpan("effective")
        guard let authored = try element.dateTime("dateAsserted") ?? effective?.start else {
            throw element.unmapped(
                "authored-missing", "dateAsserted", "no fact without a time: send dateAsserted or effective[x]")
        }
        return try medication(
            .statement, status: status, intent: .unknown, authoredAt: authored, effective: effective,
            dosage: element.elements("dosage"))
    }

    /// The fact of a dose given, or not given.
    func medicationAdministration() throws -> Fact {
        let status = try medicationStatus(
            [.inProgress, .notDone, .onHold, .completed, .enteredInError, .stopped, .unknown])
        guard let effective = try choiceSpan("effective") else {
            throw element.unmapped("effective-missing", "effective[x]", "no fact without a time: send effective[x]")
        }
        let dosage = try element.element("dosage")
        return try medication(
            .administration, status: status, intent: .unknown, authoredAt: effective.start, effective: effective,
            dosage: dosage.map { [$0] } ?? [])
    }

    private func medicationStatus(
        _ allowed: Set<MedicationRecorded.Status>
    ) throws(FeedRejection) -> MedicationRecorded.Status {
        let status = try required("status", in: MedicationRecorded.Status.self)
        guard allowed.contains(status) else {
            throw element.rejection("code-unknown", "status", "must be a code of the required value set")
        }
        return status
    }

    private func medication(
        _ kind: MedicationRecorded.Kind, status: MedicationRecorded.Status, intent: MedicationRecorded.Intent,
        authoredAt: Timestamp, effective: FHIRTimeSpan?, dosage: [FHIRElement]
    ) throws -> Fact {
        let code = try medicationCode()
        let patient = try subject("subject")
        var texts: [String] = []
        var dose: (quantity: Double, unit: String)?
        for instruction in dosage {
            if let text = try instruction.string("text") { texts.append(text) }
            if dose == nil {
                dose = try instruction.dose("dose") ?? instruction.elements("doseAndRate").first?.dose("doseQuantity")
            }
        }
        let dosageText = texts.joined(separator: "; ")
        guard dosageText.utf8.count <= FactText.limit else {
            throw element.unmapped(
                "text-too-long", "dosageInstruction", "no event holds more than \(FactText.limit) bytes of text")
        }
        var content = [
            code.system, code.code, status.rawValue, intent.rawValue, Self.text(authoredAt), dosageText,
        ]
        if kind != .request || dose != nil {
            content += [
                kind.rawValue, Self.text(effective?.start), Self.text(effective?.end),
                dose.map { String($0.quantity) } ?? "", dose?.unit ?? "",
            ]
        }
        return .medication(
            MedicationRecorded(
                eventID: identity("medication", patient, content), patient: patient, code: code.code,
                codeSystem: code.system, display: code.display, status: status, intent: intent,
                authoredAt: authoredAt, dosageText: dosageText, kind: kind, effectiveStartAt: effective?.start,
                effectiveEndAt: effective?.end, doseQuantity: dose?.quantity, doseUnit: dose?.unit ?? "",
                resourceID: name, source: context.source, receivedAt: context.receivedAt,
                modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
    }

    /// The medication's code, given here or in a Medication of the same submission.
    private func medicationCode() throws -> CodedConcept {
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
                throw element.unmapped(
                    "medication-unresolved", "medicationReference",
                    "no fact unless it refers to a Medication that is contained or in the same submission")
            }
            let medication = FHIRElement(
                object: resource, place: element.place.member("medicationReference").member("resolve()"))
            guard let concept = try medication.element("code") else {
                throw medication.unmapped("code-missing", "code", "a Medication without a code tells no fact")
            }
            return try FHIRCoding.concept(concept, preferring: preferred)
        case let other?: throw element.rejection("choice-unknown", other, "is no type of medication[x]")
        case nil: break
        }
        throw element.rejection("missing-element", "medication[x]", "is required")
    }
}
