import AlertEngineCore
import Domain
import Testing

@Suite("Plain thresholds raise with a count, escalate, and clear with hysteresis")
struct ThresholdRuleTests {
    static func thresholdsOnly() -> Scenario { Scenario(rules: RuleSet(news2: nil)) }

    struct Case: Sendable, CustomStringConvertible {
        let rule: String
        let code: ObservationCode
        let notYet: Double
        let raise: Double
        let escalate: Double
        let notClear: Double
        let clear: Double
        var description: String { rule }
    }

    static let cases = [
        Case(
            rule: "heart-rate-high", code: .heartRate, notYet: 130, raise: 131, escalate: 150, notClear: 111, clear: 110
        ),
        Case(rule: "heart-rate-low", code: .heartRate, notYet: 41, raise: 40, escalate: 30, notClear: 50, clear: 51),
        Case(
            rule: "oxygen-saturation-low", code: .oxygenSaturationByOximetry, notYet: 92, raise: 91, escalate: 85,
            notClear: 93, clear: 94),
        Case(
            rule: "temperature-high", code: .bodyTemperature, notYet: 39.04, raise: 39.06, escalate: 41, notClear: 38.1,
            clear: 38.0),
        Case(
            rule: "temperature-low", code: .bodyTemperature, notYet: 35.1, raise: 35.0, escalate: 32, notClear: 36.0,
            clear: 36.1),
        Case(
            rule: "systolic-pressure-high", code: .systolicPressure, notYet: 180, raise: 181, escalate: 220,
            notClear: 161, clear: 160),
        Case(
            rule: "systolic-pressure-low", code: .systolicPressure, notYet: 91, raise: 90, escalate: 70, notClear: 100,
            clear: 101),
        Case(
            rule: "respiratory-rate-high", code: .respiratoryRate, notYet: 24, raise: 25, escalate: 35, notClear: 21,
            clear: 20),
        Case(
            rule: "respiratory-rate-low", code: .respiratoryRate, notYet: 9, raise: 8, escalate: 5, notClear: 11,
            clear: 12),
        Case(
            rule: "glucose-low", code: .glucoseBloodMoles, notYet: 3.9, raise: 3.8, escalate: 2.9, notClear: 4.4,
            clear: 4.5),
        Case(
            rule: "glucose-high", code: .glucoseBloodMoles, notYet: 13.9, raise: 14, escalate: 20.1, notClear: 10.1,
            clear: 10.0),
    ]

    @Test("the table of cases names every rule, and every rule has its own number and a source")
    func complete() {
        #expect(Set(Self.cases.map(\.rule)) == Set(ThresholdRule.standard.map(\.id)))
        #expect(Set(ThresholdRule.standard.map(\.number)).count == ThresholdRule.standard.count)
        #expect(ThresholdRule.standard.allSatisfy { !$0.source.isEmpty && $0.number > 0 })
    }

    @Test("a rule goes through its whole life at its thresholds", arguments: cases)
    func life(_ test: Case) throws {
        let rule = try #require(ThresholdRule.standard.first { $0.id == test.rule })
        let raiseAfter = Int(rule.lifecycle.raiseAfter)
        let clearAfter = Int(rule.lifecycle.clearAfter)
        var scenario = Self.thresholdsOnly()
        var minute = 0.0
        func take(_ value: Double, times: Int = 1) throws -> [AlertChange] {
            try (0..<times).flatMap { _ in
                minute += 1
                return try scenario.take(test.code, value, minute: minute).changes
            }
        }
        #expect(try take(test.notYet, times: raiseAfter + 1).isEmpty)
        #expect(try take(test.raise, times: raiseAfter - 1).isEmpty)
        #expect(try take(test.notYet).isEmpty, "the run is broken")
        #expect(try take(test.raise, times: raiseAfter - 1).isEmpty)
        let raised = try #require(try take(test.raise).first)
        #expect((raised.rule, raised.transition, raised.version) == (test.rule, .raised, 1))
        #expect(raised.severity == rule.raise.severity)
        #expect((raised.score, raised.threshold) == (test.raise, rule.raise.threshold))
        #expect(try take(test.raise, times: 20).isEmpty, "a repeat changes nothing")
        let escalated = try #require(try take(test.escalate, times: raiseAfter).first)
        #expect((escalated.transition, escalated.version, escalated.severity) == (.escalated, 2, .high))
        #expect(escalated.threshold == rule.escalate?.threshold)
        #expect(try take(test.notClear, times: 20).isEmpty)
        #expect(try take(test.clear, times: clearAfter - 1).isEmpty)
        #expect(try take(test.notClear).isEmpty, "the calm is broken")
        #expect(try take(test.clear, times: clearAfter - 1).isEmpty)
        let resolved = try #require(try take(test.clear).first)
        #expect((resolved.transition, resolved.version, resolved.alertID) == (.resolved, 3, raised.alertID))
        #expect(resolved.threshold == rule.clear)
        #expect(scenario.state.alerts == AlertBook())
    }

    @Test("readings further apart than the window make no run")
    func gap() throws {
        var scenario = Self.thresholdsOnly()
        for day in 0..<6 {
            #expect(try scenario.take(.heartRate, 140, minute: Double(day) * 1_441).changes.isEmpty)
        }
    }

    @Test("an alert that is grave at once is raised at that severity")
    func graveAtOnce() throws {
        var scenario = Self.thresholdsOnly()
        let change = try #require(try scenario.take(.glucoseBloodMoles, 2.5, minute: 0).changes.first)
        #expect((change.transition, change.severity, change.threshold) == (.raised, .high, 3.0))
        #expect(change.summary == "glucose below 3 mmol/L in 1 reading (high)")
    }

    @Test("rules for adults are silent for a child, the others are not")
    func children() throws {
        var scenario = Self.thresholdsOnly()
        scenario.state.facts.note(birthYear: 2023)
        for minute in 0..<5 {
            #expect(try scenario.take(.heartRate, 145, minute: Double(minute)).changes.isEmpty)
        }
        #expect(try scenario.take(.bodyTemperature, 39.5, minute: 6).changes.first?.rule == "temperature-high")
    }

    @Test("a rule set takes a number once and keeps to what its state can hold")
    func ruleSet() {
        let twice = RuleSet(thresholds: ThresholdRule.standard + ThresholdRule.standard)
        #expect(twice.thresholds == ThresholdRule.standard)
        #expect(twice.names.first == "news2")
        #expect(twice.threshold(number: 3)?.id == "oxygen-saturation-low")
        #expect(twice.threshold(number: 99) == nil)
    }

    @Test("the fingerprint tells rule sets apart that would judge differently, and nothing else")
    func fingerprint() {
        let standard = RuleSet().fingerprint
        #expect(standard.count == 8)
        #expect(RuleSet().fingerprint == standard)
        let others = [
            RuleSet(thresholds: Array(ThresholdRule.standard.dropLast())), RuleSet(news2: nil),
            RuleSet(news2: NEWS2Policy(needsCompleteSet: true)), RuleSet(validity: { _ in .seconds(3600) }),
            RuleSet(range: { _ in PlausibleRange(0, 1) }), RuleSet(futureTolerance: .zero),
        ].map(\.fingerprint)
        #expect(Set(others + [standard]).count == others.count + 1)
    }
}
