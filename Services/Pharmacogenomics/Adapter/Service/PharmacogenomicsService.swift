import Contracts
import Domain
public import Hummingbird
public import ServiceKit
public import StreamHosting
import StreamRuntime

/// The service put together from its settings.
public enum PharmacogenomicsService {
    /// The service's name.
    public static let name = PharmacogenomicsProcessor.service

    /// Its tables.
    public static let schema = ServiceSchema(
        service: name, name: PharmacogenomicsMigrations.schema, migrations: PharmacogenomicsMigrations.all)

    /// The parts of the running service, in the order in which they start, and its routes on `router`; nothing is connected yet.
    public static func components(
        _ host: ServiceHost, _ router: Router<ServiceRequestContext>
    ) throws -> [ServiceComponent] {
        let configuration = host.configuration
        let folder = configuration.value(PharmacogenomicsKeys.tables)
        let package = folder.isEmpty ? try BuiltInKnowledge.package() : try KnowledgePackage(directory: folder)
        let shelf = try KnowledgeShelf(
            builtIn: package, options: PharmacogenomicsKeys.options(configuration),
            limits: PharmacogenomicsKeys.limits(configuration))
        let foundation = try StreamFoundation(schema, topics: PharmacogenomicsInput.topics, host: host) { stream in
            stream.workers = configuration.value(PharmacogenomicsKeys.workers)
            stream.maximumBatchRecords = configuration.value(PharmacogenomicsKeys.batchMaxRecords)
            stream.stateCacheCapacity = configuration.value(PharmacogenomicsKeys.cachedPatients)
            stream.requestLane = "internal"
        }
        let tenant = configuration.value(ServiceKeys.tenant)
        let application = try foundation.application(
            PharmacogenomicsProcessor(shelf: shelf, tenant: tenant, writesDocuments: foundation.documents != nil))
        describe(host.metrics)
        try DecisionSupport.routes(
            configuration, patients: StoredPatients(pool: foundation.database, shelf: shelf), pool: foundation.database
        )?.add(to: router)
        let watch = BoundaryWatch(
            pool: foundation.database, tenant: tenant,
            interval: configuration.value(PharmacogenomicsKeys.boundaryInterval), logger: host.logger
        ) { request in
            _ = try await application.submit(
                request.encoded(), key: Array(request.key.utf8), topic: request.topic)
        }
        return foundation.components(application) + [
            ServiceComponent(
                "built-in release",
                ReleaseRegistration(
                    package: package, version: shelf.builtIn.base.version, application: application,
                    logger: host.logger),
                earlyEnd: .isFine),
            ServiceComponent("boundary watch", BoundaryWatchService(watch: watch)),
        ]
    }

    private static func describe(_ metrics: PrometheusRegistry) {
        metrics.describe("evaluations_total", "Evaluations of a person, by kind: full, or medication (genes kept).")
        metrics.describe("medications_total", "Medications by outcome: known, or drug-not-in-tables.")
        metrics.describe("phenotypes_total", "Changed results of genes that were published.")
        metrics.describe("recommendations_total", "Changed recommendations that were published, by status.")
        metrics.describe("withdrawn_recommendations_total", "Recommendations that were taken back.")
        metrics.describe("alerts_total", "Alerts about drugs to be avoided, by transition.")
        metrics.describe("reevaluations_total", "Re-evaluations without a new fact, by reason.")
        metrics.describe("knowledge_releases_total", "Releases of the tables, by outcome: activated, kept, refused.")
    }
}
