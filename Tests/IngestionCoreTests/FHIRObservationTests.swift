import Contracts
import Domain
import IngestionCore
import JSONDocument
import Testing

@Suite("An Observation becomes facts, or a clear refusal")
struct FHIRObservationTests {
    static let bloodPressure = """
        {"resourceType":"Observation","id":"bp1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
         "subject":{"reference":"Patient/42"},"effectiveDateTime":"2024-05-01T08:30:00+02:00","component":[
          {"code":{"coding":[{"system":"http://snomed.info/sct","code":"271649006"},{"system":"http://loinc.org","code":"8480-6","display":"Systolic"}]},
           "valueQuantity":{"value":16.0,"unit":"kPa","system":"http://unitsofmeasure.org","code":"kPa"}},
          {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},
           "dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"not-performed"}]}}]}
        """

    private func observation(_ members: String) -> FactOutcome {
        let text = """
            {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},
             "subject":{"reference":"Patient/42"}\(members.isEmpty ? "" : ",")\(members)}
            """
        let outcomes = Fixture.decoder().fhir(Array(text.utf8))
        return outcomes[0]
    }

    private func facts(_ outcome: FactOutcome) -> [ObservationRecorded] {
        outcome.facts.compactMap { if case .observation(let event) = $0 { event } else { nil } }
    }

    @Test("A panel without its own value gives only its components, in canonical units, LOINC preferred")
    func panel() throws {
        let outcome = Fixture.decoder().fhir(Array(Self.bloodPressure.utf8))[0]
        let facts = facts(outcome)
        try #require(facts.count == 2)
        #expect(facts[0].code == "8480-6")
        #expect(facts[0].value == .quantity(120.010_200_867_073_7))
        #expect(facts[0].unit == "mm[Hg]")
        #expect(facts[0].originalValue == "16.0")
        #expect(facts[0].originalUnit == "kPa")
        #expect(facts[0].effectiveAt == Timestamp(iso8601: "2024-05-01T06:30:00Z"))
        #expect(facts[1].value == .absent(reason: "not-performed"))
        #expect(facts[0].patient.rawValue == "p1.s_42")
        #expect(facts[0].resourceID == "h1.Observation/bp1")
        for fact in facts { try fact.validate() }
    }

