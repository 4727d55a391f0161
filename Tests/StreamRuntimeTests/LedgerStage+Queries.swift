import Domain
import KafkaClient
import LedgerFixture
import PostgresClient
import StreamRuntime
import Synchronization
import TestSupport

extension LedgerStage {
    /// The sum of the positions of all partitions.
    func offsetsConsumed() async throws -> Int64 {
        try await pool.withConnection { connection in
            try connection.execute("SELECT COALESCE(sum(next_offset), 0)::int8 FROM stream_position").int64(0, 0)
        }
    }

    func texts(_ sql: String) async throws -> [String] {
        try await pool.withConnection { connection in
            let result = try connection.execute(sql)
            return try (0..<result.rowCount).map { try result.text($0, 0) }
        }
    }

    func execute(_ sql: String) async throws {
        try await pool.withConnection { _ = try $0.execute(sql) }
    }

    /// The ids that stand in the output topic, in the order they are read.
    func output(count: Int) async throws -> [EventID] {
        let reader = OutputReader()
        let consumer = try KafkaConsumer(
            kafka, groupID: "reader-\(UInt32.random(in: 0 ... .max))", instanceID: nil,
            topics: [LedgerProcessor.outputTopic], sessionTimeout: .seconds(6), delegate: reader, logger: logger)
        consumer.start()
        try await eventually("\(count) published events") { reader.ids.withLock { $0.count } >= count }
        await consumer.close(deadline: .seconds(5))
        return reader.ids.withLock { $0 }
    }
}

private final class OutputReader: KafkaConsumerDelegate {
    let ids = Mutex<[EventID]>([])

    func partitionsAssigned(_ partitions: [TopicPartition]) -> [TopicPartition: Int64] {
        Dictionary(uniqueKeysWithValues: partitions.map { ($0, KafkaConsumer.beginningOffset) })
    }
    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) {}
    func received(_ record: ConsumedRecord) {
        guard let header = record.header("ce_id"), let id = EventID(utf8: header) else { return }
        ids.withLock { $0.append(id) }
    }
    var acceptsRecords: Bool { true }
    func failed(_ error: KafkaError) {}
}

/// Ends the database's side of a connection at a named point, a number of times.
final class BackendKiller: RuntimeProbe {
    private let pool: PostgresPool
    private let point: RuntimePoint
    private let left: Mutex<Int>
    private let count = Atomic<Int>(0)

    init(pool: PostgresPool, at point: RuntimePoint, times: Int) {
        self.pool = pool
        self.point = point
        left = Mutex(times)
    }

    var killed: Int { count.load(ordering: .relaxed) }

    func reached(_ point: RuntimePoint) {
        guard point == self.point else { return }
        let isOurTurn = left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
        guard isOurTurn else { return }
        let ended = try? pool.blockingWithConnection { connection in
            try connection.execute(
                """
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = current_database() AND state = 'idle in transaction' AND pid <> pg_backend_pid()
                """
            ).int64(0, 0)
        }
        if let ended, ended > 0 { count.wrappingAdd(1, ordering: .relaxed) }
    }
}
