import AlertEngineCore
import Contracts
import Domain

/// A patient under an evaluator: tests feed readings at minutes and read what changed.
struct Scenario {
    var state = PatientState()
    var evaluator = AlertEvaluator()
    private var ordinal: UInt64 = 0

    static let start = Timestamp(microseconds: 1_714_500_000_000_000)

    init(rules: RuleSet = RuleSet()) {
        evaluator = AlertEvaluator(rules: rules)
    }

    static func minute(_ minute: Double) -> Timestamp {
        Timestamp(microseconds: start.microseconds + Int64(minute * 60_000_000))
    }

    /// Takes one observation, received a second after it was made.
    @discardableResult
    mutating func take(
        _ code: ObservationCode, _ value: ObservationRecorded.Value, unit: String? = nil, minute: Double,
        status: ObservationRecorded.Status = .final, receivedMinute: Double? = nil
    ) throws -> Evaluation {
        ordinal += 1
        let observation = try Self.observation(
            code, value, unit: unit, minute: minute, status: status, receivedMinute: receivedMinute, ordinal: ordinal)
        return evaluator.evaluate(observation, state: &state)
    }

    /// Takes one quantity in the canonical unit of its parameter.
    @discardableResult
    mutating func take(_ code: ObservationCode, _ value: Double, minute: Double) throws -> Evaluation {
        try take(code, .quantity(value), minute: minute)
    }

    /// Takes calm readings of all five measured parameters but `without`.
    mutating func takeNormalVitals(minute: Double, without: Set<ObservationCode> = []) throws {
        let vitals: [(ObservationCode, Double)] = [
            (.respiratoryRate, 16), (.oxygenSaturationByOximetry, 98), (.systolicPressure, 120), (.heartRate, 70),
            (.bodyTemperature, 36.8),
        ]
        for (code, value) in vitals where !without.contains(code) { try take(code, value, minute: minute) }
    }

    static func observation(
        _ code: ObservationCode, _ value: ObservationRecorded.Value, unit: String? = nil, minute: Double,
        status: ObservationRecorded.Status = .final, receivedMinute: Double? = nil, ordinal: UInt64
    ) throws -> ObservationRecorded {
        var defaultUnit = ""
        if case .quantity = value { defaultUnit = Self.unit(of: code) }
        let received = receivedMinute.map(Self.minute) ?? Self.minute(minute).advanced(by: .seconds(1))
        return ObservationRecorded(
            eventID: EventID(high: 7, low: ordinal), patient: try pseudonym("p1.test"), code: code.loinc,
            codeSystem: "http://loinc.org", value: value, unit: unit ?? defaultUnit, status: status,
            effectiveAt: Self.minute(minute), receivedAt: received, source: "test", modelVersion: "1",
            producedAt: received)
    }

    static func unit(of code: ObservationCode) -> String {
        switch code {
        case .inhaledOxygenFlow: "L/min"
        case .inhaledOxygenConcentration: "%"
        default: code.parameter.unit
        }
    }
}

struct InvalidPseudonym: Error {}

func pseudonym(_ text: String) throws -> PatientPseudonym {
    guard let pseudonym = PatientPseudonym(text) else { throw InvalidPseudonym() }
    return pseudonym
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same seed gives the same run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// A generator with a fresh seed, printed so that a failure can be run again (VITALSTREAM_SEED).
    static func printingSeed(_ name: String) -> SeededGenerator {
        let seed = seedFromEnvironment ?? UInt64.random(in: 0..<1 << 32)
        print("\(name): seed \(seed)")
        return SeededGenerator(seed: seed)
    }
}
