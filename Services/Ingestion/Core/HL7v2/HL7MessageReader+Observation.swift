import Contracts
import Domain
import HL7v2

/// OBX: one fact for each value.
extension HL7MessageReader {
    /// A value of OBX-5 as an event tells it.
    private struct Value {
        var value: ObservationRecorded.Value
        var unit = ""
        var originalValue = ""
        var originalUnit = ""
        /// The value and unit as sent, for the fact's identity.
        var identity: String
    }

    /// The facts of an OBX: one, or one for each repetition of a number or code.
    mutating func observations(_ segment: HL7Segment) throws(HL7PartFailure) -> [Fact] {
        if countsForReport { reportedResults += 1 }
        let status = try status(segment)
        guard segment[5].hasValue || segment[5].isNull else {
            throw .archived(rejection("no-value", segment.path(5), "the observation has no value"))
        }
        let code: PublishedCode
        if segment[3].isEmpty, report != nil {
            throw .archived(
                rejection("text-without-code", segment.path(3), "text of a document that names no observation"))
        } else {
            code = try published(segment, 3, preferring: [CodedConcept.loincSystem, HL7CodeSystems.snomed])
        }
        let patient = try subject(of: segment)
        let effective = try effectiveTime(segment)
        if order.name == nil { order.name = try opaqueName("order", order.number, segment) }
        let record = "\(order.number)|\(segment[4].value)"
        let resourceID = order.name ?? ""
        let device = try opaqueName("device", segment[18].value, segment)
        return try values(segment, loinc: code.loinc).map { value in
            .observation(
                ObservationRecorded(
                    eventID: FactIdentity.observation(
                        source: context.source, patient: patient, record: record, code: code.sent,
                        effectiveAt: effective.start,
                        effectiveEndAt: effective.end, status: status.rawValue, value: value.identity, ordinal: 0),
                    patient: patient, code: code.concept.code, codeSystem: code.concept.system,
                    display: code.concept.display, value: value.value,
                    unit: value.unit, originalValue: value.originalValue, originalUnit: value.originalUnit,
                    originalCode: code.original?.code ?? "", originalCodeSystem: code.original?.system ?? "",
                    status: status,
                    effectiveAt: effective.start, effectiveEndAt: effective.end, receivedAt: context.receivedAt,
                    source: context.source, deviceID: device, resourceID: resourceID,
                    modelVersion: FeedContext.modelVersion, producedAt: context.receivedAt))
        }
    }

    /// OBX-11 (table 0085), else OBR-25 (table 0123).
    private func status(_ segment: HL7Segment) throws(HL7PartFailure) -> ObservationRecorded.Status {
        let own = segment[11].value
        switch own.isEmpty ? order.request?[25].value ?? "" : own {
        case "F", "U", "V": return .final
        case "P", "R", "S": return .preliminary
        case "C": return .corrected
        case "A", "B": return .amended
        case "D", "W": return .enteredInError
        case "X": return .cancelled
        case "I", "N": return .registered
        case "O": throw .archived(rejection("no-result", segment.path(11), "describes the order, and is no result"))
        case "", "Z": return .unknown
        default: throw refusal("status-unknown", segment.path(11), "must be a code of table 0085")
        }
    }

    /// OBX-14, else the order's OBR-7 and -8, else the document's time, else MSH-7.
    private func effectiveTime(_ segment: HL7Segment) throws(HL7PartFailure) -> (start: Timestamp, end: Timestamp?) {
        if let own = try time(segment, 14) { return (own, nil) }
        if let request = order.request, let start = try time(request, 7) {
            let end = try time(request, 8)
            return (start, end.flatMap { $0 > start ? $0 : nil })
        }
        if let time = report?.effectiveAt ?? report?.issuedAt { return (time, nil) }
        guard let sent = try time(message.header, 7) else {
            throw refusal("effective-missing", segment.path(14), "the fact has no time: send OBX-14, OBR-7 or MSH-7")
        }
        return (sent, nil)
    }

