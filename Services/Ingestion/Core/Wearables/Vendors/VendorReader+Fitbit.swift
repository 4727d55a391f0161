import Domain
import JSONDocument

/// Answers of Fitbit's Web API (https://dev.fitbit.com/build/reference/web-api/), in metric units, which are its default.
extension VendorReader {
    typealias Field = VendorRecord.Field

    static let fitbitSystem = "https://dev.fitbit.com/build/reference/web-api"

    static let fitbit: [VendorShape] = {
        var shapes: [VendorShape] = [.list("fitbit/sleep", at: "sleep", fitbitSleep)]
        let marks = ["activityId", "activityName", "activityTypeId"]
        shapes.append(.list("fitbit/activity", at: "activities", marks: marks, fitbitActivity))
        shapes.append(.single("fitbit/activity-summary", at: "summary", marks: ["caloriesOut"], fitbitSummary))
        shapes.append(.list("fitbit/activities-heart", at: "activities-heart", fitbitHeartDay))
        shapes.append(.list("fitbit/weight", at: "weight", marks: ["weight"], fitbitWeight))
        shapes.append(.list("fitbit/fat", at: "fat", marks: ["fat"], fitbitWeight))
        shapes.append(.list("fitbit/cardioScore", at: "cardioScore", fitbitFitness))
        shapes.append(.single("fitbit/spo2", marks: ["dateTime", "value"], fitbitOxygen))
        let oxygenDays = VendorShape.list("fitbit/spo2", at: "", marks: ["dateTime"], fitbitOxygen)
        shapes.append(oxygenDays.when { $0.array?.first?["value"]?["avg"] != nil })
        for (name, fields) in fitbitDays { shapes.append(fitbitDaily(name, fields)) }
        for (name, field) in fitbitPoints { shapes.append(fitbitIntraday("activities-\(name)", field)) }
        return shapes
    }()

    /// Series of days.
    private static let fitbitDays: [(String, [Field])] = [
        ("hrv", [Field("value.dailyRmssd", .rmssd, "ms"), Field("value.deepRmssd", .rmssd, "ms")]),
        ("br", [Field("value.breathingRate", .respiratoryRate, "/min", isPositive: true)]),
        ("tempCore", [Field("value", .bodyTemperature, "Cel")]),
        ("tempSkin", [Field("value.nightlyRelative", .skinTemperatureVariation, "K")]),
        ("activities-steps", [Field("value", .steps, "{steps}")]),
        ("activities-distance", [Field("value", .activityDistance, "km")]),
        ("activities-calories", [Field("value", .energy, "kcal")]),
        ("activities-activityCalories", [Field("value", .activityEnergy, "kcal")]),
        ("activities-caloriesBMR", [Field("value", .basalEnergy, "kcal")]),
        ("activities-floors", [Field("value", .flights, "{flights}")]),
        ("activities-elevation", [Field("value", .elevationGain, "m")]),
        ("activities-minutesSedentary", [Field("value", .sedentaryMinutes, "min")]),
        ("activities-minutesLightlyActive", [Field("value", .lightMinutes, "min")]),
        ("activities-minutesFairlyActive", [Field("value", .moderateMinutes, "min")]),
        ("activities-minutesVeryActive", [Field("value", .vigorousMinutes, "min")]),
        ("body-weight", [Field("value", .bodyWeight, "kg", isPositive: true)]),
        ("body-bmi", [Field("value", .bodyMassIndex, "kg/m2", isPositive: true)]),
        ("body-fat", [Field("value", .bodyFat, "%", isPositive: true)]),
    ]

    /// Series within a day.
    private static let fitbitPoints: [(String, Field)] = [
        ("heart", Field("value", .heartRate, "/min", isPositive: true)), ("steps", Field("value", .steps, "{steps}")),
        ("distance", Field("value", .activityDistance, "km")), ("calories", Field("value", .energy, "kcal")),
        ("floors", Field("value", .flights, "{flights}")), ("elevation", Field("value", .elevationGain, "m")),
    ]

    private static func fitbitSummary(_ record: inout VendorRecord) throws(FeedRejection) {
        record.note("effective-missing", "caloriesOut", "the summary does not say which day it is about")
    }

    private static func fitbitHeartDay(_ record: inout VendorRecord) throws(FeedRejection) {
        let day = record.day(try record.wall("dateTime"))
        try record.add(
            [Field("value.restingHeartRate", .restingHeartRate, "/min", isPositive: true)], day.start, day.end)
        try fitbitZones(&record, at: "value.heartRateZones", day)
    }

