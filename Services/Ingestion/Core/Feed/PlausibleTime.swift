import Domain

/// The window that an effective time must lie in: clocks of devices go wrong by decades, and one such fact would move every watermark.
enum PlausibleTime {
    /// 1900-01-01T00:00:00Z.
    static let earliest = Timestamp(microseconds: -2_208_988_800_000_000)
    /// How far the future may begin before it is the sender's clock that is wrong.
    static let tolerance = Duration.seconds(86_400)

    /// Throws `time-implausible` unless `time` lies between 1900 and one day after the receipt.
    static func check(_ time: Timestamp, receivedAt: Timestamp, place: @autoclosure () -> String) throws(FeedRejection)
    {
        guard time < earliest || time > receivedAt.advanced(by: tolerance) else { return }
        throw FeedRejection(
            code: "time-implausible", place: place(),
            detail: time < earliest
                ? "before 1900; check the sender's clock" : "more than a day after receipt; check the sender's clock")
    }
}
