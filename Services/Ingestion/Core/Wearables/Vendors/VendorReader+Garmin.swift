import Domain
import JSONDocument

/// Summaries of the Garmin Health API, by its documented members: each type stands in an array of its name.
extension VendorReader {
    static let garminSystem = "https://developer.garmin.com/gc-developer-program/health-api"

    static let garmin: [VendorShape] = {
        var shapes: [VendorShape] = []
        shapes.append(
            .list("garmin/daily", at: "dailies") { (record) throws(FeedRejection) in
                try garminSummary(&record, garminDaily)
            })
        shapes.append(
            .list("garmin/epoch", at: "epochs") { (record) throws(FeedRejection) in
                try garminSummary(&record, garminEpoch)
            })
        shapes.append(.list("garmin/sleep", at: "sleeps", marks: ["startTimeInSeconds", "summaryId"], garminSleep))
        shapes.append(.list("garmin/body-composition", at: "bodyComps", garminBody))
        shapes.append(
            .list("garmin/stress", at: "stressDetails") { (record) throws(FeedRejection) in
                try garminSummary(&record, [])
            })
        shapes.append(
            .list("garmin/user-metrics", at: "userMetrics") { (record) throws(FeedRejection) in
                let day = record.day(try record.wall("calendarDate"))
                record.id = record.text("summaryId") ?? ""
                try record.add([Field("vo2Max", .vo2Max, "mL/min/kg", isPositive: true)], day.start, day.end)
            })
        for name in ["pulseox", "pulseOx"] {
            shapes.append(
                .list("garmin/pulse-ox", at: name) { (record) throws(FeedRejection) in
                    try garminSummary(&record, [])
                })
        }
        for name in ["allDayRespiration", "respiration"] {
            shapes.append(
                .list("garmin/respiration", at: name) { (record) throws(FeedRejection) in
                    try garminSummary(&record, [])
                })
        }
        shapes.append(
            .list("garmin/hrv", at: "hrv", marks: ["hrvValues", "lastNightAvg"]) { (record) throws(FeedRejection) in
                try garminSummary(&record, [Field("lastNightAvg", .rmssd, "ms", isPositive: true)])
            })
        shapes.append(
            .list("garmin/blood-pressure", at: "bloodPressures") { (record) throws(FeedRejection) in
                record.id = record.text("summaryId") ?? ""
                let fields = [
                    Field("systolic", .systolicPressure, "mm[Hg]", isPositive: true),
                    Field("diastolic", .diastolicPressure, "mm[Hg]", isPositive: true),
                    Field("pulse", .heartRate, "/min", isPositive: true),
                ]
                try record.add(fields, try record.epoch("measurementTimeInSeconds"))
            })
        for name in ["activities", "manuallyUpdatedActivities"] {
            let marks = ["startTimeInSeconds"]
            shapes.append(
                .list("garmin/activity", at: name, marks: marks) { (record) throws(FeedRejection) in
                    try garminSummary(&record, garminActivity)
                })
        }
        let plan = VendorShape.single("garmin/workout", marks: ["workoutSegments"]) { (record) throws(FeedRejection) in
            record.note("plan", "workoutSegments", "a planned workout is no measurement")
        }
        shapes.append(plan)
        return shapes
    }()

    private static let garminDaily: [Field] = [
        Field("steps", .steps, "{steps}"), Field("distanceInMeters", .activityDistance, "m"),
        Field("activeKilocalories", .energy, "kcal"), Field("bmrKilocalories", .basalEnergy, "kcal"),
        Field("moderateIntensityDurationInSeconds", .moderateMinutes, "s"),
        Field("vigorousIntensityDurationInSeconds", .vigorousMinutes, "s"),
        Field("floorsClimbed", .flights, "{flights}"),
        Field("restingHeartRateInBeatsPerMinute", .restingHeartRate, "/min", isPositive: true),
        Field("averageHeartRateInBeatsPerMinute", .heartRate, "/min", isPositive: true),
        Field(
            "minHeartRateInBeatsPerMinute", .statistic("heart-rate", "minimum", "Heart rate"), "/min", isPositive: true),
        Field(
            "maxHeartRateInBeatsPerMinute", .statistic("heart-rate", "maximum", "Heart rate"), "/min", isPositive: true),
        Field("averageStressLevel", .stress, "{score}", isPositive: true),
    ]

    private static let garminEpoch: [Field] = [
        Field("steps", .steps, "{steps}"), Field("distanceInMeters", .activityDistance, "m"),
        Field("activeKilocalories", .energy, "kcal"),
    ]

