import Domain

/// The readings that an alert rests on, as canonical JSON (RFC 8785: members sorted, no white space).
enum AlertEvidence {
    /// The one reading of a threshold rule.
    static func reading(_ reading: VitalReading) -> String {
        "[" + member(reading, score: nil) + "]"
    }

    /// The readings that NEWS2 was scored from; what was never reported is listed as assumed: an alert patient who breathes air.
    static func news2(_ score: NEWS2Score, vitals: LatestVitals) -> String {
        var members: [String] = []
        for parameter in VitalParameterSet.news2.parameters {
            if let partial = score.partial(parameter), let reading = vitals[parameter] {
                members.append(member(reading, score: partial))
            } else if !vitals.isPresent(parameter), let assumption = assumption(parameter) {
                members.append(assumption)
            }
        }
        return "[" + members.joined(separator: ",") + "]"
    }

    private static func member(_ reading: VitalReading, score: UInt8?) -> String {
        "{\"code\":\"\(reading.code.loinc)\",\"effective_at_us\":\(reading.effectiveAt.microseconds)"
            + ",\"event_id\":\"\(reading.eventID)\"" + (score.map { ",\"score\":\($0)" } ?? "")
            + ",\"unit\":\"\(reading.code.parameter.unit)\",\"value\":\(value(reading))}"
    }

    private static func assumption(_ parameter: VitalParameter) -> String? {
        let (code, value): (ObservationCode, String)
        switch parameter {
        case .supplementalOxygen: (code, value) = (.inhaledOxygenFlow, "air")
        case .consciousness: (code, value) = (.levelOfConsciousness, "A")
        default: return nil
        }
        return "{\"assumed\":true,\"code\":\"\(code.loinc)\",\"score\":0,\"unit\":\"\",\"value\":\"\(value)\"}"
    }

    private static func value(_ reading: VitalReading) -> String {
        switch reading.code.parameter {
        case .supplementalOxygen: reading.value > 0 ? "\"oxygen\"" : "\"air\""
        case .consciousness: "\"\(Consciousness(rawValue: UInt8(reading.value))?.letter ?? "")\""
        default: number(reading.value)
        }
    }

    /// The shortest decimal that reads back as `value`, without a fraction when it is whole.
    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : value.description
    }
}
