import Contracts
import Domain
import Testing

@testable import IngestionCore

@Suite("What a person has decided about their data is followed")
struct ConsentRegisterTests {
    private static let patient = PatientPseudonym("p1.consenting")
    private static let now = Fixture.receivedAt

    private func rule(
        _ isPermit: Bool, types: [String] = [], codes: [String] = [], sources: [String] = [], purposes: [String] = [],
        from start: String? = nil, to end: String? = nil, status: ConsentRecorded.Status = .active,
        scope: String = "patient-privacy", consent: String = "c1", receivedAt: Timestamp = now,
        of person: String = "p1.consenting"
    ) throws -> ConsentRecorded {
        let id = EventID.hashing(
            "test", "\(isPermit)\(types)\(codes)\(sources)\(purposes)\(start ?? "")\(end ?? "")\(status)\(scope)",
            consent,
            "\(receivedAt.microseconds)")
        let event = ConsentRecorded(
            eventID: id, patient: try #require(PatientPseudonym(person)), status: status, scope: scope,
            isPermit: isPermit, startsAt: start.flatMap { Timestamp(iso8601: $0) },
            endsAt: end.flatMap { Timestamp(iso8601: $0) }, resourceTypes: types, codes: codes, purposes: purposes,
            sources: sources, resourceID: consent, source: "test", receivedAt: receivedAt, modelVersion: "1",
            producedAt: receivedAt)
        try event.validate()
        return event
    }

    private func fact(_ code: String = "8867-4", source: String = "wearable", record: String = "h1.x") throws -> Fact {
        .observation(
            ObservationRecorded(
                eventID: EventID(high: 1, low: 2), patient: try #require(Self.patient), code: code,
                codeSystem: "http://loinc.org", value: .quantity(1), status: .final, effectiveAt: Self.now,
                receivedAt: Self.now, source: source, resourceID: record, modelVersion: "1", producedAt: Self.now))
    }

    private func condition() throws -> Fact {
        .condition(
            ConditionRecorded(
                eventID: EventID(high: 1, low: 3), patient: try #require(Self.patient), code: "38341003",
                codeSystem: "http://snomed.info/sct", clinicalStatus: .active, verificationStatus: .confirmed,
                source: "ehr", receivedAt: Self.now, modelVersion: "1", producedAt: Self.now))
    }

    private func permits(
        _ rules: [ConsentRecorded], _ fact: Fact, policy: ConsentPolicy = ConsentPolicy(), at time: Timestamp = now
    ) -> Bool {
        // The order in which events arrive, and repeats of them, must not matter.
        let decisions = [rules, rules.reversed(), rules + rules].map {
            ConsentRegister(policy: policy, $0).decision(for: fact, at: time)
        }
        #expect(Set(decisions.map(\.isPermitted)).count == 1)
        #expect(decisions[0] == decisions[1] && decisions[1] == decisions[2])
        return decisions[0].isPermitted
    }

    @Test("Without a decision the default holds, and no consent is named")
    func defaults() throws {
        let fact = try fact()
        #expect(permits([], fact))
        #expect(!permits([], fact, policy: ConsentPolicy(unconsented: .require)))
        #expect(ConsentRegister().decision(for: fact, at: Self.now).consent == nil)
        // Another person's decision is nothing to this one.
        #expect(permits([try rule(false, of: "p1.other")], fact))
    }