    private static let garminActivity: [Field] = [
        Field("durationInSeconds", .exerciseDuration, "s", isPositive: true), Field("steps", .steps, "{steps}"),
        Field("distanceInMeters", .activityDistance, "m"), Field("activeKilocalories", .energy, "kcal"),
        Field("averageHeartRateInBeatsPerMinute", .heartRate, "/min", isPositive: true),
        Field(
            "maxHeartRateInBeatsPerMinute", .statistic("heart-rate", "maximum", "Heart rate"), "/min", isPositive: true),
        Field("averageSpeedInMetersPerSecond", .speed, "m/s", isPositive: true),
        Field("totalElevationGainInMeters", .elevationGain, "m"),
    ]

    /// Samples by seconds after the start.
    private static let garminSamples: [Field] = [
        Field("timeOffsetHeartRateSamples", .heartRate, "/min", isPositive: true),
        Field("timeOffsetStressLevelValues", .stress, "{score}", isPositive: true),
        Field("timeOffsetSpo2Values", .oxygenSaturation, "%", isPositive: true),
        Field("timeOffsetSleepSpo2", .oxygenSaturation, "%", isPositive: true),
        Field("timeOffsetEpochToBreaths", .respiratoryRate, "/min", isPositive: true),
        Field("timeOffsetSleepRespiration", .respiratoryRate, "/min", isPositive: true),
        Field("hrvValues", .rmssd, "ms", isPositive: true),
    ]

    private static func garminSummary(_ record: inout VendorRecord, _ fields: [Field]) throws(FeedRejection) {
        record.id = record.text("summaryId") ?? ""
        let start = try record.epoch("startTimeInSeconds")
        let seconds = try record.integer("durationInSeconds") ?? 0
        let end = (1...31_622_400).contains(seconds) ? start.advanced(by: .seconds(seconds)) : nil
        record.add(.exercise, code: record.text("activityType"), system: garminSystem, at: "activityType", start, end)
        try record.add(fields, start, end)
        for field in garminSamples {
            var missing = 0
            for member in record.member(field.path)?.object?.members ?? [] {
                guard let offset = Int64(member.key), abs(offset) <= 31_622_400 else {
                    throw FeedRejection(
                        code: "invalid-time", place: record.at(field.path),
                        detail: "keys must be seconds after the start")
                }
                let path = "\(field.path).\(offset)"
                guard let text = try VendorRecord.number(member.value, place: record.at(path)) else { continue }
                if (Double(text) ?? 0) <= 0 {
                    missing += 1
                } else {
                    record.add(field, text, at: path, start.advanced(by: .seconds(offset)))
                }
            }
            if missing > 0 {
                record.note("value-missing", field.path, "\(missing) samples mark that nothing was measured")
            }
        }
    }

    private static func garminSleep(_ record: inout VendorRecord) throws(FeedRejection) {
        let fields = [
            Field("durationInSeconds", .sleepDuration, "s"), Field("deepSleepDurationInSeconds", .deepSleep, "s"),
            Field("lightSleepDurationInSeconds", .lightSleep, "s"), Field("remSleepInSeconds", .remSleep, "s"),
            Field("awakeDurationInSeconds", .wakeAfterOnset, "s"),
            Field("overallSleepScore.value", .sleepScore, "{score}", isPositive: true),
        ]
        try garminSummary(&record, fields)
        for level in record.member("sleepLevelsMap")?.object?.members ?? [] {
            for (index, span) in (level.value.array ?? []).enumerated() {
                let path = "sleepLevelsMap.\(level.key.prefix(32))[\(index)]"
                guard let from = span["startTimeInSeconds"]?.number?.int64,
                    let to = span["endTimeInSeconds"]?.number?.int64
                else { throw record.missing(path) }
                record.add(
                    .sleepStage, code: level.key, system: garminSystem, at: path,
                    try VendorRecord.epoch(from, microseconds: 1_000_000, place: record.at(path)),
                    try VendorRecord.epoch(to, microseconds: 1_000_000, place: record.at(path)))
            }
        }
    }

    private static func garminBody(_ record: inout VendorRecord) throws(FeedRejection) {
        record.id = record.text("summaryId") ?? ""
        let fields = [
            Field("weightInGrams", .bodyWeight, "g", isPositive: true),
            Field("bodyMassIndex", .bodyMassIndex, "kg/m2", isPositive: true),
            Field("bodyFatInPercent", .bodyFat, "%", isPositive: true),
            Field("muscleMassInGrams", .openMHealth("muscle-mass", "Muscle mass"), "g", isPositive: true),
            Field("boneMassInGrams", .openMHealth("bone-mass", "Bone mass"), "g", isPositive: true),
            Field("bodyWaterInPercent", .openMHealth("body-water", "Water in the body"), "%", isPositive: true),
        ]
        try record.add(fields, try record.epoch("measurementTimeInSeconds"))
    }

