import Contracts
import Domain
import IngestionCore
import PostgresClient
import Testing

@testable import IngestionAdapter

@Suite("Every fact has its row, once")
struct FactTableTests {
    /// Each table with how many rows one fact of each kind makes.
    static let counts = [
        "observation": 1, "medication": 1, "condition": 1, "patient": 1, "allergy": 1, "encounter": 1, "procedure": 1,
        "immunization": 1, "report": 1, "consent": 1, "genotype_chunk": 1, "genotype_call": 2, "expression_chunk": 1,
        "polygenic_score": 1, "polygenic_score_weight": 2,
    ]

    private func expectCounts(_ database: FactDatabase, times factor: Int = 1) async throws {
        for (table, count) in Self.counts {
            let found = try await database.strings("SELECT count(*)::text FROM \(table)")
            #expect(found == [String(count * factor)], "\(table)")
        }
    }

    @Test("However often it is written, in one batch or in many, by one writer or by many at a time")
    func once() async throws {
        let database = try await FactDatabase()
        try await database.migrate(IngestionMigrations.all)
        let rows = FactSamples.all(tenant: "t1")
        try await database.write(rows + rows)
        try await database.write(rows)
        try await expectCounts(database)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 { group.addTask { try await database.write(FactSamples.all(tenant: "t2")) } }
            try await group.waitForAll()
        }
        try await expectCounts(database, times: 2)
        await database.close()
    }

    /// What each table holds of the sample, less what every row has.
    static let contents = [
        "observation": """
        {"code": "8867-4", "unit": "/min", "status": "final", "display": "Heart rate", "device_id": "d", "value_text": null, \
        "value_type": "quantity", "code_system": "http://loinc.org", "original_unit": "Hz", "value_boolean": null, \
        "original_code": "364075005", "original_code_system": "urn:sct", \
        "original_value": "1.208", "value_quantity": 72.5, "effective_at_us": 1714545000000000, \
        "effective_end_us": 1714545060123456, "value_code_system": null}
        """,
        "medication": """
        {"code": "314076", "kind": "statement", "intent": "unknown", "status": "not-taken", "display": "lisinopril", \
        "dose_unit": "mg", "code_system": "urn:rxnorm", "dosage_text": "daily", "dose_quantity": 10, \
        "authored_at_us": 1714545000000000, "effective_end_at_us": 1714545060123456, \
        "effective_start_at_us": 1714545000000000}
        """,
        "condition": """
        {"code": "38341003", "display": "Hypertension", "code_system": "urn:sct", "onset_at_us": 1714545000000000, \
        "abated_at_us": 1714545060123456, "recorded_at_us": 1714545060123456, "clinical_status": "active", \
        "verification_status": "confirmed"}
        """,
        "allergy": """
        {"code": "764146007", "kind": "allergy", "display": "Penicillin", "category": "medication", \
        "reaction": "271807003", "code_system": "urn:sct", "criticality": "unable-to-assess", \
        "onset_at_us": 1714545000000000, "recorded_at_us": 1714545060123456, "clinical_status": "resolved", \
        "reaction_system": "urn:sct", "verification_status": "refuted"}
        """,
        "encounter": """
        {"code": "50849002", "status": "onleave", "display": "Emergency", "code_system": "urn:sct", \
        "ended_at_us": 1714545060123456, "reason_code": "29857009", "reason_system": "urn:sct", \
        "started_at_us": 1714545000000000, "encounter_class": "EMER"}
        """,
        "procedure": """
        {"code": "80146002", "status": "not-done", "display": "Appendectomy", "code_system": "urn:sct", \
        "ended_at_us": 1714545060123456, "started_at_us": 1714545000000000}
        """,
        "immunization": """
        {"code": "207", "status": "completed", "display": "COVID-19", "dose_unit": "mL", "code_system": "urn:cvx", \
        "dose_quantity": 0.5, "occurred_at_us": 1714545000000000}
        """,
        "report": """
        {"code": "58410-2", "status": "appended", "display": "CBC", "category": "LAB", "code_system": "urn:loinc", \
        "issued_at_us": 1714545060123456, "result_count": 12, "conclusion_code": "271737000", \
        "effective_at_us": 1714545000000000, "conclusion_system": "urn:sct"}
        """,
        "consent": """
        {"codes": ["urn:loinc|8867-4"], "scope": "patient-privacy", "status": "active", "sources": ["NULL"], \
        "purposes": [], "is_permit": false, "ends_at_us": 1714545060123456, "starts_at_us": 1714545000000000, \
        "recorded_at_us": 1714545060123456, "resource_types": ["Observation", "a \\"b\\", \\\\{c}"]}
        """,
        "genotype_chunk": """
        {"chunk": 0, "format": "vcf", "assembly": "GRCh38", "sample_id": "s1", "call_count": 2, \
        "is_last_chunk": true, "collected_at_us": 1714545000000000}
        """,
        "expression_chunk": """
        {"unit": "TPM", "chunk": 0, "genes": ["TP53", "BRCA1"], "cohort": "gtex", "tissue": "blood", \
        "is_sparse": true, "sample_id": "s1", "gene_system": "symbol", "gene_values": [12.25, 1e-300], \
        "is_last_chunk": true, "measured_at_us": 1714545000000000}
        """,
        "polygenic_score": """
        {"name": "PRS77", "chunk": 0, "trait": "Breast cancer", "assembly": "GRCh37", "score_id": "PGS000001", \
        "weight_type": "beta", "weight_count": 2, "is_last_chunk": true}
        """,
    ]

    @Test("With every field in its column")
    func fields() async throws {
        let database = try await FactDatabase()
        try await database.migrate(IngestionMigrations.all)
        try await database.write(FactSamples.all(tenant: "t1"))
        let common =
            "'{event_id,record_id,tenant,patient,submission_id,resource_id,source,received_at_us,model_version}'"
        for (table, expected) in Self.contents {
            // Compared as the server compares jsonb, so that the forms of numbers and the order of members do not matter.
            let parts = try await database.strings(
                """
                SELECT found::text FROM (SELECT to_jsonb(t) - \(common)::text[] AS found FROM \(table) AS t) AS rows
                WHERE found <> '\(expected.replacing("'", with: "''"))'::jsonb
                """)
            #expect(parts == [], "\(table)")
            let shared = try await database.strings(
                """
                SELECT DISTINCT concat_ws(' ', tenant, source, received_at_us, model_version, resource_id,
                    record_id = '\(EventID.hashing("record", "t1"))') FROM \(table)
                """)
            #expect(shared == ["t1 feed.test.v1 1714545060123456 test-1 r t"], "\(table)")
        }
        let calls = try await database.strings(
            "SELECT to_jsonb(t)::text FROM (SELECT * FROM genotype_call ORDER BY ordinal) AS t")
        let event = EventID.hashing("genotypes", "t1")
        #expect(
            calls == [
                """
                {"depth": 31, "filter": "PASS", "tenant": "t1", "alleles": [0, 1], "ordinal": 0, "patient": "p1.t1", "quality": 99, \
                "event_id": "\(event)", "position": 94781859, "is_phased": true, "phase_set": 7, "reference": "G", \
                "alternates": ["A", "<NON_REF>"], "chromosome": "10", "identifier": "rs4244285", "end_position": 94781859, \
                "site_quality": 812.5}
                """,
                """
                {"depth": null, "filter": "", "tenant": "t1", "alleles": [-1], "ordinal": 1, "patient": "p1.t1", "quality": null, \
                "event_id": "\(event)", "position": 1, "is_phased": false, "phase_set": null, "reference": "", \
                "alternates": ["T"], "chromosome": "MT", "identifier": "", "end_position": 2, "site_quality": null}
                """,
            ])
        let weights = try await database.strings(
            """
            SELECT concat_ws(' ', ordinal, chromosome, coalesce(position::text, '-'), identifier, effect_allele, other_allele, weight, model)
            FROM polygenic_score_weight ORDER BY ordinal
            """)
        #expect(
            weights == ["0 11 69331418 rs78540526 T C 0.1622 recessive", "1  - rs616488 G  -0.06 additive"])
        await database.close()
    }

    @Test("A submission is complete when its last chunk and all before it have come, in any order")
    func completeness() async throws {
        let database = try await FactDatabase()
        try await database.migrate(IngestionMigrations.all)
        let row = try #require(
            FactSamples.all(tenant: "t1").first { if case .genotypes = $0.fact { true } else { false } })
        guard case .genotypes(var event) = row.fact else { return }
        func write(_ chunk: Int32, isLast: Bool) async throws {
            event.chunk = chunk
            event.isLastChunk = isLast
            event.eventID = EventID.hashing("chunk", String(chunk))
            try await database.write([IngestionRow(fact: .genotypes(event), recordID: row.recordID, tenant: "t1")])
        }
        func state() async throws -> [String] {
            try await database.strings(
                "SELECT chunks || ' ' || calls || ' ' || is_complete FROM bi.genotype_submission_v1")
        }
        try await write(0, isLast: false)
        #expect(try await state() == ["1 2 false"])
        try await write(2, isLast: true)
        #expect(try await state() == ["2 4 false"])
        try await write(1, isLast: false)
        #expect(try await state() == ["3 6 true"])
        #expect(
            try await database.strings("SELECT gene || ' ' || value FROM bi.expression_v1 ORDER BY 1") == [])
        try await database.write(FactSamples.all(tenant: "t2"))
        #expect(
            try await database.strings("SELECT gene || ' ' || value FROM bi.expression_v1 ORDER BY 1")
                == ["BRCA1 1e-300", "TP53 12.25"])
        await database.close()
    }

    @Test("A person's row tells what was received last, in whatever order it is written")
    func latestRegistration() async throws {
        let database = try await FactDatabase()
        try await database.migrate(IngestionMigrations.all)
        let row = try #require(
            FactSamples.all(tenant: "t1").first { if case .patient = $0.fact { true } else { false } })
        guard case .patient(let event) = row.fact else { return }
        func registration(_ year: Int32, after seconds: Int64) -> IngestionRow {
            var event = event
            event.birthYear = year
            event.receivedAt = event.receivedAt.advanced(by: .seconds(seconds))
            return IngestionRow(fact: .patient(event), recordID: row.recordID, tenant: row.tenant)
        }
        try await database.write([
            registration(1963, after: 3), registration(1962, after: 1), registration(1964, after: 2),
        ])
        try await database.write([registration(1965, after: 0)])
        #expect(try await database.strings("SELECT birth_year::text FROM patient") == ["1963"])
        await database.close()
    }
}
