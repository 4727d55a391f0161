import Domain
import JSONDocument

/// Data sets, aggregates and sessions of Google Fit (https://developers.google.com/fit), of its interface and of Takeout.
extension VendorReader {
    static let googleFitSystem = "https://developers.google.com/fit"

    static let googleFit: [VendorShape] = [
        VendorShape(type: "google-fit/point", find: { answer, _ in googleFitPoints(answer) }, read: googleFitPoint),
        .list("google-fit/session", at: "session", marks: ["startTimeMillis"]) { (record) throws(FeedRejection) in
            let start = try record.epoch("startTimeMillis", microseconds: 1_000)
            let end = try record.epoch("endTimeMillis", microseconds: 1_000)
            record.id = record.text("id") ?? ""
            guard let type = try record.integer("activityType") else { throw record.missing("activityType") }
            googleFitActivity(&record, type, at: "activityType", start, end)
        },
    ]

    @Sendable private static func googleFitPoints(_ answer: JSONValue) -> [VendorShape.Found]? {
        func points(_ list: JSONValue?, _ place: String) -> [VendorShape.Found]? {
            list?.array?.enumerated().map { ($1, "\(place)[\($0)]") }
        }
        if answer["dataSourceId"] != nil, let found = points(answer["point"] ?? [], "point") { return found }
        if answer["Data Points"] != nil { return points(answer["Data Points"], "Data Points") }
        guard let buckets = answer["bucket"]?.array else { return nil }
        var found: [VendorShape.Found] = []
        for (outer, bucket) in buckets.enumerated() {
            for (inner, set) in (bucket["dataset"]?.array ?? []).enumerated() {
                found += points(set["point"], "bucket[\(outer)].dataset[\(inner)].point") ?? []
            }
        }
        return found
    }

    /// The values of a data type, in order.
    private static let googleFitTypes: [String: [(CodedConcept, String)]] = [
        "com.google.step_count.delta": [(.steps, "{steps}")], "com.google.heart_rate.bpm": [(.heartRate, "/min")],
        "com.google.heart_rate.summary": [
            (.heartRate, "/min"), (.statistic("heart-rate", "maximum", "Heart rate"), "/min"),
            (.statistic("heart-rate", "minimum", "Heart rate"), "/min"),
        ],
        "com.google.weight": [(.bodyWeight, "kg")],
        "com.google.weight.summary": [
            (.bodyWeight, "kg"), (.statistic("body-weight", "maximum", "Body weight"), "kg"),
            (.statistic("body-weight", "minimum", "Body weight"), "kg"),
        ],
        "com.google.height": [(.bodyHeight, "m")], "com.google.body.fat.percentage": [(.bodyFat, "%")],
        "com.google.calories.expended": [(.energy, "kcal")], "com.google.calories.bmr": [(.basalEnergy, "kcal/d")],
        "com.google.distance.delta": [(.activityDistance, "m")], "com.google.speed": [(.speed, "m/s")],
        "com.google.blood_pressure": [(.systolicPressure, "mm[Hg]"), (.diastolicPressure, "mm[Hg]")],
        "com.google.blood_glucose": [(.glucose, "mmol/L")], "com.google.oxygen_saturation": [(.oxygenSaturation, "%")],
        "com.google.body.temperature": [(.bodyTemperature, "Cel")],
        "com.google.active_minutes": [(.moderateMinutes, "min")],
        "com.google.heart_minutes": [(.openMHealth("heart-points", "Heart points"), "{points}")],
        "com.google.hydration": [(.openMHealth("hydration", "Water drunk"), "L")],
        "com.google.cycling.pedaling.cadence": [(.cadence, "/min")],
        "com.google.step_count.cadence": [(.cadence, "/min")],
        "com.google.power.sample": [(.openMHealth("power", "Power"), "W")],
    ]

    private static let googleFitSleep: [Int64: String] = [
        1: "awake", 2: "sleep", 3: "out-of-bed", 4: "light", 5: "deep", 6: "rem",
    ]

    @Sendable private static func googleFitPoint(_ record: inout VendorRecord) throws(FeedRejection) {
        guard let type = record.text("dataTypeName") else { throw record.missing("dataTypeName") }
        let start = try record.epochNanoseconds("startTimeNanos")
        let last = try record.epochNanoseconds("endTimeNanos")
        let end = last == start ? nil : last
        record.device = record.text("originDataSourceId") ?? record.answer["dataSourceId"]?.string ?? ""
        // Takeout wraps each value once more.
        let wrapped = record.member("fitValue")?.array?.map { $0["value"] ?? .null }
        let values = record.member("value")?.array ?? wrapped ?? []
        let name = wrapped == nil ? "value" : "fitValue"
        switch type {
        case "com.google.activity.segment", "com.google.sleep.segment":
            guard let code = values.first?["intVal"]?.number?.int64 else { throw record.missing("\(name)[0].intVal") }
            if type == "com.google.sleep.segment" {
                let stage = googleFitSleep[code] ?? "stage-\(code)"
                record.add(.sleepStage, code: stage, system: googleFitSystem, at: "\(name)[0].intVal", start, end)
            } else {
                googleFitActivity(&record, code, at: "\(name)[0].intVal", start, end)
            }
        default:
            guard let concepts = googleFitTypes[type] else {
                return record.note("unsupported-type", "dataTypeName", "the data type is not in the table")
            }
            for (index, (concept, unit)) in concepts.enumerated() where index < values.count {
                let path = "\(name)[\(index)]"
                guard let value = values[index]["fpVal"] ?? values[index]["intVal"] else { continue }
                guard let text = try VendorRecord.number(value, place: record.at(path)) else { continue }
                record.add(concept, .quantity(text, unit: unit, sent: unit), at: path, start, end)
            }
        }
    }

    /// An activity of the list at https://developers.google.com/fit/rest/v1/reference/activity-types; sleep has numbers of its own there.
    private static func googleFitActivity(
        _ record: inout VendorRecord, _ code: Int64, at path: String, _ start: Timestamp, _ end: Timestamp?
    ) {
        let sleep: [Int64: String] = [72: "sleep", 109: "light", 110: "deep", 111: "rem", 112: "awake"]
        if let stage = sleep[code] {
            record.add(.sleepStage, code: stage, system: googleFitSystem, at: path, start, end)
        } else {
            record.add(.exercise, code: "activity-\(code)", system: googleFitSystem, at: path, start, end)
        }
    }
}
