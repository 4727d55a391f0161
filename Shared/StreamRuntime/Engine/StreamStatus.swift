public import Domain
public import KafkaClient

/// How a stream application is; what health checks look at.
public struct StreamStatus: Sendable {
    /// Between the start and the end of `run()`.
    public let isRunning: Bool
    /// The group has given us an assignment (true when there is nothing to consume).
    public let hasAssignment: Bool
    /// Submissions are taken (true when none are meant to be).
    public let takesSubmissions: Bool
    /// How many partitions are ours.
    public let ownedPartitions: Int
    /// Bytes between the log and the transactions.
    public let bufferedBytes: Int
    /// Bytes of committed outbox rows that have not left.
    public let unsentBytes: Int
    /// Partitions that have records and do not move.
    public let stuckPartitions: [TopicPartition]
    /// The least watermark of the active partitions.
    public let watermark: Timestamp?

    /// True when traffic may come.
    public var isReady: Bool { isRunning && hasAssignment && takesSubmissions }
    /// False when the process should be started anew.
    public var isLive: Bool { stuckPartitions.isEmpty }
}
