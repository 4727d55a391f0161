import Domain
import KafkaClient
import LedgerFixture
import Logging
import Synchronization
import TestSupport

/// Counts how often each event id stands in the output topic.
final class PublishedReader: KafkaConsumerDelegate {
    private let counts = Mutex<[EventID: Int]>([:])
    private let ends = Mutex<Set<TopicPartition>>([])

    /// Reads the whole topic.
    static func read(_ kafka: KafkaConfiguration, partitions: Int, logger: Logger) async throws -> [EventID: Int] {
        let reader = PublishedReader()
        let consumer = try KafkaConsumer(
            kafka, groupID: "auditor", instanceID: nil, topics: [LedgerProcessor.outputTopic],
            sessionTimeout: .seconds(6), delegate: reader, logger: logger)
        consumer.start()
        try await eventually("the end of every output partition", timeout: .seconds(60)) {
            reader.ends.withLock { $0.count } == partitions
        }
        await consumer.close(deadline: .seconds(5))
        return reader.counts.withLock { $0 }
    }

    func partitionsAssigned(_ partitions: [TopicPartition]) -> [TopicPartition: Int64] {
        Dictionary(uniqueKeysWithValues: partitions.map { ($0, KafkaConsumer.beginningOffset) })
    }
    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) {}
    func received(_ record: ConsumedRecord) {
        guard let header = record.header("ce_id"), let id = EventID(utf8: header) else { return }
        counts.withLock { $0[id, default: 0] += 1 }
    }
    func reachedEnd(of partition: TopicPartition, offset: Int64) {
        ends.withLock { _ = $0.insert(partition) }
    }
    var acceptsRecords: Bool { true }
    func failed(_ error: KafkaError) {}
}
