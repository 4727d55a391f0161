/// How far one consumer group is behind on one partition.
public struct PartitionLag: Equatable, Sendable, Codable {
    /// The consumer group.
    public let group: String
    /// The topic.
    public let topic: String
    /// The partition's number.
    public let partition: Int32
    /// The next offset that the group will handle; nil when it has none yet.
    public let position: Int64?
    /// The first offset that the log still has.
    public let low: Int64
    /// The offset that the next record will get.
    public let high: Int64
    /// How far the event times that have been handled trail the clock, in seconds; nil when none has been handled.
    public let eventAgeSeconds: Double?

    /// The lag of `group` at `position` of a partition that holds `low` up to `high`.
    public init(
        group: String, topic: String, partition: Int32, position: Int64?, low: Int64, high: Int64,
        eventAgeSeconds: Double? = nil
    ) {
        self.group = group
        self.topic = topic
        self.partition = partition
        self.position = position
        self.low = low
        self.high = high
        self.eventAgeSeconds = eventAgeSeconds
    }

    /// Records that the group has still to handle and that the log still has; never negative.
    public var records: Int64 { max(0, high - max(position ?? low, low)) }

    /// Records that the log has dropped before the group handled them; never negative.
    public var lostRecords: Int64 { max(0, low - (position ?? 0)) }

    /// Sums over many partitions.
    public static func total(_ lags: some Sequence<PartitionLag>) -> (records: Int64, lost: Int64, worst: Int64) {
        lags.reduce((0, 0, 0)) { ($0.0 + $1.records, $0.1 + $1.lostRecords, max($0.2, $1.records)) }
    }
}
