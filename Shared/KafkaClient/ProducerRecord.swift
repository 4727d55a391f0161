/// A header of a record: a name and bytes. Names may repeat.
public struct KafkaHeader: Hashable, Sendable {
    /// The name, without NUL.
    public var name: String
    /// The value; Kafka's null value reads as empty.
    public var value: [UInt8]

    /// A header of bytes.
    public init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }

    /// A header of UTF-8 text.
    public init(name: String, value: String) {
        self.init(name: name, value: Array(value.utf8))
    }
}

/// A record to publish.
public struct ProducerRecord: Sendable {
    /// The topic's name.
    public var topic: String
    /// The partition; nil lets the key decide (murmur2, as the Java client does; no key: at random).
    public var partition: Int32?
    /// The key; nil and empty are different.
    public var key: [UInt8]?
    /// The value; nil is a tombstone.
    public var value: [UInt8]?
    /// The headers, in order.
    public var headers: [KafkaHeader]
    /// Microseconds since the epoch, UTC (Kafka keeps milliseconds); nil means now.
    public var timestampMicroseconds: Int64?

    /// A record for `topic`.
    public init(
        topic: String, partition: Int32? = nil, key: [UInt8]? = nil, value: [UInt8]?, headers: [KafkaHeader] = [],
        timestampMicroseconds: Int64? = nil
    ) {
        self.topic = topic
        self.partition = partition
        self.key = key
        self.value = value
        self.headers = headers
        self.timestampMicroseconds = timestampMicroseconds
    }
}