    /// The values by the type of OBX-2 (chapter 2.A).
    private func values(_ segment: HL7Segment, loinc: String) throws(HL7PartFailure) -> [Value] {
        if segment[5].isNull { return [Value(value: .absent(reason: "unknown"), identity: "absent:unknown")] }
        switch segment[2].value {
        case "NM":
            var values: [Value] = []
            for repetition in segment[5].repetitions where repetition.hasValue {
                values.append(try number(repetition.text, segment, loinc: loinc))
            }
            return values
        case "SN":
            guard let number = HL7StructuredNumber(segment[5]) else {
                throw refusal("invalid-number", segment.path(5), "must be a structured number, such as <^5")
            }
            if let plain = number.plain { return [try quantity(plain, segment, loinc: loinc)] }
            return [try bound(number.text, segment)]
        case "CE", "CWE", "CNE", "CF":
            var values: [Value] = []
            for repetition in segment[5].repetitions where repetition.hasValue {
                values.append(try coded(repetition, segment))
            }
            return values
        case "ID", "IS", "ST", "TX", "FT", "":
            guard !segment[2].isEmpty else {
                throw refusal("required-field-missing", segment.path(2), "a value needs its type")
            }
            let text = segment[5].repetitions.map(\.text).joined(separator: "\n")
            guard text.utf8.count <= FactText.limit else {
                throw .archived(
                    rejection(
                        "text-too-long", segment.path(5), "texts over \(FactText.limit) bytes stay in the archive"))
            }
            return [Value(value: .text(text), identity: "text:\(text)")]
        case "TS", "DT", "DTM", "TM":
            return [try moment(segment)]
        case "ED", "RP", "HD", "EI", "XCN", "XPN", "XAD", "XON", "XTN", "CX", "CP", "DR", "MO", "PN", "AD", "CN", "CK",
            "TN",
            "MA", "NA", "CD", "CQ", "PL", "JCC", "VR", "SI", "DLN", "PPN", "RI", "SPS", "TQ", "NR", "OSD", "CCD", "FN":
            throw .archived(
                rejection("unsupported-value-type", segment.path(2), "values of this type are not mapped to facts"))
        default:
            if segment[2].value.hasPrefix("Z") {
                throw .archived(
                    rejection("unsupported-value-type", segment.path(2), "local types are not mapped to facts"))
            }
            throw refusal("value-type-unknown", segment.path(2), "must be a code of table 0125")
        }
    }

    private func number(_ text: String, _ segment: HL7Segment, loinc: String) throws(HL7PartFailure) -> Value {
        if let decimal = HL7Number.decimal(text) { return try quantity(decimal, segment, loinc: loinc) }
        // Feeds send bounds as NM, which is wrong, and plain enough: it is kept as a text, so that nobody averages it.
        let digits = text.drop { "<>=".contains($0) }
        guard digits.startIndex > text.startIndex, let decimal = HL7Number.decimal(String(digits)) else {
            throw refusal("invalid-number", segment.path(5), "must be a number: digits, a point, a sign")
        }
        return try bound(text[..<digits.startIndex] + decimal, segment)
    }

    private func bound(_ text: String, _ segment: HL7Segment) throws(HL7PartFailure) -> Value {
        let unit = HL7Units.unit(segment[6]).sent
        let whole = try bounded(unit.isEmpty ? text : "\(text) \(unit)", segment, 5)
        return Value(value: .text(whole), identity: "text:\(whole)")
    }

    private func quantity(_ decimal: String, _ segment: HL7Segment, loinc: String) throws(HL7PartFailure) -> Value {
        let unit = HL7Units.unit(segment[6], of: loinc)
        _ = try bounded(unit.sent, segment, 6)
        guard let canonical = UCUM.canonical(decimal, unit: unit.ucum, code: loinc) else {
            throw refusal("number-out-of-range", segment.path(5), "must be in the range of a double")
        }
        return Value(
            value: .quantity(canonical.value), unit: canonical.unit,
            originalValue: canonical.isConverted ? decimal : "",
            originalUnit: canonical.unit == unit.sent ? "" : unit.sent, identity: "quantity:\(decimal) \(unit.sent)")
    }

    private func coded(_ element: HL7Element, _ segment: HL7Segment) throws(HL7PartFailure) -> Value {
        let coded = HL7CodedElement(element)
        guard
            let coding = HL7CodeSystems.choice(
                of: coded, preferring: [HL7CodeSystems.snomed, CodedConcept.loincSystem])
        else {
            let text = try bounded(coded.text.isEmpty ? element.text : coded.text, segment, 5)
            return Value(value: .text(text), identity: "text:\(text)")
        }
        let system = coding.system.isEmpty ? "" : HL7CodeSystems.uri(coding.system, sender: sender)
        return Value(
            value: .coded(code: try bounded(coding.code, segment, 5), system: try bounded(system, segment, 5)),
            identity: "coded:\(system)|\(coding.code)")
    }

    private func moment(_ segment: HL7Segment) throws(HL7PartFailure) -> Value {
        let sent = segment[5].value
        var text = HL7DateTime(sent)?.iso8601
        if segment[2].value == "TM" {
            // A time of day is a date-time without its date.
            text = HL7DateTime("20000101\(sent)").map { String($0.iso8601.dropFirst(11)) }
        }
        guard let text else { throw refusal("invalid-time", segment.path(5), "must be a date or time of its type") }
        return Value(value: .text(text), identity: "text:\(text)")
    }
}
