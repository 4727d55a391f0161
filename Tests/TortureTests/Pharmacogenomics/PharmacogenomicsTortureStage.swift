import Contracts
import Domain
import KafkaClient
import Logging
import PharmacogenomicsAdapter
import PostgresClient
import TestSupport

/// A broker in this process, a durable PostgreSQL of its own, and the service as a process.
final class PharmacogenomicsTortureStage: Sendable {
    private static let partitions = 3

    let broker: EmbeddedBroker
    let server: TemporaryPostgres
    let pool: PostgresPool
    let log = PublishedLog()
    private let database: PostgresConfiguration
    private let kafka: KafkaConfiguration
    private let producer: KafkaProducer
    private let reader: KafkaConsumer
    private let metadata: KafkaMetadata

    init() async throws {
        var logger = Logger(label: "torture")
        logger.logLevel = .error
        broker = try EmbeddedBroker(logger: logger)
        for topic in PharmacogenomicsInput.topics + PublishedLog.topics {
            try broker.createTopic(topic, partitions: Self.partitions)
        }
        try broker.createTopic(Topic.deadLetter, partitions: 1)
        kafka = KafkaConfiguration(
            bootstrapServers: broker.bootstrapServers, clientID: "torture", overrides: EmbeddedBroker.clientOverrides)
        producer = try KafkaProducer(kafka, logger: logger)
        metadata = try KafkaMetadata(kafka, logger: logger)
        reader = try KafkaConsumer(
            kafka, groupID: "auditor", instanceID: nil, topics: PublishedLog.topics, sessionTimeout: .seconds(6),
            delegate: log, logger: logger)
        server = try await TemporaryPostgres.start(TemporaryPostgres.Options(isDurable: true))
        database = try await server.makeDatabase()
        var configuration = database
        configuration.searchPath = [PharmacogenomicsMigrations.schema]
        pool = PostgresPool(configuration, logger: logger)
        reader.start()
    }

    /// Starts the service.
    func serve() throws -> ServiceProcess {
        try ServiceProcess(
            "pharmacogenomics", ["serve"],
            environment: [
                "VITALSTREAM_STREAM_STATIC_MEMBERSHIP": "false",
                "VITALSTREAM_STREAM_SESSION_TIMEOUT": "4s",
                "VITALSTREAM_STREAM_BATCH_MAX_RECORDS": "16",
                "VITALSTREAM_PHARMACOGENOMICS_BOUNDARY_INTERVAL": "1s",
                "VITALSTREAM_KAFKA_BOOTSTRAP": broker.bootstrapServers,
                "VITALSTREAM_POSTGRES_HOST": "127.0.0.1",
                "VITALSTREAM_POSTGRES_PORT": "\(server.port)",
                "VITALSTREAM_POSTGRES_USER": database.user,
                "VITALSTREAM_POSTGRES_DATABASE": database.database,
                "VITALSTREAM_POSTGRES_TLS": "disable",
                "VITALSTREAM_CRYPTO_PAYLOAD_KEY": String(repeating: "07", count: 32),
                "VITALSTREAM_HTTP_PORT": "0",
                "VITALSTREAM_LOG_LEVEL": "error",
            ])
    }

    /// Publishes events and waits until the log has them.
    func publish(_ events: [any HealthEvent]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for event in events {
                group.addTask { [producer] in
                    _ = try await producer.send(
                        ProducerRecord(topic: event.topic, key: Array(event.key.utf8), value: event.encoded()))
                }
            }
            try await group.waitForAll()
        }
    }

    func count(_ sql: String) async throws -> Int64 {
        try await pool.withConnection { try $0.execute(sql).int64(0, 0) }
    }

    func texts(_ sql: String) async throws -> [String] {
        try await pool.withConnection { connection in
            let result = try connection.execute(sql)
            return try (0..<result.rowCount).map { try result.text($0, 0) }
        }
    }

    /// By person and drug, or person and gene: the version of what was last told.
    func versions() async throws -> [String: Int64] {
        try await pool.withConnection { connection in
            let result = try connection.execute(
                """
                SELECT patient || ' ' || drug, max(version) FROM recommendation_history GROUP BY 1
                UNION ALL SELECT patient || ' ' || gene, version FROM gene_phenotype
                """)
            var versions: [String: Int64] = [:]
            for row in 0..<result.rowCount { versions[try result.text(row, 0)] = try result.int64(row, 1) }
            return versions
        }
    }

    /// The rows as ``ExpectedResults`` writes them.
    func phenotypes() async throws -> [String] {
        try await texts(
            """
            SELECT concat_ws('|', patient, gene, call_status, diplotype, diplotype_count, phenotype, converted_phenotype,
                array_to_string(inhibitors, '+')) FROM gene_phenotype
            """
        ).sorted()
    }

    /// The rows as ``ExpectedResults`` writes them.
    func recommendations() async throws -> [String] {
        try await texts(
            """
            SELECT concat_ws('|', patient, drug, guideline_source, guideline, population, status,
                array_to_string(actions, '+'), strength, risk_class, is_active_medication, is_phenoconverted,
                array_to_string(missing_genes, '+')) FROM recommendation
            """
        ).sorted()
    }

    private func highWatermarks(_ topics: [String]) async throws -> [TopicPartition: Int64] {
        try await metadata.watermarks(
            of: topics.flatMap { topic in
                (0..<Int32(Self.partitions)).map { TopicPartition(topic: topic, partition: $0) }
            }
        ).mapValues(\.high)
    }

    /// True when every record of the log has had its effect, every event has left, nobody waits for a time that has come, and the reader has
    /// seen all results.
    func isDrained() async throws -> Bool {
        // First the database in one look, then the log: what the log has later would have been unsent or not taken.
        let (rest, taken) = try await pool.withConnection { connection in
            let result = try connection.execute(
                """
                SELECT (SELECT count(*) FROM outbox o JOIN outbox_cursor c USING (lane_id)
                        WHERE o.kind = 0 AND o.sequence > c.published_through)
                    + (SELECT count(*) FROM outbox o WHERE NOT EXISTS (SELECT FROM outbox_cursor c WHERE c.lane_id = o.lane_id))
                    + (SELECT count(*) FROM parked_event)
                    + (SELECT count(*) FROM patient_profile
                       WHERE next_boundary_us <= (extract(epoch FROM now()) * 1e6)::int8),
                    (SELECT coalesce(sum(next_offset), 0)::int8 FROM stream_position WHERE topic LIKE 'health.%')
                """)
            return (try result.int64(0, 0), try result.int64(0, 1))
        }
        guard rest == 0 else { return false }
        let written = try await highWatermarks(PharmacogenomicsInput.topics).values.reduce(0, +)
        guard taken == written else { return false }
        let seen = log.content.next
        return try await highWatermarks(PublishedLog.topics).allSatisfy { seen[$0.key, default: 0] == $0.value }
    }

    func drained(_ what: String, timeout: Duration = .seconds(60)) async throws {
        try await eventually(what, timeout: timeout) { try await isDrained() }
    }

    func close() async throws {
        await reader.close(deadline: .seconds(5))
        await metadata.close()
        await producer.close(deadline: .seconds(5))
        await pool.close()
        broker.close()
        try await server.stop()
    }
}
