import Contracts
import Domain
import Foundation
import IngestionCore
import JSONDocument
import Testing

@Suite("Vendors' JSON gives an outcome for each record, with its place")
struct VendorTests {
    @Test(
        "Known records, by the vendors' documentation",
        arguments: [
            (
                #"{"activities-heart":[{"dateTime":"2024-03-01","value":{"restingHeartRate":61,"heartRateZones":[{"name":"Fat Burn","minutes":12}]}}]}"#,
                "activities-heart[0]",
                [
                    "40443-4 61.0 /min @ 2024-02-29T23:00:00",
                    "minutes-in-heart-rate-zone:fat-burn 12.0 min @ 2024-02-29T23:00:00",
                ]
            ),
            (
                #"{"activities-heart":[],"activities-steps":[{"dateTime":"2024-07-01","value":"8041"}]}"#,
                "activities-steps[0]", ["55423-8 8041.0 {steps} @ 2024-06-30T22:00:00"]
            ),
            (
                #"{"weight":[{"bmi":23.5,"date":"2024-03-01","logId":1,"time":"08:00:00","weight":72.5}]}"#,
                "weight[0]",
                ["29463-7 72.5 kg @ 2024-03-01T07:00:00", "39156-5 23.5 kg/m2 @ 2024-03-01T07:00:00"]
            ),
            (
                #"{"status":0,"body":{"measuregrps":[{"grpid":12,"attrib":0,"date":1594245600,"category":1,"measures":[{"value":65750,"type":1,"unit":-3},{"value":7600,"type":9,"unit":-2}]}]}}"#,
                "body.measuregrps[0]",
                ["29463-7 65.75 kg @ 2020-07-08T22:00:00", "8462-4 76.0 mm[Hg] @ 2020-07-08T22:00:00"]
            ),
            (
                #"{"dailies":[{"summaryId":"a","startTimeInSeconds":1594245600,"durationInSeconds":86400,"steps":4210,"restingHeartRateInBeatsPerMinute":52,"timeOffsetHeartRateSamples":{"15":75,"30":-1}}]}"#,
                "dailies[0]",
                [
                    "55423-8 4210.0 {steps} @ 2020-07-08T22:00:00", "40443-4 52.0 /min @ 2020-07-08T22:00:00",
                    "8867-4 75.0 /min @ 2020-07-08T22:00:15",
                ]
            ),
            (
                #"{"bodyComps":[{"summaryId":"a","measurementTimeInSeconds":1594245600,"weightInGrams":75450,"bodyFatInPercent":18.2}]}"#,
                "bodyComps[0]", ["29463-7 75.45 kg @ 2020-07-08T22:00:00", "41982-0 18.2 % @ 2020-07-08T22:00:00"]
            ),
            (
                #"{"bucket":[{"startTimeMillis":"1594245600000","dataset":[{"dataSourceId":"d","point":[{"startTimeNanos":"1594245600000000000","endTimeNanos":"1594245660000000000","dataTypeName":"com.google.blood_pressure","value":[{"fpVal":120.0},{"fpVal":80.0}]}]}]}]}"#,
                "bucket[0].dataset[0].point[0]",
                ["8480-6 120.0 mm[Hg] @ 2020-07-08T22:00:00", "8462-4 80.0 mm[Hg] @ 2020-07-08T22:00:00"]
            ),
        ])
    func documented(json: String, place: String, told: [String]) {
        let outcomes = Wearable.vendor(json, zone: "Europe/Oslo")
        #expect(outcomes.count == 1)
        #expect(outcomes.first?.place == place)
        #expect(outcomes.first?.told == told)
    }

    @Test("Points within a day take the day from the series beside them")
    func intraday() {
        let json = """
            {"activities-heart":[{"dateTime":"2024-03-01","value":{}}],\
            "activities-heart-intraday":{"dataset":[{"time":"00:01:00","value":64},{"time":"24:00:00","value":1}],\
            "datasetInterval":1,"datasetType":"minute"}}
            """
        let outcomes = Wearable.vendor(json, zone: "UTC")
        #expect(outcomes.map { $0.reason?.code ?? "accepted" } == ["no-value", "accepted", "invalid-time"])
        #expect(outcomes[1].told == ["8867-4 64.0 /min @ 2024-03-01T00:01:00"])
    }

