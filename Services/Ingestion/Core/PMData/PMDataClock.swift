import Domain

/// A wall-clock time of the export (`2019-11-01 00:48:00`, `2019-11-01T04:03:00.000`) as RFC 3339 text with its offset.
struct PMDataClock {
    /// The time with its zone, e.g. `2019-11-01T04:03:00.000+01:00`.
    let text: String

    /// A time that the export writes in UTC.
    init?(utc clock: String) {
        self.init(clock, zone: "Z")
    }

    /// A time that the export writes in the local time of Oslo: UTC+1, and UTC+2 from the last Sunday of March, 02:00, to the last Sunday of
    /// October, 03:00 (Directive 2000/84/EC, which Norway follows).
    init?(oslo clock: String) {
        guard let wall = Timestamp(iso8601: clock.replacing(" ", with: "T") + "Z"), let year = Int(clock.prefix(4)),
            let begin = Self.lastSunday(of: year, month: 3, hour: 2),
            let end = Self.lastSunday(of: year, month: 10, hour: 3)
        else { return nil }
        self.init(clock, zone: wall >= begin && wall < end ? "+02:00" : "+01:00")
    }

    private init?(_ clock: String, zone: String) {
        text = clock.replacing(" ", with: "T") + zone
        guard Timestamp(iso8601: text) != nil else { return nil }
    }

    /// The last Sunday of a month of 31 days, at `hour`, as if the wall clock were UTC.
    private static func lastSunday(of year: Int, month: Int, hour: Int64) -> Timestamp? {
        guard let last = Timestamp(iso8601Date: "\(year)-\(month < 10 ? "0" : "")\(month)-31") else { return nil }
        // 1970-01-01 was a Thursday: day 3 of the epoch was a Sunday.
        let day = last.microseconds / 86_400_000_000
        let sunday = day - (((day - 3) % 7) + 7) % 7
        return Timestamp(microseconds: (sunday * 24 + hour) * 3_600_000_000)
    }
}
