public import JSONDocument

/// Reads the Fitbit exports of PMData (Thambawita et al., MMSys 2020) and writes them as Open mHealth data points.
///
/// The data points are what a gateway would publish on `feed.wearable.v1`. Their ids are functions of participant, file and record, so that
/// publishing a folder twice changes nothing. Files without an Open mHealth schema that says the same are not read (``kind(ofFile:)``).
///
/// Clocks: the export writes local times without a zone in `sleep` and in daily values, and UTC in `steps` and `exercise`. (Measured on
/// p03, p10 and p13: the steps counted during the logged walks agree within 4 % without a shift, and steps during sleep all but vanish when the
/// sleeps are moved by the offset of Oslo.)
public struct PMDataReader: Sendable {
    /// The files that are read.
    public enum Kind: String, Sendable, CaseIterable {
        /// Daily resting heart rate; `heart-rate` at rest over the local day.
        case restingHeartRate = "resting_heart_rate"
        /// Steps of each minute; `step-count`.
        case steps
        /// Sleeps; `sleep-episode`.
        case sleep
        /// Logged activities; `physical-activity`, and `heart-rate` with the average over the activity.
        case exercise
        /// Minutes of moderate activity of each day; `minutes-moderate-activity`.
        case moderateMinutes = "moderately_active_minutes"
    }

    /// What a file gave.
    public struct Yield: Sendable {
        /// The data points, in the file's order.
        public let dataPoints: [JSONValue]
        /// Records that hold no measurement (a resting heart rate of 0) or that could not be read.
        public let skipped: Int
    }

    private let participant: String

    /// A reader of the files of `participant`, e.g. `p03`, who becomes the data points' user id `pmdata-p03`.
    public init(participant: String) {
        self.participant = participant
    }

    /// The kind of a file by its name, e.g. `steps.json` or `steps.json.gz`; nil when the file is not read.
    public static func kind(ofFile name: String) -> Kind? {
        name.split(separator: "/").last.flatMap { $0.split(separator: ".").first }.flatMap {
            Kind(rawValue: String($0))
        }
    }

    /// The data points of one uncompressed file. Throws ``JSONDocument/JSONError`` when it is no JSON.
    public func dataPoints(of kind: Kind, json: some Collection<UInt8>) throws(JSONError) -> Yield {
        let document = try JSONValue(parsing: json, limits: JSONLimits(bytes: 1 << 30))
        var points: [JSONValue] = []
        var skipped = 0
        for (index, record) in (document.array ?? []).enumerated() {
            let made = self.points(of: kind, record, index: index)
            if made.isEmpty { skipped += 1 }
            points += made
        }
        return Yield(dataPoints: points, skipped: skipped)
    }

    private func points(of kind: Kind, _ record: JSONValue, index: Int) -> [JSONValue] {
        switch kind {
        case .restingHeartRate:
            guard let value = record["value"]?["value"]?.number, let rate = value.double, rate > 0,
                let day = localDay(record)
            else { return [] }
            return [
                point(
                    "heart-rate", "1.1", id: "resting-\(day.text.prefix(10))", createdAt: day.text,
                    body: [
                        "heart_rate": Self.quantity(value, "beats/min"),
                        "effective_time_frame": Self.wholeDay(day.text),
                        "temporal_relationship_to_physical_activity": "at rest",
                    ])
            ]
        case .moderateMinutes:
            guard let value = record["value"]?.string.flatMap({ JSONNumber($0) }), let day = localDay(record) else {
                return []
            }
            return [
                point(
                    "minutes-moderate-activity", "1.0", id: "moderate-\(day.text.prefix(10))", createdAt: day.text,
                    body: [
                        "minutes_moderate_activity": Self.quantity(value, "min"),
                        "effective_time_frame": Self.wholeDay(day.text),
                    ])
            ]
        case .steps:
            guard let value = record["value"]?.string.flatMap({ JSONNumber($0) }),
                let minute = record["dateTime"]?.string.flatMap({ PMDataClock(utc: $0) })
            else { return [] }
            let frame: JSONValue = [
                "time_interval": [
                    "start_date_time": .string(minute.text), "duration": Self.quantity(JSONNumber(1), "min"),
                ]
            ]
            return [
                point(
                    "step-count", "3.0", id: "steps-\(minute.text)", createdAt: minute.text,
                    body: ["step_count": Self.quantity(value, "steps"), "effective_time_frame": frame])
            ]
        case .sleep: return sleep(record, index: index)
        case .exercise: return exercise(record, index: index)
        }
    }

