public import Domain
import KafkaClient
import Logging
public import PostgresClient
import StreamRuntime

/// What the database says of a ledger stream, to be compared with an independent recomputation.
public struct LedgerAudit: Sendable {
    /// The ids in the inbox.
    public let inbox: Set<EventID>
    /// Per key: sum and number of entries, from the rows.
    public let rows: [String: LedgerProcessor.Account]
    /// Per key: sum and number of entries, from the stored states.
    public let states: [String: LedgerProcessor.Account]
    /// Lanes whose outbox numbers are not 1, 2, 3, … up to the number handed out.
    public let gaps: [Int32]
    /// How many outbox rows have not been marked as gone.
    public let unsent: Int64
    /// How many dead letters.
    public let deadLetters: Int
    /// How many parked events.
    public let parked: Int

    /// Reads everything.
    public static func read(_ pool: PostgresPool) async throws -> LedgerAudit {
        try await pool.withConnection { connection in
            let inbox = try connection.execute("SELECT event_id FROM inbox")
            let gaps = try connection.execute(
                """
                SELECT p.lane_id FROM stream_position p
                LEFT JOIN (SELECT lane_id, count(*) AS n, min(sequence) AS low, max(sequence) AS high FROM outbox GROUP BY lane_id) o
                USING (lane_id)
                WHERE p.outbox_sequence <> COALESCE(o.n, 0) OR COALESCE(o.high, 0) <> COALESCE(o.n, 0) OR COALESCE(o.low, 1) <> 1
                """)
            let unsent = try connection.execute(
                """
                SELECT count(*) FROM outbox o JOIN outbox_cursor c USING (lane_id)
                WHERE (o.kind = 0 AND o.sequence > c.published_through) OR (o.kind = 1 AND o.sequence > c.documented_through)
                """)
            return LedgerAudit(
                inbox: Set(
                    try (0..<inbox.rowCount).map { row in
                        let id = try inbox.uuid(row, 0)
                        return EventID(high: id.hi, low: id.lo)
                    }),
                rows: try accounts(
                    "SELECT state_key, sum(amount)::int8, count(*) FROM ledger GROUP BY state_key", on: connection),
                states: try states(on: connection), gaps: try (0..<gaps.rowCount).map { try gaps.int32($0, 0) },
                unsent: try unsent.int64(0, 0),
                deadLetters: Int(try connection.execute("SELECT count(*) FROM dead_letter").int64(0, 0)),
                parked: Int(try connection.execute("SELECT count(*) FROM parked_event").int64(0, 0)))
        }
    }

    /// The accounts that `entries` come to, each id once.
    public static func recompute(_ entries: some Sequence<LedgerEntry>) -> [String: LedgerProcessor.Account] {
        var seen: Set<EventID> = []
        var accounts: [String: LedgerProcessor.Account] = [:]
        for entry in entries where seen.insert(entry.id).inserted {
            accounts[entry.key, default: .init()].sum += entry.amount
            accounts[entry.key, default: .init()].entries += 1
        }
        return accounts
    }

    private static func accounts(
        _ sql: String, on connection: PostgresConnection
    ) throws -> [String: LedgerProcessor.Account] {
        let result = try connection.execute(sql)
        var accounts: [String: LedgerProcessor.Account] = [:]
        for row in 0..<result.rowCount {
            var account = LedgerProcessor.Account()
            account.sum = try result.int64(row, 1)
            account.entries = try result.int64(row, 2)
            accounts[try result.text(row, 0)] = account
        }
        return accounts
    }

    private static func states(on connection: PostgresConnection) throws -> [String: LedgerProcessor.Account] {
        let result = try connection.execute("SELECT state_key, state FROM keyed_state")
        var accounts: [String: LedgerProcessor.Account] = [:]
        for row in 0..<result.rowCount {
            accounts[try result.text(row, 0)] = try LedgerProcessor.Account(decoding: result.bytes(row, 1))
        }
        return accounts
    }
}
