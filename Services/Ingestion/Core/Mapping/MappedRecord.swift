import Contracts
import Domain
import JSONDocument

/// One record under a mapping: makes its readings, and says of each part why there is none.
struct MappedRecord {
    let mapping: FeedMapping
    let place: String
    /// The text of a field: nil when the record does not have it. Throws `wrong-type` when it is a list or table.
    let field: (String) throws(FeedRejection) -> String?
    private(set) var notes: [FeedRejection] = []

    init(mapping: FeedMapping, place: String, field: @escaping (String) throws(FeedRejection) -> String?) {
        self.mapping = mapping
        self.place = place
        self.field = field
    }

    /// The text of a source; nil when it is absent or marked as missing.
    func text(_ source: FeedMapping.Source?, missing: Set<String> = []) throws(FeedRejection) -> String? {
        switch source {
        case nil: return nil
        case .constant(let text): return text
        case .field(let name):
            guard let text = try field(name), !mapping.missing.contains(text), !missing.contains(text) else {
                return nil
            }
            return text
        }
    }

    private func at(_ source: FeedMapping.Source) -> String {
        if case .field(let name) = source { "\(place).\(name)" } else { place }
    }

    /// The readings of the record. Throws when the record as a whole cannot be read; a faulty observation becomes a note.
    mutating func readings(declaredZone: LocalZone?) throws(FeedRejection) -> [Reading] {
        guard let start = try time(mapping.time, declaredZone) else {
            throw FeedRejection(
                code: "effective-missing", place: at(mapping.time.source), detail: "the record has no time")
        }
        var end: Timestamp?
        if let moment = mapping.end { end = try time(moment, declaredZone) }
        var readings: [Reading] = []
        for observation in mapping.observations {
            do throws(FeedRejection) {
                guard let reading = try reading(observation, start, end) else { continue }
                readings.append(reading)
            } catch {
                notes.append(error)
            }
        }
        return readings
    }

    private mutating func time(_ moment: FeedMapping.Moment, _ declaredZone: LocalZone?) throws(FeedRejection)
        -> Timestamp?
    {
        guard let text = try text(moment.source) else { return nil }
        switch moment.form {
        case .epoch(let microseconds):
            guard let number = DecimalText.number(text), let product = DecimalText.product(number, "\(microseconds)"),
                let value = Double(product), abs(value) < 253_402_300_800_000_000
            else {
                throw FeedRejection(
                    code: "invalid-time", place: at(moment.source), detail: "must be a count since 1970")
            }
            return Timestamp(microseconds: Int64(value.rounded()))
        case .pattern(let pattern):
            guard let wall = pattern.wallTime(text) else {
                throw FeedRejection(
                    code: "invalid-time", place: at(moment.source),
                    detail: "must be a time in the form that the mapping declares")
            }
            let zone = moment.zone ?? declaredZone
            if wall.offset == nil, zone == nil, !notes.contains(where: { $0.code == "zone-assumed" }) {
                notes.append(.zoneAssumed(place: at(moment.source)))
            }
            return (zone ?? .utc).time(of: wall)
        }
    }

    private func reading(_ observation: FeedMapping.Observation, _ start: Timestamp, _ end: Timestamp?)
        throws(FeedRejection) -> Reading?
    {
        let place = at(observation.value)
        let concept: CodedConcept
        switch observation.code {
        case .fixed(let fixed): concept = fixed
        case .lookup(let name, let concepts):
            guard let key = try text(.field(name)) else { return nil }
            guard let known = concepts[key] else {
                throw FeedRejection(
                    code: "code-unmapped", place: "\(self.place).\(name)",
                    detail: "the mapping's table has no such entry")
            }
            concept = known
        }
        func reading(_ value: Reading.Value) -> Reading {
            Reading(concept: concept, value: value, start: start, end: end, place: place)
        }
        guard var text = try text(observation.value, missing: observation.missing) else {
            return observation.tellsMissing ? reading(.absent("unknown")) : nil
        }
        let sent = text
        if let map = observation.map {
            guard let meant = map[text] else {
                throw FeedRejection(
                    code: "value-unmapped", place: place, detail: "the mapping's table has no such entry")
            }
            text = meant
        }
        switch observation.kind {
        case .text: return reading(.text(text))
        case .code:
            guard (1...256).contains(text.utf8.count) else {
                throw FeedRejection(code: "text-too-long", place: place, detail: "a code must have 1 to 256 bytes")
            }
            return reading(.coded(text, system: observation.system))
        case .boolean:
            switch text.lowercased() {
            case "true", "yes", "y", "1": return reading(.boolean(true))
            case "false", "no", "n", "0": return reading(.boolean(false))
            default:
                throw FeedRejection(
                    code: "wrong-type", place: place, detail: "must be true or false, yes or no, 1 or 0")
            }
        case .quantity:
            guard let number = DecimalText.number(text, decimalMark: mapping.decimalMark),
                let scaled = DecimalText.product(number, observation.scale ?? "1")
            else {
                throw FeedRejection(code: "invalid-number", place: place, detail: "must be a decimal number")
            }
            guard let unit = try self.text(observation.unit) else {
                throw FeedRejection(code: "unit-missing", place: place, detail: "the record does not tell the unit")
            }
            let ucum = UCUM.code(commonSpelling: unit, of: PublishedCode(concept).loinc)
            return reading(.quantity(scaled, unit: ucum, sentText: scaled == sent ? nil : sent, sent: unit))
        }
    }
}
