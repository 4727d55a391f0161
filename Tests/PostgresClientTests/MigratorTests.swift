import PostgresClient
import TestSupport
import Testing

@Suite("Migrations run once, in order, and never change afterwards")
struct MigratorTests {
    private static let first = Migration(
        version: 1, name: "table", sql: "CREATE TABLE t (n int); INSERT INTO t VALUES (1);")
    private static let second = Migration(version: 2, name: "column", sql: "ALTER TABLE t ADD label text;\n")

    @Test("missing steps are applied in order, in their schema; a second run does nothing")
    func forward() async throws {
        try await withPool { pool async throws in
            #expect(try await Migrator(schema: "Ward", migrations: [Self.first]).migrate(pool) == [Self.first])
            let both = try Migrator(schema: "Ward", migrations: [Self.second, Self.first])
            #expect(try await both.migrate(pool) == [Self.second])
            #expect(try await both.migrate(pool) == [])
            try await pool.withConnection { connection throws in
                #expect(try connection.execute("SELECT n, label FROM \"Ward\".t").rowCount == 1)
                #expect(try both.appliedVersions(connection) == [1, 2])
                #expect(try connection.execute("SHOW search_path").text(0, 0) == "\"$user\", public")
                #expect(try Migrator(schema: "other", migrations: []).appliedVersions(connection) == [])
            }
            // An older program meets a newer database.
            #expect(try await Migrator(schema: "Ward", migrations: [Self.first]).migrate(pool) == [])
        }
    }

    @Test("the checksum is FNV-1a 64")
    func checksum() {
        // Test vectors of the authors: www.isthe.com/chongo/tech/comp/fnv (empty string, "a", "foobar").
        for (text, sum) in [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")] {
            #expect(Migration(version: 1, name: "", sql: text).checksum == sum)
        }
    }

    @Test("a changed, a forgotten, a late or a doubled step is refused, and nothing happens")
    func refusals() async throws {
        try await withPool { pool async throws in
            let third = Migration(version: 3, name: "more", sql: "CREATE TABLE u (n int)")
            try await Migrator(schema: "s", migrations: [Self.first, third]).migrate(pool)
            let changed = Migration(version: 1, name: "table", sql: Self.first.sql + " ")
            for (list, words) in [
                ([changed, third], "version 1 (table) was changed"), ([third], "version 1 (table) is applied, but"),
                ([Self.first, Self.second, third], "version 2 (column) is missing below"),
            ] {
                let error = await postgresError { try await Migrator(schema: "s", migrations: list).migrate(pool) }
                #expect(error?.code == .migrationRefused && error?.detail.contains(words) == true)
            }
            #expect(throws: PostgresError.self) { try Migrator(schema: "s", migrations: [Self.first, Self.first]) }
            #expect(throws: PostgresError.self) {
                try Migrator(schema: "s", migrations: [Migration(version: 0, name: "", sql: "")])
            }
        }
    }

    @Test("the runtime's steps, below 100, and the service's own each grow at their end")
    func histories() async throws {
        try await withPool { pool async throws in
            let own = [100, 101].map { Migration(version: $0, name: "own", sql: "CREATE TABLE v\($0) (n int)") }
            let old = try Migrator(schema: "s", migrations: [Self.first, own[0]])
            try await old.migrate(pool)
            let all = try Migrator(schema: "s", migrations: [Self.first, Self.second] + own)
            #expect(try await all.migrate(pool).map(\.version) == [2, 101])
            // An older program meets a newer database: what it does not know is newer in both histories.
            #expect(try await old.migrate(pool) == [])
            let late = try Migrator(
                schema: "s",
                migrations: [Self.first, Self.second, own[1], Migration(version: 100, name: "own", sql: "")])
            let error = await postgresError { try await late.migrate(pool) }
            #expect(error?.detail.contains("version 100 (own) was changed") == true)
        }
    }

    @Test("a step that fails leaves nothing, names itself, and can be mended")
    func failure() async throws {
        try await withPool { pool async throws in
            let wrong = Migration(version: 2, name: "wrong", sql: "CREATE TABLE u (n int); SELECT 1 / 0")
            let error = await postgresError {
                try await Migrator(schema: "s", migrations: [Self.first, wrong]).migrate(pool)
            }
            #expect(error?.operation == "migration s 2 (wrong)" && error?.sqlState == "22012")
            let ends = Migration(version: 2, name: "ends", sql: "COMMIT")
            let refused = await postgresError {
                try await Migrator(schema: "s", migrations: [Self.first, ends]).migrate(pool)
            }
            #expect(refused?.code == .migrationRefused)
            let mended = Migration(version: 2, name: "mended", sql: "CREATE TABLE u (n int)")
            #expect(try await Migrator(schema: "s", migrations: [Self.first, mended]).migrate(pool) == [mended])
        }
    }

    @Test("ten processes' worth of migrators at once apply each step once")
    func concurrent() async throws {
        try await withPool({ $0.poolSize = 10 }) { pool async throws in
            let migrations = (1...5).map { Migration(version: $0, name: "t\($0)", sql: "CREATE TABLE t\($0) (n int)") }
            let applied = try await withThrowingTaskGroup(of: [Migration].self) { group in
                for _ in 0..<10 {
                    group.addTask { try await Migrator(schema: "s", migrations: migrations).migrate(pool) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.sorted { $0.version < $1.version } == migrations)
        }
    }
}
