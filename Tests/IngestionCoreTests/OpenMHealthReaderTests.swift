import Contracts
import Domain
import IngestionCore
import JSONDocument
import Testing

@Suite("An Open mHealth data point becomes facts, or a clear refusal")
struct OpenMHealthReaderTests {
    static func point(
        _ schema: String, _ version: String, _ body: String, user: String = #""user_id":"u1","#, id: String = "dp-1"
    ) -> String {
        """
        {"header":{"id":"\(id)",\(user)"creation_date_time":"2024-05-01T07:00:00Z",
         "acquisition_provenance":{"source_name":"Watch","modality":"sensed"},
         "schema_id":{"namespace":"omh","name":"\(schema)","version":"\(version)"}},"body":\(body)}
        """
    }

    static let frame = #""effective_time_frame":{"date_time":"2024-05-01T06:00:00+02:00"}"#
    static let interval =
        #""effective_time_frame":{"time_interval":{"end_date_time":"2024-05-01T06:00:00Z","duration":{"value":90,"unit":"min"}}}"#

    private func events(_ text: String) -> [ObservationRecorded] {
        Fixture.decoder().openMHealth(Array(text.utf8)).flatMap(\.facts).compactMap {
            if case .observation(let event) = $0 { event } else { nil }
        }
    }

