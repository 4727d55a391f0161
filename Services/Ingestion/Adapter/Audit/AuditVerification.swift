import Cryptography
import Domain
public import PostgresClient

/// What is found when the chains of the audit log are followed from their beginning: the work of `ingestion audit verify`.
public struct AuditVerification: Equatable, Sendable {
    /// What is wrong with a record, or with the end of a chain.
    public enum Fault: String, Sendable {
        /// A number is missing: a record was removed.
        case missing = "record-missing"
        /// The record does not hold the hash of the one before it.
        case unlinked = "previous-hash-differs"
        /// The record's hash is not that of its content: it was changed, or hashed with another key.
        case changed = "hash-differs"
        /// The record was hashed with a key that was not given.
        case unknownKey = "key-unknown"
        /// The chain ends before, or otherwise than, `audit_chain` says: its last records were removed.
        case cut = "chain-cut"
    }

    /// One chain.
    public struct Chain: Equatable, Sendable {
        /// The instance that wrote it.
        public let name: String
        /// Records that were found to be whole, from the first.
        public let wholeRecords: Int64
        /// The hash of the last whole record, in hexadecimal: keep it elsewhere, and nobody can take the end of the chain away unseen.
        public let head: String
        /// The number of the first record that is not whole, and what is wrong; nil when all are.
        public let firstBroken: (sequence: Int64, fault: Fault)?

        /// Whether both say the same.
        public static func == (left: Chain, right: Chain) -> Bool {
            left.name == right.name && left.wholeRecords == right.wholeRecords && left.head == right.head
                && left.firstBroken?.sequence == right.firstBroken?.sequence
                && left.firstBroken?.fault == right.firstBroken?.fault
        }
    }

    /// The chains, by name.
    public let chains: [Chain]

    /// Whether every record of every chain is whole.
    public var isWhole: Bool { chains.allSatisfy { $0.firstBroken == nil } }

    /// One line for each chain, for people.
    public var lines: [String] {
        guard !chains.isEmpty else { return ["no chain"] }
        return chains.map { chain in
            let state =
                chain.firstBroken.map { "BROKEN at record \($0.sequence): \($0.fault.rawValue)" } ?? "whole"
            return "\(chain.name): \(chain.wholeRecords) records, head \(chain.head): \(state)"
        }
    }

    /// Follows the chains in the database of `pool`, with the key of `hash`. Memory is flat: 1,000 records at a time.
    ///
    /// - Throws: `PostgresError` or `CryptographyError`.
    public init(_ pool: PostgresPool, hash: AuditHash) async throws {
        let names = try await pool.withConnection { connection in
            // A chain whose row in audit_chain was removed is still one.
            let rows = try connection.execute(
                "SELECT chain FROM audit_chain UNION SELECT DISTINCT chain FROM audit_record ORDER BY 1")
            return try (0..<rows.rowCount).map { try rows.text($0, 0) }
        }
        var chains: [Chain] = []
        for name in names { chains.append(try await Self.follow(name, pool, hash)) }
        self.chains = chains
    }

    private static func follow(_ name: String, _ pool: PostgresPool, _ hash: AuditHash) async throws -> Chain {
        // The end is read first: what is appended meanwhile lies behind it.
        let end = try await pool.withConnection { connection -> (Int64, [UInt8])? in
            let row = try connection.execute("SELECT sequence, hash FROM audit_chain WHERE chain = $1", [.text(name)])
            return row.rowCount == 1 ? (try row.int64(0, 0), try row.bytes(0, 1)) : nil
        }
        var walk = Walk(chain: name, hash: hash)
        while walk.fault == nil, walk.whole < end?.0 ?? .max {
            let (after, last) = (walk.whole, end?.0 ?? .max)
            let page = try await pool.withConnection { connection in
                try Self.records(of: name, after: after, upTo: last, connection)
            }
            guard !page.isEmpty else { break }
            for record in page where walk.fault == nil { try walk.take(record) }
        }
        if walk.fault == nil, end?.0 != walk.whole || end?.1 != walk.previous {
            walk.fault = (walk.whole + 1, .cut)
        }
        return Chain(
            name: name, wholeRecords: walk.whole, head: hexadecimal(walk.previous), firstBroken: walk.fault)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }

    private static func records(
        of chain: String, after: Int64, upTo last: Int64, _ connection: PostgresConnection
    ) throws -> [StoredRecord] {
        let rows = try connection.execute(
            """
            SELECT sequence, at_us, actor, action, resource_type, outcome, record_count, patient, correlation, key_id,
                previous_hash, hash
            FROM audit_record WHERE chain = $1 AND sequence > $2 AND sequence <= $3 ORDER BY sequence LIMIT 1000
            """, [.text(chain), .int64(after), .int64(last)])
        return try (0..<rows.rowCount).map { row in
            StoredRecord(
                sequence: try rows.int64(row, 0),
                entry: AuditEntry(
                    at: Timestamp(microseconds: try rows.int64(row, 1)), actor: try rows.text(row, 2),
                    action: try rows.text(row, 3), resourceType: try rows.text(row, 4),
                    outcome: try rows.text(row, 5), count: Int(try rows.int64(row, 6)),
                    patient: PatientPseudonym(try rows.text(row, 7)), correlation: try rows.text(row, 8)),
                patient: try rows.text(row, 7), keyID: try rows.text(row, 9), previous: try rows.bytes(row, 10),
                hash: try rows.bytes(row, 11))
        }
    }

    private struct StoredRecord: Sendable {
        let sequence: Int64
        let entry: AuditEntry
        /// As it is stored: a text that is no pseudonym would be lost in the entry.
        let patient: String
        let keyID: String
        let previous: [UInt8]
        let hash: [UInt8]
    }

    /// One chain on the way.
    private struct Walk {
        let chain: String
        let hash: AuditHash
        var whole: Int64 = 0
        var previous = AuditHash.start
        var fault: (sequence: Int64, fault: Fault)?

        init(chain: String, hash: AuditHash) {
            self.chain = chain
            self.hash = hash
        }

        mutating func take(_ record: StoredRecord) throws(CryptographyError) {
            let expected = whole + 1
            guard record.sequence == expected else { return fault = (expected, .missing) }
            guard record.previous == previous else { return fault = (expected, .unlinked) }
            guard record.keyID == hash.keyID else { return fault = (expected, .unknownKey) }
            let computed = try hash.hash(record.entry, chain: chain, sequence: record.sequence, previous: previous)
            guard computed == record.hash, record.entry.patient?.rawValue ?? "" == record.patient else {
                return fault = (expected, .changed)
            }
            whole = expected
            previous = record.hash
        }
    }
}
