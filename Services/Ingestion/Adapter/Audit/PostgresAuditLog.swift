import Cryptography
import Domain
public import PostgresClient

/// The audit log in the tables `audit_chain` and `audit_record`: one chain for each replica, so that none waits for another.
///
/// Entries that come while others are being written go together into the next transaction. Entries of a transaction that failed are kept, up to
/// 100,000, and go into the next one.
public actor PostgresAuditLog: AuditLog {
    private static let mostKept = 100_000
    private static let mostTogether = 1_000

    /// How many entries were lost because the database was away for too long.
    public private(set) var lostEntries = 0
    private let pool: PostgresPool
    private let chain: String
    private let hash: AuditHash
    private var waiting: [AuditEntry] = []
    private var isWriting = false
    private var callers: [CheckedContinuation<Void, Never>] = []

    /// Appends to `chain`, the name of this instance, in the database of `pool`.
    public init(pool: PostgresPool, chain: String, hash: AuditHash) {
        self.pool = pool
        self.chain = String(chain.prefix(256))
        self.hash = hash
    }

    /// Appends `entries`.
    ///
    /// - Throws: `PostgresError` or `CryptographyError`; the entries are kept.
    public func record(_ entries: [AuditEntry]) async throws {
        guard !entries.isEmpty else { return }
        waiting.append(contentsOf: entries)
        if waiting.count > Self.mostKept {
            lostEntries += waiting.count - Self.mostKept
            waiting.removeFirst(waiting.count - Self.mostKept)
        }
        let mine = submitted + entries.count
        submitted = mine
        while written < mine {
            // Whoever comes while others write waits for them, and then writes for all who came meanwhile.
            if isWriting {
                await withCheckedContinuation { callers.append($0) }
            } else {
                try await write()
            }
        }
    }

    /// Entries ever given and ever written or lost: an entry is durable when ``written`` has passed its number.
    private var submitted = 0
    private var written = 0

    private func write() async throws {
        isWriting = true
        defer {
            isWriting = false
            let woken = callers
            callers = []
            for caller in woken { caller.resume() }
        }
        let batch = Array(waiting.prefix(Self.mostTogether))
        waiting.removeFirst(batch.count)
        do {
            try await append(batch)
        } catch {
            waiting.insert(contentsOf: batch, at: 0)
            throw error
        }
        written = submitted - waiting.count
    }

    private func append(_ batch: [AuditEntry]) async throws {
        guard !batch.isEmpty else { return }
        let (chain, hash) = (chain, hash)
        try await pool.transaction { connection in
            // The row's lock keeps a second process of the same name out; the hash of the last record is under it.
            _ = try connection.execute(
                "INSERT INTO audit_chain (chain, sequence, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING",
                [.text(chain), .bytes(AuditHash.start)])
            let head = try connection.execute(
                "SELECT sequence, hash FROM audit_chain WHERE chain = $1 FOR UPDATE", [.text(chain)])
            let first = try head.int64(0, 0)
            var previous = try head.bytes(0, 1)
            var (before, hashes): ([[UInt8]?], [[UInt8]?]) = ([], [])
            for (index, entry) in batch.enumerated() {
                before.append(previous)
                previous = try hash.hash(entry, chain: chain, sequence: first + Int64(index) + 1, previous: previous)
                hashes.append(previous)
            }
            _ = try connection.execute(
                """
                INSERT INTO audit_record (chain, sequence, at_us, actor, action, resource_type, outcome, record_count, patient,
                    correlation, key_id, previous_hash, hash)
                SELECT $1, * FROM unnest($2::int8[], $3::int8[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int8[],
                    $9::text[], $10::text[], $11::text[], $12::bytea[], $13::bytea[])
                """,
                [
                    .text(chain), .int64Array(batch.indices.map { first + Int64($0) + 1 }),
                    .int64Array(batch.map(\.at.microseconds)), .textArray(batch.map(\.actor)),
                    .textArray(batch.map(\.action)), .textArray(batch.map(\.resourceType)),
                    .textArray(batch.map(\.outcome)), .int64Array(batch.map { Int64($0.count) }),
                    .textArray(batch.map { $0.patient?.rawValue ?? "" }), .textArray(batch.map(\.correlation)),
                    .textArray(batch.map { _ in hash.keyID }), .bytesArray(before), .bytesArray(hashes),
                ])
            _ = try connection.execute(
                "UPDATE audit_chain SET sequence = $2, hash = $3 WHERE chain = $1",
                [.text(chain), .int64(first + Int64(batch.count)), .bytes(previous)])
        }
    }
}
