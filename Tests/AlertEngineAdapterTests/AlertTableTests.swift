import AlertEngineAdapter
import Contracts
import Domain
import Foundation
import Logging
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

@Suite("Alerts stand in PostgreSQL once, in their newest version, for those who may read them")
struct AlertTableTests {
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func row(
        _ alert: Int, version: Int64, _ transition: Alert.Transition = .raised, severity: Alert.Severity = .medium,
        tenant: String = "ward-a"
    ) throws -> AlertRow {
        let event = EventID.hashing("test-event", String(alert), String(version))
        return AlertRow(
            alert: Alert(
                eventID: event, alertID: .hashing("test-alert", String(alert)), version: version,
                patient: try Sample.pseudonym("p1.anna"), rule: "news2", severity: severity, transition: transition,
                score: 7, threshold: 5, summary: "version \(version)", evidence: "[{\"value\":1}]",
                effectiveAt: Sample.minute(Int(version)), raisedAt: Sample.minute(1), triggerEventID: event,
                modelVersion: "1", producedAt: Sample.minute(Int(version))), tenant: tenant)
    }

    static func write(_ rows: [AlertRow], _ pool: PostgresPool) async throws {
        let processor = AlertProcessor(tenant: "ward-a")
        try await pool.transaction { try processor.write(rows, to: $0) }
    }

    static func texts(_ sql: String, _ pool: PostgresPool) async throws -> [String] {
        try await pool.withConnection { connection in
            let result = try connection.execute(sql)
            return try (0..<result.rowCount).map { try result.text($0, 0) }
        }
    }

    @Test("the migration that is run is the file that people read")
    func migrationFile() throws {
        let file = Repository.root.appending(path: "Services/AlertEngine/Migrations/0100_alert.sql")
        let sql = try String(contentsOf: file, encoding: .utf8)
        let embedded = try #require(AlertMigrations.own.first).sql
        #expect(embedded.trimmingCharacters(in: .newlines) == sql.trimmingCharacters(in: .newlines))
        let files = try FileManager.default.contentsOfDirectory(
            atPath: file.deletingLastPathComponent().path
        ).filter { $0.hasSuffix(".sql") }
        #expect(files.count == AlertMigrations.own.count)
    }

    @Test("a repeat changes nothing, and an older version never overwrites a newer one")
    func versions() async throws {
        let (_, pool) = try await AlertStage.migratedDatabase(logger: Self.logger)
        let state = "SELECT version || ' ' || status || ' ' || summary FROM bi.alert_v1"
        try await Self.write([try Self.row(1, version: 1)], pool)
        #expect(try await Self.texts(state, pool) == ["1 open version 1"])
        try await Self.write(
            [
                try Self.row(1, version: 2, .escalated, severity: .high),
                try Self.row(1, version: 3, .resolved, severity: .high), try Self.row(2, version: 1),
            ], pool)
        let both = ["1 open version 1", "3 resolved version 3"]
        #expect(try await Self.texts(state + " ORDER BY version", pool) == both)
        try await Self.write(
            [try Self.row(1, version: 2, .escalated, severity: .high), try Self.row(2, version: 1)], pool)
        #expect(try await Self.texts(state + " ORDER BY version", pool) == both)
        let history = try await Self.texts(
            "SELECT version || ' ' || transition FROM alert_transition ORDER BY alert_id, version", pool)
        #expect(history.sorted() == ["1 raised", "1 raised", "2 escalated", "3 resolved"])
        let times = try await Self.texts(
            """
            SELECT extract(epoch FROM raised_at)::int8 || ' ' || extract(epoch FROM resolved_at)::int8 || ' '
                || (evidence->0->>'value') FROM bi.alert_v1 WHERE status = 'resolved'
            """, pool)
        let raised = Sample.minute(1).microseconds / 1_000_000
        #expect(times == ["\(raised) \(raised + 120) 1"])
        await pool.close()
    }

