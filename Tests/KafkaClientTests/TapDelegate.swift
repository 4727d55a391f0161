import KafkaClient
import Synchronization

/// A delegate with room for a number of records; it counts down with each.
final class TapDelegate: KafkaConsumerDelegate {
    private struct State {
        var room: Int
        var records: [ConsumedRecord] = []
        var isAssigned = false
        var askedWithoutRoom = false
        var errors: [KafkaError] = []
    }

    private let state: Mutex<State>

    init(room: Int) { state = Mutex(State(room: room)) }

    var records: [ConsumedRecord] { state.withLock(\.records) }
    var isAssigned: Bool { state.withLock(\.isAssigned) }
    var askedWithoutRoom: Bool { state.withLock(\.askedWithoutRoom) }
    var errors: [KafkaError] { state.withLock(\.errors) }
    func add(room: Int) { state.withLock { $0.room += room } }

    func partitionsAssigned(_ partitions: [TopicPartition]) -> [TopicPartition: Int64] {
        state.withLock { $0.isAssigned = true }
        return Dictionary(uniqueKeysWithValues: partitions.map { ($0, 0) })
    }

    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) {}

    func received(_ record: ConsumedRecord) {
        state.withLock { state in
            state.room -= 1
            state.records.append(record)
        }
    }

    var acceptsRecords: Bool {
        state.withLock { state in
            if state.room <= 0 { state.askedWithoutRoom = true }
            return state.room > 0
        }
    }

    func failed(_ error: KafkaError) { state.withLock { $0.errors.append(error) } }
}
