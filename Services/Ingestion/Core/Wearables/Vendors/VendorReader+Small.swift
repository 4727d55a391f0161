import Domain
import JSONDocument

/// Answers of vendors that are gone or small, as recorded by openmhealth/shimmer: iHealth, Jawbone, Misfit, Moves, RunKeeper.
extension VendorReader {
    static let smallVendors: [VendorShape] = {
        var shapes = iHealth
        shapes.append(.list("jawbone/item", at: "data.items", marks: ["xid"], jawbone))
        shapes.append(.list("misfit/session", at: "sessions", marks: ["points"], misfitSession))
        shapes.append(.list("misfit/sleep", at: "sleeps", marks: ["sleepDetails"], misfitSleep))
        shapes.append(VendorShape(type: "moves/activity", find: { answer, _ in movesFound(answer) }, read: moves))
        shapes.append(.list("runkeeper/activity", at: "items", marks: ["start_time"], runKeeper))
        return shapes
    }()

    // MARK: iHealth

    private static let iHealth: [VendorShape] = [
        .list("ihealth/activity", at: "ARDataList") { (record) throws(FeedRejection) in
            let time = try iHealthTime(&record, "MDate")
            let unit = record.answer["DistanceUnit"]?.number?.int64 == 1 ? "[mi_i]" : "km"
            let fields = [
                Field("Steps", .steps, "{steps}", isPositive: true),
                Field("Calories", .energy, "kcal", isPositive: true),
                Field("DistanceTraveled", .activityDistance, unit, isPositive: true),
            ]
            try record.add(fields, time)
        },
        .list("ihealth/glucose", at: "BGDataList") { (record) throws(FeedRejection) in
            let unit = record.answer["BGUnit"]?.number?.int64 == 1 ? "mmol/L" : "mg/dL"
            try record.add([Field("BG", .glucose, unit, isPositive: true)], try iHealthTime(&record, "MDate"))
        },
        .list("ihealth/spo2", at: "BODataList") { (record) throws(FeedRejection) in
            let fields = [
                Field("BO", .oxygenSaturation, "%", isPositive: true),
                Field("HR", .heartRate, "/min", isPositive: true),
            ]
            try record.add(fields, try iHealthTime(&record, "MDate"))
        },
        .list("ihealth/blood-pressure", at: "BPDataList") { (record) throws(FeedRejection) in
            let unit = record.answer["BPUnit"]?.number?.int64 == 1 ? "kPa" : "mm[Hg]"
            let fields = [
                Field("HP", .systolicPressure, unit, isPositive: true),
                Field("LP", .diastolicPressure, unit, isPositive: true),
                Field("HR", .heartRate, "/min", isPositive: true),
            ]
            try record.add(fields, try iHealthTime(&record, "MDate"))
        },
        .list("ihealth/sport", at: "SPORTDataList") { (record) throws(FeedRejection) in
            let start = try iHealthTime(&record, "SportStartTime")
            let end = try iHealthTime(&record, "SportEndTime")
            let system = "https://developer.ihealthlabs.com"
            record.add(.exercise, code: record.text("SportName"), system: system, at: "SportName", start, end)
            try record.add([Field("Calories", .energy, "kcal", isPositive: true)], start, end)
        },
        .list("ihealth/weight", at: "WeightDataList") { (record) throws(FeedRejection) in
            let code = record.answer["WeightUnit"]?.number?.int64 ?? 0
            let unit = [0: "kg", 1: "[lb_av]", 2: "[stone_av]"][code] ?? "kg"
            let fields = [
                Field("WeightValue", .bodyWeight, unit, isPositive: true),
                Field("BMI", .bodyMassIndex, "kg/m2", isPositive: true),
                Field("FatValue", .bodyFat, "%", isPositive: true),
            ]
            try record.add(fields, try iHealthTime(&record, "MDate"))
        },
        .list("ihealth/sleep", at: "SRDataList") { (record) throws(FeedRejection) in
            let start = try iHealthTime(&record, "StartTime")
            let end = try iHealthTime(&record, "EndTime")
            let fields = [
                Field("HoursSlept", .sleepDuration, "min", isPositive: true), Field("Awaken", .awakenings, "1"),
                Field("FallSleep", .sleepLatency, "min"),
            ]
            try record.add(fields, start, end)
        },
    ]

