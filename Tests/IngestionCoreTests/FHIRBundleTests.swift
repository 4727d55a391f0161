import Contracts
import Domain
import IngestionCore
import JSONDocument
import Testing

@Suite("A Bundle that is no transaction gives one outcome for each entry, and one person one name")
struct FHIRBundleTests {
    static let person = "11111111-2222-3333-4444-555555555555"

    /// The outcomes of a batch of `entries`; each whose resource has a type gets the request that posts it.
    private func outcomes(_ entries: [String]) throws -> [FactOutcome] {
        let requested = try entries.map { entry -> String in
            guard let type = try Fixture.json(entry)["resource"]?["resourceType"]?.string else { return entry }
            return entry.dropLast() + #","request":{"method":"POST","url":"\#(type)"}}"#
        }
        return Fixture.decoder().fhir(
            Array(#"{"resourceType":"Bundle","type":"batch","entry":[\#(requested.joined(separator: ","))]}"#.utf8))
    }

    private func weight(_ subject: String) -> String {
        #"{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},"#
            + #""subject":\#(subject),"effectiveDateTime":"2024-05-01","valueQuantity":{"value":70,"system":"http://unitsofmeasure.org","code":"kg"}}"#
    }

    @Test("Outcomes stand in the submitted order; a bad entry spoils no other")
    func order() throws {
        let outcomes = try outcomes([
            #"{"fullUrl":"urn:uuid:\#(Self.person)","resource":{"resourceType":"Patient","id":"\#(Self.person)","gender":"female","birthDate":"1980-02-03"}}"#,
            #"{"resource":{"resourceType":"Basic","code":{"text":"x"}}}"#,
            #"{"resource":\#(weight(#"{"reference":"urn:uuid:\#(Self.person)"}"#))}"#,
            #"{"resource":{"resourceType":"Observation","status":"nonsense"}}"#,
            #"{"fullUrl":"urn:x"}"#,
            #"{"resource":7}"#,
            #"{"resource":{"resourceType":"Condition","code":{"text":"?"}}}"#,
        ])
        #expect(outcomes.map(\.index) == [0, 1, 2, 3, 4, 5, 6])
        #expect(outcomes.map { $0.facts.count } == [1, 0, 1, 0, 0, 0, 0])
        #expect(
            outcomes.map { $0.reason?.code } == [
                nil, "unsupported-resource", nil, "fhir-code-invalid", "invariant-bdl-5", "fhir-structure",
                "fhir-required",
            ])
        #expect(outcomes[3].reason?.place == "Bundle.entry[3].resource.status")
        guard case .patient(let patient)? = outcomes[0].facts.first else { return #expect(Bool(false)) }
        #expect(patient.administrativeGender == .female)
        #expect(patient.birthYear == 1980)
        #expect(patient.patient == outcomes[2].facts.first?.patient)
    }

    @Test(
        "A person has one name by urn:uuid, by relative and by bundled absolute reference, and alone",
        arguments: [
            (
                #"{"reference":"urn:uuid:11111111-2222-3333-4444-555555555555"}"#,
                "urn:uuid:11111111-2222-3333-4444-555555555555"
            ),
            (
                #"{"reference":"Patient/11111111-2222-3333-4444-555555555555"}"#,
                "urn:uuid:11111111-2222-3333-4444-555555555555"
            ),
            (
                #"{"reference":"Patient/11111111-2222-3333-4444-555555555555/_history/3"}"#,
                "urn:uuid:99999999-2222-3333-4444-555555555555"
            ),
            (
                #"{"reference":"http://ehr/fhir/Patient/11111111-2222-3333-4444-555555555555"}"#,
                "http://ehr/fhir/Patient/11111111-2222-3333-4444-555555555555"
            ),
        ])
    func oneName(subject: String, fullURL: String) throws {
        let bundled = try outcomes([
            #"{"fullUrl":"\#(fullURL)","resource":{"resourceType":"Patient","id":"\#(Self.person)"}}"#,
            #"{"resource":\#(weight(subject))}"#,
        ])
        let alone = Fixture.decoder().fhir(Array(weight(#"{"reference":"Patient/\#(Self.person)"}"#).utf8))
        let names = (bundled + alone).compactMap { $0.facts.first?.patient?.rawValue }
        #expect(names == Array(repeating: "p1.s_\(Self.person)", count: 3))
    }

    @Test("A urn:uuid whose Patient has another id stands for that id; without the entry for its own UUID")
    func resolution() throws {
        let bundled = try outcomes([
            #"{"fullUrl":"urn:uuid:\#(Self.person)","resource":{"resourceType":"Patient","id":"mrn7"}}"#,
            #"{"resource":\#(weight(#"{"reference":"urn:uuid:\#(Self.person)"}"#))}"#,
        ])
        #expect(bundled.compactMap { $0.facts.first?.patient?.rawValue } == ["p1.s_mrn7", "p1.s_mrn7"])
        let alone = Fixture.decoder().fhir(
            Array(weight(#"{"reference":"urn:uuid:\#(Self.person.uppercased())"}"#).utf8))
        #expect(alone[0].facts.first?.patient?.rawValue == "p1.s_\(Self.person)")
    }

    @Test("Other servers' people, logical and conditional references keep their own systems")
    func otherSystems() {
        func name(_ subject: String) -> String? {
            Fixture.decoder().fhir(Array(weight(subject).utf8))[0].facts.first?.patient?.rawValue
        }
        #expect(name(#"{"reference":"https://other/fhir/Patient/42"}"#) == "p1.https___other_fhir_42")
        #expect(name(#"{"type":"Patient","identifier":{"system":"urn:mrn","value":"42"}}"#) == "p1.urn_mrn_42")
    }

    @Test(
        "A subject that is no person is archived, one that cannot be told is refused",
        arguments: [
            (#"{"reference":"Group/1"}"#, "subject-not-a-patient"),
            (#"{"reference":"Patient"}"#, "reference-unresolved"),
            (#"{"reference":"Patient/a b"}"#, "reference-unresolved"),
            (##"{"reference":"#x"}"##, "invariant-ref-1"),
            (#"{"display":"A name"}"#, "reference-empty"),
            (#"{"reference":"urn:uuid:nonsense"}"#, "reference-unresolved"),
            (#"{"reference":"ftp://x/Patient/1"}"#, "reference-unresolved"),
        ])
    func noPerson(subject: String, code: String) {
        let outcome = Fixture.decoder().fhir(Array(weight(subject).utf8))[0]
        #expect(outcome.facts.isEmpty)
        #expect(outcome.reason?.code == code)
    }

    @Test("Medications are resolved within the submission; conditions keep their statuses")
    func medicationAndCondition() throws {
        let outcomes = try outcomes([
            """
            {"resource":{"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order","subject":{"reference":"Patient/1"},
             "authoredOn":"2024-05-01","medicationReference":{"reference":"#med"},"dosageInstruction":[{"text":"one daily"},{"text":"with food"}],
             "contained":[{"resourceType":"Medication","id":"med","code":{"coding":[
               {"system":"http://hl7.org/fhir/sid/ndc","code":"1"},{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"860975"}]}}]}}
            """,
            """
            {"resource":{"resourceType":"Condition","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"resolved"}]},
             "verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}]},
             "code":{"coding":[{"system":"http://snomed.info/sct","code":"38341003","display":"Hypertension"}]},"subject":{"reference":"Patient/1"},
             "onsetDateTime":"2010","abatementDateTime":"2011-01-01"}}
            """,
            #"{"resource":{"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"reference":"Patient/1"},"authoredOn":"2024","medicationReference":{"reference":"Medication/9"}}}"#,
            #"{"resource":{"resourceType":"Condition","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"coding":[{"system":"s","code":"c"}]},"subject":{"reference":"Patient/1"},"abatementDateTime":"2011"}}"#,
        ])
        guard case .medication(let medication)? = outcomes[0].facts.first,
            case .condition(let condition)? = outcomes[1].facts.first
        else {
            Issue.record("\(outcomes.map { $0.reason?.description ?? "-" })")
            return
        }
        #expect(medication.code == "860975")
        #expect(medication.dosageText == "one daily; with food")
        #expect(condition.clinicalStatus == .resolved)
        #expect(condition.onsetAt == Timestamp(iso8601: "2010-01-01T00:00:00Z"))
        try medication.validate()
        try condition.validate()
        #expect(outcomes[2].reason?.code == "medication-unresolved")
        #expect(outcomes[3].reason?.code == "invariant-con-4")
    }

    @Test(
        "What is no Bundle and no resource is refused as a whole",
        arguments: [
            ("[]", "not-a-resource"), ("{}", "not-a-resource"), ("7", "not-a-resource"),
            (#"{"resourceType":"Bundle"}"#, "missing-element"),
            (#"{"resourceType":"Bundle","type":"x"}"#, "code-unknown"),
            (#"{"resourceType":"Bundle","type":"batch","entry":{}}"#, "wrong-type"),
            (#"{"resourceType":"Bundle","type":"batch","entry":[7]}"#, "wrong-type"), ("{", "json-unexpected-end"),
            (#"{"resourceType":"Patient","id":"a","id":"b"}"#, "json-duplicate-key"),
            (#"{"resourceType":"Patient"}"#, "patient-unidentified"),
        ])
    func whole(text: String, code: String) {
        let outcomes = Fixture.decoder().fhir(Array(text.utf8))
        #expect(outcomes.count == 1)
        #expect(outcomes.first?.reason?.code == code)
    }

    @Test("No part of a refusal tells what the sender wrote")
    func noPatientData() {
        let secret = "Jane-Roe-1980"
        let texts = [
            weight(#"{"reference":"Patient/\#(secret) x"}"#), #"{"resourceType":"Patient","id":"\#(secret) x"}"#,
            #"{"resourceType":"\#(secret)"}"#, #"{"resourceType":"Patient","id":"a","birthDate":"\#(secret)"}"#,
            #"{"resourceType":"Patient","id":"a","gender":"\#(secret)"}"#, #"{"\#(secret) x":[}"#,
        ]
        for text in texts {
            for outcome in Fixture.decoder().fhir(Array(text.utf8)) {
                #expect(outcome.reason != nil)
                #expect(!"\(outcome)".contains("Roe"), "\(outcome)")
            }
        }
    }
}
