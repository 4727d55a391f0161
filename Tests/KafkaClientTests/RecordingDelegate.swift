import KafkaClient
import Synchronization

/// A delegate that writes down what it is told, and answers as the test has set it.
final class RecordingDelegate: KafkaConsumerDelegate {
    struct State {
        var records: [ConsumedRecord] = []
        var assigned: [TopicPartition] = []
        var assignmentCount = 0
        var revocations: [(partitions: [TopicPartition], lost: Bool)] = []
        var ends: [TopicPartition: Int64] = [:]
        var errors: [KafkaError] = []
        var statistics = 0
        var acceptsRecords = true
        var starts: [TopicPartition: Int64] = [:]
        var assignmentFailures = 0
    }

    struct AssignmentFailure: Error {}

    private let state: Mutex<State>

    init(_ set: (inout State) -> Void = { _ in }) {
        var state = State()
        set(&state)
        self.state = Mutex(state)
    }

    func read<Value: Sendable>(_ body: (State) -> Value) -> Value { state.withLock { body($0) } }
    func change(_ body: @Sendable (inout State) -> Void) { state.withLock { body(&$0) } }

    var count: Int { read(\.records.count) }
    var offsets: [TopicPartition: [Int64]] {
        read { Dictionary(grouping: $0.records, by: \.topicPartition).mapValues { $0.map(\.offset) } }
    }

    func partitionsAssigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
        try state.withLock { state in
            if state.assignmentFailures > 0 {
                state.assignmentFailures -= 1
                throw AssignmentFailure()
            }
            state.assigned = partitions
            state.assignmentCount += 1
            return state.starts.filter { partitions.contains($0.key) }
        }
    }

    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) {
        state.withLock { state in
            state.assigned = []
            state.revocations.append((partitions, lost))
        }
    }

    func received(_ record: ConsumedRecord) { state.withLock { $0.records.append(record) } }
    var acceptsRecords: Bool { state.withLock(\.acceptsRecords) }
    func reachedEnd(of partition: TopicPartition, offset: Int64) { state.withLock { $0.ends[partition] = offset } }
    func failed(_ error: KafkaError) { state.withLock { $0.errors.append(error) } }
    func statistics(_ json: String) { state.withLock { $0.statistics += 1 } }
}
