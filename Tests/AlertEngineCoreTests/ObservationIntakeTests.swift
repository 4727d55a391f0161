import AlertEngineCore
import Contracts
import Domain
import Testing

@Suite("Only usable readings count, each once and in the order of their time")
struct ObservationIntakeTests {
    @Test("every code is found by its LOINC text and by nothing else", arguments: ObservationCode.allCases)
    func codes(code: ObservationCode) {
        #expect(ObservationCode(loinc: code.loinc) == code)
        #expect(ObservationCode(loinc: code.loinc.replacing("-", with: "")) == nil)
        #expect(ObservationCode(loinc: code.loinc + "0") != code)
    }

    /// LOINC Users' Guide, appendix on the check digit: Luhn's algorithm (mod 10) over the number before the hyphen.
    @Test("every LOINC code has its check digit", arguments: ObservationCode.allCases)
    func checkDigits(code: ObservationCode) throws {
        let parts = code.loinc.split(separator: "-")
        var sum = 0
        for (place, digit) in try #require(parts.first).reversed().enumerated() {
            let value = (digit.wholeNumberValue ?? 0) * (place % 2 == 0 ? 2 : 1)
            sum += value / 10 + value % 10
        }
        #expect(parts.last.map(String.init) == String((10 - sum % 10) % 10))
    }

    @Test(
        "texts that are no LOINC code are not watched",
        arguments: ["", "-", "8867-", "88-67-4", "8867-4 ", "99999999999999999999-9"])
    func otherCodes(text: String) {
        #expect(ObservationCode(loinc: text) != .heartRate)
        #expect(ObservationCode(loinc: "8867-4") == .heartRate)
    }

    @Test("an older reading never replaces a newer one; of two at the same time the later comer stays")
    func order() throws {
        var scenario = Scenario()
        #expect(try scenario.take(.heartRate, 70, minute: 10).outcome == .evaluated)
        #expect(try scenario.take(.heartRateByOximetry, 140, minute: 9).outcome == .superseded)
        #expect(scenario.state.vitals[.pulse]?.value == 70)
        #expect(try scenario.take(.heartRate, 71, minute: 10).outcome == .evaluated)
        #expect(scenario.state.vitals[.pulse]?.value == 71)
    }

    @Test("a reading behind those of other feeds is judged as of its own time")
    func laggingFeed() throws {
        var scenario = Scenario()
        try scenario.take(.glucoseSerumMass, 100, minute: 20_000)
        try scenario.take(.heartRate, 100, minute: 5_000)
        let evaluation = try scenario.take(.respiratoryRate, 30, minute: 0)
        #expect(evaluation.outcome == .evaluated)
        let news2 = try #require(evaluation.changes.first { $0.rule == "news2" })
        #expect(news2.score == 3, "the pulse, three days later, does not count with it")
    }

    @Test("a reading that claims to lie in the future is not taken")
    func future() throws {
        var scenario = Scenario()
        let value = ObservationRecorded.Value.quantity(30)
        #expect(try scenario.take(.respiratoryRate, value, minute: 61.5, receivedMinute: 0).outcome == .fromFuture)
        #expect(try scenario.take(.respiratoryRate, value, minute: 59, receivedMinute: 0).outcome == .evaluated)
    }

    @Test(
        "an impossible value is not scored",
        arguments: [
            (ObservationCode.heartRate, 0.0), (.heartRate, 351), (.respiratoryRate, 0),
            (.oxygenSaturationByOximetry, 29),
            (.oxygenSaturationByOximetry, 101), (.bodyTemperature, 98.6), (.bodyTemperature, 19.9),
            (.systolicPressure, 29), (.glucoseBloodMoles, 0), (.heartRate, .infinity), (.heartRate, .nan),
        ])
    func implausible(code: ObservationCode, value: Double) throws {
        var scenario = Scenario()
        #expect(try scenario.take(code, value, minute: 0) == Evaluation(outcome: .implausible))
        #expect(scenario.state == PatientState())
    }

    @Test(
        "units are brought to the canonical one, and a foreign unit is refused",
        arguments: [
            (ObservationCode.bodyTemperature, 100.4, "[degF]", 38.0), (.bodyTemperature, 310.15, "K", 37.0),
            (.glucoseSerumMass, 70, "mg/dL", 3.9), (.glucoseSerumMass, 54, "mg/dL", 3.0),
            (.glucoseSerumMass, 250, "mg/dL", 13.9), (.glucoseSerumMass, 0.9, "g/L", 5.0),
            (.oxygenSaturationByOximetry, 0.97, "1", 97), (.systolicPressure, 16, "kPa", 120.0),
            (.heartRate, 72, "{beats}/min", 72), (.heartRate, 1.2, "Hz", 72),
            (.inhaledOxygenFlow, 0, "L/min", 0), (.inhaledOxygenFlow, 0.5, "L/min", 1),
            (.inhaledOxygenConcentration, 21, "%", 0), (.inhaledOxygenConcentration, 0.24, "1", 1),
        ])
    func units(code: ObservationCode, value: Double, unit: String, canonical: Double) throws {
        var scenario = Scenario()
        try scenario.take(code, .quantity(value), unit: unit, minute: 0)
        let taken = try #require(scenario.state.vitals[code.parameter]?.value)
        #expect(abs(taken - canonical) < 0.02)
        #expect(try scenario.take(code, .quantity(value), unit: "furlong", minute: 1).outcome == .unknownUnit)
    }

    @Test(
        "a value of another kind, or a status that gives none, is not usable",
        arguments: [
            (ObservationCode.heartRate, ObservationRecorded.Value.text("70"), ObservationRecorded.Status.final),
            (.heartRate, .boolean(true), .final), (.heartRate, .absent(reason: "unknown"), .final),
            (.heartRate, .coded(code: "A", system: ""), .final), (.heartRate, .quantity(70), .registered),
            (.heartRate, .quantity(70), .cancelled), (.levelOfConsciousness, .quantity(1), .final),
            (.levelOfConsciousness, .text("asleep"), .final),
            (.levelOfConsciousness, .coded(code: "1", system: "http://snomed.info/sct"), .final),
            (.pregnancyStatus, .coded(code: "261665006", system: "http://snomed.info/sct"), .final),
        ])
    func unusable(
        code: ObservationCode, value: ObservationRecorded.Value, status: ObservationRecorded.Status
    ) throws {
        var scenario = Scenario()
        #expect(try scenario.take(code, value, minute: 0, status: status) == Evaluation(outcome: .notUsable))
        #expect(scenario.state == PatientState())
    }

    @Test("a code of another system or one that no rule watches changes nothing")
    func notWatched() throws {
        var observation = try Scenario.observation(.heartRate, .quantity(200), minute: 0, ordinal: 1)
        observation.codeSystem = "http://snomed.info/sct"
        var state = PatientState()
        #expect(AlertEvaluator().evaluate(observation, state: &state).outcome == .notWatched)
        observation.codeSystem = "http://loinc.org"
        observation.code = "8302-2"
        #expect(AlertEvaluator().evaluate(observation, state: &state) == Evaluation(outcome: .notWatched))
        #expect(!AlertEvaluator().evaluate(observation, state: &state).stateChanged)
        #expect(state == PatientState())
    }

    @Test("a reading entered in error counts no longer, and the alert that it opened waits for other readings")
    func retraction() throws {
        var scenario = Scenario(rules: RuleSet(thresholds: []))
        try scenario.take(.respiratoryRate, 30, minute: 0)
        let other = try scenario.take(.respiratoryRate, .quantity(30), minute: 1, status: .enteredInError)
        #expect(other.outcome == .superseded, "another time, another reading")
        let evaluation = try scenario.take(.respiratoryRate, .quantity(30), minute: 0, status: .enteredInError)
        #expect(evaluation == Evaluation(outcome: .retracted))
        #expect(scenario.state.vitals[.respirationRate] == nil)
        #expect(scenario.state.alerts.open(rule: 0) != nil)
        try scenario.take(.respiratoryRate, 16, minute: 2)
        #expect(try scenario.take(.respiratoryRate, 16, minute: 3).changes.first?.transition == .resolved)
    }
}
