import Contracts
import Cryptography
import KafkaClient
import Logging
import MongoClient
public import PostgresClient
public import ServiceKit
import ServiceLifecycle
import StreamRuntime

/// The alert engine put together from its settings.
public enum AlertEngineService {
    /// The service's name.
    public static let name = AlertProcessor.service

    /// The parts of the running service, in the order in which they start; nothing is connected yet.
    public static func components(host: ServiceHost) throws -> [ServiceComponent] {
        let configuration = host.configuration
        let stream = streamConfiguration(configuration)
        let database = PostgresPool(try postgres(configuration, workers: stream.workers), logger: host.logger)
        let documents =
            configuration.isGiven(ServiceKeys.mongoURI)
            ? try MongoPool(configuration.mongo(applicationName: name), logger: host.logger) : nil
        let keyring = try Keyring(
            keyID: "payload-1", key: SymmetricKey(copying: try configuration.require(ServiceKeys.payloadKey)))
        let application = try StreamApplication(
            processor: AlertProcessor(
                rules: AlertEngineKeys.rules(configuration), tenant: configuration.value(ServiceKeys.tenant),
                writesDocuments: documents != nil),
            service: name, configuration: stream, kafka: try configuration.kafka(), pool: database,
            documents: documents.map { MongoDocumentStore($0, logger: host.logger) }, keyring: keyring,
            logger: host.logger)
        watch(application, host)
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
        try await Migrator(schema: AlertMigrations.schema, migrations: AlertMigrations.all).migrate(pool).map(\.version)
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
            consumerGroup: name, topics: [Topic.observationRecorded],
            instanceID: configuration.staticInstance)
        stream.workers = configuration.value(AlertEngineKeys.workers)
        stream.sessionTimeout = configuration.value(ServiceKeys.sessionTimeout)
        stream.byteBudget = configuration.value(ServiceKeys.streamByteBudget)
        stream.maximumBatchRecords = configuration.value(AlertEngineKeys.batchMaxRecords)
        stream.maximumBatchBytes = configuration.value(ServiceKeys.batchMaxBytes)
        // The drain has to end before the deadline of the whole stop.
        stream.drainDeadline = configuration.value(ServiceKeys.drainDeadline) * 3 / 5
        return stream
    }

    private static func postgres(
        _ configuration: ServiceConfiguration, workers: Int
    ) throws(ServiceKitError) -> PostgresConfiguration {
        var postgres = try configuration.postgres(applicationName: name, searchPath: [AlertMigrations.schema])
        postgres.poolSize = max(postgres.poolSize, workers + 3)
        return postgres
    }

    private static func watch(_ application: StreamApplication<AlertProcessor>, _ host: ServiceHost) {
        host.health.add(.readiness, "stream") {
            application.status.isReady ? .passing : .failing("no partitions are assigned yet")
        }
        host.health.add(.liveness, "stream") {
            let stuck = application.status.stuckPartitions
            return stuck.isEmpty ? .passing : .failing("no progress on \(stuck.count) partitions")
        }
        host.metrics.describe("observations_total", "Observations by what became of them.")
        host.metrics.describe("alerts_raised_total", "Alerts opened, by rule.")
        host.metrics.describe("alerts_escalated_total", "Alerts that became graver, by rule.")
        host.metrics.describe("alerts_resolved_total", "Alerts closed, by rule.")
    }
}

/// The stream application as a service: stops with a graceful shutdown.
private struct StreamService: Service {
    let application: StreamApplication<AlertProcessor>

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: {
            application.stop()
        }
    }
}
