/// One partition of one topic.
public struct TopicPartition: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The topic's name.
    public var topic: String
    /// The partition's number, from 0.
    public var partition: Int32

    /// Partition `partition` of `topic`.
    public init(topic: String, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// By topic, then by number.
    public static func < (left: TopicPartition, right: TopicPartition) -> Bool {
        (left.topic, left.partition) < (right.topic, right.partition)
    }

    /// `topic[3]`
    public var description: String { "\(topic)[\(partition)]" }
}

/// Where a record stands.
public struct RecordPosition: Hashable, Sendable {
    /// The partition.
    public var topicPartition: TopicPartition
    /// The record's offset in it.
    public var offset: Int64

    /// Offset `offset` of `topicPartition`.
    public init(topicPartition: TopicPartition, offset: Int64) {
        self.topicPartition = topicPartition
        self.offset = offset
    }
}
