import Domain
import PharmacogenomicsCore
public import ServiceKit

/// The settings of the service: the fleet's, and its own.
public enum PharmacogenomicsKeys {
    /// Who may ask for decision support.
    public enum DecisionSupport: String, CaseIterable, Sendable {
        /// Nobody: there are no such routes.
        case off
        /// Anybody; for development.
        case open
        /// Registered clients, by the tokens that they sign.
        case clients
    }

    /// `pharmacogenomics.tables`
    public static let tables = ConfigurationKey.text(
        "pharmacogenomics.tables", default: "",
        "A folder of tables to work with in place of those built in; a release that was published later stands above both."
    )
    /// `pharmacogenomics.population`
    public static let population = ConfigurationKey.text(
        "pharmacogenomics.population", default: "",
        "Weigh candidate diplotypes by this population's allele frequencies; empty: all weigh the same.")
    /// `pharmacogenomics.combinations`
    public static let combinations = ConfigurationKey.boolean(
        "pharmacogenomics.combinations", default: false,
        "true: look for combinations of alleles, and for variants of no named allele, where no pair fits.")
    /// `pharmacogenomics.min-coverage`
    public static let minimumCoverage = ConfigurationKey.number(
        "pharmacogenomics.min-coverage", default: 0, in: 0...1,
        "The share of function-altering positions that a gene must show to be called.")
    /// `pharmacogenomics.min-gq`
    public static let minimumQuality = ConfigurationKey.number(
        "pharmacogenomics.min-gq", default: 0, in: 0...1_000,
        "Genotypes of a lower quality (GQ) count as unknown; 0: quality is not looked at.")
    /// `pharmacogenomics.min-depth`
    public static let minimumDepth = ConfigurationKey.integer(
        "pharmacogenomics.min-depth", default: 0, in: 0...100_000,
        "Genotypes with fewer reads (DP) count as unknown; 0: depth is not looked at.")
    /// `pharmacogenomics.boundary-interval`
    public static let boundaryInterval = ConfigurationKey.duration(
        "pharmacogenomics.boundary-interval", default: .seconds(10), in: .seconds(1)...(.seconds(3_600)),
        "How often persons are looked for whose onset, washout or end of a medication has come.")
    /// `pharmacogenomics.cached-patients`
    public static let cachedPatients = ConfigurationKey.integer(
        "pharmacogenomics.cached-patients", default: 2_000, in: 16...1_000_000,
        "The persons whose facts and last evaluation are held in memory; some 20 kB each.")
    /// `pharmacogenomics.patient-system`
    public static let patientSystem = ConfigurationKey.text(
        "pharmacogenomics.patient-system", default: KeyedPatientNaming.sharedSystem,
        "The id space of the patient ids that decision support is asked with: that of the feeds.")
    /// `cds.access`
    public static let decisionSupport = ConfigurationKey.choice(
        "cds.access", default: DecisionSupport.open,
        "Who may ask for decision support: off (no routes), open (anybody, which profile production refuses), clients (signed tokens)."
    )
    /// `cds.base-url`
    public static let baseURL = ConfigurationKey.text(
        "cds.base-url", default: "http://127.0.0.1:8080",
        "The URL under which CDS clients reach this service, without a slash at the end; the audience of their tokens begins with it."
    )
    /// `cds.clients-file`
    public static let clientsFile = ConfigurationKey.text(
        "cds.clients-file", "JSON file of the registered CDS clients, as Ingestion reads it; read at the start."
    ).optional()
    /// `audit.key`
    public static let auditKey = ConfigurationKey.secretKey(
        "audit.key", count: 32,
        "The key of the audit log's chain. Without it the chain shows accidents, but not whoever may write to the database."
    ).optional()
    /// `stream.workers`
    public static let workers = ConfigurationKey.integer(
        "stream.workers", default: 2, in: 1...64, "Threads that run batches, each on a database connection of its own.")
    /// `stream.batch.max-records`, with a default of our own: a record can hold 4,000 genotypes.
    public static let batchMaxRecords = ConfigurationKey.integer(
        "stream.batch.max-records", default: 1_000, in: 1...100_000,
        "The largest number of records in one transaction.")

    /// All of them.
    public static let table = ConfigurationTable.standard(
        adding: [
            tables, population, combinations, minimumCoverage, minimumQuality, minimumDepth, boundaryInterval,
            cachedPatients, patientSystem, decisionSupport, baseURL, clientsFile, auditKey, workers, batchMaxRecords,
        ])

    /// How genes are called.
    static func options(_ settings: ServiceConfiguration) -> CallingOptions {
        let population = settings.value(population)
        return CallingOptions(
            combinations: settings.value(combinations), minimumCoverage: settings.value(minimumCoverage),
            population: population.isEmpty ? nil : population)
    }

    /// What a genotype must have to be trusted.
    static func limits(_ settings: ServiceConfiguration) -> IntakeLimits {
        let (quality, depth) = (settings.value(minimumQuality), settings.value(minimumDepth))
        return IntakeLimits(minimumQuality: quality > 0 ? quality : nil, minimumDepth: depth > 0 ? depth : nil)
    }
}