    @Test(
        "A positive consent lets exactly what it names through, by either default",
        arguments: [ConsentPolicy.Default.permit, .require])
    func scoped(unconsented: ConsentPolicy.Default) throws {
        let policy = ConsentPolicy(unconsented: unconsented)
        let (heartRate, glucose, condition) = (try fact("8867-4"), try fact("2339-0"), try condition())
        func taken(_ rules: [ConsentRecorded]) -> [Bool] {
            [heartRate, glucose, condition].map { permits(rules, $0, policy: policy) }
        }
        #expect(taken([try rule(true)]) == [true, true, true])
        #expect(taken([try rule(true, types: ["Observation"])]) == [true, true, false])
        #expect(taken([try rule(true, types: ["Condition"])]) == [false, false, true])
        #expect(taken([try rule(true, types: ["Condition", "Observation"])]) == [true, true, true])
        #expect(taken([try rule(true, codes: ["http://loinc.org|8867-4"])]) == [true, false, false])
        #expect(taken([try rule(true, codes: ["|8867-4"])]) == [true, false, false])
        #expect(
            taken([try rule(true, types: ["Observation"], codes: ["http://loinc.org|2339-0"])]) == [false, true, false])
        #expect(
            taken([try rule(true, types: ["Condition"], codes: ["http://loinc.org|2339-0"])]) == [false, false, false])
        #expect(taken([try rule(true, sources: ["wearable"])]) == [true, true, false])
        #expect(
            taken([try rule(true, types: ["Condition"]), try rule(true, codes: ["|8867-4"], consent: "c2")]) == [
                true, false, true,
            ])
    }

    @Test("A denial stops what it names, and leaves the rest to the default")
    func denied() throws {
        let rules = [try rule(false, types: ["Condition"])]
        #expect(try !permits(rules, condition()))
        #expect(try permits(rules, fact()))
        #expect(try !permits(rules, fact(), policy: ConsentPolicy(unconsented: .require)))
    }

    @Test("The most specific rule wins; on equal ground a denial does")
    func specificity() throws {
        let fact = try fact()
        let (all, none) = (try rule(true), try rule(false))
        #expect(!permits([all, none], fact))
        #expect(permits([none, try rule(true, types: ["Observation"])], fact))
        #expect(!permits([all, try rule(false, types: ["Observation"])], fact))
        #expect(
            permits(
                [try rule(false, types: ["Observation"]), try rule(true, types: ["Observation"], codes: ["|8867-4"])],
                fact))
        #expect(!permits([try rule(true, types: ["Observation"]), try rule(false, codes: ["|8867-4"])], fact))
        // The same kind of condition: the rule that names fewer is the more specific.
        #expect(
            permits(
                [try rule(false, types: ["Observation", "Condition"]), try rule(true, types: ["Observation"])], fact))
        #expect(
            !permits(
                [try rule(true, types: ["Observation", "Condition"]), try rule(false, types: ["Observation"])], fact))
    }

    @Test(
        "A rule holds in its period, its ends included",
        arguments: [
            ("2025-12-31T23:59:59Z", false), ("2026-01-01T00:00:00Z", true), ("2026-06-01T00:00:00Z", true),
            ("2026-12-31T00:00:00Z", true), ("2026-12-31T00:00:01Z", false),
        ])
    func period(time: String, isPermitted: Bool) throws {
        let rules = [try rule(true, from: "2026-01-01T00:00:00Z", to: "2026-12-31T00:00:00Z")]
        let policy = ConsentPolicy(unconsented: .require)
        #expect(permits(rules, try fact(), policy: policy, at: try #require(Timestamp(iso8601: time))) == isPermitted)
    }

    @Test(
        "Only an active consent of a scope that concerns data holds",
        arguments: [ConsentRecorded.Status.draft, .proposed, .rejected, .inactive, .enteredInError])
    func status(status: ConsentRecorded.Status) throws {
        #expect(permits([try rule(false, status: status)], try fact()))
        #expect(permits([try rule(false, scope: "adr")], try fact()))
        #expect(!permits([try rule(false, scope: "research")], try fact()))
        #expect(!permits([try rule(false, scope: "")], try fact()))
    }

    @Test("A later version replaces all rules of the former, in whatever order they arrive")
    func versions() throws {
        let later = Self.now.advanced(by: .seconds(60))
        let first = [try rule(false), try rule(true, types: ["Condition"])]
        let second = [try rule(true, types: ["Observation"], receivedAt: later)]
        #expect(permits(first + second, try fact()))
        #expect(!permits(first + second, try condition()))
        let withdrawn = [try rule(true, status: .inactive, receivedAt: later)]
        #expect(permits(first + withdrawn, try fact()))
        // Another consent stands beside it.
        #expect(!permits(first + withdrawn + [try rule(false, consent: "c2")], try fact()))
    }

    @Test("Purposes and actors concern only a deployment that has them")
    func purposes() throws {
        let rules = [try rule(false, purposes: ["HMARKT"])]
        #expect(!permits(rules, try fact()))
        #expect(permits(rules, try fact(), policy: ConsentPolicy(purposes: ["TREAT", "HRESCH"])))
        #expect(!permits(rules, try fact(), policy: ConsentPolicy(purposes: ["HMARKT"])))
        let actors = [try rule(false, sources: ["Organization/f001"])]
        #expect(permits(actors, try fact()))
        #expect(!permits(actors, try fact(), policy: ConsentPolicy(actors: ["Organization/f001"])))
    }

    @Test("One record can be named by its opaque name")
    func record() throws {
        let rules = [try rule(false, codes: ["urn:vitalstream:resource|h1.secret"])]
        #expect(!permits(rules, try fact(record: "h1.secret")))
        #expect(permits(rules, try fact(record: "h1.other")))
    }

    @Test("A consent is always taken, so that it can be withdrawn; the decision names the consent")
    func consents() throws {
        let denial = try rule(false)
        let register = ConsentRegister([denial])
        #expect(register.decision(for: .consent(denial), at: Self.now).isPermitted)
        #expect(
            register.decision(for: try fact(), at: Self.now)
                == ConsentDecision(isPermitted: false, consent: denial.eventID))
        let permit = try rule(true, types: ["Condition"])
        #expect(
            ConsentRegister([permit]).decision(for: try fact(), at: Self.now)
                == ConsentDecision(isPermitted: false, consent: permit.eventID))
    }
}
