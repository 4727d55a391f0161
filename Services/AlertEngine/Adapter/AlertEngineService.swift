import Contracts
public import ServiceKit
public import StreamHosting
import StreamRuntime

/// The alert engine put together from its settings.
public enum AlertEngineService {
    /// The service's name.
    public static let name = AlertProcessor.service

    /// Its tables.
    public static let schema = ServiceSchema(
        service: name, name: AlertMigrations.schema, migrations: AlertMigrations.all)

    /// The parts of the running service, in the order in which they start; nothing is connected yet.
    public static func components(host: ServiceHost) throws -> [ServiceComponent] {
        let configuration = host.configuration
        let foundation = try StreamFoundation(schema, topics: [Topic.observationRecorded], host: host) { stream in
            stream.workers = configuration.value(AlertEngineKeys.workers)
            stream.maximumBatchRecords = configuration.value(AlertEngineKeys.batchMaxRecords)
        }
        host.metrics.describe("observations_total", "Observations by what became of them.")
        host.metrics.describe("alerts_raised_total", "Alerts opened, by rule.")
        host.metrics.describe("alerts_escalated_total", "Alerts that became graver, by rule.")
        host.metrics.describe("alerts_resolved_total", "Alerts closed, by rule.")
        return foundation.components(
            try foundation.application(
                AlertProcessor(
                    rules: AlertEngineKeys.rules(configuration), tenant: configuration.value(ServiceKeys.tenant),
                    writesDocuments: foundation.documents != nil)))
    }
}
