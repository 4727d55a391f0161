import Contracts
import Domain
import JSONDocument

/// The value[x] or dataAbsentReason of an Observation or of one of its components.
struct FHIRObservedValue {
    /// What an event tells of a value.
    struct Content {
        var value: ObservationRecorded.Value
        var unit = ""
        var originalValue = ""
        var originalUnit = ""
        /// The value and unit as sent, for the fact's identity; decimals in canonical text.
        var identity: String
    }

    private let element: FHIRElement
    private let name: String?
    private let absentReason: String?

    /// Whether there is neither a value nor a reason for its absence.
    var isEmpty: Bool { name == nil && absentReason == nil }

    init(of element: FHIRElement) throws(FeedRejection) {
        self.element = element
        name = try element.choice("value")
        guard let reason = try element.element("dataAbsentReason") else {
            absentReason = nil
            return
        }
        var code: String?
        for coding in try reason.elements("coding") where code == nil { code = try coding.code("code") }
        absentReason = code ?? "unknown"
    }

    /// The value of an answer to a questionnaire.
    init(ofAnswer element: FHIRElement) throws(FeedRejection) {
        self.element = element
        name = try element.choice("value")
        absentReason = nil
    }

    /// The content, in canonical units; `loinc` is the LOINC code of what was observed, or empty.
    func content(loinc: String) throws -> Content {
        if let absentReason { return Content(value: .absent(reason: absentReason), identity: "absent:\(absentReason)") }
        guard let name else { throw element.rejection("no-value", "value[x]", "is absent") }
        switch name {
        case "valueQuantity": return try quantity(loinc: loinc)
        case "valueCodeableConcept": return try concept()
        case "valueString": return try text(element.string(name) ?? "")
        case "valueDateTime":
            _ = try element.dateTime(name)
            return try text(element.string(name) ?? "")
        case "valueTime":
            let time = try element.string(name) ?? ""
            guard Self.isTime(time) else {
                throw element.rejection("invalid-time", name, "must be hh:mm:ss[.fff]")
            }
            return try text(time)
        case "valueBoolean":
            guard let flag = try element.bool(name) else {
                throw element.rejection("wrong-type", name, "must be a boolean")
            }
            return Content(value: .boolean(flag), identity: "boolean:\(flag)")
        case "valueInteger":
            guard let number = try element.decimal(name), let integer = number.int64,
                (-2_147_483_648...2_147_483_647).contains(integer)
            else { throw element.rejection("wrong-type", name, "must be a 32-bit integer") }
            return Content(value: .quantity(Double(integer)), identity: "quantity:\(integer) ")
        // The types that only answers to questionnaires have.
        case "valueDecimal":
            guard let number = try element.decimal(name), let value = number.double else { break }
            return Content(value: .quantity(value), identity: "quantity:\(number.canonicalText) ")
        case "valueCoding":
            guard let coding = try element.element(name), let code = try coding.code("code") else { break }
            let system = try coding.boundedString("system") ?? ""
            return Content(value: .coded(code: code, system: system), identity: "coded:\(system)|\(code)")
        case "valueDate":
            _ = try element.dateTime(name)
            return try text(element.string(name) ?? "")
        case "valueUri": return try text(element.string(name) ?? "")
        case "valueAttachment", "valueReference":
            throw element.unmapped("value-not-told", name, "no fact of an attachment or a reference")
        case "valuePeriod":
            guard let period = try element.element(name) else { break }
            _ = try (period.dateTime("start"), period.dateTime("end"))
            return try text("\(period.string("start") ?? "")/\(period.string("end") ?? "")")
        case "valueRange":
            guard let range = try element.element(name) else { break }
            return try text("\(Self.quantityText(range.element("low"))) - \(Self.quantityText(range.element("high")))")
        case "valueRatio":
            guard let ratio = try element.element(name) else { break }
            return try text(
                "\(Self.quantityText(ratio.element("numerator"))) : \(Self.quantityText(ratio.element("denominator")))")
        default: break
        }
        throw element.rejection("choice-unknown", name, "is no type of value[x]")
    }

