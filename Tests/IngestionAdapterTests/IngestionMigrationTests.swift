import Foundation
import IngestionAdapter
import Logging
import PostgresClient
import TestSupport
import Testing

@Suite("The schema is what the SQL beside the code says, and only granted tenants are read")
struct IngestionMigrationTests {
    @Test("The embedded SQL is that of Migrations/")
    func embedded() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "Services/Ingestion/Migrations/0100_facts.sql")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(IngestionMigrations.own.map(\.sql) == [text])
    }

    @Test("Migrating twice changes nothing, every column of the view is explained, and tenants are kept apart")
    func tenants() async throws {
        var configuration = try await TemporaryPostgres.shared.makeDatabase()
        configuration.searchPath = [IngestionMigrations.schema]
        let pool = PostgresPool(configuration, logger: Logger(label: "test"))
        #expect(try await IngestionService.migrate(pool).last == 100)
        #expect(try await IngestionService.migrate(pool).isEmpty)
        let role = "reader_\(UInt32.random(in: 0 ..< .max))"
        try await pool.withConnection { connection in
            let unexplained = try connection.execute(
                """
                SELECT count(*) FROM pg_attribute WHERE attrelid = 'bi.observation_v1'::regclass AND attnum > 0
                    AND col_description(attrelid, attnum) IS NULL
                """)
            #expect(try unexplained.int64(0, 0) == 0)
            try connection.executeScript(
                """
                INSERT INTO patient SELECT 'p1.' || tenant, gen_random_uuid(), gen_random_uuid(), tenant, 'female', 1980, false, 0, 's', 'v'
                    FROM unnest(ARRAY['t1', 't2']) AS tenant;
                CREATE ROLE \(role) LOGIN;
                CALL grant_reader('\(role)', 't1');
                """)
        }
        var reader = configuration
        reader.user = role
        let readers = PostgresPool(reader, logger: Logger(label: "test"))
        let seen = try await readers.withConnection { connection in
            let result = try connection.execute("SELECT tenant FROM patient")
            return try (0..<result.rowCount).map { try result.text($0, 0) }
        }
        #expect(seen == ["t1"])
        await #expect(throws: PostgresError.self) {
            try await readers.withConnection { try $0.executeScript("DELETE FROM patient") }
        }
        await readers.close()
        await pool.close()
    }
}
