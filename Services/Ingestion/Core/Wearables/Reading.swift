import Contracts
import Domain
import JSONDocument

/// One value that a record of a wearable tells, before it is a fact.
struct Reading {
    /// The value as sent.
    enum Value {
        /// A decimal number in the UCUM unit `unit`, which the sender spells `sent` and writes as `text`.
        case quantity(String, unit: String, sentText: String? = nil, sent: String)
        /// A code.
        case coded(String, system: String)
        /// A text.
        case text(String)
        /// Yes or no.
        case boolean(Bool)
        /// The sender marks the value as missing, for a reason of FHIR's data-absent-reason codes.
        case absent(String)
    }

    var concept: CodedConcept
    var value: Value
    var start: Timestamp
    var end: Timestamp?
    /// Where in the record the value stood.
    var place: String

    /// A number, e.g. `quantity(.heartRate, "72", "/min", sent: "bpm", ...)`.
    static func quantity(
        _ concept: CodedConcept, _ text: String, _ unit: String, sent: String? = nil, start: Timestamp,
        end: Timestamp? = nil, place: String
    ) -> Reading {
        Reading(
            concept: concept, value: .quantity(text, unit: unit, sent: sent ?? unit), start: start, end: end,
            place: place)
    }
}

/// Turns the readings of one person's wearable into facts.
struct ReadingRecorder {
    let context: FeedContext
    let names: any PersonNaming
    let person: PatientPseudonym

    /// A recorder for the person `user`, by id in the context's system. Throws `subject-missing` or `pseudonym-failed`.
    init(context: FeedContext, names: any PersonNaming, user: PHI<String>?) throws(FeedRejection) {
        self.context = context
        self.names = names
        guard let user = user?.reveal(), !user.isEmpty, user.utf8.count <= 1_024 else {
            throw FeedRejection(
                code: "subject-missing", place: "", detail: "the format names no person; the submission has to")
        }
        do {
            person = try names.pseudonym(of: PHI(SubjectIdentifier(system: context.patientSystem, value: user)))
        } catch {
            throw FeedRejection(
                code: "pseudonym-failed", place: "", detail: "the pseudonym could not be computed; send it again")
        }
    }

    /// The opaque name of a device, or of a record of the sender.
    func opaque(_ kind: String, _ text: String) throws(FeedRejection) -> String {
        guard !text.isEmpty else { return "" }
        do {
            return try names.opaqueName(of: PHI(SubjectIdentifier(system: context.source, value: "\(kind):\(text)")))
        } catch {
            throw FeedRejection(
                code: "pseudonym-failed", place: "", detail: "the pseudonym could not be computed; send it again")
        }
    }

    /// The facts of one record.
    ///
    /// - Parameters:
    ///   - record: the opaque name of the sender's record, or empty when the sender has none.
    ///   - device: the opaque name of the device, or empty.
    func facts(of readings: [Reading], record: String = "", device: String = "") throws(FeedRejection) -> [Fact] {
        var facts: [Fact] = []
        facts.reserveCapacity(readings.count)
        for (ordinal, reading) in readings.enumerated() {
            facts.append(try fact(of: reading, record: record, device: device, ordinal: ordinal))
        }
        return facts
    }

    /// The fact of one reading. `ordinal` tells equal readings of one record apart.
    func fact(of reading: Reading, record: String, device: String, ordinal: Int) throws(FeedRejection) -> Fact {
        if let end = reading.end, end < reading.start {
            throw FeedRejection(code: "period-reversed", place: reading.place, detail: "must not end before it starts")
        }
        let code = PublishedCode(reading.concept)
        var value: ObservationRecorded.Value
        var unit = ""
        var originalValue = ""
        var originalUnit = ""
        let identity: String
        switch reading.value {
        case .quantity(let text, let ucum, let sentText, let sent):
            guard let canonical = UCUM.canonical(text, unit: ucum, code: code.concept.code) else {
                throw FeedRejection(
                    code: "invalid-number", place: reading.place,
                    detail: "must be a decimal number in the range of a double")
            }
            value = .quantity(canonical.value)
            unit = canonical.unit
            originalValue = canonical.isConverted || sentText != nil ? sentText ?? text : ""
            originalUnit = canonical.unit == sent && originalValue.isEmpty ? "" : sent
            identity = "quantity:\(Self.canonicalText(sentText ?? text)) \(sent)"
        case .coded(let code, let system):
            value = .coded(code: code, system: system)
            identity = "coded:\(system)|\(code)"
        case .text(let text):
            guard (1...FactText.limit).contains(text.utf8.count) else {
                throw FeedRejection(
                    code: "text-too-long", place: reading.place, detail: "must have 1 to \(FactText.limit) bytes")
            }
            value = .text(text)
            identity = "text:\(text)"
        case .boolean(let flag):
            value = .boolean(flag)
            identity = "boolean:\(flag)"
        case .absent(let reason):
            value = .absent(reason: reason)
            identity = "absent:\(reason)"
        }
        return .observation(
            ObservationRecorded(
                eventID: FactIdentity.observation(
                    source: context.source, patient: person, record: "\(device)|\(record)", code: code.sent,
                    effectiveAt: reading.start, effectiveEndAt: reading.end, status: "final", value: identity,
                    ordinal: ordinal),
                patient: person, code: code.concept.code, codeSystem: code.concept.system,
                display: code.concept.display, value: value, unit: unit, originalValue: originalValue,
                originalUnit: originalUnit, originalCode: code.original?.code ?? "",
                originalCodeSystem: code.original?.system ?? "", status: .final, effectiveAt: reading.start,
                effectiveEndAt: reading.end,
                receivedAt: context.receivedAt, source: context.source, deviceID: device, resourceID: record,
                modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
    }

    /// One text for all spellings of a decimal; integers, which are most, as they are.
    private static func canonicalText(_ text: String) -> String {
        if text.utf8.allSatisfy({ (48...57).contains($0) }), text.utf8.first != 48 { return text }
        return JSONNumber(text)?.canonicalText ?? text
    }
}