    /// Answers of Garmin Connect, as its users export them: times in GMT, series as pairs of milliseconds and value.
    static let garminConnect: [VendorShape] = {
        var shapes: [VendorShape] = []
        let series: [(String, Field)] = [
            ("heartRateValues", Field("1", .heartRate, "/min", isPositive: true)),
            ("stressValuesArray", Field("1", .stress, "{score}", isPositive: true)),
            ("respirationValuesArray", Field("1", .respiratoryRate, "/min", isPositive: true)),
        ]
        for (name, field) in series {
            shapes.append(
                .single("garmin/\(name)", marks: [name]) { (record) throws(FeedRejection) in
                    if name == "heartRateValues" {
                        let resting = Field("restingHeartRate", .restingHeartRate, "/min", isPositive: true)
                        if record.text("calendarDate") != nil, record.member("restingHeartRate") != nil {
                            let day = record.day(try record.wall("calendarDate"))
                            try record.add([resting], day.start, day.end)
                        }
                    }
                    try garminPairs(&record, name, field)
                })
        }
        shapes.append(
            .single("garmin/sleep", at: "dailySleepDTO", marks: ["sleepStartTimestampGMT"]) {
                (record) throws(FeedRejection) in
                let start = try record.epoch("sleepStartTimestampGMT", microseconds: 1_000)
                let end = try record.epoch("sleepEndTimestampGMT", microseconds: 1_000)
                record.id = try record.number("id") ?? ""
                let fields = [
                    Field("sleepTimeSeconds", .sleepDuration, "s"), Field("deepSleepSeconds", .deepSleep, "s"),
                    Field("lightSleepSeconds", .lightSleep, "s"), Field("remSleepSeconds", .remSleep, "s"),
                    Field("awakeSleepSeconds", .wakeAfterOnset, "s"),
                    Field("averageSpO2Value", .oxygenSaturation, "%", isPositive: true),
                    Field("averageRespirationValue", .respiratoryRate, "/min", isPositive: true),
                ]
                try record.add(fields, start, end)
            })
        shapes.append(
            .list("garmin/weight", at: "dateWeightList") { (record) throws(FeedRejection) in
                let key = record.member("timestampGMT") != nil ? "timestampGMT" : "date"
                let fields = [
                    Field("weight", .bodyWeight, "g", isPositive: true),
                    Field("bmi", .bodyMassIndex, "kg/m2", isPositive: true),
                    Field("bodyFat", .bodyFat, "%", isPositive: true),
                ]
                try record.add(fields, try record.epoch(key, microseconds: 1_000))
            })
        shapes.append(
            .list("garmin/hrv-reading", at: "hrvReadings") { (record) throws(FeedRejection) in
                let time = record.time(try record.wall("readingTimeGMT"), zone: .utc)
                try record.add([Field("hrvValue", .rmssd, "ms", isPositive: true)], time)
            })
        shapes.append(
            .single("garmin/day", marks: ["totalSteps", "calendarDate"]) { (record) throws(FeedRejection) in
                let day = record.day(try record.wall("calendarDate"))
                let fields = [
                    Field("totalSteps", .steps, "{steps}"), Field("totalDistanceMeters", .activityDistance, "m"),
                    Field("activeKilocalories", .energy, "kcal"), Field("bmrKilocalories", .basalEnergy, "kcal"),
                    Field("restingHeartRate", .restingHeartRate, "/min", isPositive: true),
                    Field("floorsAscended", .flights, "{flights}"),
                    Field("averageSpo2", .oxygenSaturation, "%", isPositive: true),
                    Field("averageStressLevel", .stress, "{score}", isPositive: true),
                ]
                try record.add(fields, day.start, day.end)
            })
        return shapes
    }()

    private static func garminPairs(_ record: inout VendorRecord, _ name: String, _ field: Field) throws(FeedRejection)
    {
        var missing = 0
        for (index, pair) in (record.member(name)?.array ?? []).enumerated() {
            let path = "\(name)[\(index)]"
            guard let moment = pair[0]?.number?.int64 else { throw record.missing("\(path)[0]") }
            guard let value = pair[1]?.number, (value.double ?? 0) > 0 else {
                missing += 1
                continue
            }
            record.add(
                field, value.text, at: path, try VendorRecord.epoch(moment, microseconds: 1_000, place: record.at(path))
            )
        }
        if missing > 0 { record.note("value-missing", name, "\(missing) samples mark that nothing was measured") }
    }
}