    /// The series of a `valueSampledData`, or nil when the value is of another type.
    func samples(loinc: String) throws -> FHIRSampledData? {
        guard name == "valueSampledData", let series = try element.element("valueSampledData") else { return nil }
        return try FHIRSampledData(of: series, loinc: loinc)
    }

    /// FHIR's `time`: hh:mm:ss with an optional fraction, 24:00 excluded.
    private static func isTime(_ text: String) -> Bool {
        text.utf8.count >= 8 && Timestamp(iso8601: "2000-01-01T\(text)Z") != nil
    }

    private func text(_ text: String) throws -> Content {
        guard text.utf8.count <= FactText.limit else {
            throw element.unmapped("text-too-long", name, "no event holds more than \(FactText.limit) bytes of text")
        }
        guard !text.isEmpty else { throw element.rejection("empty-element", name, "must not be empty") }
        return Content(value: .text(text), identity: "text:\(text)")
    }

    private func concept() throws -> Content {
        guard let concept = try element.element("valueCodeableConcept") else {
            throw element.rejection("wrong-type", name, "must be an object")
        }
        var first: (code: String, system: String)?
        for coding in try concept.elements("coding") {
            guard let code = try coding.code("code"), first == nil else { continue }
            first = (code, try coding.boundedString("system") ?? "")
        }
        if let first {
            return Content(
                value: .coded(code: first.code, system: first.system), identity: "coded:\(first.system)|\(first.code)")
        }
        guard let text = try concept.string("text") else {
            throw concept.rejection("empty-element", nil, "must have a coding or a text")
        }
        return try self.text(text)
    }

    private func quantity(loinc: String) throws -> Content {
        guard let quantity = try element.element("valueQuantity") else {
            throw element.rejection("wrong-type", name, "must be an object")
        }
        guard let number = try quantity.decimal("value") else {
            throw quantity.unmapped("no-value", "value", "a Quantity without a value tells no fact")
        }
        let system = try quantity.boundedString("system")
        let code = try quantity.code("code")
        let spelled = try quantity.boundedString("unit")
        let sent = code ?? spelled ?? ""
        if let comparator = try quantity.code("comparator") {
            // A bound is no measurement: it is kept as text, so that nobody averages it.
            return try text("\(comparator)\(number.text)\(sent.isEmpty ? "" : " \(sent)")")
        }
        // A code of another system than UCUM is no unit that could be converted.
        guard code == nil || system == UCUM.system else {
            guard let value = number.double else {
                throw quantity.rejection("number-out-of-range", "value", "must be in the range of a double")
            }
            return Content(value: .quantity(value), unit: sent, identity: "quantity:\(number.canonicalText) \(sent)")
        }
        let unit = code == nil ? UCUM.code(commonSpelling: sent, of: loinc) : sent
        guard let canonical = UCUM.canonical(number.text, unit: unit, code: loinc) else {
            throw quantity.rejection("number-out-of-range", "value", "must be in the range of a double")
        }
        return Content(
            value: .quantity(canonical.value), unit: canonical.unit,
            originalValue: canonical.isConverted ? number.text : "",
            originalUnit: canonical.unit == sent ? "" : sent, identity: "quantity:\(number.canonicalText) \(sent)")
    }

    /// `5.0 mg` of a Quantity, or `?` when there is none.
    private static func quantityText(_ quantity: FHIRElement?) throws(FeedRejection) -> String {
        guard let quantity, let number = try quantity.decimal("value") else { return "?" }
        let code = try quantity.string("code")
        let unit = try quantity.string("unit") ?? code ?? ""
        let comparator = try quantity.string("comparator") ?? ""
        return "\(comparator)\(number.text)\(unit.isEmpty ? "" : " \(unit)")"
    }
}
