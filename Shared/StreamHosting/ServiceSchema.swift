import Logging
public import PostgresClient
public import ServiceKit

/// A service's schema in the database, and how it is brought forward.
public struct ServiceSchema: Sendable {
    /// The service's name, the application name of its connections.
    public let service: String
    /// The schema's name.
    public let name: String
    /// Every step, in order.
    public let migrations: [Migration]

    /// The schema `name` of `service`.
    public init(service: String, name: String, migrations: [Migration]) {
        self.service = service
        self.name = name
        self.migrations = migrations
    }

    /// Brings the schema forward; the versions applied by this call.
    @discardableResult
    public func migrate(_ pool: PostgresPool) async throws -> [Int] {
        try await Migrator(schema: name, migrations: migrations).migrate(pool).map(\.version)
    }

    /// Brings the schema of the configured database forward and closes the connection.
    public func migrate(_ configuration: ServiceConfiguration) async throws -> [Int] {
        let pool = PostgresPool(try connection(configuration), logger: Logger(label: service))
        do {
            let versions = try await migrate(pool)
            await pool.close()
            return versions
        } catch {
            await pool.close()
            throw error
        }
    }

    /// How to connect: with room for `workers` threads that hold a connection each, and some to spare.
    public func connection(
        _ configuration: ServiceConfiguration, spareFor workers: Int = 0
    ) throws(ServiceKitError) -> PostgresConfiguration {
        var postgres = try configuration.postgres(applicationName: service, searchPath: [name])
        postgres.poolSize = max(postgres.poolSize, workers + 3)
        return postgres
    }
}
