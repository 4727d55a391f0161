public import PostgresClient
import StreamRuntime

/// The forward-only steps of the schema `pharmacogenomics`: the runtime's tables, then this service's own.
///
/// The SQL is that of `Migrations/`, embedded by `deploy/embed-migrations`; a test holds the two together.
public enum PharmacogenomicsMigrations {
    /// The schema.
    public static let schema = "pharmacogenomics"

    /// The service's own steps, in order.
    public static let own = [Migration(version: 100, name: "pharmacogenomics", sql: pharmacogenomics)]

    /// Every step, in order.
    public static let all = RuntimeSchema.migrations + own
}
