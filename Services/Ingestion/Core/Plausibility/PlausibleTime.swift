import Domain

/// The windows that times must lie in: clocks of devices go wrong by decades, and one such fact would move every watermark.
enum PlausibleTime {
    /// 1900-01-01T00:00:00Z.
    static let earliest = Timestamp(microseconds: -2_208_988_800_000_000)
    /// How far the future may begin before it is the sender's clock that is wrong. A local time that was sent as UTC is 14 hours off at most.
    static let tolerance = Duration.seconds(86_400)
    /// How far ahead what is planned (a visit, a course of a drug) may begin.
    static let planning = Duration.seconds(5 * 366 * 86_400)

    /// `time-implausible` unless `time` lies between 1900 and `tolerance` after the receipt.
    static func doubt(
        _ time: Timestamp, receivedAt: Timestamp, tolerance: Duration = tolerance, place: @autoclosure () -> String
    ) -> FeedRejection? {
        guard time < earliest || time > receivedAt.advanced(by: tolerance) else { return nil }
        let days = tolerance.components.seconds / 86_400
        let ahead = days == 1 ? "more than a day after receipt" : "more than \(days) days after receipt"
        return FeedRejection(
            code: "time-implausible", place: place(),
            detail: "\(time < earliest ? "before 1900" : ahead); check the sender's clock")
    }

    /// `time-implausible` when `time` is, to the microsecond, the moment at which a clock that was never set begins.
    static func epochDoubt(_ time: Timestamp, isFromDevice: Bool, place: @autoclosure () -> String) -> FeedRejection? {
        guard time.microseconds % 1_000_000 == 0,
            let name = (isFromDevice ? deviceEpochs : anyEpochs)[time.microseconds / 1_000_000]
        else { return nil }
        return FeedRejection(
            code: "time-implausible", place: place(),
            detail: "is exactly \(name), where a clock that was never set begins; check the sender's clock")
    }

    /// `period-reversed` or `duration-implausible` unless the period runs forward and is no longer than `longest`.
    static func periodDoubt(
        _ start: Timestamp?, _ end: Timestamp?, longest: Duration? = nil, place: @autoclosure () -> String
    ) -> FeedRejection? {
        guard let start, let end else { return nil }
        if end < start {
            return FeedRejection(code: "period-reversed", place: place(), detail: "ends before it begins")
        }
        guard let longest, end.since(start) > longest else { return nil }
        return FeedRejection(
            code: "duration-implausible", place: place(),
            detail: "lasts longer than \(longest.components.seconds / 86_400) days; check both times")
    }

    /// Seconds since 1970 of the zero of Unix clocks. Nothing else is measured at that very microsecond.
    private static let anyEpochs: [Int64: String] = [0: "1970-01-01T00:00:00Z (Unix)"]

    /// For what devices measure: the zeros of other clocks as well. Whole days of records that people keep fall on some of them, and such a day
    /// is no fault, so these count for devices only.
    private static let deviceEpochs: [Int64: String] = anyEpochs.merging(
        [
            -2_208_988_800: "1900-01-01T00:00:00Z (NTP)",
            -2_082_844_800: "1904-01-01T00:00:00Z (Mac OS, QuickTime)",
            315_532_800: "1980-01-01T00:00:00Z (FAT)",
            315_964_800: "1980-01-06T00:00:00Z (GPS)",
            631_065_600: "1989-12-31T00:00:00Z (FIT)",
            935_280_000: "1999-08-22T00:00:00Z (GPS week 1024)",
            946_684_800: "2000-01-01T00:00:00Z (many microcontrollers)",
            978_307_200: "2001-01-01T00:00:00Z (Apple)",
            1_554_595_200: "2019-04-07T00:00:00Z (GPS week 2048)",
        ], uniquingKeysWith: { first, _ in first })
}