    /// iHealth counts the seconds of the local clock, not those of UTC, and gives the zone as `-0700` or as hours (openmhealth/shimmer,
    /// IHealthDataPointMapper).
    private static func iHealthTime(_ record: inout VendorRecord, _ path: String) throws(FeedRejection) -> Timestamp {
        record.id = record.text("DataID") ?? ""
        let wall = try record.epoch(path)
        if let text = record.text("TimeZone"), let zone = LocalZone(text) { return zone.time(atWall: wall) }
        if let hours = try record.integer("TimeZone"), abs(hours) <= 14 {
            return LocalZone(offset: Int(hours) * 3_600).time(atWall: wall)
        }
        if let zone = record.declaredZone { return zone.time(atWall: wall) }
        record.note(.zoneAssumed(place: record.place))
        return wall
    }

    // MARK: Jawbone

    private static func jawbone(_ record: inout VendorRecord) throws(FeedRejection) {
        record.id = record.text("xid") ?? ""
        let start = try record.epoch("time_created")
        let zone = record.text("details.tz").flatMap { LocalZone($0) }
        if record.text("type") == "body" || record.member("weight") != nil || record.member("body_fat") != nil {
            let fields = [
                Field("weight", .bodyWeight, "kg", isPositive: true),
                Field("body_fat", .bodyFat, "%", isPositive: true),
                Field("bmi", .bodyMassIndex, "kg/m2", isPositive: true),
            ]
            try record.add(fields, start)
        } else if record.member("resting_heartrate") != nil {
            try record.add([Field("resting_heartrate", .restingHeartRate, "/min", isPositive: true)], start)
        } else if record.member("details.steps") != nil {
            guard let date = try record.number("date"), let wall = (TimePattern("yyyyMMdd") ?? .iso8601).wallTime(date)
            else {
                throw FeedRejection(code: "invalid-time", place: record.at("date"), detail: "must be YYYYMMDD")
            }
            let day = record.day(wall, zone: zone)
            let fields = [
                Field("details.steps", .steps, "{steps}"), Field("details.distance", .walkingDistance, "m"),
                Field("details.calories", .energy, "kcal"), Field("details.bmr", .basalEnergy, "kcal"),
            ]
            try record.add(fields, day.start, day.end)
        } else if record.member("details.asleep_time") != nil {
            let end = try record.epoch("time_completed")
            if let length = try record.integer("details.duration"), let awake = try record.integer("details.awake"),
                (0...604_800).contains(length), (0...length).contains(awake)
            {
                let asleep = String(length - awake)
                record.add(.sleepDuration, .quantity(asleep, unit: "s", sent: "s"), at: "details.duration", start, end)
            }
            let fields = [
                Field("details.awake", .wakeAfterOnset, "s"), Field("details.awakenings", .awakenings, "1"),
                Field("details.light", .lightSleep, "s", isPositive: true),
                Field("details.rem", .remSleep, "s", isPositive: true),
                Field("details.sound", .deepSleep, "s", isPositive: true),
            ]
            try record.add(fields, start, end)
        } else {
            record.note("unsupported-type", "type", "items of this type are not mapped")
        }
    }

    // MARK: Misfit

    private static let misfitSystem = "https://build.misfit.com"

    private static func misfitPeriod(_ record: inout VendorRecord) throws(FeedRejection) -> (Timestamp, Timestamp) {
        record.id = record.text("id") ?? ""
        let start = record.time(try record.wall("startTime"))
        guard let seconds = try record.integer("duration"), (0...604_800).contains(seconds) else {
            throw record.missing("duration")
        }
        return (start, start.advanced(by: .seconds(seconds)))
    }

    private static func misfitSession(_ record: inout VendorRecord) throws(FeedRejection) {
        let (start, end) = try misfitPeriod(&record)
        record.add(.exercise, code: record.text("activityType"), system: misfitSystem, at: "activityType", start, end)
        let fields = [
            Field("duration", .exerciseDuration, "s"), Field("steps", .steps, "{steps}"),
            Field("calories", .energy, "kcal"),
            Field("distance", .activityDistance, "[mi_i]"),
        ]
        try record.add(fields, start, end)
    }

