import IngestionCore
public import ServiceKit

/// The settings that Ingestion adds to the fleet's own.
public enum IngestionKeys {
    /// `ingestion.body-limit`
    public static let bodyLimit = ConfigurationKey.bytes(
        "ingestion.body-limit", default: 16 << 20, in: 1024...(64 << 20), "The longest body of an HTTP request.")
    /// `ingestion.patient-system`
    public static let patientSystem = ConfigurationKey.text(
        "ingestion.patient-system", default: FeedContext.sharedPatientSystem,
        "The id space of the feeds' own patient ids. Deployments whose ids mean different people must differ in it.")
    /// `ingestion.archive`
    public static let archive = ConfigurationKey.choice(
        "ingestion.archive", default: ArchiveScope.ehr,
        "Whose sources are kept, encrypted, in MongoDB (needs mongo.uri): those of health records, all, or none.")

    /// The fleet's settings and these.
    public static let table = ConfigurationTable.standard(adding: [bodyLimit, patientSystem, archive])
}
