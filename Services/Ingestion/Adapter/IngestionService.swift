import Contracts
import Cryptography
import Domain
public import Hummingbird
import IngestionCore
import Logging
import PostgresClient
public import ServiceKit
public import StreamHosting
import StreamRuntime

/// Ingestion put together from its settings.
public enum IngestionService {
    /// The service's name.
    public static let name = IngestionProcessor.service

    /// Its tables.
    public static let schema = ServiceSchema(
        service: name, name: IngestionMigrations.schema, migrations: IngestionMigrations.all)

    /// The parts of the running service, in the order in which they start, and its routes on `router`.
    public static func components(
        _ host: ServiceHost, _ router: Router<ServiceRequestContext>
    ) async throws -> [ServiceComponent] {
        let configuration = host.configuration
        let archived = try archiveScope(host)
        let foundation = try StreamFoundation(
            schema, topics: Topic.feeds, host: host, keepsDocuments: archived != .none
        ) { $0.requestLane = "http" }
        let names = KeyedNames(try pseudonymizer(configuration))
        let application = try foundation.application(
            IngestionProcessor(
                names: names, tenant: configuration.value(ServiceKeys.tenant),
                patientSystem: configuration.value(IngestionKeys.patientSystem),
                mappings: try MappingCatalog(folder: configuration.value(IngestionKeys.mappings)),
                options: configuration.value(IngestionKeys.strict) ? ["strictness": "strict"] : [:],
                archive: foundation.documents == nil ? nil : foundation.keyring, archived: archived,
                consentPolicy: IngestionKeys.consentPolicy(configuration)))
        let security = try IngestionSecurity(
            configuration, pool: foundation.database, names: names, logger: host.logger)
        router.add(
            middleware: ConcurrencyLimit<ServiceRequestContext>(
                limit: configuration.value(AuthorizationKeys.concurrency)))
        security.add(to: router)
        APIRoutes(
            base: configuration.value(AuthorizationKeys.baseURL),
            needsToken: configuration.value(AuthorizationKeys.mode) == .required
        ).add(to: router)
        IngestionRoutes(
            submitter: application, admission: security.admission,
            bodies: BodyReader(limit: configuration.value(IngestionKeys.bodyLimit))
        ).add(to: router)
        var parts = foundation.components(application)
        if let mllp = try MLLPConfiguration(configuration) {
            let store = PostgresAcknowledgementStore(foundation.database)
            let receiver = MLLPReceiver(
                submitter: application, store: store, clock: SystemClock(), logger: host.logger)
            parts += [
                ServiceComponent(
                    "acknowledgements",
                    AcknowledgementRetention(store: store, clock: SystemClock(), logger: host.logger)),
                ServiceComponent("mllp", MLLPServer(mllp, receiver: receiver, logger: host.logger)),
            ]
        }
        return parts
    }

    /// What the chains of the configured database's audit log are worth.
    public static func verifyAudit(_ configuration: ServiceConfiguration) async throws -> AuditVerification {
        let pool = PostgresPool(try schema.connection(configuration), logger: Logger(label: name))
        do {
            let found = try await AuditVerification(pool, hash: IngestionSecurity.auditHash(configuration))
            await pool.close()
            return found
        } catch {
            await pool.close()
            throw error
        }
    }

    private static func pseudonymizer(_ configuration: ServiceConfiguration) throws -> Pseudonymizer {
        try Pseudonymizer(
            tenant: configuration.value(ServiceKeys.tenant),
            key: SymmetricKey(copying: try configuration.require(ServiceKeys.pseudonymKey)),
            keyVersion: configuration.value(ServiceKeys.pseudonymKeyVersion))
    }

    private static func archiveScope(_ host: ServiceHost) throws -> ArchiveScope {
        let configuration = host.configuration
        let scope = configuration.value(IngestionKeys.archive)
        guard scope != .none, !configuration.isGiven(ServiceKeys.mongoURI) else { return scope }
        guard configuration.value(ServiceKeys.profile) == .development else {
            throw IngestionError(
                .configuration, operation: "start",
                detail: "profile production archives the sources: give mongo.uri, or set ingestion.archive to none")
        }
        host.logger.warning("no mongo.uri: the submitted sources are not archived")
        return .none
    }
}