    @Test("every column of the view is commented, and the view guards its rows")
    func view() async throws {
        let (_, pool) = try await AlertStage.migratedDatabase(logger: Self.logger)
        let silent = try await Self.texts(
            """
            SELECT attname::text FROM pg_attribute WHERE attrelid = 'bi.alert_v1'::regclass AND attnum > 0
                AND NOT attisdropped AND col_description(attrelid, attnum) IS NULL
            """, pool)
        #expect(silent.isEmpty)
        let options = try await Self.texts(
            "SELECT array_to_string(reloptions, ',') FROM pg_class WHERE oid = 'bi.alert_v1'::regclass", pool)
        #expect(options == ["security_invoker=true,security_barrier=true"])
        let unforced = try await Self.texts(
            """
            SELECT relname::text FROM pg_class WHERE relnamespace = 'alert_engine'::regnamespace
                AND relname IN ('alert', 'alert_transition') AND NOT (relrowsecurity AND relforcerowsecurity)
            """, pool)
        #expect(unforced.isEmpty)
        await pool.close()
    }

    @Test("a reader sees the rows of the tenants granted to the login role, and nobody else sees any")
    func rowSecurity() async throws {
        let suffix = String(UInt32.random(in: 0 ... .max), radix: 36)
        let (owner, setup) = ("owner_\(suffix)", try await TemporaryPostgres.shared.makeDatabase())
        let readers = ["one_\(suffix)", "all_\(suffix)", "none_\(suffix)"]
        for role in [owner] + readers { try await TemporaryPostgres.shared.administer("CREATE ROLE \(role) LOGIN") }
        try await TemporaryPostgres.shared.administer("GRANT CREATE ON DATABASE \(setup.database) TO \(owner)")
        try await TemporaryPostgres.shared.administer("GRANT \(readers[1]) TO \(readers[0])")
        func pool(_ role: String) -> PostgresPool {
            var configuration = setup
            configuration.user = role
            configuration.searchPath = [AlertMigrations.schema]
            return PostgresPool(configuration, logger: Self.logger)
        }
        // The owner is no superuser here, so that forced row-level security binds the service too.
        let service = pool(owner)
        try await Migrator(
            schema: AlertMigrations.schema, migrations: AlertMigrations.all
        ).migrate(service)
        try await Self.write(
            [
                try Self.row(1, version: 1, tenant: "ward-a"), try Self.row(2, version: 1, tenant: "ward-b"),
                try Self.row(1, version: 2, .escalated, tenant: "ward-a"),
            ], service)
        try await service.withConnection { connection in
            try connection.execute("CALL grant_reader($1, $2)", [.text(readers[0]), .text("ward-a")])
            try connection.execute("CALL grant_reader($1, $2)", [.text(readers[1]), .text("*")])
        }
        let tenants = "SELECT tenant FROM bi.alert_v1 ORDER BY tenant"
        let (one, all, none) = (pool(readers[0]), pool(readers[1]), pool(readers[2]))
        #expect(try await Self.texts(tenants, one) == ["ward-a"])
        #expect(try await Self.texts(tenants, all) == ["ward-a", "ward-b"])
        await #expect(throws: PostgresError.self) { try await Self.texts(tenants, none) }
        // Another role's rights do not come with SET ROLE, nor with a setting.
        let disguised = try await one.withConnection { connection in
            try connection.executeScript("SET ROLE \(readers[1])")
            let result = try connection.execute(tenants)
            try connection.executeScript("RESET ROLE")
            return try (0..<result.rowCount).map { try result.text($0, 0) }
        }
        #expect(disguised == ["ward-a"])
        await #expect(throws: PostgresError.self) {
            try await Self.texts("DELETE FROM alert_engine.alert RETURNING tenant", one)
        }
        await #expect(throws: PostgresError.self) {
            try await Self.texts("SELECT tenant FROM alert_engine.reader_grant", one)
        }
        try await service.withConnection { connection in
            _ = try connection.execute("DELETE FROM reader_grant WHERE role_name = $1", [.text(readers[0])])
        }
        #expect(try await Self.texts(tenants, one).isEmpty)
        try await service.withConnection { connection in
            _ = try connection.execute("UPDATE reader_grant SET may_write = false WHERE role_name = $1", [.text(owner)])
        }
        await #expect(throws: PostgresError.self) { try await Self.write([try Self.row(3, version: 1)], service) }
        for pool in [service, one, all, none] { await pool.close() }
    }
}