    @Test(
        "Each type of value is told as what it is",
        arguments: [
            (#""valueQuantity":{"value":72,"unit":"bpm"}"#, .quantity(72), "/min", "bpm"),
            (
                #""valueQuantity":{"value":72.0,"system":"http://unitsofmeasure.org","code":"/min"}"#, .quantity(72),
                "/min", ""
            ),
            (
                #""valueQuantity":{"value":5,"system":"http://snomed.info/sct","code":"258984001","unit":"beats"}"#,
                .quantity(5), "258984001", ""
            ),
            (#""valueQuantity":{"value":5,"comparator":"<","unit":"mg"}"#, .text("<5 mg"), "", ""),
            (
                #""valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"LA6576-8"}]}"#,
                .coded(code: "LA6576-8", system: "http://loinc.org"), "", ""
            ),
            (#""valueCodeableConcept":{"text":"positive"}"#, .text("positive"), "", ""),
            (#""valueString":"clear""#, .text("clear"), "", ""),
            (#""valueBoolean":false"#, .boolean(false), "", ""),
            (#""valueInteger":-3"#, .quantity(-3), "", ""),
            (#""valueDateTime":"2024-05""#, .text("2024-05"), "", ""),
            (#""valueTime":"07:15:30""#, .text("07:15:30"), "", ""),
            (
                #""valueRange":{"low":{"value":1,"unit":"mg"},"high":{"value":2.50,"unit":"mg"}}"#,
                .text("1 mg - 2.50 mg"), "", ""
            ),
            (#""valueRatio":{"numerator":{"value":1},"denominator":{"value":128}}"#, .text("1 : 128"), "", ""),
            (#""valuePeriod":{"start":"2024-01-01"}"#, .text("2024-01-01/"), "", ""),
        ] as [(String, ObservationRecorded.Value, String, String)])
    func values(members: String, value: ObservationRecorded.Value, unit: String, originalUnit: String) throws {
        let facts = facts(observation("\"effectiveDateTime\":\"2024-05-01\",\(members)"))
        try #require(facts.count == 1)
        #expect(facts[0].value == value)
        #expect(facts[0].unit == unit)
        #expect(facts[0].originalUnit == originalUnit)
        try facts[0].validate()
    }

    @Test(
        "A partial date is the period that it names, in UTC",
        arguments: [
            (#""effectiveDateTime":"2019""#, "2019-01-01T00:00:00Z", "2019-12-31T23:59:59.999999Z"),
            (#""effectiveDateTime":"2019-03""#, "2019-03-01T00:00:00Z", "2019-03-31T23:59:59.999999Z"),
            (#""effectiveDateTime":"2019-03-07""#, "2019-03-07T00:00:00Z", "2019-03-07T23:59:59.999999Z"),
            (#""effectiveDateTime":"2019-03-07T23:30:00.125-05:00""#, "2019-03-08T04:30:00.125Z", nil),
            (#""effectiveInstant":"2019-03-07T23:30:00Z""#, "2019-03-07T23:30:00Z", nil),
            (
                #""effectivePeriod":{"start":"2019-03-07T10:00:00Z","end":"2019-03-07T11:00:00Z"}"#,
                "2019-03-07T10:00:00Z", "2019-03-07T11:00:00Z"
            ),
            (#""effectivePeriod":{"end":"2019-03-07T11:00:00Z"}"#, "2019-03-07T11:00:00Z", nil),
            (#""issued":"2019-03-07T11:00:00Z""#, "2019-03-07T11:00:00Z", nil),
        ] as [(String, String, String?)])
    func dates(members: String, start: String, end: String?) throws {
        let facts = facts(observation("\"valueInteger\":1,\(members)"))
        try #require(facts.count == 1)
        #expect(facts[0].effectiveAt == Timestamp(iso8601: start))
        #expect(facts[0].effectiveEndAt == end.flatMap { Timestamp(iso8601: $0) })
    }

    @Test(
        "What breaks the structure is refused with code and place",
        arguments: [
            (
                #""effectiveDateTime":"2024-05-01","valueQuantity":{"value":"72"}"#, "fhir-invalid",
                "valueQuantity.value"
            ),
            (
                #""effectiveDateTime":"2024-05-01","valueQuantity":{"value":1,"code":"mg"}"#, "invariant-qty-3",
                "valueQuantity"
            ),
            (#""effectiveDateTime":"2024-05-01","valueQuantity":[]"#, "fhir-structure", "valueQuantity"),
            (#""effectiveDateTime":"2024-05-01","valueString":"a\u0000b""#, "fhir-invalid", "valueString"),
            (#""effectiveDateTime":"2024-05-01","valueString":"a","valueInteger":1"#, "fhir-structure", "valueInteger"),
            (#""effectiveDateTime":"2024-05-01","valueFoo":1"#, "fhir-structure", "valueFoo"),
            (#""effectiveDateTime":"2024-05-01","valueInteger":1.5"#, "fhir-invalid", "valueInteger"),
            (
                #""effectiveDateTime":"2024-05-01","valueInteger":1,"dataAbsentReason":{"text":"x"}"#,
                "invariant-obs-6", ""
            ),
            (#""valueInteger":1,"effectiveDateTime":"2024-05-01T10:00Z""#, "fhir-invalid", "effectiveDateTime"),
            (#""valueInteger":1,"effectiveDateTime":"2024-02-30""#, "fhir-invalid", "effectiveDateTime"),
            (#""valueInteger":1,"effectiveDateTime":"0000""#, "fhir-invalid", "effectiveDateTime"),
            (
                #""valueInteger":1,"effectivePeriod":{"start":"2024-05-02T00:00:00Z","end":"2024-05-01T00:00:00Z"}"#,
                "invariant-per-1", "effectivePeriod"
            ),
            (#""valueInteger":1,"effectiveDateTime":"2024-05-01","id":"a b""#, "fhir-invalid", "id"),
            (
                #""valueInteger":1,"effectiveDateTime":"2024-05-01","component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"valueInteger":2}]"#,
                "invariant-obs-7", ""
            ),
            (
                #""effectiveDateTime":"2024-05-01","component":[{"valueInteger":2}]"#, "fhir-required",
                "component[0].code"
            ),
            (
                #""effectiveDateTime":"2024-05-01","valueQuantity":{"value":1e999}"#, "number-out-of-range",
                "valueQuantity.value"
            ),
        ])
    func refusals(members: String, code: String, place: String) {
        let outcome = observation(members)
        guard case .rejected(let reason) = outcome.verdict else {
            Issue.record("was not refused: \(outcome.verdict)")
            return
        }
        #expect(reason.code == code)
        #expect(reason.place == (place.isEmpty ? "Observation" : "Observation.\(place)"))
    }

    @Test(
        "Legal FHIR that tells no fact is archived with code and place",
        arguments: [
            (#""valueInteger":1"#, "effective-missing", "effective[x]"),
            (#""effectiveDateTime":"2024-05-01""#, "no-value", "value[x]"),
            (#""effectiveDateTime":"2024-05-01","valueQuantity":{"unit":"mg"}"#, "no-value", "valueQuantity.value"),
            (
                #""effectiveTiming":{"event":["2024-05-01","2024-05-02"]},"valueInteger":1"#, "effective-timing",
                "effectiveTiming"
            ),
            (
                #""effectiveDateTime":"2024-05-01","valueString":"\#(String(repeating: "x", count: 4_097))""#,
                "text-too-long", "valueString"
            ),
            (
                #""effectiveDateTime":"2024-05-01","valueSampledData":{"origin":{"value":0},"period":10,"dimensions":1,"data":"1 2"}"#,
                "sampled-data-unplaced", "effectiveDateTime"
            ),
            (
                #""effectiveDateTime":"2024-05-01T10:00:00Z","valueSampledData":{"origin":{"value":0},"period":10,"dimensions":2,"data":"1 2"}"#,
                "sampled-data-dimensions", "valueSampledData.dimensions"
            ),
        ])
    func archived(members: String, code: String, place: String) {
        guard case .archived(let reason) = observation(members).verdict else {
            Issue.record("was not archived: \(observation(members).verdict)")
            return
        }
        #expect(reason.code == code)
        #expect(reason.place == "Observation.\(place)")
    }

    @Test(
        "The same fact has the same id whenever it is received; another value, time, status, source or person has another"
    )
    func identity() throws {
        func id(
            _ members: String = #""valueQuantity":{"value":72.0,"unit":"bpm"}"#, source: String = "test",
            patient: String = "42",
            status: String = "final", time: String = "2024-05-01T00:00:00Z"
        ) throws -> EventID {
            let text = """
                {"resourceType":"Observation","status":"\(status)","code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},
                 "subject":{"reference":"Patient/\(patient)"},"effectiveDateTime":"\(time)",\(members)}
                """
            let outcome = Fixture.decoder(source: source).fhir(Array(text.utf8))[0]
            return try #require(outcome.facts.first?.eventID)
        }
        let first = try id()
        #expect(try id() == first)
        #expect(try id(#""valueQuantity":{"unit":"bpm","value":72}"#) == first)
        #expect(try id(time: "2024-05-01T02:00:00+02:00") == first)
        let others = try [
            id(#""valueQuantity":{"value":73,"unit":"bpm"}"#), id(source: "other"), id(patient: "43"),
            id(status: "corrected"),
            id(time: "2024-05-01T00:00:01Z"), id(#""valueQuantity":{"value":72,"unit":"Hz"}"#),
            id(#""valueString":"72""#),
        ]
        #expect(Set(others + [first]).count == others.count + 1)
    }
}
