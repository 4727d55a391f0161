import Contracts
import Domain
import IngestionCore
import JSONDocument
import Testing

@Suite("A transaction is taken as a whole, or not at all")
struct FHIRTransactionTests {
    private static let mother = "urn:uuid:11111111-2222-3333-4444-555555555555"

    private func outcomes(_ entries: [String], type: String = "transaction") -> [FactOutcome] {
        Fixture.decoder().fhir(
            Array(#"{"resourceType":"Bundle","type":"\#(type)","entry":[\#(entries.joined(separator: ","))]}"#.utf8))
    }

    private func patient(
        _ fullURL: String = mother, members: String = #""gender":"female""#,
        request: String = #""method":"POST","url":"Patient""#
    ) -> String {
        #"{"fullUrl":"\#(fullURL)","resource":{"resourceType":"Patient",\#(members)},"request":{\#(request)}}"#
    }

    private func weight(
        _ reference: String, members: String = "", request: String = #""method":"POST","url":"Observation""#
    )
        -> String
    {
        #"{"resource":{"resourceType":"Observation",\#(members)"status":"final","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},"#
            + #""subject":{"reference":"\#(reference)"},"effectiveDateTime":"2024-05-01","valueQuantity":{"value":70,"system":"http://unitsofmeasure.org","code":"kg"}},"#
            + #""request":{\#(request)}}"#
    }

    private func codes(_ outcomes: [FactOutcome]) -> [String] { outcomes.map { $0.reason?.code ?? "taken" } }

    @Test("Good entries are taken in their order, references to entries resolved; what is archived refuses nothing")
    func taken() {
        let outcomes = outcomes([
            weight(Self.mother), patient(),
            #"{"resource":{"resourceType":"Basic","code":{"text":"x"}},"request":{"method":"POST","url":"Basic"}}"#,
        ])
        #expect(codes(outcomes) == ["taken", "taken", "unsupported-resource"])
        #expect(outcomes[0].facts.first?.patient == outcomes[1].facts.first?.patient)
        #expect(outcomes.map { $0.interaction?.isAtomic } == [true, true, true])
        #expect(outcomes[1].interaction?.kind == .create)
    }

    @Test(
        "One bad entry refuses all: it keeps its reason, the others name its place",
        arguments: [
            (
                #"{"resource":{"resourceType":"Observation","status":"final"},"request":{"method":"POST","url":"Observation"}}"#,
                "fhir-required"
            ),
            (#"{"request":{"method":"DELETE","url":"Patient/1"}}"#, "method-unsupported"),
            (#"{"request":{"method":"GET","url":"Patient/1"}}"#, "method-unsupported"),
            (
                #"{"resource":{"resourceType":"Patient","id":"1"},"request":{"method":"PUT","url":"Patient/2"}}"#,
                "request-url"
            ),
            (
                #"{"resource":{"resourceType":"Patient","id":"1"},"request":{"method":"PUT","url":"Patient"}}"#,
                "request-url"
            ),
            (
                #"{"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Observation"}}"#,
                "request-url"
            ),
            (
                #"{"resource":{"resourceType":"Patient","id":"1"},"request":{"method":"PUT","url":"Patient/1","ifMatch":"W/\"2\""}}"#,
                "condition-unsupported"
            ),
            (
                #"{"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient","ifNoneExist":"name=Roe"}}"#,
                "criteria-unsupported"
            ),
            (
                #"{"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=42"}}"#,
                "criteria-unsupported"
            ),
            (
                #"{"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=s|1&active=true"}}"#,
                "criteria-unsupported"
            ),
            (#"{"resource":{"resourceType":"Patient","gender":"female"}}"#, "missing-element"),
        ])
    func refused(entry: String, code: String) {
        let outcomes = outcomes([patient(), entry, weight(Self.mother)])
        #expect(codes(outcomes) == ["transaction-refused", code, "transaction-refused"])
        #expect(outcomes[0].reason?.place == outcomes[1].reason?.place)
        #expect(outcomes[0].reason?.place.hasPrefix("Bundle.entry[1]") == true)
        #expect(outcomes.allSatisfy { $0.facts.isEmpty })
        // The same in a batch refuses the one entry.
        #expect(
            codes(self.outcomes([patient(), entry, weight(Self.mother)], type: "batch")) == ["taken", code, "taken"])
    }

    @Test("A urn:uuid that no entry has refuses the transaction; elsewhere it stands for its own UUID")
    func dangling() {
        let entries = [weight("urn:uuid:99999999-2222-3333-4444-555555555555"), patient()]
        let outcomes = outcomes(entries)
        #expect(codes(outcomes) == ["reference-dangling", "transaction-refused"])
        #expect(outcomes[0].reason?.place == "Bundle.entry[0].resource.subject.reference")
    }

    @Test(
        "Entries that name one resource overlap",
        arguments: [
            (
                [
                    #"Patient","id":"1"|"method":"PUT","url":"Patient/1""#,
                    #"Patient","id":"1"|"method":"PUT","url":"Patient/1""#,
                ], "request.url"
            ),
            (
                [
                    #"Patient"|"method":"POST","url":"Patient","ifNoneExist":"identifier=s|1""#,
                    #"Patient"|"method":"POST","url":"Patient","ifNoneExist":"identifier=s%7C1""#,
                ], "request.ifNoneExist"
            ),
            (
                [
                    #"Patient","id":"1","identifier":[{"system":"s","value":"7"}]|"method":"PUT","url":"Patient/1""#,
                    #"Patient","identifier":[{"system":"s","value":"7"}]|"method":"PUT","url":"Patient?identifier=s|7""#,
                ], "request.url"
            ),
            (
                [
                    #"Patient","identifier":[{"system":"s","value":"7"}]|"method":"PUT","url":"Patient?identifier=s|7""#,
                    #"Patient","id":"1","identifier":[{"system":"s","value":"7"}]|"method":"PUT","url":"Patient/1""#,
                ], "request.url"
            ),
        ])
    func overlap(entries: [String], member: String) {
        let texts = entries.map { entry in
            let parts = entry.split(separator: "|", maxSplits: 1)
            return #"{"resource":{"resourceType":"\#(parts[0])},"request":{\#(parts[1])}}"#
        }
        let outcomes = outcomes(texts)
        #expect(codes(outcomes) == ["transaction-refused", "identity-overlap"])
        #expect(outcomes[1].reason?.place == "Bundle.entry[1].\(member)")
    }

    @Test("Two entries with one fullUrl overlap, versions of it too")
    func sameURL() {
        #expect(codes(outcomes([patient(), patient()])) == ["transaction-refused", "identity-overlap"])
        let upper = patient(Self.mother.replacing("a", with: "A"))
        #expect(codes(outcomes([patient(), upper])) == ["transaction-refused", "identity-overlap"])
        #expect(codes(outcomes([patient(), patient()], type: "batch")) == ["taken", "identity-overlap"])
    }

    @Test("A Patient created by criteria is the person of the identifier, under whatever fullUrl and id it is sent")
    func conditionalPatient() throws {
        func names(_ uuid: String) -> [PatientPseudonym?] {
            let url = "urn:uuid:\(uuid)"
            let outcomes = outcomes([
                patient(
                    url, members: #""id":"\#(uuid)","identifier":[{"system":"urn:mrn","value":"7"}]"#,
                    request: #""method":"POST","url":"Patient","ifNoneExist":"identifier=urn:mrn|7""#), weight(url),
                weight("Patient?identifier=urn:mrn|7"),
            ])
            #expect(codes(outcomes) == ["taken", "taken", "taken"])
            return outcomes.map { $0.facts.first?.patient }
        }
        let all = names("11111111-2222-3333-4444-555555555555") + names("99999999-2222-3333-4444-555555555555")
        #expect(Set(all).count == 1)
        #expect(all.first??.rawValue == "p1.urn_mrn_7")
    }

    @Test("Racing conditional creations are one record, whatever their content; another criterion is another")
    func conditionalIdentity() throws {
        func interaction(_ criteria: String, gender: String) throws -> FHIRInteraction {
            let outcome = outcomes([
                patient(
                    members: #""gender":"\#(gender)","identifier":[{"system":"s","value":"x"}]"#,
                    request: #""method":"POST","url":"Patient","ifNoneExist":"\#(criteria)""#)
            ])[0]
            return try #require(outcome.interaction)
        }
        let first = try interaction("identifier=s|x", gender: "male")
        let second = try interaction("Patient?identifier=s%7Cx", gender: "female")
        #expect(first.recordID != nil)
        #expect(first.recordID == second.recordID)
        #expect(first.condition == second.condition)
        #expect(first.claims == second.claims)
        #expect(try interaction("identifier=s|y", gender: "male").recordID != first.recordID)
        // What was created unconditionally is found by the same claim.
        let plain = outcomes([patient(members: #""identifier":[{"system":"s","value":"x"}]"#)])[0]
        #expect(plain.interaction?.claims.contains(try #require(first.condition)) == true)
        #expect(plain.interaction?.condition == nil)
        #expect(plain.interaction?.recordID == nil)
    }

    @Test("PUT with If-None-Match: * must be the first of its id; PUT without has the content's identity")
    func update() throws {
        func outcome(_ request: String) -> FactOutcome {
            outcomes([patient(members: #""id":"1""#, request: #""method":"PUT","url":"Patient/1"\#(request)"#)])[0]
        }
        let new = try #require(outcome(#","ifNoneMatch":"*""#).interaction)
        #expect(new.kind == .update)
        #expect(new.condition.map { new.claims.contains($0) } == true)
        #expect(new.recordID != nil)
        let plain = try #require(outcome("").interaction)
        #expect(plain.condition == nil)
        #expect(plain.claims == new.claims)
    }

    @Test("Two entries that meet a conditional reference make it ambiguous")
    func ambiguous() {
        let member = #""identifier":[{"system":"s","value":"7"}]"#
        let outcomes = outcomes([
            patient(members: member), patient("urn:uuid:22222222-2222-3333-4444-555555555555", members: member),
            weight("Patient?identifier=s|7"),
        ])
        #expect(codes(outcomes) == ["transaction-refused", "transaction-refused", "reference-ambiguous"])
    }

    @Test("A conditional request outside a Bundle takes the way of a batch of one")
    func single() throws {
        let resource = try Fixture.json(#"{"resourceType":"Patient","gender":"male"}"#)
        let batch = FeedDecoder.batch(
            of: resource, method: "POST", url: "Patient", ifNoneExist: "identifier=s|x")
        let outcomes = Fixture.decoder().fhir(batch)
        #expect(codes(outcomes) == ["taken"])
        #expect(outcomes[0].interaction?.condition != nil)
        #expect(outcomes[0].interaction?.isAtomic == false)
        #expect(outcomes[0].facts.first?.patient?.rawValue == "p1.s_x")
    }

    @Test("The order of entries changes no outcome but its place")
    func order() {
        let entries = [patient(), weight(Self.mother), weight(Self.mother, members: #""id":"w2","#)]
        let forward = outcomes(entries)
        let backward = outcomes(entries.reversed())
        #expect(forward.map(\.recordID) == backward.reversed().map(\.recordID))
    }

    @Test("No claim tells an identifier: all are made by the port that keys names")
    func keyed() {
        let outcome = outcomes([patient(members: #""identifier":[{"system":"s","value":"Roe"}]"#)])[0]
        #expect(outcome.interaction?.claims.allSatisfy { $0.hasPrefix("h1.") } == true)
        #expect(outcome.interaction?.claims.count == 1)
    }
}
