import Domain
import JSONDocument

/// Answers of the Withings API (https://developer.withings.com/api-reference): getmeas, getactivity, getintradayactivity, sleep get and
/// getsummary.
extension VendorReader {
    static let withingsSystem = "https://developer.withings.com/api-reference"

    static let withings: [VendorShape] = [
        .list("withings/measure-group", at: "body.measuregrps", withingsGroup),
        .list("withings/activity", at: "body.activities") { (record) throws(FeedRejection) in
            let zone = record.text("timezone").flatMap { LocalZone($0) }
            let day = record.day(try record.wall("date"), zone: zone)
            record.device = record.text("deviceid") ?? ""
            try record.add(
                [
                    Field("steps", .steps, "{steps}"), Field("distance", .walkingDistance, "m"),
                    Field("calories", .energy, "kcal"), Field("elevation", .elevationGain, "m"),
                    Field("soft", .lightMinutes, "s"), Field("moderate", .moderateMinutes, "s"),
                    Field("intense", .vigorousMinutes, "s"),
                    Field("hr_average", .heartRate, "/min", isPositive: true),
                    Field("hr_min", .statistic("heart-rate", "minimum", "Heart rate"), "/min", isPositive: true),
                    Field("hr_max", .statistic("heart-rate", "maximum", "Heart rate"), "/min", isPositive: true),
                ], day.start, day.end)
        },
        VendorShape(
            type: "withings/intraday-activity",
            find: { answer, _ in
                guard let series = VendorShape.member("body.series", of: answer)?.object else { return nil }
                return series.members.map { ($0.value, "body.series.\(Int64($0.key) != nil ? $0.key : "?")") }
            },
            read: { (record) throws(FeedRejection) in
                guard let key = record.place.split(separator: ".").last.flatMap({ Int64($0) }) else {
                    throw FeedRejection(
                        code: "invalid-time", place: record.place, detail: "the key must be a count since 1970")
                }
                let start = try VendorRecord.epoch(key, microseconds: 1_000_000, place: record.place)
                let seconds = try record.integer("duration") ?? 0
                let end = (1...604_800).contains(seconds) ? start.advanced(by: .seconds(seconds)) : nil
                record.device = record.text("deviceid") ?? ""
                try record.add(
                    [
                        Field("steps", .steps, "{steps}"), Field("distance", .walkingDistance, "m"),
                        Field("calories", .energy, "kcal"), Field("elevation", .elevationGain, "m"),
                    ], start, end)
                try record.add(
                    [
                        Field("heart_rate", .heartRate, "/min", isPositive: true),
                        Field("spo2_auto", .oxygenSaturation, "%", isPositive: true),
                    ], start)
            }),
        .list("withings/sleep", at: "body.series", marks: ["state"], withingsSleep),
        .list("withings/sleep-summary", at: "body.series", marks: ["data"], withingsSummary),
    ]

    /// Types of measures; the number is `value` times ten to the `unit`.
    private static let withingsMeasures: [Int64: (CodedConcept, String)] = [
        1: (.bodyWeight, "kg"), 4: (.bodyHeight, "m"), 5: (.openMHealth("fat-free-mass", "Fat free mass"), "kg"),
        6: (.bodyFat, "%"), 8: (.openMHealth("fat-mass", "Fat mass"), "kg"), 9: (.diastolicPressure, "mm[Hg]"),
        10: (.systolicPressure, "mm[Hg]"), 11: (.heartRate, "/min"), 12: (.ambientTemperature, "Cel"),
        54: (.oxygenSaturation, "%"), 71: (.bodyTemperature, "Cel"),
        73: (.openMHealth("skin-temperature", "Skin temperature"), "Cel"),
        76: (.openMHealth("muscle-mass", "Muscle mass"), "kg"),
        77: (.openMHealth("body-water-mass", "Water in the body"), "kg"),
        88: (.openMHealth("bone-mass", "Bone mass"), "kg"),
        91: (.openMHealth("pulse-wave-velocity", "Pulse wave velocity"), "m/s"), 123: (.vo2Max, "mL/min/kg"),
        168: (.openMHealth("extracellular-water", "Water outside of cells"), "kg"),
        169: (.openMHealth("intracellular-water", "Water inside of cells"), "kg"),
        170: (.openMHealth("visceral-fat", "Visceral fat as the device scores it"), "1"),
    ]

