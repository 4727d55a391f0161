/// A point in time: microseconds since 1970-01-01T00:00:00Z, the unit of every time in the fleet's events.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    /// Microseconds since the Unix epoch (UTC, leap seconds not counted).
    public let microseconds: Int64

    /// A time from microseconds since the epoch.
    @inlinable
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Earlier comes first.
    @inlinable
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// The time that lies `duration` later; saturates at the ends of the range.
    public func advanced(by duration: Duration) -> Timestamp {
        let (sum, overflow) = microseconds.addingReportingOverflow(duration.microseconds)
        guard overflow else { return Timestamp(microseconds: sum) }
        return Timestamp(microseconds: duration < .zero ? .min : .max)
    }

    /// How long after `earlier` this time lies (negative when it lies before).
    public func since(_ earlier: Timestamp) -> Duration {
        let (difference, overflow) = microseconds.subtractingReportingOverflow(earlier.microseconds)
        guard overflow else { return .microseconds(difference) }
        return .microseconds(microseconds < earlier.microseconds ? Int64.min : Int64.max)
    }
}

extension Duration {
    /// The whole duration in microseconds, truncated; saturates at the ends of `Int64`.
    public var microseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, sumOverflow) = product.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        guard !sumOverflow else { return seconds < 0 ? .min : .max }
        return sum
    }
}
