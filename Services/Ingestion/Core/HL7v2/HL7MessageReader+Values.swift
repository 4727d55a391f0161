import Contracts
import Domain
import HL7v2

/// What the mappings of all segments share.
extension HL7MessageReader {
    func rejection(_ code: String, _ path: String, _ detail: String) -> FeedRejection {
        FeedRejection(code: code, place: root + path, detail: detail)
    }

    func refusal(_ code: String, _ path: String, _ detail: String) -> HL7PartFailure {
        .refused(rejection(code, path, detail))
    }

    /// Throws unless the fields are there that the standard requires.
    func checkFields(_ segment: HL7Segment) throws(HL7PartFailure) {
        do {
            try HL7Rules.checkFields(segment)
        } catch {
            throw .refused(FeedRejection(error, root: root))
        }
    }

    /// The person of the message.
    func subject(of segment: HL7Segment) throws(HL7PartFailure) -> PatientPseudonym {
        guard let person else {
            throw refusal("subject-missing", segment.path(), "stands under no PID with an identifier")
        }
        return person
    }

    /// The pseudonym of the person in PID: PID-3 (the first of type MR, else the first), else PID-2.
    func subject(_ segment: HL7Segment) throws(HL7PartFailure) -> PatientPseudonym {
        let identifiers = segment[3].repetitions.compactMap { HL7Identifier($0) }
        let older = segment[2].repetitions.compactMap { HL7Identifier($0) }
        guard let chosen = identifiers.first(where: { $0.type == "MR" }) ?? identifiers.first ?? older.first else {
            throw refusal("subject-missing", segment.path(3), "must have an identifier of the patient")
        }
        let system =
            chosen.authority.uri
            ?? (chosen.authority.namespace.isEmpty
                ? context.patientSystem : "urn:vitalstream:hl7v2:authority:\(chosen.authority.namespace)")
        guard chosen.id.utf8.count <= 1_024, system.utf8.count <= 1_024 else {
            throw refusal("invalid-string", segment.path(3), "must not exceed 1024 bytes")
        }
        do {
            return try names.pseudonym(of: PHI(SubjectIdentifier(system: system, value: chosen.id)))
        } catch {
            throw refusal("pseudonym-failed", segment.path(3), "the pseudonym could not be computed; send it again")
        }
    }

    /// An opaque name of a record of the sender; empty when it has no number.
    func opaqueName(_ kind: String, _ number: String, _ segment: HL7Segment) throws(HL7PartFailure) -> String {
        guard !number.isEmpty else { return "" }
        do {
            return try names.opaqueName(of: PHI(SubjectIdentifier(system: context.source, value: "\(kind):\(number)")))
        } catch {
            throw refusal("pseudonym-failed", segment.path(), "the record's name could not be computed; send it again")
        }
    }

    /// The time in a field (the type TS may hold more components); nil when it is empty.
    func time(_ segment: HL7Segment, _ field: Int) throws(HL7PartFailure) -> Timestamp? {
        guard let text = segment[field].nonEmptyValue else { return nil }
        guard let time = HL7DateTime(text) else {
            throw refusal("invalid-time", segment.path(field), "must be YYYY[MM[DD[HH[MM[SS[.S]]]]]][+/-ZZZZ]")
        }
        return time.offsetMinutes == nil ? zone.time(atWall: time.start()) : time.start()
    }

    /// The code of a coded field: its coding in the first `preferred` system, else its first. A text alone is refused.
    func concept(
        _ segment: HL7Segment, _ field: Int, preferring preferred: [String] = []
    ) throws(HL7PartFailure) -> CodedConcept {
        let element = HL7CodedElement(segment[field])
        guard let coding = HL7CodeSystems.choice(of: element, preferring: preferred) else {
            guard segment[field].hasValue else {
                throw refusal("required-field-missing", segment.path(field), "is required")
            }
            throw refusal("code-uncoded", segment.path(field), "must have a code, not a text alone")
        }
        let concept = concept(coding, of: element)
        guard concept.code.utf8.count <= FactText.limit, concept.system.utf8.count <= FactText.limit else {
            throw refusal("text-too-long", segment.path(field), "must not exceed \(FactText.limit) bytes")
        }
        return concept
    }

    /// The code that an observation is published under: ``concept(_:_:preferring:)``, or the vital sign's that a coding of the field names.
    func published(
        _ segment: HL7Segment, _ field: Int, preferring preferred: [String]
    ) throws(HL7PartFailure) -> PublishedCode {
        let sent = try concept(segment, field, preferring: preferred)
        let element = HL7CodedElement(segment[field])
        return PublishedCode(sent, of: element.codings.map { concept($0, of: element) })
    }

    private func concept(_ coding: HL7CodedElement.Coding, of element: HL7CodedElement) -> CodedConcept {
        CodedConcept(
            code: coding.code, system: HL7CodeSystems.uri(coding.system, sender: sender),
            display: FactText.display(coding.text.isEmpty ? element.text : coding.text))
    }

    /// Who sends: the scope of codes without a code system.
    var sender: String {
        let facility = message.header[4].component(1).value
        return facility.isEmpty ? message.header[3].component(1).value : facility
    }

    /// A text of at most the contract's limit.
    func bounded(_ text: String, _ segment: HL7Segment, _ field: Int) throws(HL7PartFailure) -> String {
        guard text.utf8.count <= FactText.limit else {
            throw refusal("text-too-long", segment.path(field), "must not exceed \(FactText.limit) bytes")
        }
        return text
    }

    func text(of time: Timestamp?) -> String { time.map { String($0.microseconds) } ?? "" }

    func identity(
        _ kind: String, _ patient: PatientPseudonym, record: String = "", _ content: [String]
    ) -> EventID {
        FactIdentity.fact(kind, source: context.source, patient: patient, record: record, content)
    }
}