    private static func withingsGroup(_ record: inout VendorRecord) throws(FeedRejection) {
        let time = try record.epoch("date")
        record.id = try record.number("grpid") ?? ""
        record.device = record.text("deviceid") ?? ""
        guard try record.integer("category") ?? 1 == 1 else {
            return record.note("goal", "category", "an objective of the person is no measurement")
        }
        if let attribution = try record.integer("attrib"), attribution == 1 || attribution == 4 {
            record.note("person-uncertain", "attrib", "the device was not sure whose measurement it is")
        }
        for (index, measure) in (record.member("measures")?.array ?? []).enumerated() {
            let place = "measures[\(index)]"
            guard let value = measure["value"]?.number, let power = measure["unit"]?.number?.int64,
                (-20...20).contains(power), let type = measure["type"]?.number?.int64
            else {
                throw FeedRejection(
                    code: "missing-member", place: record.at(place), detail: "a measure needs value, type and unit")
            }
            guard let (concept, unit) = withingsMeasures[type] else {
                record.note("unsupported-measure", place, "the type of measure is not in the table")
                continue
            }
            // The power of ten is part of how Withings writes a number, not of the unit.
            record.add(
                concept, .quantity(DecimalText.scaled(value.text, power: Int(power)), unit: unit, sent: unit),
                at: place, time)
        }
    }

    private static let withingsStages: [Int64: String] = [
        0: "awake", 1: "light", 2: "deep", 3: "rem", 4: "manual", 5: "unspecified",
    ]

    private static func withingsSleep(_ record: inout VendorRecord) throws(FeedRejection) {
        let start = try record.epoch("startdate")
        let end = try record.epoch("enddate")
        guard let state = try record.integer("state") else { throw record.missing("state") }
        record.add(
            .sleepStage, code: withingsStages[state] ?? "state-\(state)", system: withingsSystem, at: "state", start,
            end)
        let seconds = end.since(start).microseconds / 1_000_000
        if let stage = [1: CodedConcept.lightSleep, 2: .deepSleep, 3: .remSleep][state], seconds > 0 {
            record.add(stage, .quantity(String(seconds), unit: "s", sent: "s"), at: "state", start, end)
        }
        for (name, concept, unit) in [
            ("hr", CodedConcept.heartRate, "/min"), ("rr", .respiratoryRate, "/min"), ("rmssd", .rmssd, "ms"),
            ("sdnn_1", .heartRateVariability, "ms"),
        ] {
            for member in record.member(name)?.object?.members ?? [] {
                guard let key = Int64(member.key) else { continue }
                let path = "\(name).\(key)"
                guard let text = try VendorRecord.number(member.value, place: record.at(path)) else { continue }
                record.add(
                    Field(path, concept, unit, isPositive: true), text, at: path,
                    try VendorRecord.epoch(key, microseconds: 1_000_000, place: record.at(path)))
            }
        }
    }

    private static func withingsSummary(_ record: inout VendorRecord) throws(FeedRejection) {
        let start = try record.epoch("startdate")
        let end = try record.epoch("enddate")
        record.id = try record.number("id") ?? ""
        try record.add(
            [
                Field("data.total_sleep_time", .sleepDuration, "s"), Field("data.lightsleepduration", .lightSleep, "s"),
                Field("data.deepsleepduration", .deepSleep, "s"), Field("data.remsleepduration", .remSleep, "s"),
                Field("data.durationtosleep", .sleepLatency, "s"), Field("data.waso", .wakeAfterOnset, "s"),
                Field("data.wakeupcount", .awakenings, "1"), Field("data.total_timeinbed", .timeInBed, "s"),
                Field("data.sleep_efficiency", .sleepEfficiency, "%", power: 2),
                Field("data.sleep_score", .sleepScore, "{score}"),
                Field("data.hr_average", .heartRate, "/min", isPositive: true),
                Field("data.hr_min", .statistic("heart-rate", "minimum", "Heart rate"), "/min", isPositive: true),
                Field("data.hr_max", .statistic("heart-rate", "maximum", "Heart rate"), "/min", isPositive: true),
                Field("data.rr_average", .respiratoryRate, "/min", isPositive: true),
            ], start, end)
    }
}
