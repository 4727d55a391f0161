import CKafka
import Logging

/// Questions about topics and groups. Each blocks a thread of its own, never the caller's.
public final class KafkaMetadata: Sendable {
    /// The first offset that is still there, and the one that the next record will get.
    public struct Watermarks: Hashable, Sendable {
        /// The first offset that is still there.
        public var low: Int64
        /// The offset of the next record to come.
        public var high: Int64

        /// Watermarks.
        public init(low: Int64, high: Int64) {
            self.low = low
            self.high = high
        }
    }

    private let configuration: KafkaConfiguration
    private let client: ClientHandle
    private let logger: Logger
    private let timeout: Duration
    private let finished = Signal()

    /// A client that waits at most `timeout` for each answer.
    public init(
        _ configuration: KafkaConfiguration, timeout: Duration = .seconds(10), logger: Logger
    ) throws(KafkaError) {
        self.configuration = configuration
        self.timeout = timeout
        self.logger = logger
        client = try ClientHandle(
            .producer, ClientSettings(configuration, defaults: [], fixed: []), logger: logger)
    }

    deinit {
        let client = client
        try? DedicatedThread.start("kafka-close") { client.destroy() }
    }

    /// Every topic, the internal ones left out, and its number of partitions.
    public func topics() async throws(KafkaError) -> [String: Int] {
        try await ask("list topics") { handle, milliseconds throws(KafkaError) in
            var metadata: UnsafePointer<rd_kafka_metadata>?
            // All topics at once: asking for one by name would create it on clusters that create topics on demand.
            try check(rd_kafka_metadata(handle, 1, nil, &metadata, milliseconds), "list topics")
            guard let metadata else { return [:] }
            defer { rd_kafka_metadata_destroy(metadata) }
            var topics: [String: Int] = [:]
            for index in 0..<Int(metadata.pointee.topic_cnt) {
                let topic = metadata.pointee.topics[index]
                let name = String(cString: topic.topic)
                if topic.err == RD_KAFKA_RESP_ERR_NO_ERROR, !name.hasPrefix("__") {
                    topics[name] = Int(topic.partition_cnt)
                }
            }
            return topics
        }
    }

    /// The number of partitions of `topic`; ``KafkaError/Code/unknownTopic`` when there is none such.
    public func partitionCount(of topic: String) async throws(KafkaError) -> Int {
        guard let count = try await topics()[topic] else {
            throw KafkaError(
                code: .unknownTopic, operation: "count partitions", detail: "no topic \(topic)", isRetriable: true)
        }
        return count
    }

    /// The watermarks of `partitions`, asked of their leaders.
    public func watermarks(of partitions: [TopicPartition]) async throws(KafkaError) -> [TopicPartition: Watermarks] {
        try await ask("query watermarks") { handle, milliseconds throws(KafkaError) in
            var watermarks: [TopicPartition: Watermarks] = [:]
            for partition in partitions {
                var low: Int64 = 0
                var high: Int64 = 0
                try check(
                    rd_kafka_query_watermark_offsets(
                        handle, partition.topic, partition.partition, &low, &high, milliseconds),
                    "query watermarks of \(partition)")
                watermarks[partition] = Watermarks(low: low, high: high)
            }
            return watermarks
        }
    }

    /// For each partition the first offset whose record is not older than `microseconds` since the epoch (whole
    /// milliseconds count); absent where no such record is.
    public func offsets(
        of partitions: [TopicPartition], at microseconds: Int64
    ) async throws(KafkaError) -> [TopicPartition: Int64] {
        try await ask("offsets for time") { handle, milliseconds throws(KafkaError) in
            let list = PartitionList(capacity: partitions.count)
            for partition in partitions { list.add(partition, offset: microseconds / 1000) }
            try check(rd_kafka_offsets_for_times(handle, list.pointer, milliseconds), "offsets for time")
            return try Self.offsets(in: list, "offsets for time")
        }
    }

    /// The offsets that `group` has committed (as hints: the NEXT to read); absent where it has none.
    public func committedOffsets(
        of group: String, partitions: [TopicPartition]
    ) async throws(KafkaError) -> [TopicPartition: Int64] {
        let (configuration, logger, milliseconds) = (configuration, logger, milliseconds)
        return try await DedicatedThread.run("kafka-ask") { () throws(KafkaError) in
            // A group's offsets are asked for in the group's name; without a subscription this is no member of it.
            let settings = try ClientSettings(configuration, defaults: [], fixed: [("group.id", group)])
            let member = try ClientHandle(.consumer, settings, logger: logger)
            defer { member.destroy() }
            return try member.use("committed offsets") { handle throws(KafkaError) in
                let list = PartitionList(partitions)
                try check(rd_kafka_committed(handle, list.pointer, milliseconds), "committed offsets of \(group)")
                return try Self.offsets(in: list, "committed offsets of \(group)")
            }
        }
    }

    /// Frees the client.
    public func close() async {
        _ = try? await DedicatedThread.run("kafka-close") { [client] in client.destroy() }
    }

    private var milliseconds: Int32 { timeout.wholeMilliseconds }

    private func ask<Answer: Sendable>(
        _ operation: String,
        _ question: @escaping @Sendable (OpaquePointer, Int32) throws(KafkaError) -> Answer
    ) async throws(KafkaError) -> Answer {
        let (client, milliseconds) = (client, milliseconds)
        return try await DedicatedThread.run("kafka-ask") { () throws(KafkaError) in
            try client.use(operation) { handle throws(KafkaError) in try question(handle, milliseconds) }
        }
    }

    private static func offsets(
        in list: borrowing PartitionList, _ operation: String
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        var offsets: [TopicPartition: Int64] = [:]
        var failure: KafkaError?
        eachPartition(of: list.pointer) { partition, element in
            if element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
                failure = failure ?? KafkaError(element.err, operation: "\(operation), \(partition)")
            } else if element.offset >= 0 {
                offsets[partition] = element.offset
            }
        }
        if let failure { throw failure }
        return offsets
    }
}
