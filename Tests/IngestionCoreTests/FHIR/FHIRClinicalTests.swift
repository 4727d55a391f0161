import Contracts
import Domain
import IngestionCore
import Testing

@Suite("Clinical resources become the fact that they tell")
struct FHIRClinicalTests {
    private func facts(_ json: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [Fact] {
        let outcome = Fixture.decoder().fhir(Array(json.utf8))[0]
        #expect(outcome.reason == nil, sourceLocation: sourceLocation)
        for fact in outcome.facts { try fact.event.validate() }
        return outcome.facts
    }

    private func time(_ text: String) -> Timestamp? { Timestamp(iso8601: text) }

    @Test("An allergy keeps kind, category, criticality, statuses and the first manifestation")
    func allergy() throws {
        let facts = try facts(
            """
            {"resourceType":"AllergyIntolerance","id":"a1","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},
             "verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"confirmed"}]},
             "type":"allergy","category":["food","medication"],"criticality":"unable-to-assess",
             "code":{"coding":[{"system":"urn:local","code":"9"},{"system":"http://snomed.info/sct","code":"227493005","display":"Cashew nuts"}]},
             "patient":{"reference":"Patient/1"},"onsetDateTime":"2004","recordedDate":"2014-10-09T14:58:00+11:00",
             "reaction":[{"manifestation":[{"text":"rash"},{"coding":[{"system":"http://snomed.info/sct","code":"39579001"}]}]}]}
            """)
        guard case .allergy(let allergy)? = facts.first else { return #expect(Bool(false)) }
        #expect(allergy.code == "227493005")
        #expect(allergy.display == "Cashew nuts")
        #expect((allergy.kind, allergy.category, allergy.criticality) == (.allergy, "food", .unableToAssess))
        #expect((allergy.clinicalStatus, allergy.verificationStatus) == (.active, .confirmed))
        #expect((allergy.reaction, allergy.reactionSystem) == ("39579001", "http://snomed.info/sct"))
        #expect(allergy.onsetAt == time("2004-01-01T00:00:00Z"))
        #expect(allergy.recordedAt == time("2014-10-09T03:58:00Z"))
    }

    @Test("An encounter keeps class, type, reason and period; a partial end is the end of what it names")
    func encounter() throws {
        let facts = try facts(
            """
            {"resourceType":"Encounter","status":"in-progress","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},
             "type":[{"text":"stay"},{"coding":[{"system":"http://snomed.info/sct","code":"183807002"}]}],"subject":{"reference":"Patient/1"},
             "reasonCode":[{"coding":[{"system":"http://snomed.info/sct","code":"22298006"}]}],
             "period":{"start":"2024-05-01T10:00:00Z","end":"2024-05-03"}}
            """)
        guard case .encounter(let encounter)? = facts.first else { return #expect(Bool(false)) }
        #expect((encounter.encounterClass, encounter.code, encounter.status) == ("IMP", "183807002", .inProgress))
        #expect(encounter.reasonCode == "22298006")
        #expect(encounter.startedAt == time("2024-05-01T10:00:00Z"))
        #expect(encounter.endedAt == time("2024-05-03T23:59:59.999999Z"))
    }

    @Test("A procedure not done is told as such; a day is the period that it names")
    func procedure() throws {
        let facts = try facts(
            """
            {"resourceType":"Procedure","status":"not-done","code":{"coding":[{"system":"http://snomed.info/sct","code":"80146002"}]},
             "subject":{"reference":"Patient/1"},"performedDateTime":"2013-04-05"}
            """)
        guard case .procedure(let procedure)? = facts.first else { return #expect(Bool(false)) }
        #expect((procedure.code, procedure.status) == ("80146002", .notDone))
        #expect(procedure.startedAt == time("2013-04-05T00:00:00Z"))
        #expect(procedure.endedAt == time("2013-04-05T23:59:59.999999Z"))
    }

    @Test("An immunization prefers CVX and keeps the dose; without a time it is archived")
    func immunization() throws {
        func json(_ occurrence: String) -> String {
            """
            {"resourceType":"Immunization","status":"completed","vaccineCode":{"coding":[{"system":"urn:oid:1.2.36.1.2001.1005.17","code":"FLUVAX"},
             {"system":"http://hl7.org/fhir/sid/cvx","code":"140"}]},"patient":{"reference":"Patient/1"},\(occurrence),
             "doseQuantity":{"value":5,"system":"http://unitsofmeasure.org","code":"mg"}}
            """
        }
        let facts = try facts(json(#""occurrenceDateTime":"2013-01-10""#))
        guard case .immunization(let immunization)? = facts.first else { return #expect(Bool(false)) }
        #expect((immunization.code, immunization.doseQuantity, immunization.doseUnit) == ("140", 5, "mg"))
        #expect(immunization.occurredAt == time("2013-01-10T00:00:00Z"))
        let unknown = Fixture.decoder().fhir(Array(json(#""occurrenceString":"as a child""#).utf8))[0]
        #expect(unknown.reason?.code == "occurrence-missing")
    }

    @Test("A report tells its head; its results are counted")
    func report() throws {
        let facts = try facts(
            """
            {"resourceType":"DiagnosticReport","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0074","code":"HM"}]}],
             "code":{"coding":[{"system":"http://loinc.org","code":"58410-2"}]},"subject":{"reference":"Patient/1"},
             "effectivePeriod":{"start":"2011-03-04T08:30:00+11:00"},"issued":"2011-03-04T11:45:33+11:00",
             "result":[{"reference":"Observation/1"},{"reference":"Observation/2"}],
             "conclusionCode":[{"coding":[{"system":"http://snomed.info/sct","code":"17621005"}]}]}
            """)
        guard case .report(let report)? = facts.first else { return #expect(Bool(false)) }
        #expect((report.code, report.category, report.status, report.resultCount) == ("58410-2", "HM", .final, 2))
        #expect((report.conclusionCode, report.conclusionSystem) == ("17621005", "http://snomed.info/sct"))
        #expect(report.effectiveAt == time("2011-03-03T21:30:00Z"))
        #expect(report.issuedAt == time("2011-03-04T00:45:33Z"))
    }

    @Test(
        "Medications are told by kind, with dose and period",
        arguments: [
            (
                #""resourceType":"MedicationRequest","status":"draft","intent":"plan","authoredOn":"2024-05-01","dosageInstruction":[{"text":"daily","doseAndRate":[{"doseQuantity":{"value":2,"unit":"TAB"}}]}]"#,
                MedicationRecorded.Kind.request, MedicationRecorded.Status.draft, "2024-05-01T00:00:00Z", 2, "TAB"
            ),
            (
                #""resourceType":"MedicationStatement","status":"not-taken","effectivePeriod":{"start":"2024-01-01T00:00:00Z"},"dateAsserted":"2024-02-01""#,
                .statement, .notTaken, "2024-02-01T00:00:00Z", nil, ""
            ),
            (
                #""resourceType":"MedicationStatement","status":"intended","effectiveDateTime":"2024-03-01T10:00:00Z""#,
                .statement,
                .intended, "2024-03-01T10:00:00Z", nil, ""
            ),
            (
                #""resourceType":"MedicationAdministration","status":"in-progress","effectiveDateTime":"2024-03-01T10:00:00Z","dosage":{"text":"x","dose":{"value":250,"unit":"milligram","system":"http://unitsofmeasure.org","code":"mg"}}"#,
                .administration, .inProgress, "2024-03-01T10:00:00Z", 250, "mg"
            ),
        ] as [(String, MedicationRecorded.Kind, MedicationRecorded.Status, String, Double?, String)])
    func medications(
        members: String, kind: MedicationRecorded.Kind, status: MedicationRecorded.Status, authored: String,
        dose: Double?, unit: String
    ) throws {
        let facts = try facts(
            #"{\#(members),"medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"860975"}]},"subject":{"reference":"Patient/1"}}"#
        )
        guard case .medication(let medication)? = facts.first else { return #expect(Bool(false)) }
        #expect((medication.kind, medication.status) == (kind, status))
        #expect(medication.authoredAt == time(authored))
        #expect((medication.doseQuantity, medication.doseUnit) == (dose, unit))
    }

    @Test("An Observation without a time takes that of the report whose result it is")
    func reported() throws {
        let bundle = """
            {"resourceType":"Bundle","type":"collection","entry":[
             {"fullUrl":"http://a/fhir/Observation/o1","resource":{"resourceType":"Observation","id":"o1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},
               "subject":{"reference":"Patient/1"},"valueQuantity":{"value":7.2,"unit":"g/dL"}}},
             {"fullUrl":"http://a/fhir/DiagnosticReport/r1","resource":{"resourceType":"DiagnosticReport","id":"r1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"58410-2"}]},
               "subject":{"reference":"Patient/1"},"effectiveDateTime":"2011-03-04T08:30:00Z","result":[{"reference":"Observation/o1"}]}}]}
            """
        let outcomes = Fixture.decoder().fhir(Array(bundle.utf8))
        #expect(outcomes.map(\.facts.count) == [1, 1])
        #expect(outcomes[0].facts.first?.eventTime == time("2011-03-04T08:30:00Z"))
    }

    @Test("A series of samples is a fact for each at its own time; errors are absent, bounds are text")
    func samples() throws {
        let facts = try facts(
            """
            {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"urn:oid:2.16.840.1.113883.6.24","code":"131328"}]},
             "subject":{"reference":"Patient/1"},"effectiveDateTime":"2024-05-01T10:00:00Z","component":[
             {"code":{"coding":[{"system":"http://loinc.org","code":"8310-5"}]},"valueSampledData":{"origin":{"value":36,"system":"http://unitsofmeasure.org","code":"Cel"},
              "period":500,"factor":0.5,"lowerLimit":-10,"upperLimit":10,"dimensions":1,"data":"0 1 E U L -2"}}]}
            """)
        let events = facts.compactMap { if case .observation(let event) = $0 { event } else { nil } }
        #expect(
            events.map(\.value) == [
                .quantity(36), .quantity(36.5), .absent(reason: "error"), .text(">10 (of the device's range)"),
                .text("<-10 (of the device's range)"), .quantity(35),
            ])
        #expect(events.last?.effectiveAt == time("2024-05-01T10:00:02.5Z"))
        #expect(events.allSatisfy { $0.effectiveEndAt == nil })
        #expect(Set(events.map(\.eventID)).count == 6)
    }

    @Test("One component that cannot be told is noted, and silences no other")
    func notes() throws {
        let outcome = Fixture.decoder().fhir(
            Array(
                """
                {"resourceType":"Observation","status":"final","code":{"text":"panel"},"subject":{"reference":"Patient/1"},"effectiveDateTime":"2024-05-01",
                 "component":[{"code":{"text":"only words"},"valueInteger":1},{"code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"valueInteger":70}]}
                """.utf8))[0]
        #expect(outcome.facts.count == 1)
        #expect(outcome.notes.map(\.code) == ["code-uncoded"])
        #expect(outcome.notes.first?.place == "Observation.component[0].code.coding")
    }

    @Test("All that is wrong is told, each with its place")
    func others() {
        let outcome = Fixture.decoder().fhir(
            Array(#"{"resourceType":"Observation","status":"nonsense","foo":1,"code":{"coding":{}}}"#.utf8))[0]
        let reason = outcome.reason
        #expect((reason?.others.count ?? 0) >= 1)
        let places = Set([reason?.place ?? ""] + (reason?.others.map(\.place) ?? []))
        #expect(places.isSuperset(of: ["Observation.status", "Observation.foo"]))
    }
}
