public import Domain
public import KafkaClient

/// One record as it reached the service: from a partition of a topic, or from a sender who waits for the answer (a request lane).
public struct StreamRecord: Sendable {
    /// The topic, or the name of the request lane (such as `http`).
    public let topic: String
    /// The partition of the topic, or the number of the request lane.
    public let partition: Int32
    /// The place in the partition; dense in a request lane.
    public let offset: Int64
    /// When the log (or the lane) took the record.
    public let receivedAt: Timestamp
    private let content: Content

    private enum Content: Sendable {
        case consumed(ConsumedRecord)
        case submitted(key: [UInt8]?, value: [UInt8], headers: [KafkaHeader])
    }

    /// A record consumed from Kafka.
    public init(_ record: ConsumedRecord) {
        topic = record.topicPartition.topic
        partition = record.topicPartition.partition
        offset = record.offset
        receivedAt = Timestamp(microseconds: record.timestampMicroseconds)
        content = .consumed(record)
    }

    /// A record made in memory: a submission to a request lane, a replay, or a test's input.
    public init(
        topic: String, partition: Int32 = 0, offset: Int64, receivedAt: Timestamp, key: [UInt8]? = nil, value: [UInt8],
        headers: [KafkaHeader] = []
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.receivedAt = receivedAt
        content = .submitted(key: key, value: value, headers: headers)
    }

    /// The record's key, or nil when it has none.
    public var key: ArraySlice<UInt8>? {
        switch content {
        case .consumed(let record): record.key
        case .submitted(let key, _, _): key.map { $0[...] }
        }
    }

    /// The record's value, or nil for a tombstone.
    public var value: ArraySlice<UInt8>? {
        switch content {
        case .consumed(let record): record.value
        case .submitted(_, let value, _): value[...]
        }
    }

    /// The value of the first header called `name`, as text, or nil when it is absent or not UTF-8.
    public func header(_ name: String) -> String? {
        switch content {
        case .consumed(let record):
            record.header(name).flatMap { String(validating: $0, as: UTF8.self) }
        case .submitted(_, _, let headers):
            headers.first { $0.name == name }.flatMap { String(validating: $0.value, as: UTF8.self) }
        }
    }

    /// Every header, in order.
    public var headers: [KafkaHeader] {
        switch content {
        case .consumed(let record): record.headers
        case .submitted(_, _, let headers): headers
        }
    }

    /// What the record costs in the byte budget.
    public var byteCount: Int {
        switch content {
        case .consumed(let record): record.byteCount
        case .submitted(let key, let value, _): (key?.count ?? 0) + value.count + 64
        }
    }
}
