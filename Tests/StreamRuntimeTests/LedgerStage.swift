import Domain
import KafkaClient
import LedgerFixture
import Logging
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

/// A broker, a database and a producer for one test.
final class LedgerStage: Sendable {
    let broker: EmbeddedBroker
    let pool: PostgresPool
    let producer: KafkaProducer
    let kafka: KafkaConfiguration
    let logger: Logger

    init(partitions: Int = 3) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .warning
        self.logger = logger
        broker = try EmbeddedBroker(logger: logger)
        try broker.createTopic(LedgerStream.inputTopic, partitions: partitions)
        try broker.createTopic(LedgerStream.secondInputTopic, partitions: partitions)
        try broker.createTopic(LedgerProcessor.outputTopic, partitions: partitions)
        try broker.createTopic("health.deadletter.v1", partitions: 1)
        try broker.createTopic("ledger.late", partitions: 1)
        kafka = KafkaConfiguration(
            bootstrapServers: broker.bootstrapServers, clientID: "test", overrides: EmbeddedBroker.clientOverrides)
        var database = try await TemporaryPostgres.shared.makeDatabase()
        database.searchPath = ["ledger"]
        database.poolSize = 6
        pool = PostgresPool(database, logger: logger)
        producer = try KafkaProducer(kafka, logger: logger)
        try await LedgerStream.migrate(pool)
    }

    func publish(_ entries: [LedgerEntry], to topic: String = LedgerStream.inputTopic) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for entry in entries {
                group.addTask { [producer] in
                    _ = try await producer.send(
                        ProducerRecord(topic: topic, key: Array(entry.key.utf8), value: entry.bytes))
                }
            }
            try await group.waitForAll()
        }
    }

    func publish(raw value: [UInt8]?, key: String) async throws {
        _ = try await producer.send(
            ProducerRecord(topic: LedgerStream.inputTopic, key: Array(key.utf8), value: value))
    }

    /// Runs an application while `body` runs; stops it and waits for it after.
    func running<R: Sendable>(
        _ configuration: StreamConfiguration = LedgerStream.configuration(instance: "a"),
        documents: (any DocumentStore)? = nil, probe: (any RuntimeProbe)? = nil,
        _ body: @Sendable (StreamApplication<LedgerProcessor>) async throws -> R
    ) async throws -> R {
        let application = try LedgerStream.application(
            writer: "a", configuration: configuration, kafka: kafka, pool: pool, documents: documents, logger: logger,
            probe: probe)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            do {
                let result = try await body(application)
                application.stop()
                try await group.waitForAll()
                return result
            } catch {
                application.stop()
                try? await group.waitForAll()
                throw error
            }
        }
    }

    func count(_ table: String) async throws -> Int64 {
        try await pool.withConnection { try $0.execute("SELECT count(*) FROM \(table)").int64(0, 0) }
    }

    func close() async {
        await producer.close(deadline: .seconds(5))
        await pool.close()
        broker.close()
    }
}
