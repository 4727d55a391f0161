public import Domain

/// The event-time watermark of one partition: no event older than it is expected.
///
/// It trails the greatest event time seen by the allowed lateness and never goes back, so it is a function of the records alone.
public struct WatermarkTracker: Sendable, Equatable {
    /// How far out of order events may come.
    public let allowedLateness: Duration
    /// The watermark, or nil before the first event.
    public private(set) var watermark: Timestamp?

    /// A tracker, resumed at a stored watermark.
    public init(allowedLateness: Duration, resumedAt watermark: Timestamp? = nil) {
        self.allowedLateness = allowedLateness
        self.watermark = watermark
    }

    /// Sees an event; true when it is late, that is, older than the watermark before it.
    public mutating func observe(_ eventTime: Timestamp) -> Bool {
        let isLate = watermark.map { eventTime < $0 } ?? false
        let candidate = eventTime.advanced(by: .zero - allowedLateness)
        if watermark.map({ $0 < candidate }) ?? true { watermark = candidate }
        return isLate
    }
}

/// The watermark of many partitions together: the least of those that are not idle.
public struct CombinedWatermark: Sendable {
    /// A partition without a record for this long does not hold the others back.
    public let idleTimeout: Duration

    /// A combination with this idle timeout.
    public init(idleTimeout: Duration) {
        self.idleTimeout = idleTimeout
    }

    /// The least watermark of the partitions whose last record lies within the idle timeout before `now`; nil when none is active, or
    /// when an active one has none yet.
    public func value(of partitions: [(watermark: Timestamp?, lastRecordAt: Timestamp)], now: Timestamp) -> Timestamp? {
        var least: Timestamp?
        for partition in partitions where now.since(partition.lastRecordAt) <= idleTimeout {
            guard let watermark = partition.watermark else { return nil }
            least = least.map { min($0, watermark) } ?? watermark
        }
        return least
    }
}
