import Authorization
import Domain
import PostgresClient

/// `used_assertion`: each token of a CDS client is taken once among all replicas, since the primary key decides.
struct UsedAssertionTable: OneTimeTokens {
    /// How long after its expiry a token is remembered: more than the replicas' clocks may differ.
    static let grace = Duration.seconds(600)

    let pool: PostgresPool

    /// Uses up a token, and forgets a few that expired long ago.
    func redeem(issuer: String, identifier: String, expiry: Timestamp, now: Timestamp) async throws -> Bool {
        let forgotten = now.advanced(by: .zero - Self.grace)
        return try await pool.withConnection { connection in
            let inserted = try connection.execute(
                "INSERT INTO used_assertion (issuer, jti, expires_at_us) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                [.text(issuer), .text(identifier), .int64(expiry.microseconds)])
            guard inserted.affectedRows == 1 else { return false }
            _ = try connection.execute(
                """
                DELETE FROM used_assertion WHERE (issuer, jti) IN (
                    SELECT issuer, jti FROM used_assertion WHERE expires_at_us < $1
                    ORDER BY expires_at_us LIMIT 10 FOR UPDATE SKIP LOCKED)
                """, [.int64(forgotten.microseconds)])
            return true
        }
    }
}
