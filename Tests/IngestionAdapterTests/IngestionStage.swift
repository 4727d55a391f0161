import Contracts
import Cryptography
import Domain
import IngestionAdapter
import KafkaClient
import Logging
import PostgresClient
import StreamRuntime
import Synchronization
import TestSupport
import Testing

/// A broker, a database and a producer for one test.
final class IngestionStage: Sendable {
    /// A document store in memory.
    final class Archive: DocumentStore {
        let documents = Mutex<[String: DocumentUpsert]>([:])

        func upsert(_ upserts: [DocumentUpsert]) async throws {
            documents.withLock { documents in
                for upsert in upserts where documents[upsert.id]?.version ?? 0 < upsert.version {
                    documents[upsert.id] = upsert
                }
            }
        }
    }

    let broker: EmbeddedBroker
    let pool: PostgresPool
    let producer: KafkaProducer
    let kafka: KafkaConfiguration
    let archive = Archive()
    private let logger: Logger

    init() async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .warning
        self.logger = logger
        broker = try EmbeddedBroker(logger: logger)
        for topic in Topic.all { try broker.createTopic(topic, partitions: 2) }
        kafka = KafkaConfiguration(
            bootstrapServers: broker.bootstrapServers, clientID: "test", overrides: EmbeddedBroker.clientOverrides)
        var database = try await TemporaryPostgres.shared.makeDatabase()
        database.searchPath = [IngestionMigrations.schema]
        database.poolSize = 6
        pool = PostgresPool(database, logger: logger)
        producer = try KafkaProducer(kafka, logger: logger)
        try await IngestionService.schema.migrate(pool)
    }

    func pseudonymizer() throws -> Pseudonymizer {
        try Pseudonymizer(tenant: "t1", key: SymmetricKey(copying: [UInt8](repeating: 9, count: 32)), keyVersion: 1)
    }

    /// Runs Ingestion while `body` runs; stops it and waits for it after.
    func running<R: Sendable>(
        _ body: @Sendable (StreamApplication<IngestionProcessor>) async throws -> R
    ) async throws -> R {
        var configuration = StreamConfiguration(consumerGroup: "ingestion", topics: Topic.feeds, instanceID: "a")
        configuration.requestLane = "http"
        let application = try StreamApplication(
            processor: try Fixture.processor(), service: "ingestion", configuration: configuration, kafka: kafka,
            pool: pool,
            documents: archive, keyring: try Fixture.keyring(), logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            do {
                try await eventually("the lane") { application.isReady }
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

    func publish(_ text: String, topic: String) async throws {
        _ = try await producer.send(ProducerRecord(topic: topic, key: Array("k".utf8), value: Array(text.utf8)))
    }

    /// The first `count` events of `topic`.
    func events(on topic: String, count: Int) async throws -> [ObservationRecorded] {
        let reader = TopicReader()
        let consumer = try KafkaConsumer(
            kafka, groupID: "reader-\(UInt32.random(in: 0 ... .max))", instanceID: nil, topics: [topic],
            sessionTimeout: .seconds(6), delegate: reader, logger: logger)
        consumer.start()
        try await eventually("\(count) published events") { reader.values.withLock { $0.count } >= count }
        await consumer.close(deadline: .seconds(5))
        return try reader.values.withLock { $0 }.map { try ObservationRecorded(decoding: $0) }
    }

    func count(_ table: String) async throws -> Int64 {
        try await pool.withConnection { try $0.execute("SELECT count(*) FROM \(table)").int64(0, 0) }
    }

    func strings(_ sql: String) async throws -> [String] {
        try await pool.withConnection { connection in
            let result = try connection.execute(sql)
            return try (0..<result.rowCount).map { try result.text($0, 0) }
        }
    }

    func close() async {
        await producer.close(deadline: .seconds(5))
        await pool.close()
        broker.close()
    }
}

private final class TopicReader: KafkaConsumerDelegate {
    let values = Mutex<[[UInt8]]>([])

    func partitionsAssigned(_ partitions: [TopicPartition]) -> [TopicPartition: Int64] {
        Dictionary(uniqueKeysWithValues: partitions.map { ($0, KafkaConsumer.beginningOffset) })
    }
    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) {}
    func received(_ record: ConsumedRecord) {
        guard let value = record.value else { return }
        values.withLock { $0.append(Array(value)) }
    }
    var acceptsRecords: Bool { true }
    func failed(_ error: KafkaError) {}
}
