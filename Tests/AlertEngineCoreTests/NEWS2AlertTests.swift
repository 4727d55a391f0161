import AlertEngineCore
import Contracts
import Domain
import Testing

@Suite("NEWS2 over the latest vitals raises, escalates and resolves one alert")
struct NEWS2AlertTests {
    static func news2Only() -> Scenario { Scenario(rules: RuleSet(thresholds: [])) }

    @Test("calm vitals raise nothing")
    func calm() throws {
        var scenario = Self.news2Only()
        try scenario.takeNormalVitals(minute: 0)
        #expect(scenario.state.alerts == AlertBook())
    }

    @Test("a 3 in a single parameter alerts by itself at low-medium, with the assumptions in the evidence")
    func singleThree() throws {
        var scenario = Self.news2Only()
        let evaluation = try scenario.take(.respiratoryRate, 25, minute: 0)
        let change = try #require(evaluation.changes.first)
        #expect(evaluation.changes.count == 1)
        #expect(change.transition == .raised)
        #expect(change.rule == "news2")
        #expect(change.severity == .lowMedium)
        #expect(change.version == 1)
        #expect(change.score == 3)
        #expect(change.threshold == 3)
        #expect(
            change.summary
                == "NEWS2 at least 3 (low-medium): respiration 3; "
                + "not observed: SpO2, systolic pressure, pulse, temperature")
        let at = Scenario.minute(0).microseconds
        #expect(
            change.evidence
                == """
                [{"code":"9279-1","effective_at_us":\(at),"event_id":"00000000-0000-0007-0000-000000000001",\
                "score":3,"unit":"/min","value":25},\
                {"assumed":true,"code":"3151-8","score":0,"unit":"","value":"air"},\
                {"assumed":true,"code":"80288-4","score":0,"unit":"","value":"A"}]
                """)
    }

    @Test("a complete set raises the aggregate and names no missing parameter")
    func aggregate() throws {
        var scenario = Self.news2Only()
        try scenario.takeNormalVitals(minute: 0, without: [.bodyTemperature, .heartRate])
        try scenario.take(.heartRate, 115, minute: 1)
        try scenario.take(.respiratoryRate, 22, minute: 2)
        let change = try #require(try scenario.take(.bodyTemperature, 38.5, minute: 3).changes.first)
        #expect(change.summary == "NEWS2 5 (medium): respiration 2, pulse 2, temperature 1")
        #expect((change.score, change.threshold) == (5, 5))
        #expect(change.severity == .medium)
        #expect(!change.evidence.contains("\"code\":\"9279-1\",\"effective_at_us\":\(Scenario.minute(0).microseconds)"))
    }

    @Test("an alert escalates when the risk rises, repeats nothing, and never falls while it is open")
    func escalation() throws {
        var scenario = Self.news2Only()
        try scenario.takeNormalVitals(minute: 0)
        let raised = try #require(try scenario.take(.respiratoryRate, 26, minute: 1).changes.first)
        #expect(try scenario.take(.respiratoryRate, 27, minute: 2).changes.isEmpty)
        let medium = try #require(try scenario.take(.heartRate, 112, minute: 3).changes.first)
        #expect((medium.transition, medium.severity, medium.version) == (.escalated, .medium, 2))
        let high = try #require(try scenario.take(.oxygenSaturationByOximetry, 92, minute: 4).changes.first)
        #expect((high.transition, high.severity, high.version) == (.escalated, .high, 3))
        #expect((high.score, high.threshold) == (7, 7))
        #expect(high.alertID == raised.alertID)
        #expect(high.raisedAt == Scenario.minute(1))
        #expect(high.effectiveAt == Scenario.minute(4))
        #expect(try scenario.take(.oxygenSaturationByOximetry, 98, minute: 5).changes.isEmpty)
        #expect(scenario.state.alerts.open(rule: 0)?.severity == .high)
    }

    @Test("an alert ends only when every parameter that made it was observed calm, twice in a row")
    func resolution() throws {
        var scenario = Self.news2Only()
        try scenario.takeNormalVitals(minute: 0)
        let raised = try #require(try scenario.take(.respiratoryRate, 26, minute: 1).changes.first)
        for minute in 2...9 {
            #expect(try scenario.take(.heartRate, 70, minute: Double(minute)).changes.isEmpty)
        }
        #expect(try scenario.take(.respiratoryRate, 22, minute: 10).changes.isEmpty, "a score of 2 is not calm")
        #expect(try scenario.take(.respiratoryRate, 18, minute: 11).changes.isEmpty)
        #expect(try scenario.take(.respiratoryRate, 23, minute: 12).changes.isEmpty)
        #expect(try scenario.take(.respiratoryRate, 18, minute: 13).changes.isEmpty)
        #expect(try scenario.take(.heartRate, 70, minute: 14).changes.isEmpty, "the pulse says nothing here")
        let resolved = try #require(try scenario.take(.respiratoryRate, 17, minute: 15).changes.first)
        #expect((resolved.transition, resolved.version) == (.resolved, 2))
        #expect(resolved.alertID == raised.alertID)
        #expect(resolved.summary == "NEWS2 0 (low): over")
        #expect(scenario.state.alerts == AlertBook())
        let again = try #require(try scenario.take(.respiratoryRate, 26, minute: 16).changes.first)
        #expect((again.transition, again.version) == (.raised, 1))
        #expect(again.alertID != raised.alertID)
    }

    @Test("silence ends no alert: a contributor beyond its window keeps it open")
    func staleContributor() throws {
        var scenario = Self.news2Only()
        try scenario.takeNormalVitals(minute: 0)
        try scenario.take(.respiratoryRate, 22, minute: 1)
        try scenario.take(.heartRate, 135, minute: 1)
        #expect(scenario.state.alerts.open(rule: 0)?.severity == .medium)
        for day in 2...9 {
            #expect(try scenario.take(.heartRate, 70, minute: Double(day) * 1440).changes.isEmpty)
        }
        try scenario.take(.respiratoryRate, 16, minute: 9 * 1440 + 1)
        let end = try scenario.take(.heartRate, 70, minute: 9 * 1440 + 2)
        #expect(end.changes.first?.transition == .resolved)
    }

    @Test("readings older than the window are left out of the score")
    func window() throws {
        var scenario = Self.news2Only()
        try scenario.take(.oxygenSaturationByOximetry, 92, minute: 0)
        try scenario.take(.respiratoryRate, 22, minute: 0)
        #expect(try scenario.take(.heartRate, 95, minute: 1440).changes.first?.score == 5, "24 h are within")
        var later = Self.news2Only()
        try later.take(.oxygenSaturationByOximetry, 92, minute: 0)
        try later.take(.respiratoryRate, 22, minute: 0)
        #expect(try later.take(.heartRate, 95, minute: 1440.1).changes.isEmpty)
    }

    @Test("with the policy that needs a complete set, a part raises no aggregate, only its single 3")
    func completeSetPolicy() throws {
        var scenario = Scenario(rules: RuleSet(thresholds: [], news2: NEWS2Policy(needsCompleteSet: true)))
        try scenario.take(.oxygenSaturationByOximetry, 92, minute: 0)
        try scenario.take(.respiratoryRate, 22, minute: 0)
        #expect(try scenario.take(.heartRate, 112, minute: 0).changes.isEmpty)
        #expect(try scenario.take(.heartRate, 132, minute: 1).changes.first?.severity == .lowMedium)
        try scenario.take(.systolicPressure, 120, minute: 2)
        #expect(try scenario.take(.bodyTemperature, 37, minute: 2).changes.first?.severity == .high)
    }

    @Test("nobody known to be under 16 is scored")
    func children() throws {
        var scenario = Self.news2Only()
        scenario.state.facts.note(birthYear: 2009)
        #expect(try scenario.take(.respiratoryRate, 30, minute: 0).changes.isEmpty)
        scenario.state.facts.note(birthYear: 2008)
        #expect(try scenario.take(.respiratoryRate, 30, minute: 1).changes.first?.rule == "news2")
        scenario.state.facts.note(birthYear: 0)
        #expect(!scenario.state.facts.isUnder16(at: Scenario.minute(0)))
    }

    @Test("nobody known to be pregnant is scored, and an alert that was open ends")
    func pregnancy() throws {
        var scenario = Self.news2Only()
        try scenario.take(.respiratoryRate, 30, minute: 0)
        let status = ObservationRecorded.Value.coded(code: "77386006", system: "http://snomed.info/sct")
        #expect(try scenario.take(.pregnancyStatus, status, minute: 1).outcome == .evaluated)
        #expect(try scenario.take(.respiratoryRate, 31, minute: 2).changes.isEmpty)
        let end = try #require(try scenario.take(.respiratoryRate, 31, minute: 3).changes.first)
        #expect(end.transition == .resolved)
        #expect(end.summary == "NEWS2 does not apply to this person (under 16 or pregnant): over")
        #expect(try scenario.take(.respiratoryRate, 32, minute: 4).changes.isEmpty)
    }

    @Test("SpO2 scale 2 scores 93 % and more only on oxygen")
    func scale2() throws {
        var scenario = Scenario()
        scenario.state.facts.oxygenScale = .scale2
        for minute in 0..<3 {
            #expect(try scenario.take(.oxygenSaturationByOximetry, 89, minute: Double(minute)).changes.isEmpty)
        }
        #expect(try scenario.take(.oxygenSaturationByOximetry, 97, minute: 3).changes.isEmpty)
        let change = try #require(try scenario.take(.inhaledOxygenFlow, 2, minute: 4).changes.first)
        #expect(change.severity == .medium)
        #expect(change.summary.contains("SpO2 3, oxygen 2"))
        #expect(change.evidence.contains("\"value\":\"oxygen\""))
    }

    @Test(
        "a new confusion alerts, whether it comes as SNOMED CT, as a letter or as text",
        arguments: [
            ObservationRecorded.Value.coded(code: "130987000", system: "http://snomed.info/sct"),
            .coded(code: "C", system: ""), .text("C"),
        ])
    func confusion(value: ObservationRecorded.Value) throws {
        var scenario = Self.news2Only()
        let change = try #require(try scenario.take(.levelOfConsciousness, value, minute: 0).changes.first)
        #expect(change.severity == .lowMedium)
        #expect(change.evidence.contains("\"code\":\"80288-4\",") && change.evidence.contains("\"value\":\"C\""))
        #expect(!change.evidence.contains("\"code\":\"80288-4\",\"score\":0"))
    }
}
