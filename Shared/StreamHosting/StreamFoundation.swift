public import Cryptography
import Logging
public import MongoClient
public import PostgresClient
public import ServiceKit
public import StreamRuntime

/// What a streaming service stands on, put together from its settings: its database and schema, its documents, the key that seals payloads,
/// and how its stream runs. Nothing is connected before the parts start.
public struct StreamFoundation: Sendable {
    /// The service's name.
    public let service: String
    /// How the stream runs.
    public let stream: StreamConfiguration
    /// The connections to the service's schema.
    public let database: PostgresPool
    /// The connections to the documents; nil when the service keeps none.
    public let documents: MongoPool?
    /// Seals dead letters and archived payloads.
    public let keyring: Keyring
    private let schema: ServiceSchema
    private let host: ServiceHost

    /// What the service of `host` stands on.
    ///
    /// - Parameters:
    ///   - schema: its tables.
    ///   - topics: what it consumes.
    ///   - keepsDocuments: false to go without MongoDB although it is configured.
    ///   - adjust: the service's own say on how the stream runs.
    public init(
        _ schema: ServiceSchema, topics: [String], host: ServiceHost, keepsDocuments: Bool = true,
        adjust: (inout StreamConfiguration) -> Void = { _ in }
    ) throws {
        let configuration = host.configuration
        var stream = StreamConfiguration(
            consumerGroup: schema.service, topics: topics, instanceID: configuration.staticInstance)
        stream.sessionTimeout = configuration.value(ServiceKeys.sessionTimeout)
        stream.byteBudget = configuration.value(ServiceKeys.streamByteBudget)
        stream.maximumBatchRecords = configuration.value(ServiceKeys.batchMaxRecords)
        stream.maximumBatchBytes = configuration.value(ServiceKeys.batchMaxBytes)
        // The drain has to end before the deadline of the whole stop.
        stream.drainDeadline = configuration.value(ServiceKeys.drainDeadline) * 3 / 5
        adjust(&stream)
        self.stream = stream
        self.schema = schema
        self.host = host
        service = schema.service
        database = PostgresPool(
            try schema.connection(configuration, spareFor: stream.workers), logger: host.logger)
        documents =
            keepsDocuments && configuration.isGiven(ServiceKeys.mongoURI)
            ? try MongoPool(configuration.mongo(applicationName: schema.service), logger: host.logger) : nil
        keyring = try Keyring(
            keyID: "payload-1", key: SymmetricKey(copying: try configuration.require(ServiceKeys.payloadKey)))
    }

    /// The stream of `processor`, watched by the host's health checks.
    public func application<Processor: StreamProcessor>(
        _ processor: Processor
    ) throws -> StreamApplication<Processor> {
        let application = try StreamApplication(
            processor: processor, service: service, configuration: stream, kafka: try host.configuration.kafka(),
            pool: database, documents: documents.map { MongoDocumentStore($0, logger: host.logger) }, keyring: keyring,
            logger: host.logger)
        host.health.add(.readiness, "stream") {
            application.status.isReady ? .passing : .failing("no lane or no partitions yet")
        }
        host.health.add(.liveness, "stream") {
            let stuck = application.status.stuckPartitions
            return stuck.isEmpty ? .passing : .failing("no progress on \(stuck.count) partitions")
        }
        return application
    }

    /// The parts in the order in which they start: the database with its schema brought forward, the documents, the stream.
    public func components<Processor: StreamProcessor>(
        _ application: StreamApplication<Processor>
    ) -> [ServiceComponent] {
        let (database, schema) = (database, schema)
        var parts = [
            ServiceComponent(
                "postgres", onStart: { try await schema.migrate(database) }, onStop: { await database.close() })
        ]
        if let documents {
            let isProduction = host.configuration.value(ServiceKeys.profile) == .production
            parts.append(
                ServiceComponent(
                    "documents", onStart: { if isProduction { try await documents.requireProductionServer() } },
                    onStop: { await documents.close() }))
        }
        parts.append(ServiceComponent("stream", StreamService(application: application)))
        return parts
    }
}
