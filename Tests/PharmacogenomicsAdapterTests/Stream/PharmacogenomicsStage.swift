import Contracts
import Cryptography
import Domain
import KafkaClient
import Logging
import PharmacogenomicsAdapter
import PharmacogenomicsCore
import PostgresClient
import StreamRuntime
import Synchronization
import TestSupport

/// Keeps the documents that it is given, as the document store would: a version is written only over a smaller one.
final class DocumentShelf: DocumentStore {
    private let shelf = Mutex<[String: DocumentUpsert]>([:])

    var documents: [String: DocumentUpsert] { shelf.withLock { $0 } }

    func upsert(_ documents: [DocumentUpsert]) async throws {
        shelf.withLock { shelf in
            for document in documents where (shelf[document.id]?.version ?? 0) < document.version {
                shelf[document.id] = document
            }
        }
    }
}

/// A broker and a migrated database for one test.
final class PharmacogenomicsStage: Sendable {
    static let outputs = [
        Topic.phenotypeDetermined, Topic.recommendationMade, Topic.alertRaised, Topic.alertResolved,
    ]

    let broker: EmbeddedBroker
    let pool: PostgresPool
    let producer: KafkaProducer
    let kafka: KafkaConfiguration
    let logger: Logger
    let shelf = DocumentShelf()

    init() async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .warning
        self.logger = logger
        broker = try EmbeddedBroker(logger: logger)
        for topic in PharmacogenomicsInput.topics + Self.outputs { try broker.createTopic(topic, partitions: 3) }
        try broker.createTopic(Topic.deadLetter, partitions: 1)
        kafka = KafkaConfiguration(
            bootstrapServers: broker.bootstrapServers, clientID: "test", overrides: EmbeddedBroker.clientOverrides)
        pool = try await Self.migratedPool(logger: logger)
        producer = try KafkaProducer(kafka, logger: logger)
    }

    /// A pool on the service's schema in a fresh database.
    static func migratedPool(logger: Logger) async throws -> PostgresPool {
        var database = try await TemporaryPostgres.shared.makeDatabase()
        database.searchPath = [PharmacogenomicsMigrations.schema]
        database.poolSize = 12
        let pool = PostgresPool(database, logger: logger)
        try await Migrator(
            schema: PharmacogenomicsMigrations.schema, migrations: PharmacogenomicsMigrations.all
        ).migrate(pool)
        return pool
    }

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

    /// Runs instances of the service while `body` runs; stops them and waits for them after.
    func running<R: Sendable>(
        _ instances: [String] = ["a"], pageSize: Int = 1_000, probe: (any RuntimeProbe)? = nil,
        _ body: @Sendable () async throws -> R
    ) async throws -> R {
        let applications = try instances.map { instance in
            var configuration = StreamConfiguration(
                consumerGroup: PharmacogenomicsProcessor.service, topics: PharmacogenomicsInput.topics,
                instanceID: instance)
            configuration.sessionTimeout = .seconds(6)
            configuration.maximumBatchRecords = probe == nil ? 200 : 5
            return try StreamApplication(
                processor: PharmacogenomicsProcessor(
                    shelf: StreamSample.shelf.get(), tenant: "ward-a", pageSize: pageSize),
                service: PharmacogenomicsProcessor.service, configuration: configuration, kafka: kafka, pool: pool,
                documents: shelf,
                keyring: Keyring(keyID: "test", key: SymmetricKey(copying: [UInt8](repeating: 7, count: 32))),
                logger: logger, probe: probe)
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for application in applications { group.addTask { try await application.run() } }
            do {
                let result = try await body()
                for application in applications { application.stop() }
                try await group.waitForAll()
                return result
            } catch {
                for application in applications { application.stop() }
                try? await group.waitForAll()
                throw error
            }
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

    func close() async {
        await producer.close(deadline: .seconds(5))
        await pool.close()
        broker.close()
    }
}

/// Ends the database's side of open transactions, now before a COMMIT and now in the middle, a number of times.
final class TransactionKiller: RuntimeProbe {
    private let pool: PostgresPool
    private let state: Mutex<(generator: SeededGenerator, left: Int, killed: Int)>

    init(pool: PostgresPool, times: Int, generator: SeededGenerator) {
        self.pool = pool
        state = Mutex((generator, times, 0))
    }

    var killed: Int { state.withLock { $0.killed } }

    func reached(_ point: RuntimePoint) {
        guard point == .beforeCommit || point == .afterPositionUpdate else { return }
        let isOurTurn = state.withLock { state in
            guard state.left > 0, Int.random(in: 0..<3, using: &state.generator) == 0 else { return false }
            state.left -= 1
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
        if let ended, ended > 0 { state.withLock { $0.killed += 1 } }
    }
}
