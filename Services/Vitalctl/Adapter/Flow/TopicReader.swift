import Foundation
import KafkaClient
import Logging
import Synchronization

/// Reads topics as a group of its own and hands each record to a closure, on the consumer's thread.
final class TopicReader: KafkaConsumerDelegate {
    private let sink: @Sendable (ConsumedRecord) -> Void
    private let failure: @Sendable (KafkaError) -> Void
    private let consumer = Mutex<KafkaConsumer?>(nil)
    private let isAssigned = Mutex(false)

    private init(
        sink: @escaping @Sendable (ConsumedRecord) -> Void, failure: @escaping @Sendable (KafkaError) -> Void
    ) {
        self.sink = sink
        self.failure = failure
    }

    /// Begins to read `topics`, from their beginning or from what comes after the group has been joined (some three seconds).
    static func start(
        _ topics: [String], fromBeginning: Bool, _ configuration: KafkaConfiguration, logger: Logger,
        failure: @escaping @Sendable (KafkaError) -> Void = { _ in },
        sink: @escaping @Sendable (ConsumedRecord) -> Void
    ) throws -> TopicReader {
        let reader = TopicReader(sink: sink, failure: failure)
        var configuration = configuration
        configuration.overrides["auto.offset.reset"] = fromBeginning ? "earliest" : "latest"
        let consumer = try KafkaConsumer(
            configuration, groupID: "vitalctl-\(UUID().uuidString.lowercased())", instanceID: nil, topics: topics,
            sessionTimeout: .seconds(6), delegate: reader, logger: logger)
        reader.consumer.withLock { $0 = consumer }
        consumer.start()
        return reader
    }

    /// Whether the group has given us the partitions.
    var isReading: Bool { isAssigned.withLock { $0 } }

    func close() async {
        let taken = consumer.withLock { consumer in
            defer { consumer = nil }
            return consumer
        }
        await taken?.close(deadline: .seconds(3))
    }

    // MARK: - The consumer's delegate

    func partitionsAssigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
        isAssigned.withLock { $0 = true }
        return [:]
    }

    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) {}

    func received(_ record: ConsumedRecord) { sink(record) }

    var acceptsRecords: Bool { true }

    func failed(_ error: KafkaError) { failure(error) }
}