    @Test("Zero that means nothing, a goal, an unknown measure, a plan and an unknown shape say so")
    func nothing() {
        let rest = #"[{"dateTime":"2019-11-03 00:00:00","value":{"date":null,"value":0.0,"error":0.0}}]"#
        #expect(
            Wearable.vendor(rest, file: "p01/resting_heart_rate.json.gz", zone: "UTC").first?.reason?.code
                == "value-missing")
        #expect(Wearable.vendor(rest, zone: "UTC").first?.reason?.code == "measure-unknown")
        let goal =
            #"{"body":{"measuregrps":[{"grpid":1,"date":1594245600,"category":2,"measures":[{"value":70,"type":1,"unit":0}]}]}}"#
        #expect(Wearable.vendor(goal).first?.reason?.code == "goal")
        #expect(Wearable.vendor(#"{"workoutSegments":[]}"#).first?.reason?.code == "plan")
        #expect(Wearable.vendor(#"{"hello":1}"#).first?.reason?.code == "unknown-shape")
        #expect(Wearable.vendor(#"{"hello":"#).first?.reason?.code == "json-unexpected-end")
        #expect(Wearable.vendor(#"{"ARDataList":[]}"#).first?.reason?.code == "no-records")
    }

    @Test("A bad record spoils no other")
    func bad() {
        let json =
            #"{"dailies":[{"steps":1},{"startTimeInSeconds":1594245600,"steps":"x"},7,{"startTimeInSeconds":1594245600,"steps":2}]}"#
        let outcomes = Wearable.vendor(json)
        #expect(
            outcomes.map { $0.reason?.code ?? "accepted" } == [
                "missing-member", "wrong-type", "wrong-type", "accepted",
            ])
        #expect(outcomes[1].reason?.place == "dailies[1].steps")
    }

    @Test(
        "Recorded answers: known points",
        arguments: [
            (
                "fitbit/fitbit-activities-date-multiple-in-activities-list", 4,
                "55423-8 6761.0 {steps} @ 2015-06-23T11:55:00"
            ),
            ("fitbit/fitbit-sleep-date-empty-sleep-list", 1, nil),
            ("fitbit/fitbit-sleep-date", 2, "93832-4 63.0 min @ 2016-12-13T09:59:00"),
            ("googlefit/googlefit-merge-weight", 3, "29463-7 72.0 kg @ 2015-02-17T16:57:13"),
            ("googlefit/googlefit-merge-calories-expended", 3, "41981-2 200.0 kcal @ 2015-07-07T13:30:00"),
            ("googlefit/googlefit-merge-activity-segments-only-sleep", 1, "sleep-stage =sleep @ 2015-07-07T13:30:00"),
            ("ihealth/ihealth-activity-no-steps", 1, "41981-2 1963.0 kcal @ 2015-11-18T05:55:00"),
            ("ihealth/ihealth-sport", 2, "41981-2 221.5 kcal @ 2015-09-18T04:02:28"),
            ("ihealth/ihealth-weight-no-weight-value", 1, nil),
            ("jawbone/jawbone-body-events", nil, "29463-7 64.0 kg @ 2015-10-05T01:52:41"),
            ("jawbone/jawbone-heartrates", 1, "40443-4 55.0 /min @ 2013-11-20T16:05:00"),
            ("jawbone/jawbone-sleeps", nil, "wake-after-sleep-onset 17.133333333333333 min @ 2015-08-05T04:48:51"),
            ("misfit/misfit-sessions", 3, "55423-8 2026.0 {steps} @ 2015-04-13T18:46:00"),
            ("misfit/misfit-sleeps", nil, "sleep-stage =light @ 2015-02-24T02:40:59"),
            ("moves/moves-user-activities-daily", nil, "55423-8 1353.0 {steps} @ 2012-12-12T05:14:30"),
            ("moves/moves-user-storyline-daily-no-segments", 3, "73985-4 =zumba @ 2012-12-12T00:00:00"),
            ("runkeeper/runkeeper-fitness-activities", 2, "73985-4 =Cycling @ 2014-10-19T11:17:27"),
            ("withings/withings-activity-measures", 4, "55423-8 2934.0 {steps} @ 2015-06-18T07:00:00"),
            ("withings/withings-intraday-activity", 6, "55423-8 21.0 {steps} @ 2015-06-20T00:04:00"),
            ("withings/withings-sleep-measures", 3, "sleep-stage =rem @ 2014-12-02T20:33:00"),
        ] as [(String, Int?, String?)])
    func recorded(name: String, count: Int?, told: String?) throws {
        guard let folder = SharedData.folder else { return }
        let file = folder.appending(path: "wearable-samples/vendor-api/\(name).json")
        let outcomes = VendorReader(context: Wearable.context(), names: PlainNames())
            .outcomes(of: try SharedData.bytes(of: file), file: name)
        if let count { #expect(outcomes.count == count) }
        let all = outcomes.flatMap(\.told)
        if let told { #expect(all.contains(told), "\(all)") } else { #expect(all.isEmpty) }
    }

    @Test("Every recorded answer has outcomes, none of an unknown shape, and every fact is one that consumers take")
    func everyAnswer() throws {
        guard let folder = SharedData.folder else { return }
        let reader = VendorReader(context: Wearable.context(), names: PlainNames())
        var files = 0
        for vendor in ["fitbit", "googlefit", "ihealth", "jawbone", "misfit", "moves", "runkeeper", "withings"] {
            for file in SharedData.files(in: "wearable-samples/vendor-api/\(vendor)", suffix: ".json") {
                let outcomes = reader.outcomes(of: try SharedData.bytes(of: file), file: file.lastPathComponent)
                files += 1
                #expect(
                    !outcomes.isEmpty && !outcomes.contains { $0.isRejected },
                    "\(file.lastPathComponent): \(outcomes.compactMap(\.reason))")
                for fact in outcomes.flatMap(\.facts) { try fact.event.validate() }
            }
        }
        #expect(files == 31)
        let plan = folder.appending(path: "wearable-samples/garmin/sample_workout.json")
        #expect(reader.outcomes(of: try SharedData.bytes(of: plan)).map { $0.reason?.code } == ["plan"])
    }

    @Test("Every record of PMData's Fitbit exports has an outcome; what is refused is named")
    func pmData() throws {
        let reader = VendorReader(context: Wearable.context(zone: "Europe/Oslo"), names: PlainNames())
        var facts = 0
        for participant in ["p03", "p05"] {
            for file in SharedData.files(in: "pmdata/\(participant)/fitbit", suffix: ".json.gz") {
                // The series by the minute have hundreds of thousands of records; one person's are enough.
                if participant != "p03", ["steps.json.gz", "distance.json.gz"].contains(file.lastPathComponent) {
                    continue
                }
                if file.lastPathComponent == "distance.json.gz" { continue }
                let bytes = try SharedData.bytes(of: file)
                let records = try JSONValue(parsing: bytes, limits: VendorReader.limits).array?.count
                let outcomes = reader.outcomes(of: bytes, file: file.lastPathComponent)
                #expect(outcomes.count == records, "\(file.lastPathComponent)")
                #expect(!outcomes.contains { $0.isRejected }, "\(file.lastPathComponent)")
                facts += outcomes.reduce(0) { $0 + $1.facts.count }
            }
        }
        guard SharedData.folder != nil else { return }
        #expect(facts > 10_000)
    }

    @Test("GPX: each track point with heart rate, cadence and temperature")
    func gpx() throws {
        let text = """
            <gpx version="1.1" creator="G" xmlns="http://www.topografix.com/GPX/1/1" xmlns:t="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"><trk><trkseg>
            <trkpt lat="1" lon="2"><ele>3</ele><time>2025-08-31T10:00:00Z</time><extensions><t:TrackPointExtension><t:hr>120</t:hr><t:cad>80</t:cad><t:atemp>21.5</t:atemp></t:TrackPointExtension></extensions></trkpt>
            <trkpt lat="1" lon="2"><time>2025-08-31T10:00:01Z</time></trkpt>
            <trkpt lat="1" lon="2"><extensions><t:hr>121</t:hr></extensions></trkpt>
            </trkseg></trk></gpx>
            """
        let outcomes = Wearable.gpx(text.utf8)
        #expect(outcomes.map { $0.reason?.code ?? "accepted" } == ["accepted", "no-value", "effective-missing"])
        #expect(
            outcomes[0].told == [
                "8867-4 120.0 /min @ 2025-08-31T10:00:00", "cadence 80.0 /min @ 2025-08-31T10:00:00",
                "ambient-temperature 21.5 Cel @ 2025-08-31T10:00:00",
            ])
        #expect(outcomes[1].place == "line[3]")
        guard let folder = SharedData.folder else { return }
        let bytes = try SharedData.bytes(of: folder.appending(path: "wearable-samples/garmin/sample_activity.gpx"))
        let real = Wearable.gpx(bytes)
        let points = String(decoding: bytes, as: UTF8.self).matches(of: #/<trkpt /#).count
        #expect(points > 0 && real.count == points)
        #expect(real.allSatisfy { $0.told.count == 1 })
    }
}
