/// Brings one schema forward to the newest version that the program knows. There is no way back.
///
/// What was applied is kept in `<schema>.schema_migration`. Any number of processes may migrate at once: an advisory
/// lock lets one work, and the others find the work done. Each step is one transaction, so a failed step leaves nothing
/// behind.
public struct Migrator: Sendable {
    /// The schema, which is made when it is missing.
    public let schema: String
    /// The steps in the order of their versions.
    public let migrations: [Migration]

    /// - Throws: `.migrationRefused` when a version is used twice or is not positive.
    public init(schema: String, migrations: [Migration]) throws(PostgresError) {
        self.schema = schema
        self.migrations = migrations.sorted { $0.version < $1.version }
        var seen: Set<Int> = []
        for migration in migrations {
            guard migration.version > 0, seen.insert(migration.version).inserted else {
                throw Self.refused(schema, "version \(migration.version) is used twice or is not positive")
            }
        }
    }

    /// Applies what is missing.
    /// - Returns: the steps that this call applied, in order.
    /// - Throws: `.migrationRefused` when an applied step has changed or a step is missing in the middle; the error of
    ///   the step that failed.
    @discardableResult
    public func migrate(_ pool: PostgresPool) async throws -> [Migration] {
        try await pool.withConnection { connection in try migrate(connection) }
    }

    /// Applies what is missing, on a connection that is in no transaction.
    @discardableResult
    public func migrate(_ connection: PostgresConnection) throws -> [Migration] {
        guard !connection.isInTransaction else {
            throw Self.refused(schema, "the connection is inside a transaction")
        }
        var applied: [Migration] = []
        while let migration = try applyNext(connection) { applied.append(migration) }
        return applied
    }

    /// The versions that the database has, in order; empty when the schema was never migrated.
    public func appliedVersions(_ connection: PostgresConnection) throws(PostgresError) -> [Int] {
        let exists = try connection.execute("SELECT to_regclass($1) IS NOT NULL", [.text(table)]).bool(0, 0)
        return exists ? try history(connection).map(\.version) : []
    }

    private var table: String { PostgresIdentifier.quoted(schema) + ".schema_migration" }

    /// One step in one transaction under the lock; nil when nothing is missing.
    private func applyNext(_ connection: PostgresConnection) throws -> Migration? {
        try connection.transaction {
            try connection.executeScript("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
            let key = Int64(bitPattern: FNV1a64.hash("vitalstream.migration:" + schema))
            let timeout = connection.responseTimeout
            connection.responseTimeout = nil
            defer { connection.responseTimeout = timeout }
            try connection.execute("SELECT pg_advisory_xact_lock($1)", [.int64(key)])
            try prepareSchema(connection)
            guard let migration = try next(after: history(connection)) else { return nil }
            try run(migration, on: connection)
            return migration
        }
    }

    private func prepareSchema(_ connection: PostgresConnection) throws {
        let name = PostgresIdentifier.quoted(schema)
        // IF NOT EXISTS alone would ask for the right to create even where everything is there.
        if try connection.execute("SELECT to_regnamespace($1) IS NULL", [.text(name)]).bool(0, 0) {
            try connection.executeScript("CREATE SCHEMA \(name)")
        }
        if try connection.execute("SELECT to_regclass($1) IS NULL", [.text(table)]).bool(0, 0) {
            try connection.executeScript(
                """
                CREATE TABLE \(table) (
                    version bigint PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now())
                """)
        }
        try connection.executeScript("SET LOCAL search_path = \(name), public")
    }

    private func history(
        _ connection: PostgresConnection
    ) throws(PostgresError) -> [(version: Int, name: String, checksum: String)] {
        let result = try connection.execute("SELECT version, name, checksum FROM \(table) ORDER BY version")
        var rows: [(version: Int, name: String, checksum: String)] = []
        for row in 0..<result.rowCount {
            rows.append((Int(try result.int64(row, 0)), try result.text(row, 1), try result.text(row, 2)))
        }
        return rows
    }

    /// The first step that is missing. Steps above our newest belong to a newer program and are left alone.
    private func next(after applied: [(version: Int, name: String, checksum: String)]) throws(PostgresError)
        -> Migration?
    {
        let known = Dictionary(uniqueKeysWithValues: migrations.map { ($0.version, $0) })
        let newest = Dictionary(grouping: migrations.map(\.version), by: Self.history(of:)).mapValues { $0.max() ?? 0 }
        for row in applied where row.version <= newest[Self.history(of: row.version)] ?? 0 {
            guard let migration = known[row.version] else {
                throw Self.refused(
                    schema, "version \(row.version) (\(row.name)) is applied, but this program does not know it")
            }
            guard migration.checksum == row.checksum else {
                throw Self.refused(
                    schema,
                    "version \(row.version) (\(row.name)) was changed after it was applied: "
                        + "checksum \(migration.checksum), applied \(row.checksum). Add a new version instead")
            }
        }
        let present = Set(applied.map(\.version))
        guard let migration = migrations.first(where: { !present.contains($0.version) }) else { return nil }
        let history = Self.history(of: migration.version)
        if let last = applied.last(where: { Self.history(of: $0.version) == history })?.version,
            migration.version < last
        {
            throw Self.refused(
                schema, "version \(migration.version) (\(migration.name)) is missing below the applied version \(last)")
        }
        return migration
    }

    /// A service's schema holds two histories: steps below 100 are the runtime's, the others the service's own. Each grows at its end.
    private static func history(of version: Int) -> Int { version < 100 ? 0 : 1 }

    private func run(_ migration: Migration, on connection: PostgresConnection) throws {
        do throws(PostgresError) {
            try connection.executeScript(migration.sql)
        } catch {
            var error = error
            error.operation = "migration \(schema) \(migration.version) (\(migration.name))"
            throw error
        }
        guard connection.isInTransaction else {
            throw Self.refused(schema, "version \(migration.version) ends the transaction that it runs in")
        }
        try connection.execute(
            "INSERT INTO \(table) (version, name, checksum) VALUES ($1, $2, $3)",
            [.int64(Int64(migration.version)), .text(migration.name), .text(migration.checksum)])
    }

    private static func refused(_ schema: String, _ detail: String) -> PostgresError {
        PostgresError(.migrationRefused, operation: "migrate \(schema)", detail: detail)
    }
}