    private static func misfitSleep(_ record: inout VendorRecord) throws(FeedRejection) {
        let (start, end) = try misfitPeriod(&record)
        var spans: [(from: Timestamp, state: Int64)] = []
        for (index, detail) in (record.member("sleepDetails")?.array ?? []).enumerated() {
            let place = record.at("sleepDetails[\(index)]")
            guard let text = detail["datetime"]?.string, let state = detail["value"]?.number?.int64 else {
                throw FeedRejection(code: "missing-member", place: place, detail: "needs datetime and value")
            }
            spans.append((record.time(try VendorRecord.wall(text, [], place: place)), state))
        }
        var asleep: Int64 = 0
        var told = 0
        for (index, span) in spans.enumerated() {
            let until = index + 1 < spans.count ? spans[index + 1].from : end
            guard until >= span.from, span.from >= start, until <= end else {
                record.note("stage-outside", "sleepDetails[\(index)]", "the stage does not lie within the sleep")
                continue
            }
            told += 1
            if span.state != 1 { asleep += until.since(span.from).microseconds / 1_000_000 }
            let name = [1: "awake", 2: "light", 3: "deep"][span.state] ?? "state-\(span.state)"
            record.add(.sleepStage, code: name, system: misfitSystem, at: "sleepDetails[\(index)]", span.from, until)
        }
        guard told == spans.count, told > 0 else { return }
        record.add(.sleepDuration, .quantity(String(asleep), unit: "s", sent: "s"), at: "sleepDetails", start, end)
    }

    // MARK: Moves

    private static let movesClock = TimePattern("yyyyMMdd'T'HHmmssZ") ?? .iso8601

    @Sendable private static func movesFound(_ answer: JSONValue) -> [VendorShape.Found]? {
        guard let days = answer.array, let first = days.first, first["date"] != nil,
            first["segments"] != nil || first["summary"] != nil
        else { return nil }
        var found: [VendorShape.Found] = []
        for (outer, day) in days.enumerated() {
            for (middle, segment) in (day["segments"]?.array ?? []).enumerated() {
                let place = "[\(outer)].segments[\(middle)]"
                let activities = segment["activities"]?.array ?? []
                if activities.isEmpty { found.append((segment, place)) }
                for (inner, activity) in activities.enumerated() {
                    let place = "\(place).activities[\(inner)]"
                    guard var object = activity.object, object["startTime"] == nil, object["endTime"] == nil else {
                        found.append((activity, place))
                        continue
                    }
                    // What a person entered by hand has no time of its own: it happened within the segment.
                    object["startTime"] = segment["startTime"]
                    object["endTime"] = segment["endTime"]
                    found.append((.object(object), place))
                }
            }
            // Without segments, the sums of the day are all that there is.
            guard day["segments"]?.array == nil, let date = day["date"] else { continue }
            for (inner, sum) in (day["summary"]?.array ?? []).enumerated() {
                guard var object = sum.object else { continue }
                object["date"] = date
                found.append((.object(object), "[\(outer)].summary[\(inner)]"))
            }
        }
        return found
    }

    @Sendable private static func moves(_ record: inout VendorRecord) throws(FeedRejection) {
        guard record.member("activity") != nil else {
            return record.note("place", "type", "where the person was is no measurement")
        }
        let start: Timestamp
        let end: Timestamp?
        if record.text("startTime") != nil {
            start = record.time(try record.wall("startTime", movesClock, .iso8601))
            end = record.time(try record.wall("endTime", movesClock, .iso8601))
        } else {
            (start, end) = record.day(try record.wall("date", TimePattern("yyyyMMdd") ?? .iso8601))
        }
        let system = "https://dev.moves-app.com"
        record.add(.exercise, code: record.text("activity"), system: system, at: "activity", start, end)
        let fields = [
            Field("duration", .exerciseDuration, "s"), Field("distance", .activityDistance, "m"),
            Field("steps", .steps, "{steps}"), Field("calories", .energy, "kcal"),
        ]
        try record.add(fields, start, end)
    }

    // MARK: RunKeeper

    private static func runKeeper(_ record: inout VendorRecord) throws(FeedRejection) {
        record.id = record.text("uri") ?? ""
        let wall = try record.wall("start_time", TimePattern("EEE, d MMM yyyy HH:mm:ss") ?? .iso8601)
        let zone = try record.number("utc_offset").flatMap { Double($0) }.flatMap {
            abs($0) <= 14 ? LocalZone(offset: Int($0 * 3_600)) : nil
        }
        let start = record.time(wall, zone: zone)
        guard let text = try record.number("duration"), let seconds = Double(text), (0...604_800).contains(seconds)
        else {
            throw record.missing("duration")
        }
        let end = start.advanced(by: .microseconds(Int64((seconds * 1e6).rounded())))
        let system = "https://runkeeper.com/developer/healthgraph"
        record.add(.exercise, code: record.text("type"), system: system, at: "type", start, end)
        let fields = [
            Field("duration", .exerciseDuration, "s"), Field("total_distance", .activityDistance, "m"),
            Field("total_calories", .energy, "kcal"), Field("average_heart_rate", .heartRate, "/min", isPositive: true),
        ]
        try record.add(fields, start, end)
    }
}
