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
    public static let archive = ConfigurationKey.boolean(
        "ingestion.archive", default: true,
        "Whether the submitted resources are kept, encrypted, in MongoDB (needs mongo.uri).")

    /// The fleet's settings and these.
    public static let table = ConfigurationTable.standard(adding: [bodyLimit, patientSystem, archive])
}