    private func sleep(_ record: JSONValue, index: Int) -> [JSONValue] {
        guard let start = record["startTime"]?.string.flatMap({ PMDataClock(oslo: $0) }),
            let end = record["endTime"]?.string.flatMap({ PMDataClock(oslo: $0) }),
            let asleep = record["minutesAsleep"]?.number
        else { return [] }
        var body: JSONObject = [
            "effective_time_frame": [
                "time_interval": ["start_date_time": .string(start.text), "end_date_time": .string(end.text)]
            ],
            "total_sleep_time": Self.quantity(asleep, "min"),
        ]
        if let latency = record["minutesToFallAsleep"]?.number {
            body["latency_to_sleep_onset"] = Self.quantity(latency, "min")
        }
        if let awake = record["minutesAwake"]?.number { body["wake_after_sleep_onset"] = Self.quantity(awake, "min") }
        if let efficiency = record["efficiency"]?.number {
            body["sleep_maintenance_efficiency_percentage"] = Self.quantity(efficiency, "%")
        }
        if case .bool(let isMain)? = record["mainSleep"] { body["is_main_sleep"] = .bool(isMain) }
        return [
            point(
                "sleep-episode", "1.1", id: "sleep-\(Self.logID(record, index))", createdAt: end.text,
                body: .object(body))
        ]
    }

    private func exercise(_ record: JSONValue, index: Int) -> [JSONValue] {
        guard let start = record["startTime"]?.string.flatMap({ PMDataClock(utc: $0) }),
            let name = record["activityName"]?.string, let duration = record["duration"]?.number
        else { return [] }
        let frame: JSONValue = [
            "time_interval": ["start_date_time": .string(start.text), "duration": Self.quantity(duration, "ms")]
        ]
        let log = Self.logID(record, index)
        var body: JSONObject = ["activity_name": .string(name), "effective_time_frame": frame]
        if let energy = record["calories"]?.number { body["kcal_burned"] = Self.quantity(energy, "kcal") }
        if let distance = record["distance"]?.number, record["distanceUnit"]?.string == "Kilometer" {
            body["distance"] = Self.quantity(distance, "km")
        }
        var points = [
            point("physical-activity", "1.2", id: "exercise-\(log)", createdAt: start.text, body: .object(body))
        ]
        if let rate = record["averageHeartRate"]?.number {
            let body: JSONValue = [
                "heart_rate": Self.quantity(rate, "beats/min"), "effective_time_frame": frame,
                "descriptive_statistic": "average", "temporal_relationship_to_physical_activity": "during exercise",
            ]
            points.append(
                point("heart-rate", "1.1", id: "exercise-heart-rate-\(log)", createdAt: start.text, body: body))
        }
        return points
    }

    private func point(_ schema: String, _ version: String, id: String, createdAt: String, body: JSONValue) -> JSONValue
    {
        [
            "header": [
                "id": .string("pmdata-\(participant)-\(id)"), "creation_date_time": .string(createdAt),
                "schema_id": ["namespace": "omh", "name": .string(schema), "version": .string(version)],
                "acquisition_provenance": ["source_name": "Fitbit Versa 2", "modality": "sensed"],
                "user_id": .string("pmdata-\(participant)"),
            ],
            "body": body,
        ]
    }

    private func localDay(_ record: JSONValue) -> PMDataClock? {
        record["dateTime"]?.string.flatMap { PMDataClock(oslo: $0) }
    }

    private static func quantity(_ number: JSONNumber, _ unit: String) -> JSONValue {
        ["value": .number(number), "unit": .string(unit)]
    }

    private static func wholeDay(_ start: String) -> JSONValue {
        ["time_interval": ["start_date_time": .string(start), "duration": quantity(JSONNumber(1), "d")]]
    }

    private static func logID(_ record: JSONValue, _ index: Int) -> String {
        record["logId"]?.number?.text ?? "\(index)"
    }
}
