import Cryptography
import Domain
import PostgresClient

/// `cds_access`: who asked about whom, each row chained to the one before it by a hash.
struct CDSAccessTable: CDSAccessLog {
    private let pool: PostgresPool
    private let key: SymmetricKey?

    /// - Parameter key: of the chain's HMAC; nil: the chain is of plain hashes.
    init(pool: PostgresPool, key: SymmetricKey?) {
        self.pool = pool
        self.key = key
    }

    func record(_ access: CDSAccess) async throws {
        let key = key
        try await pool.withConnection { connection in
            try connection.transaction {
                let head = try connection.execute("SELECT sequence, hash FROM cds_access_head FOR UPDATE")
                let sequence = try head.int64(0, 0) + 1
                let hash = try Self.hash(access, sequence: sequence, after: try head.bytes(0, 1), key: key)
                _ = try connection.execute(
                    """
                    INSERT INTO cds_access (sequence, at_us, client, service, patient, outcome, cards, hash)
                    VALUES ($1, $2, $3, $4, nullif($5, ''), $6, $7, $8)
                    """,
                    [
                        .int64(sequence), .int64(access.at.microseconds), .text(access.client), .text(access.service),
                        .text(access.patient?.rawValue ?? ""), .text(access.outcome), .int32(Int32(access.cards)),
                        .bytes(hash),
                    ])
                _ = try connection.execute(
                    "UPDATE cds_access_head SET sequence = $1, hash = $2", [.int64(sequence), .bytes(hash)])
            }
        }
    }

    /// Over the hash before and the fields, each with its length before it.
    static func hash(
        _ access: CDSAccess, sequence: Int64, after previous: [UInt8], key: SymmetricKey?
    ) throws(CryptographyError) -> [UInt8] {
        var bytes = previous
        for field in [
            String(sequence), String(access.at.microseconds), access.client, access.service,
            access.patient?.rawValue ?? "", access.outcome, String(access.cards),
        ] {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: field.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: field.utf8)
        }
        guard let key else { return try SHA256Digest.hash(bytes) }
        return try HMACSHA256.code(of: bytes, key: key)
    }
}
