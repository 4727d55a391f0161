import AlertEngineAdapter
import AlertEngineCore
import Contracts
import Cryptography
import Domain
import KafkaClient
import Logging
import PostgresClient
import StreamRuntime
import Synchronization
import TestSupport

/// What a test needed and did not get.
struct Unexpected: Error {
    let description: String
}

/// Observations, patients and times for tests.
enum Sample {
    static let start = Timestamp(microseconds: 1_714_500_000_000_000)

    static func minute(_ minute: Int) -> Timestamp { start.advanced(by: .seconds(60 * minute)) }

    static func observation(
        _ number: Int, patient: String = "p1.anna", _ code: ObservationCode, _ value: Double, minute: Int,
        unit: String? = nil, status: ObservationRecorded.Status = .final
    ) throws -> ObservationRecorded {
        ObservationRecorded(
            eventID: .hashing("test", patient, String(number)), patient: try pseudonym(patient), code: code.loinc,
            codeSystem: "http://loinc.org", value: .quantity(value), unit: unit ?? code.parameter.unit, status: status,
            effectiveAt: Self.minute(minute), receivedAt: Self.minute(minute), source: "test", modelVersion: "1",
            producedAt: Self.minute(minute))
    }

    static func pseudonym(_ text: String) throws -> PatientPseudonym {
        guard let pseudonym = PatientPseudonym(text) else { throw Unexpected(description: "no pseudonym") }
        return pseudonym
    }

    static func record(_ observation: ObservationRecorded, offset: Int64 = 0) -> StreamRecord {
        StreamRecord(
            topic: Topic.observationRecorded, offset: offset, receivedAt: observation.receivedAt,
            key: Array(observation.patient.rawValue.utf8), value: observation.encoded())
    }

    /// Patients whose vitals wander across the thresholds; the same generator gives the same observations.
    static func wandering(_ count: Int, patients: Int, _ generator: inout SeededGenerator) throws
        -> [ObservationRecorded]
    {
        let codes: [(ObservationCode, ClosedRange<Double>)] = [
            (.heartRate, 35...150), (.respiratoryRate, 7...32), (.oxygenSaturationByOximetry, 84...100),
            (.systolicPressure, 80...200), (.bodyTemperature, 34...41), (.glucoseBloodMoles, 2.5...18),
        ]
        return try (0..<count).map { number in
            let (code, range) = codes.randomElement(using: &generator) ?? codes[0]
            let patient = Int.random(in: 0..<patients, using: &generator)
            return try observation(
                number, patient: "p1.person-\(patient)", code,
                (Double.random(in: range, using: &generator) * 10).rounded() / 10, minute: number)
        }
    }
}

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
final class AlertStage: Sendable {
    static let partitions = 3

    let broker: EmbeddedBroker
    let database: PostgresConfiguration
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
        for topic in [Topic.observationRecorded, Topic.alertRaised, Topic.alertResolved] {
            try broker.createTopic(topic, partitions: Self.partitions)
        }
        try broker.createTopic(Topic.deadLetter, partitions: 1)
        kafka = KafkaConfiguration(
            bootstrapServers: broker.bootstrapServers, clientID: "test", overrides: EmbeddedBroker.clientOverrides)
        (database, pool) = try await Self.migratedDatabase(logger: logger)
        producer = try KafkaProducer(kafka, logger: logger)
    }

    /// A fresh database with all tables, and a pool on the service's schema.
    static func migratedDatabase(logger: Logger) async throws -> (PostgresConfiguration, PostgresPool) {
        var database = try await TemporaryPostgres.shared.makeDatabase()
        database.searchPath = [AlertMigrations.schema]
        database.poolSize = 6
        let pool = PostgresPool(database, logger: logger)
        try await Migrator(
            schema: AlertMigrations.schema, migrations: AlertMigrations.all
        ).migrate(pool)
        return (database, pool)
    }

    /// Publishes the observations; those of one patient keep their order.
    func publish(_ observations: [ObservationRecorded]) async throws {
        let left = Countdown(observations.count)
        for observation in observations {
            try producer.enqueue(
                ProducerRecord(
                    topic: Topic.observationRecorded, key: Array(observation.key.utf8), value: observation.encoded())
            ) { result in
                if case .success = result { left.count.withLock { $0 -= 1 } }
            }
        }
        try await eventually("every delivery") { left.count.withLock { $0 == 0 } }
    }

    /// Runs the alert engine while `body` runs.
    func running(_ body: @Sendable () async throws -> Void) async throws {
        var configuration = StreamConfiguration(
            consumerGroup: AlertProcessor.service, topics: [Topic.observationRecorded], instanceID: "a")
        configuration.sessionTimeout = .seconds(6)
        let application = try StreamApplication(
            processor: AlertProcessor(tenant: "ward-a"), service: AlertProcessor.service, configuration: configuration,
            kafka: kafka, pool: pool, documents: shelf,
            keyring: Keyring(keyID: "test", key: SymmetricKey(copying: [UInt8](repeating: 7, count: 32))),
            logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            do {
                try await body()
                application.stop()
                try await group.waitForAll()
            } catch {
                application.stop()
                try? await group.waitForAll()
                throw error
            }
        }
    }

    func count(_ sql: String) async throws -> Int64 {
        try await pool.withConnection { try $0.execute(sql).int64(0, 0) }
    }

    /// Reads `count` alert events from their topics.
    func alerts(count: Int) async throws -> [Alert] {
        let reader = AlertReader()
        let consumer = try KafkaConsumer(
            kafka, groupID: "reader", instanceID: nil, topics: [Topic.alertRaised, Topic.alertResolved],
            sessionTimeout: .seconds(6), delegate: reader, logger: logger)
        consumer.start()
        try await eventually("\(count) alert events") { reader.received.withLock { $0.count } >= count }
        await consumer.close(deadline: .seconds(5))
        return try reader.received.withLock { $0 }.map { try Alert(decoding: $0) }
    }

    func close() async {
        await producer.close(deadline: .seconds(5))
        await pool.close()
        broker.close()
    }
}

private final class Countdown: Sendable {
    let count: Mutex<Int>

    init(_ count: Int) { self.count = Mutex(count) }
}

private final class AlertReader: KafkaConsumerDelegate {
    let received = Mutex<[[UInt8]]>([])

    func partitionsAssigned(_ partitions: [TopicPartition]) -> [TopicPartition: Int64] {
        Dictionary(uniqueKeysWithValues: partitions.map { ($0, KafkaConsumer.beginningOffset) })
    }
    func partitionsRevoked(_ partitions: [TopicPartition], lost: Bool) {}
    func received(_ record: ConsumedRecord) {
        guard let value = record.value else { return }
        received.withLock { $0.append(Array(value)) }
    }
    var acceptsRecords: Bool { true }
    func failed(_ error: KafkaError) {}
}
