/// What a consumer tells, and asks, its owner.
///
/// Every call comes on the consumer's own thread, one at a time, and may block: while it does, nothing else is
/// delivered, but the membership of the group is kept up (heartbeats are librdkafka's own) for `max.poll.interval.ms`.
public protocol KafkaConsumerDelegate: AnyObject, Sendable {
    /// The group gave us `partitions`: answers where to start, as absolute offsets. For a partition that is absent
    /// from the answer the group's committed offset counts, or else `auto.offset.reset`.
    ///
    /// When it throws, the partitions are given back, ``failed(_:)`` is told, and the consumer leaves the group and
    /// joins it again after a second.
    func partitionsAssigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64]

    /// The group takes `partitions` away. Returns when the work on them has drained; the group waits meanwhile, so the
    /// delegate enforces a deadline. `lost` means that somebody else may own them already.
    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool)

    /// One record; offsets rise within a partition, from its start offset.
    func received(_ record: ConsumedRecord)

    /// False while there is no room for another record. Asked before each one; whoever makes room calls
    /// ``KafkaConsumer/wake()``.
    var acceptsRecords: Bool { get }

    /// Everything before `offset` has been delivered and nothing is there yet.
    func reachedEnd(of partition: TopicPartition, offset: Int64)

    /// Something other than a record went wrong. Unless it is fatal, the consumer goes on by itself; after a fatal one
    /// it gives its partitions back and leaves the group.
    func failed(_ error: KafkaError)

    /// librdkafka's statistics, as JSON, each `statistics.interval.ms` when that is set.
    func statistics(_ json: String)
}

extension KafkaConsumerDelegate {
    /// Ignores the end of a partition.
    public func reachedEnd(of partition: TopicPartition, offset: Int64) {}
    /// Ignores the statistics.
    public func statistics(_ json: String) {}
}
