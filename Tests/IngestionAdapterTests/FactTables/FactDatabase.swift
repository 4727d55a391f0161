import Contracts
import Logging
import PostgresClient
import TestSupport

@testable import IngestionAdapter

/// A database for one test, seen by its owner or by a reader.
final class FactDatabase: Sendable {
    private let configuration: PostgresConfiguration
    let pool: PostgresPool

    private init(_ configuration: PostgresConfiguration) {
        self.configuration = configuration
        pool = PostgresPool(configuration, logger: Logger(label: "test"))
    }

    /// A new, empty database.
    convenience init() async throws {
        var configuration = try await TemporaryPostgres.shared.makeDatabase()
        configuration.searchPath = [IngestionMigrations.schema]
        self.init(configuration)
    }

    /// The same database as the role `name` sees it.
    func reader(_ name: String) -> FactDatabase {
        var configuration = configuration
        configuration.user = name
        return FactDatabase(configuration)
    }

    func migrate(_ steps: some Sequence<Migration>) async throws {
        try await Migrator(schema: IngestionMigrations.schema, migrations: Array(steps)).migrate(pool)
    }

    func run(_ sql: String) async throws {
        try await pool.withConnection { try $0.executeScript(sql) }
    }

    func strings(_ sql: String) async throws -> [String] {
        try await pool.withConnection { connection in
            let result = try connection.execute(sql)
            return try (0..<result.rowCount).map { try result.text($0, 0) }
        }
    }

    /// Writes `rows` as one batch does: in one transaction.
    func write(_ rows: [IngestionRow]) async throws {
        try await pool.withConnection { connection in
            try connection.transaction { try FactTables.write(rows, to: connection) }
        }
    }

    /// A new login role without any right.
    func makeRole() async throws -> String {
        let name = "reader_\(UInt64.random(in: 0 ... .max))"
        try await run("CREATE ROLE \(name) LOGIN")
        return name
    }

    /// A new login role that may read `tenant`.
    func makeReader(of tenant: String) async throws -> String {
        let name = try await makeRole()
        try await run("CALL grant_reader('\(name)', '\(tenant)')")
        return name
    }

    func close() async { await pool.close() }
}