    @Test(
        "Each supported schema gives its facts in canonical units",
        arguments: [
            ("heart-rate", "1.1", #"{"heart_rate":{"value":72,"unit":"beats/min"},\#(frame)}"#, ["8867-4 72.0 /min"]),
            (
                "heart-rate", "1.1",
                #"{"heart_rate":{"value":58,"unit":"beats/min"},\#(frame),"temporal_relationship_to_physical_activity":"at rest"}"#,
                ["40443-4 58.0 /min"]
            ),
            (
                "heart-rate", "1.1",
                #"{"heart_rate":{"value":190,"unit":"beats/min"},\#(interval),"descriptive_statistic":"maximum"}"#,
                ["heart-rate:maximum 190.0 /min"]
            ),
            (
                "blood-pressure", "3.0",
                #"{"systolic_blood_pressure":{"value":121,"unit":"mmHg"},"diastolic_blood_pressure":{"value":79,"unit":"mmHg"},\#(frame)}"#,
                ["8480-6 121.0 mm[Hg]", "8462-4 79.0 mm[Hg]"]
            ),
            (
                "oxygen-saturation", "2.0", #"{"oxygen_saturation":{"value":96.5,"unit":"%"},\#(frame)}"#,
                ["59408-5 96.5 %"]
            ),
            (
                "respiratory-rate", "2.0", #"{"respiratory_rate":{"value":16,"unit":"breaths/min"},\#(frame)}"#,
                ["9279-1 16.0 /min"]
            ),
            (
                "body-temperature", "3.0", #"{"body_temperature":{"value":98.6,"unit":"F"},\#(frame)}"#,
                ["8310-5 37.0 Cel"]
            ),
            (
                "body-temperature", "4.0", #"{"body_temperature":{"value":37.2,"unit":"C"},\#(frame)}"#,
                ["8310-5 37.2 Cel"]
            ),
            ("body-weight", "2.0", #"{"body_weight":{"value":150,"unit":"lb"},\#(frame)}"#, ["29463-7 68.0388555 kg"]),
            ("body-height", "1.0", #"{"body_height":{"value":70,"unit":"in"},\#(frame)}"#, ["8302-2 177.8 cm"]),
            (
                "blood-glucose", "3.0", #"{"blood_glucose":{"value":5.5,"unit":"mmol/L"},\#(frame)}"#,
                ["2339-0 99.0858 mg/dL"]
            ),
            (
                "blood-glucose", "4.0",
                #"{"blood_glucose":{"value":95,"unit":"mg/dL"},"specimen_source":"interstitial fluid",\#(frame)}"#,
                ["99504-3 95.0 mg/dL"]
            ),
            (
                "step-count", "3.0", #"{"step_count":{"value":6000,"unit":"steps"},\#(interval)}"#,
                ["55423-8 6000.0 {steps}"]
            ),
            ("step-count", "1.0", #"{"step_count":6000,\#(interval)}"#, ["55423-8 6000.0 {steps}"]),
            (
                "sleep-duration", "2.0", #"{"sleep_duration":{"value":7.5,"unit":"h"},\#(interval)}"#,
                ["93832-4 450.0 min"]
            ),
            (
                "physical-activity", "1.2",
                #"{"activity_name":"run","distance":{"value":3,"unit":"mi"},"kcal_burned":{"value":300,"unit":"kcal"},\#(interval)}"#,
                ["physical-activity-distance 4828.032 m", "41981-2 300.0 kcal"]
            ),
            ("rr-interval", "1.0", #"{"rr_interval":{"value":812,"unit":"ms"},\#(frame)}"#, ["rr-interval 812.0 ms"]),
            (
                "calories-burned", "2.0", #"{"kcal_burned":{"value":160,"unit":"kcal"},\#(interval)}"#,
                ["41981-2 160.0 kcal"]
            ),
        ])
    func supported(schema: String, version: String, body: String, expected: [String]) throws {
        let events = events(Self.point(schema, version, body))
        let told = events.map { event -> String in
            guard case .quantity(let value) = event.value else { return "?" }
            return "\(event.code) \(value) \(event.unit)"
        }
        #expect(told == expected)
        for event in events { try event.validate() }
    }

    @Test(
        "A time frame is any two of start, end and duration, or a date with a part of the day",
        arguments: [
            (
                #"{"start_date_time":"2024-05-01T00:00:00Z","end_date_time":"2024-05-01T01:00:00Z"}"#,
                "2024-05-01T00:00:00Z", "2024-05-01T01:00:00Z"
            ),
            (
                #"{"start_date_time":"2024-05-01T00:00:00Z","duration":{"value":1.5,"unit":"h"}}"#,
                "2024-05-01T00:00:00Z", "2024-05-01T01:30:00Z"
            ),
            (
                #"{"end_date_time":"2024-05-01T00:00:00Z","duration":{"value":1,"unit":"d"}}"#, "2024-04-30T00:00:00Z",
                "2024-05-01T00:00:00Z"
            ),
            (#"{"date":"2024-05-01","part_of_day":"evening"}"#, "2024-05-01T18:00:00Z", "2024-05-02T00:00:00Z"),
            (#"{"date":"2024-05-01","part_of_day":"night"}"#, "2024-05-01T00:00:00Z", "2024-05-01T06:00:00Z"),
        ])
    func frames(interval: String, start: String, end: String) {
        let events = events(
            Self.point(
                "step-count", "3.0",
                #"{"step_count":{"value":1,"unit":"steps"},"effective_time_frame":{"time_interval":\#(interval)}}"#))
        #expect(events.first?.effectiveAt == Timestamp(iso8601: start))
        #expect(events.first?.effectiveEndAt == Timestamp(iso8601: end))
    }

    @Test(
        "What is wrong is refused with code and place",
        arguments: [
            (
                point("heart-rate", "1.1", #"{"heart_rate":{"value":72,"unit":"bpm"},\#(frame)}"#), "value-not-allowed",
                "body.heart_rate.unit"
            ),
            (point("heart-rate", "1.1", #"{\#(frame)}"#), "missing-member", "body.heart_rate"),
            (point("heart-rate", "9.9", #"{}"#), "unknown-schema", "header.schema_id"),
            (
                point("heart-rate", "1.1", #"{"heart_rate":{"value":72,"unit":"beats/min"},\#(frame)}"#, user: ""),
                "subject-missing", "header.user_id"
            ),
            (
                point(
                    "step-count", "3.0",
                    #"{"step_count":{"value":1,"unit":"steps"},"effective_time_frame":{"time_interval":{"start_date_time":"2024-01-01T00:00:00Z","duration":{"value":1,"unit":"Mo"}}}}"#
                ), "duration-unit", "body.effective_time_frame.time_interval.duration"
            ),
            (#"{"header":{}}"#, "missing-member", "body"), ("7", "wrong-type", ""),
            ("{", "json-unexpected-end", "line 1, column 2"),
        ])
    func refusals(text: String, code: String, place: String) {
        let outcomes = Fixture.decoder().openMHealth(Array(text.utf8))
        #expect(outcomes.count == 1)
        #expect(outcomes.first?.reason?.code == code)
        #expect(outcomes.first?.reason?.place == place)
    }

    @Test(
        "A clock that goes wrong is no fault of the form: the reader gives the fact, and the submission holds it back")
    func clocks() {
        let point = Self.point(
            "heart-rate", "1.1",
            #"{"heart_rate":{"value":72,"unit":"beats/min"},"effective_time_frame":{"date_time":"2105-01-01T00:00:00Z"}}"#
        )
        #expect(events(point).map(\.effectiveAt) == [Timestamp(iso8601: "2105-01-01T00:00:00Z")])
        for format in [FeedFormat.openMHealth, .openMHealthLines] {
            let bytes = Array(point.split(separator: "\n").joined().utf8)
            let outcomes = Fixture.decoder().outcomes(of: bytes, as: format)
            guard case .quarantined(let reason, let facts)? = outcomes.first?.verdict else {
                Issue.record("\(outcomes)")
                continue
            }
            #expect(reason.code == "time-implausible" && facts.count == 1)
        }
    }

    @Test("Arrays and lines give one outcome each, in order; the id is the sender's own")
    func many() {
        let good = Self.point("heart-rate", "1.1", #"{"heart_rate":{"value":72,"unit":"beats/min"},\#(Self.frame)}"#)
        let other = Self.point("heart-rate", "1.1", #"{"heart_rate":{"value":73,"unit":"beats/min"},\#(Self.frame)}"#)
        let array = Fixture.decoder().openMHealth(Array("[\(good),7,\(good)]".utf8))
        #expect(array.map { $0.facts.count } == [1, 0, 1])
        #expect(array[1].reason?.place == "[1]")
        #expect(array[0].recordID == array[2].recordID)
        let lines = Fixture.decoder().openMHealth(
            lines: Array(
                "\(good.split(separator: "\n").joined())\n{\n\n\(other.split(separator: "\n").joined())\n".utf8))
        #expect(lines.map { $0.facts.count } == [1, 0, 1])
        #expect(lines[1].reason?.place == "line[2] line 1, column 2")
        #expect(lines[0].recordID == array[0].recordID)
        #expect(lines[2].recordID == array[0].recordID)
    }

    @Test("A known schema without facts for the fleet is ignored")
    func unsupported() {
        let outcome = Fixture.decoder().openMHealth(Array(Self.point("body-posture", "1.0", #""sitting""#).utf8))[0]
        // A body that is no object is refused by the data point's own schema.
        #expect(outcome.reason?.code == "wrong-type")
        let geoposition = Fixture.decoder().openMHealth(
            Array(
                Self.point(
                    "breath-carbon-monoxide", "1.0",
                    #"{"breath_carbon_monoxide":{"value":3,"unit":"ppm"},\#(Self.frame)}"#
                ).utf8))[0]
        guard case .archived(let reason) = geoposition.verdict else {
            Issue.record("\(geoposition.verdict)")
            return
        }
        #expect(reason.code == "unsupported-schema")
    }
}
