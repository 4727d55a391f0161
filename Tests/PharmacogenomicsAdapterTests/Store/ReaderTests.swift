import Contracts
import Domain
import Logging
import PostgresClient
import TestSupport
import Testing

@testable import PharmacogenomicsAdapter

@Suite("A reader sees the rows of the tenants granted to the login role, and every column says what it is", .serialized)
struct ReaderTests {
    private static func pool() async throws -> PostgresPool {
        try await PharmacogenomicsStage.migratedPool(logger: Logger(label: "test"))
    }

    private func rows(tenant: String, patient: String) throws -> [PharmacogenomicsRow] {
        var person = try Person()
        let catalog = try StreamSample.shelf.get().builtIn.base.genes
        var rows = try person.take(
            StreamSample.genotypes(StreamSample.cyp2c19(catalog, copiesOf2: 2), patient: patient)
        ).rows
        rows += try person.take(StreamSample.medication("clopidogrel", patient: patient)).rows
        return rows.map { row in
            switch row {
            case .phenotype(let row):
                .phenotype(
                    GenePhenotypeRow(
                        event: row.event, tenant: tenant, alleles: row.alleles, phenotypes: row.phenotypes))
            case .recommendation(let row):
                .recommendation(
                    RecommendationRow(event: row.event, tenant: tenant, recommendations: row.recommendations))
            case .profile(let row):
                .profile(
                    PatientProfileRow(
                        patient: row.patient, tenant: tenant, drugs: row.drugs, digest: row.digest,
                        nextBoundary: row.nextBoundary))
            default: row
            }
        }
    }

    @Test func `a reader of one ward sees that ward`() async throws {
        let pool = try await Self.pool()
        let (one, other) = (
            try rows(tenant: "ward-a", patient: "p1.anna"), try rows(tenant: "ward-b", patient: "p1.otto")
        )
        let role = "reader_\(UInt32.random(in: 0 ... .max))"
        try await pool.withConnection { connection in
            try connection.transaction {
                try PharmacogenomicsRow.write(one, to: connection)
                try PharmacogenomicsRow.write(other, to: connection)
            }
            // Twice changes nothing.
            try connection.transaction { try PharmacogenomicsRow.write(one, to: connection) }
            _ = try connection.execute("CREATE ROLE \(role) LOGIN")
            _ = try connection.execute("CALL grant_reader('\(role)', 'ward-a')")
            let all = try connection.execute("SELECT count(DISTINCT patient) FROM bi.pgx_recommendation_v1").int64(0, 0)
            #expect(all == 2)
            _ = try connection.execute("SET SESSION AUTHORIZATION \(role)")
            for view in ["bi.pgx_phenotype_v1", "bi.pgx_recommendation_v1", "pharmacogenomics.recommendation_history"] {
                let seen = try connection.execute("SELECT DISTINCT patient FROM \(view)")
                #expect(seen.rowCount == 1)
                #expect(try seen.text(0, 0) == "p1.anna")
            }
            #expect(throws: PostgresError.self) {
                _ = try connection.execute("SELECT * FROM pharmacogenomics.keyed_state")
            }
            _ = try connection.execute("RESET SESSION AUTHORIZATION")
        }
        await pool.close()
    }

    @Test func `every column of the views has a comment`() async throws {
        let pool = try await Self.pool()
        let bare = try await pool.withConnection { connection in
            let result = try connection.execute(
                """
                SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                WHERE n.nspname = 'bi' AND c.relkind = 'v' AND col_description(c.oid, a.attnum) IS NULL
                """)
            return try (0..<result.rowCount).map { try result.text($0, 0) }
        }
        #expect(bare == [])
        await pool.close()
    }

    @Test func `results of a release that is no longer active are not written`() async throws {
        let pool = try await Self.pool()
        let rows = try rows(tenant: "ward-a", patient: "p1.anna")
        try await pool.withConnection { connection in
            _ = try connection.execute("UPDATE knowledge_active SET digest = repeat('a', 64), released_at_us = 1")
            #expect(throws: (any Error).self) {
                try connection.transaction { try PharmacogenomicsRow.write(rows, to: connection) }
            }
            #expect(try connection.execute("SELECT count(*) FROM gene_phenotype").int64(0, 0) == 0)
        }
        await pool.close()
    }
}
