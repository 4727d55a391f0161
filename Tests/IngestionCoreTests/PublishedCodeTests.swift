import Contracts
import Domain
import Testing

@testable import IngestionCore

@Suite("A vital sign goes out under one code, beside the coding as it was sent")
struct PublishedCodeTests {
    private static let loinc = "http://loinc.org"
    private static let snomed = "http://snomed.info/sct"
    private static let mdc = "urn:iso:std:iso:11073:10101"

    /// What an event tells of its code.
    private static func told(_ event: ObservationRecorded) -> String {
        let sent = event.originalCode.isEmpty ? "" : " < \(event.originalCodeSystem)|\(event.originalCode)"
        return "\(event.codeSystem)|\(event.code) \(event.display)\(sent)"
    }

    private func fhir(_ codings: String, _ value: String = #""valueInteger":1"#) throws -> ObservationRecorded {
        let text = """
            {"resourceType":"Observation","status":"final","code":{"coding":[\(codings)]},"subject":{"reference":"Patient/42"},
             "effectiveDateTime":"2024-05-01T00:00:00Z",\(value)}
            """
        let outcome = Fixture.decoder().fhir(Array(text.utf8))[0]
        let event = try #require(outcome.observations.first, "\(outcome)")
        try event.validate()
        return event
    }

    private static func coding(_ system: String, _ code: String, _ display: String = "") -> String {
        let name = display.isEmpty ? "" : #","display":"\#(display)""#
        return #"{"system":"\#(system)","code":"\#(code)"\#(name)}"#
    }

    @Test(
        "Of the codings of an Observation the preferred one is asked first, then each in order",
        arguments: [
            // Canonical as sent: nothing changes, whatever stands beside it.
            ([coding(loinc, "8867-4", "Pulse")], "http://loinc.org|8867-4 Pulse"),
            (
                [coding(snomed, "364075005", "Heart rate"), coding(loinc, "8867-4", "HR")],
                "http://loinc.org|8867-4 HR"
            ),
            ([coding(loinc, "8867-4")], "http://loinc.org|8867-4 "),
            // Both saturations that the FHIR profile asks for: the one that stands first is kept.
            ([coding(loinc, "2708-6", "a"), coding(loinc, "59408-5", "b")], "http://loinc.org|2708-6 a"),
            ([coding(loinc, "59408-5", "b"), coding(loinc, "2708-6", "a")], "http://loinc.org|59408-5 b"),
            // Another code of the same quantity.
            (
                [coding(loinc, "8331-1", "Oral temperature")],
                "http://loinc.org|8310-5 Body temperature < http://loinc.org|8331-1"
            ),
            (
                [coding(snomed, "78564009", "Pulse rate")],
                "http://loinc.org|8867-4 Heart rate < http://snomed.info/sct|78564009"
            ),
            (
                [coding("urn:local", "P"), coding(mdc, "149530", "Pulse")],
                "http://loinc.org|8867-4 Heart rate < urn:iso:std:iso:11073:10101|149530"
            ),
            // The system by its OID: the code is unchanged, so its display stays.
            (
                [coding("urn:oid:2.16.840.1.113883.6.1", "8867-4", "Puls")],
                "http://loinc.org|8867-4 Puls < urn:oid:2.16.840.1.113883.6.1|8867-4"
            ),
            // A LOINC code that is no vital sign, with one beside it: nothing that was sent is lost.
            (
                [coding(loinc, "60838-2", "By palpation"), coding(snomed, "364075005")],
                "http://loinc.org|8867-4 Heart rate < http://snomed.info/sct|364075005"
            ),
            (
                [coding(loinc, "60838-2", "By palpation"), coding(loinc, "8867-4", "HR")],
                "http://loinc.org|8867-4 HR < http://loinc.org|60838-2"
            ),
            // Codes whose values could not stand in for a vital sign's stay as they are.
            ([coding(loinc, "40443-4", "Resting")], "http://loinc.org|40443-4 Resting"),
            ([coding(loinc, "718-7", "Hb")], "http://loinc.org|718-7 Hb"),
            ([coding(snomed, "60621009000", "x")], "http://snomed.info/sct|60621009000 x"),
        ])
    func codings(codings: [String], expected: String) throws {
        #expect(Self.told(try fhir(codings.joined(separator: ","))) == expected)
    }

