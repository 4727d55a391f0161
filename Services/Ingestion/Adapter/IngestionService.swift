import Contracts
import Cryptography
public import Hummingbird
import Logging
import MongoClient
public import PostgresClient
public import ServiceKit
import ServiceLifecycle
import StreamRuntime

/// Ingestion put together from its settings.
public enum IngestionService {
    /// The service's name.
    public static let name = IngestionProcessor.service

    /// The parts of the running service, in the order in which they start, and its routes on `router`.
    public static func components(
        _ host: ServiceHost, _ router: Router<BasicRequestContext>
    ) async throws -> [ServiceComponent] {
        let configuration = host.configuration
        let stream = streamConfiguration(configuration)
        let database = PostgresPool(try postgres(configuration, workers: stream.workers), logger: host.logger)
        let keyring = try Keyring(
            keyID: "payload-1", key: SymmetricKey(copying: try configuration.require(ServiceKeys.payloadKey)))
        let documents = try archive(configuration, host: host)
        let processor = IngestionProcessor(
            names: KeyedNames(try pseudonymizer(configuration)), tenant: configuration.value(ServiceKeys.tenant),
            patientSystem: configuration.value(IngestionKeys.patientSystem), archive: documents == nil ? nil : keyring,
            archived: configuration.value(IngestionKeys.archive))
        let application = try StreamApplication(
            processor: processor, service: name, configuration: stream, kafka: try configuration.kafka(),
            pool: database,
            documents: documents.map { MongoDocumentStore($0, logger: host.logger) }, keyring: keyring,
            logger: host.logger)

        host.health.add(.readiness, "stream") {
            application.status.isReady ? .passing : .failing("no lane or no partitions yet")
        }
        host.health.add(.liveness, "stream") {
            let stuck = application.status.stuckPartitions
            return stuck.isEmpty ? .passing : .failing("no progress on \(stuck.count) partitions")
        }
        IngestionRoutes(submitter: application, bodyLimit: configuration.value(IngestionKeys.bodyLimit)).add(to: router)

        var parts = [
            ServiceComponent("postgres", onStart: { try await migrate(database) }, onStop: { await database.close() })
        ]
        if let documents {
            let isProduction = configuration.value(ServiceKeys.profile) == .production
            parts.append(
                ServiceComponent(
                    "documents", onStart: { if isProduction { try await documents.requireProductionServer() } },
                    onStop: { await documents.close() }))
        }
        parts.append(ServiceComponent("stream", StreamService(application: application)))
        return parts
    }

    /// Brings the schema forward; the versions applied by this call.
    @discardableResult
    public static func migrate(_ pool: PostgresPool) async throws -> [Int] {
        try await Migrator(schema: IngestionMigrations.schema, migrations: IngestionMigrations.all).migrate(pool).map(
            \.version)
    }

    /// Brings the schema of the configured database forward and closes the connection.
    public static func migrate(_ configuration: ServiceConfiguration) async throws -> [Int] {
        let pool = PostgresPool(try postgres(configuration, workers: 0), logger: Logger(label: name))
        do {
            let versions = try await migrate(pool)
            await pool.close()
            return versions
        } catch {
            await pool.close()
            throw error
        }
    }

    private static func streamConfiguration(_ configuration: ServiceConfiguration) -> StreamConfiguration {
        var stream = StreamConfiguration(
            consumerGroup: name, topics: Topic.feeds, instanceID: configuration.staticInstance)
        stream.sessionTimeout = configuration.value(ServiceKeys.sessionTimeout)
        stream.byteBudget = configuration.value(ServiceKeys.streamByteBudget)
        stream.maximumBatchRecords = configuration.value(ServiceKeys.batchMaxRecords)
        stream.maximumBatchBytes = configuration.value(ServiceKeys.batchMaxBytes)
        // The drain has to end before the deadline of the whole stop.
        stream.drainDeadline = configuration.value(ServiceKeys.drainDeadline) * 3 / 5
        stream.requestLane = "http"
        return stream
    }

    private static func postgres(
        _ configuration: ServiceConfiguration, workers: Int
    ) throws(ServiceKitError) -> PostgresConfiguration {
        var postgres = try configuration.postgres(applicationName: name, searchPath: [IngestionMigrations.schema])
        postgres.poolSize = max(postgres.poolSize, workers + 3)
        return postgres
    }

    private static func pseudonymizer(_ configuration: ServiceConfiguration) throws -> Pseudonymizer {
        try Pseudonymizer(
            tenant: configuration.value(ServiceKeys.tenant),
            key: SymmetricKey(copying: try configuration.require(ServiceKeys.pseudonymKey)),
            keyVersion: configuration.value(ServiceKeys.pseudonymKeyVersion))
    }

    private static func archive(_ configuration: ServiceConfiguration, host: ServiceHost) throws -> MongoPool? {
        guard configuration.value(IngestionKeys.archive) != .none else { return nil }
        guard configuration.isGiven(ServiceKeys.mongoURI) else {
            guard configuration.value(ServiceKeys.profile) == .development else {
                throw IngestionError(
                    .configuration, operation: "start",
                    detail: "profile production archives the sources: give mongo.uri, or set ingestion.archive to none"
                )
            }
            host.logger.warning("no mongo.uri: the submitted resources are not archived")
            return nil
        }
        return try MongoPool(try configuration.mongo(applicationName: name), logger: host.logger)
    }
}

/// The stream application as a service: stops with a graceful shutdown.
private struct StreamService: Service {
    let application: StreamApplication<IngestionProcessor>

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: {
            application.stop()
        }
    }
}