    private static func fitbitWeight(_ record: inout VendorRecord) throws(FeedRejection) {
        let time = try fitbitMoment(&record)
        let fields = [
            Field("weight", .bodyWeight, "kg", isPositive: true),
            Field("bmi", .bodyMassIndex, "kg/m2", isPositive: true),
            Field("fat", .bodyFat, "%", isPositive: true),
        ]
        try record.add(fields, time)
    }

    private static func fitbitFitness(_ record: inout VendorRecord) throws(FeedRejection) {
        let day = record.day(try record.wall("dateTime"))
        guard let range = record.text("value.vo2Max") else { return }
        // Without a watch with GPS, the answer is a range such as 44-48: a bound is no measurement, so it stays text.
        let value: Reading.Value =
            JSONNumber(range) != nil ? .quantity(range, unit: "mL/min/kg", sent: "mL/min/kg") : .text(range)
        record.add(.vo2Max, value, at: "value.vo2Max", day.start, day.end)
    }

    private static func fitbitDaily(_ name: String, _ fields: [Field]) -> VendorShape {
        .list("fitbit/\(name)", at: name) { (record) throws(FeedRejection) in
            let day = record.day(try record.wall("dateTime"))
            try record.add(fields, day.start, day.end)
        }
    }

    /// Points of one day: the series of days beside them names the day.
    private static func fitbitIntraday(_ name: String, _ field: Field) -> VendorShape {
        .list("fitbit/\(name)-intraday", at: "\(name)-intraday.dataset") { (record) throws(FeedRejection) in
            guard let date = record.answer[name]?[0]?["dateTime"]?.string else {
                throw record.missing("\(name)[0].dateTime")
            }
            guard let clock = record.text("time") else { throw record.missing("time") }
            let wall = try VendorRecord.wall("\(date) \(clock)", [], place: record.at("time"))
            let start = record.time(wall)
            let interval = record.answer["\(name)-intraday"]
            // Counts hold for the interval; a heart rate is one of the moment.
            var end: Timestamp?
            if name != "activities-heart", let length = interval?["datasetInterval"]?.number?.int64,
                let unit = interval?["datasetType"]?.string.flatMap({ ["second": 1, "minute": 60, "hour": 3_600][$0] }),
                (1...1_440).contains(length)
            {
                end = start.advanced(by: .seconds(length * Int64(unit)))
            }
            try record.add([field], start, end)
        }
    }

    private static func fitbitOxygen(_ record: inout VendorRecord) throws(FeedRejection) {
        let day = record.day(try record.wall("dateTime"))
        try record.add(
            [
                Field("value.avg", .oxygenSaturation, "%", isPositive: true),
                Field(
                    "value.min", .statistic("oxygen-saturation", "minimum", "Oxygen saturation"), "%", isPositive: true),
                Field(
                    "value.max", .statistic("oxygen-saturation", "maximum", "Oxygen saturation"), "%", isPositive: true),
            ], day.start, day.end)
    }

    /// The time of a logged body measurement: `date` and `time` apart.
    private static func fitbitMoment(_ record: inout VendorRecord) throws(FeedRejection) -> Timestamp {
        guard let date = record.text("date") else { throw record.missing("date") }
        let clock = record.text("time") ?? "00:00:00"
        let wall = try VendorRecord.wall("\(date) \(clock)", [.iso8601, fitbitClock], place: record.at("date"))
        record.id = try record.number("logId") ?? ""
        return record.time(wall)
    }

    /// `11/01/19 00:48:00`, as account exports write it.
    static let fitbitClock = TimePattern("MM/dd/yy[ HH:mm[:ss]]") ?? .iso8601

    static func fitbitZones(
        _ record: inout VendorRecord, at path: String, _ period: (start: Timestamp, end: Timestamp?)
    ) throws(FeedRejection) {
        for (index, zone) in (record.member(path)?.array ?? []).enumerated() {
            guard let name = zone["name"]?.string, let minutes = zone["minutes"], minutes != .null else { continue }
            let place = "\(path)[\(index)].minutes"
            guard let text = try VendorRecord.number(minutes, place: record.at(place)) else { continue }
            let zoneName = name.lowercased().replacing(" ", with: "-").prefix(64)
            record.add(
                Field(
                    place,
                    .openMHealth("minutes-in-heart-rate-zone:\(zoneName)", "Minutes in a heart rate zone, \(zoneName)"),
                    "min"), text, at: place, period.start, period.end)
        }
    }

