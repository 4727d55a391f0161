import Domain
import JSONDocument

/// Files of a Fitbit account export. Series by the minute or second are in UTC; sleeps and values of a day are local (see ``PMDataReader``).
extension VendorReader {
    static let fitbitExport: [VendorShape] = {
        var shapes: [VendorShape] = [.list("fitbit/sleep", at: "", marks: ["dateOfSleep"], fitbitSleep)]
        shapes.append(.list("fitbit/exercise", at: "", marks: ["activityName"], exercise))
        let weights = VendorShape.list("fitbit/weight", at: "", marks: ["weight"], weight)
        shapes.append(weights.when { $0.array?.first?["logId"] != nil })
        shapes.append(
            fitbitDays("resting_heart_rate", Field("value.value", .restingHeartRate, "/min", isPositive: true)))
        shapes.append(fitbitDays("sedentary_minutes", Field("value", .sedentaryMinutes, "min")))
        shapes.append(fitbitDays("lightly_active_minutes", Field("value", .lightMinutes, "min")))
        shapes.append(fitbitDays("moderately_active_minutes", Field("value", .moderateMinutes, "min")))
        shapes.append(fitbitDays("very_active_minutes", Field("value", .vigorousMinutes, "min")))
        let fitness = Field("value.demographicVO2Max", .vo2Max, "mL/min/kg", isPositive: true)
        shapes.append(fitbitDays("demographic_vo", fitness))
        let zoneDays = VendorShape.list("fitbit/time_in_heart_rate_zones", at: "", marks: ["dateTime"], zones)
        shapes.append(zoneDays.named("time_in_heart_rate_zones"))
        shapes.append(fitbitMinutes("steps", Field("value", .steps, "{steps}"), seconds: 60))
        shapes.append(fitbitMinutes("distance", Field("value", .activityDistance, "cm"), seconds: 60))
        shapes.append(fitbitMinutes("calories", Field("value", .energy, "kcal"), seconds: 60))
        shapes.append(
            fitbitMinutes("heart_rate", Field("value.bpm", .heartRate, "/min", isPositive: true), seconds: 0))
        shapes.append(VendorShape(type: "fitbit/series", find: unnamedSeries, read: refuseSeries))
        return shapes
    }()

    @Sendable private static func unnamedSeries(_ answer: JSONValue, _ hint: String) -> [VendorShape.Found]? {
        guard !exportNames.contains(hint), let first = answer.array?.first, first["dateTime"] != nil,
            first["value"] != nil, first["value"]?["avg"] == nil
        else { return nil }
        return [(.object(["series": answer]), "$")]
    }

    @Sendable private static func refuseSeries(_ record: inout VendorRecord) throws(FeedRejection) {
        throw FeedRejection(
            code: "measure-unknown", place: record.place,
            detail: "a series of Fitbit tells its measure in the file's name alone, e.g. steps.json")
    }

    @Sendable private static func exercise(_ record: inout VendorRecord) throws(FeedRejection) {
        let wall = try record.wall("startTime", .iso8601, fitbitClock)
        try fitbitActivity(&record, from: record.time(wall, zone: .utc), to: nil)
    }

    @Sendable private static func weight(_ record: inout VendorRecord) throws(FeedRejection) {
        guard let date = record.text("date") else { throw record.missing("date") }
        let wall = try VendorRecord.wall(
            "\(date) \(record.text("time") ?? "00:00:00")", [.iso8601, fitbitClock], place: record.at("date"))
        record.id = try record.number("logId") ?? ""
        record.note("unit-unknown", "weight", "the export does not say whether it is in kilograms or pounds")
        let fields = [
            Field("bmi", .bodyMassIndex, "kg/m2", isPositive: true), Field("fat", .bodyFat, "%", isPositive: true),
        ]
        try record.add(fields, record.time(wall))
    }

    @Sendable private static func zones(_ record: inout VendorRecord) throws(FeedRejection) {
        let day = record.day(try record.wall("dateTime", .iso8601, fitbitClock))
        for member in record.member("value.valuesInZones")?.object?.members ?? [] {
            let path = "value.valuesInZones.\(member.key)"
            guard member.key.utf8.count <= 64, let text = try VendorRecord.number(member.value, place: record.at(path))
            else { continue }
            let name = member.key.lowercased().replacing("_", with: "-")
            let concept = CodedConcept.openMHealth(
                "minutes-in-heart-rate-zone:\(name)", "Minutes in a heart rate zone, \(name)")
            record.add(Field(path, concept, "min"), text, at: path, day.start, day.end)
        }
    }

    /// Names of files whose series are read.
    private static let exportNames: Set<String> = [
        "resting_heart_rate", "sedentary_minutes", "lightly_active_minutes", "moderately_active_minutes",
        "very_active_minutes", "demographic_vo", "time_in_heart_rate_zones", "steps", "distance", "calories",
        "heart_rate",
    ]

    private static func fitbitDays(_ name: String, _ field: Field) -> VendorShape {
        VendorShape.list("fitbit/\(name)", at: "", marks: ["dateTime"]) { (record) throws(FeedRejection) in
            let day = record.day(try record.wall("dateTime", .iso8601, fitbitClock))
            try record.add([field], day.start, day.end)
        }.named(name)
    }

    private static func fitbitMinutes(_ name: String, _ field: Field, seconds: Int64) -> VendorShape {
        VendorShape.list("fitbit/\(name)", at: "", marks: ["dateTime"]) { (record) throws(FeedRejection) in
            let start = record.time(try record.wall("dateTime", .iso8601, fitbitClock), zone: .utc)
            try record.add([field], start, seconds == 0 ? nil : start.advanced(by: .seconds(seconds)))
        }.named(name)
    }
}
