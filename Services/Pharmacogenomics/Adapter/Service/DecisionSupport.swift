import Authorization
import Cryptography
import Domain
import Foundation
import PharmacogenomicsCore
import PostgresClient
import ServiceKit

/// The decision support of the service put together from its settings.
enum DecisionSupport {
    /// The routes; nil when nobody may ask.
    static func routes(
        _ configuration: ServiceConfiguration, patients: StoredPatients, pool: PostgresPool
    ) throws -> CDSRoutes? {
        let isProduction = configuration.value(ServiceKeys.profile) == .production
        let access = configuration.value(PharmacogenomicsKeys.decisionSupport)
        guard access != .off else { return nil }
        guard access != .open || !isProduction else {
            throw wrong("profile production lets registered clients ask alone: set cds.access to clients, or to off")
        }
        let tenant = configuration.value(ServiceKeys.tenant)
        // Without a key nobody can be named, and so nobody asked about.
        guard isProduction || access == .clients || configuration.isGiven(ServiceKeys.pseudonymKey) else { return nil }
        let pseudonymizer = try Pseudonymizer(
            tenant: tenant, key: SymmetricKey(copying: try configuration.require(ServiceKeys.pseudonymKey)),
            keyVersion: configuration.value(ServiceKeys.pseudonymKeyVersion))
        let auditKey = configuration.value(PharmacogenomicsKeys.auditKey)
        guard auditKey != nil || !isProduction else { throw wrong("profile production needs audit.key") }
        let log = CDSAccessTable(pool: pool, key: auditKey.map { SymmetricKey(copying: $0) })
        let names = KeyedPatientNaming(
            pseudonymizer, system: configuration.value(PharmacogenomicsKeys.patientSystem))
        return CDSRoutes(
            reader: patients, names: names,
            admission: access == .open
                ? OpenCDSAdmission() : try clients(configuration, tenant, pseudonymizer, pool), log: log)
    }

    private static func clients(
        _ configuration: ServiceConfiguration, _ tenant: String, _ pseudonymizer: Pseudonymizer, _ pool: PostgresPool
    ) throws -> any CDSAdmission {
        let base = configuration.value(PharmacogenomicsKeys.baseURL)
        let isProduction = configuration.value(ServiceKeys.profile) == .production
        guard base.hasPrefix("https://") || base.hasPrefix("http://") && !isProduction, !base.hasSuffix("/") else {
            throw wrong("cds.base-url is an https URL without a slash at the end")
        }
        guard let path = configuration.value(PharmacogenomicsKeys.clientsFile) else {
            throw wrong("cds.access clients needs cds.clients-file")
        }
        guard let bytes = FileManager.default.contents(atPath: path) else { throw wrong("\(path) cannot be read") }
        let registry = try ClientRegistry(parsing: [UInt8](bytes), defaultTenant: tenant) { person in
            switch person {
            case .pseudonym(let name): name
            case .identifier(let system, let value):
                try pseudonymizer.pseudonym(system: system, identifier: value.reveal())
            }
        }
        return CDSClientTokens(
            baseURL: base, tenant: tenant, registry: { _ in registry }, used: UsedAssertionTable(pool: pool))
    }

    private static func wrong(_ detail: String) -> PharmacogenomicsError {
        PharmacogenomicsError(.configuration, operation: "start", detail: detail)
    }
}

extension StoredPatients: PatientEvaluationReading {
    /// The person and the decisions of the active release.
    public func snapshot(of patient: PatientPseudonym) async throws -> PatientSnapshot {
        let reading = try await read(patient)
        return PatientSnapshot(patient: reading.patient, decision: reading.edition.decision)
    }
}