    /// A sleep of the Web API or of an account export: durations in minutes, and the stages.
    static func fitbitSleep(_ record: inout VendorRecord) throws(FeedRejection) {
        record.id = try record.number("logId") ?? ""
        let start = record.time(try record.wall("startTime", .iso8601, fitbitClock))
        var end: Timestamp?
        if record.text("endTime") != nil {
            end = record.time(try record.wall("endTime", .iso8601, fitbitClock))
        } else if let duration = try record.integer("duration"), (0...604_800_000).contains(duration) {
            end = start.advanced(by: .milliseconds(duration))
        }
        try record.add(
            [
                Field("minutesAsleep", .sleepDuration, "min"), Field("minutesToFallAsleep", .sleepLatency, "min"),
                Field("minutesAwake", .wakeAfterOnset, "min"), Field("timeInBed", .timeInBed, "min"),
                Field("efficiency", .sleepEfficiency, "%"), Field("awakeningsCount", .awakenings, "1"),
                Field("levels.summary.light.minutes", .lightSleep, "min"),
                Field("levels.summary.deep.minutes", .deepSleep, "min"),
                Field("levels.summary.rem.minutes", .remSleep, "min"),
            ], start, end)
        for list in ["levels.data", "levels.shortData"] {
            for (index, stage) in (record.member(list)?.array ?? []).enumerated() {
                let place = "\(list)[\(index)]"
                guard let text = stage["dateTime"]?.string, let seconds = stage["seconds"]?.number?.int64,
                    (0...604_800).contains(seconds)
                else {
                    record.note("missing-member", place, "a stage needs dateTime and seconds")
                    continue
                }
                let from = record.time(
                    try VendorRecord.wall(text, [.iso8601, fitbitClock], place: record.at("\(place).dateTime")))
                record.add(
                    .sleepStage, code: stage["level"]?.string, system: fitbitSystem, at: place, from,
                    from.advanced(by: .seconds(seconds)))
            }
        }
    }

    /// A logged activity of the Web API.
    static func fitbitActivity(_ record: inout VendorRecord) throws(FeedRejection) {
        let wall: WallTime
        if let date = record.text("startDate") {
            wall = try VendorRecord.wall(
                "\(date) \(record.text("startTime") ?? "00:00")", [], place: record.at("startTime"))
        } else {
            wall = try record.wall("startTime", .iso8601, fitbitClock)
        }
        if record.member("hasStartTime")?.bool == false {
            // The person told the day alone.
            let day = record.day(wall)
            return try fitbitActivity(&record, from: day.start, to: day.end)
        }
        try fitbitActivity(&record, from: record.time(wall), to: nil)
    }

    /// The values of an activity that began at `start`; it lasted until `end`, or for the duration that it tells.
    static func fitbitActivity(_ record: inout VendorRecord, from start: Timestamp, to end: Timestamp?)
        throws(FeedRejection)
    {
        record.id = try record.number("logId") ?? ""
        var end = end
        if end == nil, let duration = try record.integer("duration"), (1...604_800_000).contains(duration) {
            end = start.advanced(by: .milliseconds(duration))
        }
        record.add(
            .exercise, code: record.text("activityName") ?? record.text("name"), system: fitbitSystem,
            at: "activityName",
            start, end)
        let unit = ["Kilometer": "km", "Mile": "[mi_i]", "Meter": "m"][record.text("distanceUnit") ?? "Kilometer"]
        if unit == nil, record.member("distance") != nil {
            record.note("unsupported-unit", "distanceUnit", "the unit is not in the table")
        }
        try record.add(
            [
                Field("duration", .exerciseDuration, "ms", isPositive: true), Field("calories", .energy, "kcal"),
                Field("steps", .steps, "{steps}"),
                Field("averageHeartRate", .heartRate, "/min", isPositive: true),
                Field("elevationGain", .elevationGain, "m"),
            ] + (unit.map { [Field("distance", .activityDistance, $0)] } ?? []), start, end)
        try fitbitZones(&record, at: "heartRateZones", (start, end))
    }
}

extension VendorShape {
    /// The same shape for answers of which `condition` holds.
    func when(_ condition: @escaping @Sendable (JSONValue) -> Bool) -> VendorShape {
        VendorShape(type: type, find: { answer, hint in condition(answer) ? find(answer, hint) : nil }, read: read)
    }

    /// The same shape for files named `name`.
    func named(_ names: String...) -> VendorShape {
        VendorShape(type: type, find: { answer, hint in names.contains(hint) ? find(answer, hint) : nil }, read: read)
    }
}
