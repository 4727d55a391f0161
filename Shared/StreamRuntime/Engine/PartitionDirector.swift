import Domain
import Foundation
import KafkaClient
import Logging
import PostgresClient
import Synchronization

/// Answers the consumer: claims partitions as they come, gives them back drained, and puts records into the mailboxes.
///
/// Safety: `lanes` is guarded by its mutex; the consumer calls from one thread.
final class PartitionDirector<Processor: StreamProcessor>: KafkaConsumerDelegate {
    typealias ProcessorLane = Lane<Processor.State>

    private let engine: StreamEngine<Processor>
    private let lanes = Mutex<[TopicPartition: ProcessorLane]>([:])

    init(engine: StreamEngine<Processor>) {
        self.engine = engine
    }

    /// The partitions owned now.
    var owned: [ProcessorLane] { lanes.withLock { Array($0.values) } }

    var acceptsRecords: Bool { engine.budget.hasRoom }

    func partitionsAssigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
        var starts: [TopicPartition: Int64] = [:]
        for partition in partitions.sorted() {
            let lane = try engine.claim(partition)
            lanes.withLock { $0[partition] = lane }
            let next = lane.run.position
            // A partition that was never consumed starts at its beginning, wherever that is.
            starts[partition] = next == 0 ? KafkaConsumer.beginningOffset : next
        }
        engine.metrics.ownedPartitions.record(lanes.withLock { $0.count })
        engine.assigned(count: lanes.withLock { $0.count })
        return starts
    }

    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) {
        let closing = lanes.withLock { lanes in partitions.compactMap { lanes.removeValue(forKey: $0) } }
        engine.release(closing, waitsForRelay: !lost)
        engine.metrics.ownedPartitions.record(lanes.withLock { $0.count })
    }

    func received(_ record: ConsumedRecord) {
        guard let lane = lanes.withLock({ $0[record.topicPartition] }) else { return }
        // A rewind of the client may bring a record again.
        let isNew = lane.mailbox.withLock { mailbox in
            guard record.offset >= mailbox.nextExpectedOffset else { return false }
            mailbox.nextExpectedOffset = record.offset + 1
            return true
        }
        guard isNew else { return }
        engine.deliver(Mail(record: StreamRecord(record), reply: nil), to: lane)
    }

    func failed(_ error: KafkaError) {
        engine.logFailed(error)
    }

    /// Lets a partition that another owner has taken go, without waiting for the group to say so.
    func forget(_ lane: ProcessorLane) {
        lanes.withLock { lanes in
            if lanes[lane.topicPartition] === lane { lanes[lane.topicPartition] = nil }
        }
    }
}
