import Cryptography
import Domain
import Logging
import PostgresClient
import TestSupport
import Testing

@testable import IngestionAdapter

@Suite("What was done is written once, in order, and cannot be changed unseen")
struct AuditLogTests {
    /// A database with the service's tables.
    static func database() async throws -> PostgresPool {
        var database = try await TemporaryPostgres.shared.makeDatabase()
        database.searchPath = [IngestionMigrations.schema]
        database.poolSize = 4
        let pool = PostgresPool(database, logger: Logger(label: "test"))
        try await Migrator(schema: IngestionMigrations.schema, migrations: IngestionMigrations.all).migrate(pool)
        return pool
    }

    private let key = SymmetricKey(copying: [UInt8](repeating: 7, count: 32))

    private func entry(_ number: Int) -> AuditEntry {
        AuditEntry(
            at: Timestamp(microseconds: 1_714_545_000_000_000 + Int64(number)), actor: "client", action: "submit",
            resourceType: "fhir", outcome: "accepted", count: number, patient: PatientPseudonym("p1.a"),
            correlation: "trace")
    }

    private func tamper(_ pool: PostgresPool, _ sql: String) async throws {
        try await pool.withConnection { connection in
            try connection.executeScript(
                "ALTER TABLE audit_record DISABLE TRIGGER USER; \(sql); ALTER TABLE audit_record ENABLE TRIGGER USER")
        }
    }

    @Test("entries of many callers and two replicas make two whole chains, none lost, none twice")
    func chains() async throws {
        let pool = try await Self.database()
        let hash = try AuditHash(key: key)
        let logs = ["a", "b"].map { PostgresAuditLog(pool: pool, chain: $0, hash: hash) }
        try await withThrowingTaskGroup { group in
            for number in 0..<200 {
                group.addTask { try await logs[number % 2].record([entry(number), entry(number + 1_000)]) }
            }
            try await group.waitForAll()
        }
        let found = try await AuditVerification(pool, hash: hash)
        #expect(found.isWhole && found.chains.map(\.name) == ["a", "b"])
        #expect(found.chains.map(\.wholeRecords) == [200, 200])
        let distinct = try await pool.withConnection { connection in
            try connection.execute("SELECT count(DISTINCT record_count) FROM audit_record").int64(0, 0)
        }
        #expect(distinct == 400)
        await pool.close()
    }

    @Test("two processes of one name share one chain")
    func sharedName() async throws {
        let pool = try await Self.database()
        let hash = try AuditHash(key: nil)
        let logs = (0..<2).map { _ in PostgresAuditLog(pool: pool, chain: "same", hash: hash) }
        try await withThrowingTaskGroup { group in
            for number in 0..<60 { group.addTask { try await logs[number % 2].record([entry(number)]) } }
            try await group.waitForAll()
        }
        let found = try await AuditVerification(pool, hash: hash)
        #expect(found.isWhole && found.chains.map(\.wholeRecords) == [60])
        await pool.close()
    }

    @Test(
        "a changed, removed, swapped or cut record is named",
        arguments: [
            ("UPDATE audit_record SET outcome = 'x' WHERE sequence = 3", 3, "hash-differs"),
            ("UPDATE audit_record SET patient = 'Erika Mustermann' WHERE sequence = 3", 3, "hash-differs"),
            ("DELETE FROM audit_record WHERE sequence = 4", 4, "record-missing"),
            ("DELETE FROM audit_record WHERE sequence = 5", 5, "chain-cut"),
            ("DELETE FROM audit_record", 1, "chain-cut"),
            ("UPDATE audit_record SET previous_hash = hash WHERE sequence = 2", 2, "previous-hash-differs"),
            ("UPDATE audit_record SET key_id = '' WHERE sequence = 2", 2, "key-unknown"),
            ("UPDATE audit_record SET sequence = sequence + 1 WHERE sequence = 5", 5, "chain-cut"),
            (
                "DELETE FROM audit_record; DELETE FROM audit_chain; INSERT INTO audit_chain VALUES ('a', 9, sha256('x'))",
                1, "chain-cut"
            ),
        ] as [(String, Int64, String)])
    func tampering(sql: String, sequence: Int64, fault: String) async throws {
        let pool = try await Self.database()
        let hash = try AuditHash(key: key)
        try await PostgresAuditLog(pool: pool, chain: "a", hash: hash).record((1...5).map(entry))
        try await tamper(pool, sql)
        let found = try await AuditVerification(pool, hash: hash)
        let broken = found.chains.first?.firstBroken
        #expect(!found.isWhole && broken?.sequence == sequence && broken?.fault.rawValue == fault, "\(found.lines)")
        #expect(found.lines.first?.contains("BROKEN at record \(sequence): \(fault)") == true)
        await pool.close()
    }

    @Test("without the key nobody makes a chain that verifies; the tables refuse change")
    func keyed() async throws {
        let pool = try await Self.database()
        let forger = try AuditHash(key: SymmetricKey(copying: [UInt8](repeating: 8, count: 32)))
        try await PostgresAuditLog(pool: pool, chain: "a", hash: forger).record([entry(1)])
        let found = try await AuditVerification(pool, hash: try AuditHash(key: key))
        #expect(found.chains.first?.firstBroken?.fault == .unknownKey)
        for sql in ["UPDATE audit_record SET outcome = ''", "DELETE FROM audit_record", "TRUNCATE audit_record"] {
            await #expect(throws: PostgresError.self) {
                try await pool.withConnection { _ = try $0.execute(sql) }
            }
        }
        await pool.close()
    }

    @Test("entries that could not be written are kept, and written with the next")
    func kept() async throws {
        let pool = try await Self.database()
        let hash = try AuditHash(key: key)
        let log = PostgresAuditLog(pool: pool, chain: "a", hash: hash)
        try await pool.withConnection { try $0.executeScript("ALTER TABLE audit_record RENAME TO away") }
        await #expect(throws: PostgresError.self) { try await log.record([entry(1), entry(2)]) }
        try await pool.withConnection { try $0.executeScript("ALTER TABLE away RENAME TO audit_record") }
        try await log.record([entry(3)])
        let found = try await AuditVerification(pool, hash: hash)
        #expect(found.isWhole && found.chains.map(\.wholeRecords) == [3])
        #expect(await log.lostEntries == 0)
        await pool.close()
    }

    @Test("the hash is over every field and its place")
    func fields() throws {
        let hash = try AuditHash(key: nil)
        let base = entry(1)
        var others: [AuditEntry] = []
        for change in [
            { $0.at = Timestamp(microseconds: 1) }, { $0.actor = "other" }, { $0.action = "token" },
            { $0.resourceType = "" },
            { $0.outcome = "duplicate" }, { $0.count = 2 }, { $0.patient = nil }, { $0.correlation = "" },
            {
                $0.actor = "clientsubmit"
                $0.action = ""
            },
        ] as [(inout AuditEntry) -> Void] {
            var other = base
            change(&other)
            others.append(other)
        }
        var hashes = Set(
            try ([base] + others).map { try hash.hash($0, chain: "a", sequence: 1, previous: AuditHash.start) })
        #expect(hashes.count == others.count + 1)
        hashes.insert(try hash.hash(base, chain: "b", sequence: 1, previous: AuditHash.start))
        hashes.insert(try hash.hash(base, chain: "a", sequence: 2, previous: AuditHash.start))
        hashes.insert(try hash.hash(base, chain: "a", sequence: 1, previous: [UInt8](repeating: 1, count: 32)))
        #expect(hashes.count == others.count + 4)
    }
}
