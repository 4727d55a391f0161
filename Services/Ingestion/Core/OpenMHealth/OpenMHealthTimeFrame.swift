import Domain
import JSONDocument

/// The effective_time_frame of a body, as start and end.
///
/// A time interval may give any two of start, end and duration. A date with a part of the day has no zone: it is placed in UTC, morning
/// 06:00-12:00, afternoon 12:00-18:00, evening 18:00-24:00, night 00:00-06:00 of that date. Durations in `Mo` and `yr` are of no fixed length and
/// are refused.
struct OpenMHealthTimeFrame: Equatable {
    let start: Timestamp
    let end: Timestamp?

    /// The frame at `place`; nil when `value` is nil. The schema has been checked before.
    init?(_ value: JSONValue?, place: String) throws(FeedRejection) {
        guard let value else { return nil }
        if let text = value["date_time"]?.string {
            start = try Self.time(text, place: "\(place).date_time")
            end = nil
            return
        }
        guard let interval = value["time_interval"] else { return nil }
        let place = "\(place).time_interval"
        if let date = interval["date"]?.string, let part = interval["part_of_day"]?.string {
            guard let day = Timestamp(iso8601Date: date) else {
                throw FeedRejection(
                    code: "invalid-format", place: "\(place).date", detail: "must be a day of the calendar")
            }
            let hour: Int64 =
                switch part {
                case "morning": 6
                case "afternoon": 12
                case "evening": 18
                default: 0
                }
            start = day.advanced(by: .seconds(hour * 3_600))
            end = day.advanced(by: .seconds((hour + 6) * 3_600))
            return
        }
        let startText = interval["start_date_time"]?.string
        let endText = interval["end_date_time"]?.string
        let duration = try Self.duration(interval["duration"], place: "\(place).duration")
        switch (startText, endText, duration) {
        case (let startText?, let endText?, _):
            start = try Self.time(startText, place: "\(place).start_date_time")
            end = try Self.time(endText, place: "\(place).end_date_time")
        case (let startText?, nil, let duration?):
            start = try Self.time(startText, place: "\(place).start_date_time")
            end = start.advanced(by: duration)
        case (nil, let endText?, let duration?):
            let last = try Self.time(endText, place: "\(place).end_date_time")
            start = last.advanced(by: .zero - duration)
            end = last
        default:
            throw FeedRejection(
                code: "no-alternative", place: place, detail: "must give two of start, end and duration")
        }
        if let end, end < start {
            throw FeedRejection(code: "period-reversed", place: place, detail: "must not end before it starts")
        }
    }

    private static func time(_ text: String, place: String) throws(FeedRejection) -> Timestamp {
        guard let time = Timestamp(iso8601: text) else {
            throw FeedRejection(
                code: "invalid-format", place: place, detail: "must be a date-time of RFC 3339 with a zone")
        }
        return time
    }

    private static func duration(_ value: JSONValue?, place: String) throws(FeedRejection) -> Duration? {
        guard let number = value?["value"]?.number?.double, let unit = value?["unit"]?.string else { return nil }
        let seconds: [String: Double] = [
            "ps": 1e-12, "ns": 1e-9, "us": 1e-6, "ms": 1e-3, "sec": 1, "min": 60, "h": 3_600, "d": 86_400,
            "wk": 604_800,
        ]
        guard let factor = seconds[unit] else {
            throw FeedRejection(
                code: "duration-unit", place: place,
                detail: "a duration in \(unit == "Mo" ? "Mo" : "yr") has no fixed length")
        }
        guard number >= 0, number * factor <= 3_155_760_000 else {
            throw FeedRejection(code: "duration-implausible", place: place, detail: "must lie between 0 and 100 years")
        }
        return .microseconds(Int64((number * factor * 1e6).rounded()))
    }
}
