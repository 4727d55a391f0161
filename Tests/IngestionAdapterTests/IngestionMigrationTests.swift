import Foundation
import Logging
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

@testable import IngestionAdapter

@Suite("The schema is what the SQL beside the code says, and only granted tenants are read")
struct IngestionMigrationTests {
    static let views = [
        "allergy_v1", "condition_v1", "consent_v1", "encounter_v1", "expression_v1", "genotype_call_v1",
        "genotype_submission_v1", "immunization_v1", "medication_v1", "observation_v1", "patient_v1",
        "polygenic_score_v1", "polygenic_score_weight_v1", "procedure_v1", "report_v1",
    ]

    @Test("The embedded SQL is that of Migrations/")
    func embedded() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "Services/Ingestion/Migrations")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }
        let texts = try files.sorted().map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
        #expect(IngestionMigrations.own.map(\.sql) == texts)
        #expect(
            IngestionMigrations.own.map { "0\($0.version)_\($0.name.replacing(" ", with: "_")).sql" } == files.sorted())
    }

    @Test("Migrating an empty database twice changes nothing the second time, and everything is explained")
    func empty() async throws {
        let database = try await FactDatabase()
        try await database.migrate(IngestionMigrations.all)
        try await database.migrate(IngestionMigrations.all)
        #expect(
            try await database.strings("SELECT viewname FROM pg_views WHERE schemaname = 'bi' ORDER BY 1") == Self.views
        )
        let unexplained = try await database.strings(
            """
            SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = 'bi'::regnamespace AND attnum > 0 AND col_description(attrelid, attnum) IS NULL
            UNION ALL
            SELECT oid::regclass::text FROM pg_class WHERE (relnamespace = 'bi'::regnamespace AND relkind = 'v'
                OR oid IN (SELECT polrelid FROM pg_policy)) AND obj_description(oid, 'pg_class') IS NULL
            """)
        #expect(unexplained == [])
        await database.close()
    }

    @Test("Every table with a tenant is protected, from its owner too, and every view keeps its reader's rights")
    func protection() async throws {
        let database = try await FactDatabase()
        try await database.migrate(IngestionMigrations.all)
        let open = try await database.strings(
            """
            SELECT pg_class.oid::regclass::text FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'tenant'
            WHERE relnamespace = 'ingestion'::regnamespace AND relkind = 'r' AND relname <> 'reader_grant'
                AND NOT (relrowsecurity AND relforcerowsecurity AND EXISTS (
                    SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'writing'))
            UNION ALL
            SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'bi'::regnamespace AND relkind = 'v'
                AND NOT reloptions @> ARRAY['security_invoker=true', 'security_barrier=true']
            """)
        #expect(open == [])
        await database.close()
    }

    @Test("A database of the first release keeps its rows and its readers, who see what is new as well")
    func upgrade() async throws {
        let database = try await FactDatabase()
        try await database.migrate(RuntimeSchema.migrations.prefix(1) + IngestionMigrations.own.prefix(1))
        let role = try await database.makeReader(of: "t1")
        try await database.run(
            """
            INSERT INTO medication SELECT gen_random_uuid(), gen_random_uuid(), tenant, 'p1.' || tenant, 'c', 's', '', 'active', 'order',
                0, '', 0, 's', '', 'v' FROM unnest(ARRAY['t1', 't2']) AS tenant;
            INSERT INTO patient SELECT 'p1.' || tenant, gen_random_uuid(), gen_random_uuid(), tenant, 'female', 1980, false, 0, 's', 'v'
                FROM unnest(ARRAY['t1', 't2']) AS tenant;
            """)
        try await database.migrate(IngestionMigrations.all)
        #expect(
            try await database.strings("SELECT tenant || kind || dose_unit FROM medication ORDER BY tenant")
                == ["t1request", "t2request"])
        try await database.write(FactSamples.all(tenant: "t1"))
        let reader = database.reader(role)
        #expect(
            try await reader.strings("SELECT tenant || ' ' || count(*) FROM bi.medication_v1 GROUP BY tenant")
                == ["t1 2"])
        for view in Self.views {
            let seen = try await reader.strings("SELECT DISTINCT tenant FROM bi.\(view)")
            #expect(seen == ["t1"], "\(view)")
        }
        await reader.close()
        await database.close()
    }

    @Test("A granted role reads its tenant's rows, another's reader none of them, and neither writes")
    func tenants() async throws {
        let database = try await FactDatabase()
        try await database.migrate(IngestionMigrations.all)
        try await database.write(FactSamples.all(tenant: "t1") + FactSamples.all(tenant: "t2"))
        let first = database.reader(try await database.makeReader(of: "t1"))
        let third = database.reader(try await database.makeReader(of: "t3"))
        let everything = database.reader(try await database.makeReader(of: "*"))
        let nobody = database.reader(try await database.makeRole())
        let tables = try await database.strings("SELECT readable_relations()::text")
        #expect(tables.count >= Self.views.count + 15)
        for table in tables {
            #expect(try await first.strings("SELECT DISTINCT tenant FROM \(table)") == ["t1"], "\(table)")
            #expect(try await third.strings("SELECT tenant FROM \(table)") == [], "\(table)")
            #expect(
                try await everything.strings("SELECT DISTINCT tenant FROM \(table) ORDER BY 1") == ["t1", "t2"],
                "\(table)")
            await #expect(throws: PostgresError.self, "\(table)") {
                try await nobody.strings("SELECT tenant FROM \(table)")
            }
            await #expect(throws: PostgresError.self, "\(table)") { try await first.run("DELETE FROM \(table)") }
        }
        await #expect(throws: PostgresError.self) {
            try await everything.strings("SELECT tenant FROM resource_identifier")
        }
        for pool in [first, third, everything, nobody] { await pool.close() }
        await database.close()
    }
}
