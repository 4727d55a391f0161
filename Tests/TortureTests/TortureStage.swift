import Domain
import Foundation
import KafkaClient
import LedgerFixture
import Logging
import PostgresClient
import StreamRuntime
import TestSupport

/// Whether the long form was asked for (`deploy/test --torture`).
let isLongForm = ProcessInfo.processInfo.environment["VITALSTREAM_TORTURE"] == "long"

/// A broker in this process, a durable PostgreSQL of its own, and workers as processes.
final class TortureStage: Sendable {
    let broker: EmbeddedBroker
    let server: TemporaryPostgres
    let database: PostgresConfiguration
    let pool: PostgresPool
    let kafka: KafkaConfiguration
    let producer: KafkaProducer
    let logger: Logger
    let partitions: Int

    init(partitions: Int = 4, brokers: Int = 1) async throws {
        var logger = Logger(label: "torture")
        logger.logLevel = .error
        self.logger = logger
        self.partitions = partitions
        broker = try EmbeddedBroker(brokers: brokers, logger: logger)
        try broker.createTopic(LedgerStream.inputTopic, partitions: partitions)
        try broker.createTopic(LedgerProcessor.outputTopic, partitions: partitions)
        try broker.createTopic("health.deadletter.v1", partitions: 1)
        kafka = KafkaConfiguration(bootstrapServers: broker.bootstrapServers, clientID: "torture")
        producer = try KafkaProducer(kafka, logger: logger)
        server = try await TemporaryPostgres.start(TemporaryPostgres.Options(isDurable: true))
        var database = try await server.makeDatabase()
        database.searchPath = ["ledger"]
        self.database = database
        pool = PostgresPool(database, logger: logger)
        try await LedgerStream.migrate(pool)
    }

    /// The database as a URL that another process can use.
    func databaseURL(port: Int? = nil) -> String {
        let password = database.password.map { ":\($0)" } ?? ""
        return
            "postgresql://\(database.user)\(password)@127.0.0.1:\(port ?? server.port)/\(database.database)?sslmode=disable"
    }

    /// The environment of a worker.
    func environment(writer: String, fault: String? = nil, _ more: [String: String] = [:]) -> [String: String] {
        var environment = [
            "TORTURE_BROKERS": broker.bootstrapServers, "TORTURE_DATABASE": databaseURL(), "TORTURE_WRITER": writer,
        ]
        environment["TORTURE_FAULT"] = fault
        return environment.merging(more) { $1 }
    }

    /// Publishes entries and waits until the log has them.
    func publish(_ entries: [LedgerEntry]) async throws {
        for start in stride(from: 0, to: entries.count, by: 2_000) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for entry in entries[start..<min(start + 2_000, entries.count)] {
                    group.addTask { [producer] in
                        _ = try await producer.send(
                            ProducerRecord(
                                topic: LedgerStream.inputTopic, key: Array(entry.key.utf8), value: entry.bytes))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// The sum of the positions, and how many records the log has had.
    func progress() async throws -> (consumed: Int64, written: Int64) {
        let consumed = try await pool.withConnection { connection in
            try connection.execute(
                "SELECT COALESCE(sum(next_offset), 0)::int8 FROM stream_position WHERE topic = $1",
                [.text(LedgerStream.inputTopic)]
            ).int64(0, 0)
        }
        let metadata = try KafkaMetadata(kafka, logger: logger)
        let marks = try await metadata.watermarks(
            of: (0..<Int32(partitions)).map { TopicPartition(topic: LedgerStream.inputTopic, partition: $0) })
        await metadata.close()
        return (consumed, marks.values.reduce(0) { $0 + $1.high })
    }

    /// Waits until every record of the log has had its effect, every event has left, and the cursors say so.
    func drained(timeout: Duration = .seconds(180)) async throws {
        try await eventually("every record taken", timeout: timeout) {
            let progress = try await progress()
            return progress.consumed >= progress.written
        }
        try await eventually("every outbox row gone", timeout: .seconds(60)) {
            try await LedgerAudit.read(pool).unsent == 0
        }
    }

    func close() async throws {
        await producer.close(deadline: .seconds(5))
        await pool.close()
        broker.close()
        try await server.stop()
    }
}

extension TemporaryPostgres {
    /// Runs `statement` in a transaction of `database` and keeps it open for a while.
    func hold(_ statement: String, in database: String, seconds: Int) async throws {
        var configuration = self.configuration
        configuration.database = database
        configuration.statementTimeout = .seconds(Int64(seconds) + 30)
        let pool = PostgresPool(configuration, logger: Logger(label: "hold"))
        _ = try await pool.transaction { connection in
            try connection.executeScript(statement)
            _ = try connection.execute("SELECT pg_sleep($1)", [.double(Double(seconds))])
        }
        await pool.close()
    }
}
