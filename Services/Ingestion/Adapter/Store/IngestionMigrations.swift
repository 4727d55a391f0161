public import PostgresClient
import StreamRuntime

/// The forward-only steps of the schema `ingestion`: the runtime's tables, then this service's own.
///
/// The SQL is that of `Migrations/`, embedded by `deploy/embed-migrations`; a test holds the two together.
public enum IngestionMigrations {
    /// The schema.
    public static let schema = "ingestion"

    /// The service's own steps, in order.
    public static let own = [
        Migration(version: 100, name: "facts", sql: facts),
        Migration(version: 101, name: "clinical facts", sql: clinicalFacts),
        Migration(version: 102, name: "clinical views", sql: clinicalViews),
        Migration(version: 103, name: "genomic facts", sql: genomicFacts),
        Migration(version: 104, name: "mllp", sql: mllp),
        Migration(version: 105, name: "security", sql: security),
        Migration(version: 106, name: "original coding", sql: originalCoding),
    ]

    /// Every step, in order.
    public static let all = RuntimeSchema.migrations + own
}
