import Contracts
import Domain
import IngestionCore
import Testing

/// The semantics are those of FHIR R4, Consent, 6.2.5 and 6.2.6; the shapes of the provisions are those of HL7's own examples.
@Suite("A Consent of FHIR R4 becomes the rules that it states")
struct FHIRConsentTests {
    private func outcome(_ members: String, policy: String? = "OPTIN") -> FactOutcome {
        let rule = policy.map {
            #","policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"\#($0)"}]}"#
        }
        let text =
            #"{"resourceType":"Consent","id":"c1","status":"active","scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},"#
            + #""category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],"patient":{"reference":"Patient/42"},"dateTime":"2015-11-18""#
            + (rule ?? #","policy":[{"uri":"http://example.org/p"}]"#) + (members.isEmpty ? "}" : ",\(members)}")
        return Fixture.decoder().fhir(Array(text.utf8))[0]
    }

    private func register(_ outcome: FactOutcome, policy: ConsentPolicy = ConsentPolicy()) throws -> ConsentRegister {
        #expect(outcome.reason == nil)
        for fact in outcome.facts { try fact.event.validate() }
        return ConsentRegister(
            policy: policy, outcome.facts.compactMap { if case .consent(let event) = $0 { event } else { nil } })
    }

    /// Whether heart rates, glucose, conditions and prescriptions are taken.
    private func taken(_ register: ConsentRegister, at time: String = "2025-06-01T00:00:00Z") throws -> [Bool] {
        let observation =
            #"{"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"Patient/42"},"effectiveDateTime":"2024-05-01","valueInteger":1,"code":{"coding":[{"system":"http://loinc.org","code":"#
        let texts = [
            observation + #""8867-4"}]}}"#, observation + #""2339-0"}]}}"#,
            #"{"resourceType":"Condition","subject":{"reference":"Patient/42"},"code":{"coding":[{"system":"http://snomed.info/sct","code":"38341003"}]},"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]}}"#,
            #"{"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"reference":"Patient/42"},"authoredOn":"2024-05-01","medicationCodeableConcept":{"coding":[{"system":"s","code":"c"}]}}"#,
        ]
        return try texts.map { text in
            let fact = try #require(Fixture.decoder().fhir(Array(text.utf8))[0].facts.first)
            return register.decision(for: fact, at: try #require(Timestamp(iso8601: time))).isPermitted
        }
    }

    private static let observations = #""class":[{"system":"http://hl7.org/fhir/resource-types","code":"Observation"}]"#
    private static let heartRate = #""code":[{"coding":[{"system":"http://loinc.org","code":"8867-4"}]}]"#

    @Test(
        "Provisions nest: each is an exception to the one around it",
        arguments: [
            ("OPTIN", "", [true, true, true, true]), ("OPTOUT", "", [false, false, false, false]),
            // A scoped permission lets exactly its scope through.
            ("OPTIN", #""provision":{"type":"permit",\#(observations)}"#, [true, true, false, false]),
            ("OPTIN", #""provision":{"provision":[{"type":"permit",\#(observations)}]}"#, [true, true, false, false]),
            ("OPTOUT", #""provision":{"provision":[{"type":"permit",\#(observations)}]}"#, [true, true, false, false]),
            ("OPTOUT", #""provision":{"type":"permit",\#(observations)}"#, [true, true, false, false]),
            // Exceptions to a permission.
            ("OPTIN", #""provision":{"provision":[{"type":"deny",\#(observations)}]}"#, [false, false, true, true]),
            ("OPTIN", #""provision":{"type":"deny",\#(observations)}"#, [false, false, true, true]),
            (
                "OPTIN",
                #""provision":{"provision":[{"type":"deny",\#(observations),"provision":[{"type":"permit",\#(heartRate)}]}]}"#,
                [true, false, true, true]
            ),
            (
                "OPTOUT",
                #""provision":{"provision":[{"type":"permit",\#(observations),"provision":[{"type":"deny",\#(heartRate)}]}]}"#,
                [false, true, false, false]
            ),
            (
                "OPTIN",
                #""provision":{"provision":[{"type":"permit",\#(observations)},{"type":"deny",\#(heartRate)}]}"#,
                [false, true, false, false]
            ),
        ])
    func nesting(policy: String, members: String, expected: [Bool]) throws {
        #expect(try taken(register(outcome(members, policy: policy))) == expected)
    }

    @Test("Without a policy the provision says it, and exceptions that permit are exceptions to a denial")
    func noPolicy() throws {
        func decide(_ members: String) throws -> [Bool] { try taken(register(outcome(members, policy: nil))) }
        #expect(try decide(#""provision":{"type":"permit",\#(Self.observations)}"#) == [true, true, false, false])
        #expect(try decide(#""provision":{"type":"deny",\#(Self.observations)}"#) == [false, false, true, true])
        #expect(
            try decide(#""provision":{"provision":[{"type":"permit",\#(Self.heartRate)}]}"#) == [
                true, false, false, false,
            ])
        #expect(
            try decide(#""provision":{"provision":[{"type":"deny",\#(Self.heartRate)}]}"#) == [false, true, true, true])
    }

    /// The shape of HL7's R4 example `Consent/consent-example-smartonfhir`.
    @Test("A period of the root binds what is in it; outside of it the consent says nothing")
    func period() throws {
        let members =
            #""provision":{"period":{"start":"2016-06-23T17:02:33+10:00","end":"2016-06-23T17:32:33+10:00"},"provision":[{"type":"permit","class":[{"system":"http://hl7.org/fhir/resource-types","code":"MedicationRequest"}]}]}"#
        let register = try register(outcome(members), policy: ConsentPolicy(unconsented: .require))
        #expect(try taken(register, at: "2016-06-23T07:10:00Z") == [false, false, false, true])
        #expect(try taken(register, at: "2016-06-23T07:40:00Z") == [false, false, false, false])
    }

    @Test("A condition that facts do not tell makes a denial wider and drops a permission, with a note")
    func unclear() throws {
        let label = #""securityLabel":[{"code":"R"}]"#
        let denial = outcome(#""provision":{"provision":[{"type":"deny",\#(Self.observations),\#(label)}]}"#)
        #expect(try taken(register(denial)) == [false, false, true, true])
        #expect(denial.notes.map(\.code) == ["consent-condition"])
        let permission = outcome(
            #""provision":{"provision":[{"type":"permit",\#(Self.observations),\#(label)}]}"#, policy: "OPTOUT")
        #expect(try taken(register(permission)) == [false, false, false, false])
    }

    @Test("An action that is no taking of data concerns nothing here")
    func actions() throws {
        let system = "http://terminology.hl7.org/CodeSystem/consentaction"
        func deny(_ action: String) -> String {
            #""provision":{"provision":[{"type":"deny","action":[{"coding":[{"system":"\#(system)","code":"\#(action)"}]}]}]}"#
        }
        #expect(try taken(register(outcome(deny("correct")))) == [true, true, true, true])
        #expect(try taken(register(outcome(deny("collect")))) == [false, false, false, false])
    }

    @Test("A feed is named by an identifier; one resource by its reference")
    func sourcesAndData() throws {
        let feed =
            #""actor":[{"role":{"text":"x"},"reference":{"identifier":{"system":"urn:vitalstream:source","value":"test"}}}]"#
        #expect(
            try taken(register(outcome(#""provision":{"provision":[{"type":"deny",\#(feed)}]}"#))) == [
                false, false, false, false,
            ])
        let data = #""data":[{"meaning":"instance","reference":{"reference":"Observation/o"}}]"#
        #expect(
            try taken(register(outcome(#""provision":{"provision":[{"type":"deny",\#(data)}]}"#))) == [
                false, false, true, true,
            ])
    }

    @Test("Without a patient there is no rule")
    func patientless() {
        let text =
            #"{"resourceType":"Consent","status":"active","scope":{"coding":[{"code":"research"}]},"category":[{"text":"x"}],"policy":[{"uri":"http://example.org/p"}]}"#
        #expect(Fixture.decoder().fhir(Array(text.utf8))[0].reason?.code == "subject-missing")
    }
}