    @Test("A component is asked like an Observation, and its unit is the vital sign's")
    func components() throws {
        let text = """
            {"resourceType":"Observation","status":"final","code":{"coding":[\(Self.coding(Self.snomed, "75367002"))]},
             "subject":{"reference":"Patient/42"},"effectiveDateTime":"2024-05-01T00:00:00Z","component":[
              {"code":{"coding":[\(Self.coding(Self.snomed, "271649006", "Systolic"))]},
               "valueQuantity":{"value":16,"unit":"kPa","system":"http://unitsofmeasure.org","code":"kPa"}},
              {"code":{"coding":[\(Self.coding(Self.mdc, "150022"))]},"valueQuantity":{"value":80,"unit":"mmHg"}}]}
            """
        let outcome = Fixture.decoder().fhir(Array(text.utf8))[0]
        #expect(
            outcome.observations.map(Self.told) == [
                "http://loinc.org|8480-6 Systolic blood pressure < http://snomed.info/sct|271649006",
                "http://loinc.org|8462-4 Diastolic blood pressure < urn:iso:std:iso:11073:10101|150022",
            ])
        #expect(outcome.observations.map(\.unit) == ["mm[Hg]", "mm[Hg]"])
        #expect(outcome.observations.map(\.originalUnit) == ["kPa", "mmHg"])
        for event in outcome.observations { try event.validate() }
    }

    @Test("A spelling of a unit means what the vital sign allows, in a value and in a series")
    func units() throws {
        let oral = Self.coding(Self.snomed, "415945006")
        let value = try fhir(oral, #""valueQuantity":{"value":98.6,"unit":"F"}"#)
        #expect(value.value == .quantity(37) && value.unit == "Cel" && value.originalUnit == "F")
        let series = try fhir(
            oral, #""valueSampledData":{"origin":{"value":0,"unit":"F"},"period":1000,"dimensions":1,"data":"98.6"}"#)
        #expect(series.value == .quantity(37) && series.unit == "Cel" && series.code == "8310-5")
        // Of a charge it is a farad still.
        #expect(try fhir(Self.coding("urn:local", "c"), #""valueQuantity":{"value":1,"unit":"F"}"#).unit == "F")
    }

    @Test("The identity is that of the coding as it was sent, so that it outlives the table of canonical codes")
    func identity() throws {
        let event = try fhir(Self.coding(Self.snomed, "78564009", "Pulse rate"), #""valueQuantity":{"value":72.0}"#)
        let expected = FactIdentity.observation(
            source: "test", patient: event.patient, record: "",
            code: CodedConcept(code: "78564009", system: Self.snomed, display: ""),
            effectiveAt: event.effectiveAt, effectiveEndAt: nil, status: "final", value: "quantity:72 ", ordinal: 0)
        #expect(event.eventID == expected)
        // Two codings of one sign are two facts.
        #expect(try fhir(Self.coding(Self.loinc, "8867-4"), #""valueQuantity":{"value":72.0}"#).eventID != expected)
    }

    @Test(
        "OBX-3 and its alternate are asked; the unit is the vital sign's",
        arguments: [
            (
                "8310-5^Body temp^LN", "37|C", "http://loinc.org|8310-5 Body temp", 37, "Cel"
            ),
            (
                "8332-9^Rectal^LN", "98.6|F", "http://loinc.org|8310-5 Body temperature < http://loinc.org|8332-9", 37,
                "Cel"
            ),
            (
                "150456^MDC_PULS_OXIM_SAT_O2^MDC", "0.97|1",
                "http://loinc.org|59408-5 Oxygen saturation in Arterial blood by Pulse oximetry < urn:iso:std:iso:11073:10101|150456",
                97, "%"
            ),
            (
                "WT^Weight^99LAB^27113001^Body weight^SCT", "220.462262184878|lb",
                "http://loinc.org|29463-7 Body weight < http://snomed.info/sct|27113001", 100, "kg"
            ),
            (
                "P^Pulse^99LAB^149530^Pulse^MDC", "72|bpm",
                "http://loinc.org|8867-4 Heart rate < urn:iso:std:iso:11073:10101|149530", 72, "/min"
            ),
            ("718-7^Hb^LN", "7|g/dL", "http://loinc.org|718-7 Hb", 7, "g/dL"),
        ] as [(String, String, String, Double, String)])
    func observations(code: String, value: String, expected: String, number: Double, unit: String) throws {
        let outcome = HL7Fixture.outcomes("ORU^R01", "OBR|1||F1", "OBX|1|NM|\(code)||\(value)|||||F")[0]
        let event = try #require(outcome.observed.first, "\(outcome)")
        try event.validate()
        #expect(Self.told(event) == expected)
        guard case .quantity(let measured) = event.value else {
            Issue.record("\(event.value)")
            return
        }
        #expect(abs(measured - number) < 1e-9 && event.unit == unit)
    }

    @Test("The identity of an OBX is that of the coding as it was sent")
    func observationIdentity() throws {
        let outcome = HL7Fixture.outcomes("ORU^R01", "OBR|1||F1", "OBX|1|NM|P^Pulse^99LAB^149530^Pulse^MDC||72|bpm")[0]
        let event = try #require(outcome.observed.first)
        let sent = CodedConcept(code: "149530", system: Self.mdc, display: "")
        #expect(
            event.eventID
                == FactIdentity.observation(
                    source: "feed.ehr.hl7v2.v1", patient: event.patient, record: "F1|", code: sent,
                    effectiveAt: event.effectiveAt, effectiveEndAt: nil, status: event.status.rawValue,
                    value: "quantity:72 bpm", ordinal: 0))
    }

    @Test("Codes that a declared mapping fixes or looks up are asked too")
    func mapping() throws {
        let yaml = """
            mapping: 1
            format: csv
            time: {field: at, format: iso8601}
            observations:
              - code: {system: "http://snomed.info/sct", code: "415945006", display: Oral temperature}
                value: {field: temperature}
                unit: F
              - code:
                  field: kind
                  map:
                    pulse: {system: "urn:iso:std:iso:11073:10101", code: MDC_PULS_RATE, display: Pulse}
                    steps: {system: "http://loinc.org", code: "55423-8", display: Steps}
                value: {field: number}
                unit: "{count}"
            """
        let csv = "at,temperature,kind,number\n2024-05-01T00:00:00Z,98.6,pulse,72\n2024-05-01T00:01:00Z,,steps,9\n"
        let outcomes = try Wearable.mapped(yaml, csv.utf8)
        let events = outcomes.flatMap(\.observations)
        #expect(
            events.map(Self.told) == [
                "http://loinc.org|8310-5 Body temperature < http://snomed.info/sct|415945006",
                "http://loinc.org|8867-4 Heart rate < urn:iso:std:iso:11073:10101|MDC_PULS_RATE",
                "http://loinc.org|55423-8 Steps",
            ], "\(outcomes)")
        #expect(events.first?.value == .quantity(37) && events.first?.unit == "Cel")
        for event in events { try event.validate() }
        let sent = CodedConcept(code: "MDC_PULS_RATE", system: Self.mdc, display: "")
        let pulse = try #require(events.dropFirst().first)
        #expect(
            pulse.eventID
                == FactIdentity.observation(
                    source: "test", patient: pulse.patient, record: "|", code: sent, effectiveAt: pulse.effectiveAt,
                    effectiveEndAt: nil, status: "final", value: "quantity:72 {count}", ordinal: 1))
    }

    @Test("An answer to a questionnaire under another code of a vital sign is one")
    func answers() throws {
        let text = """
            {"resourceType":"QuestionnaireResponse","status":"completed","subject":{"reference":"Patient/42"},
             "authored":"2024-05-01T00:00:00Z","item":[{"linkId":"/3142-7","text":"Your weight",
              "answer":[{"valueQuantity":{"value":154.323583529414,"unit":"lb"}}]}]}
            """
        let outcome = Fixture.decoder().fhir(Array(text.utf8))[0]
        let event = try #require(outcome.observations.first, "\(outcome)")
        #expect(Self.told(event) == "http://loinc.org|29463-7 Body weight < http://loinc.org|3142-7")
        #expect(event.unit == "kg")
    }

    @Test("Whether a value can be true is judged by the canonical code")
    func plausibility() {
        let text = """
            {"resourceType":"Observation","status":"final","code":{"coding":[\(Self.coding(Self.snomed, "364075005"))]},
             "subject":{"reference":"Patient/42"},"effectiveDateTime":"2024-05-01T00:00:00Z",
             "valueQuantity":{"value":900,"unit":"bpm"}}
            """
        let outcomes = Fixture.decoder().outcomes(of: Array(text.utf8), as: .fhir)
        guard case .quarantined(let reason, _)? = outcomes.first?.verdict else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(reason.code == "value-implausible")
    }

    @Test("A consent that names the code as sent, or the canonical one, concerns the fact")
    func consent() throws {
        let fact = Fact.observation(
            try fhir(Self.coding(Self.snomed, "364075005"), #""valueQuantity":{"value":72,"unit":"bpm"}"#))
        for code in [
            "http://snomed.info/sct|364075005", "|364075005", "http://loinc.org|8867-4", "|8867-4",
        ] { #expect(fact.isNamed(by: code), "\(code)") }
        for code in ["http://loinc.org|364075005", "|", "http://snomed.info/sct|", "|8310-5"] {
            #expect(!fact.isNamed(by: code), "\(code)")
        }
    }
}
