import Domain
import PostgresClient

/// `inbox`: the identities of the events whose effect is in the database.
enum InboxStore {
    /// Takes the events; how many of them were new. The ids are given in rising order, so that two transactions that meet in the index
    /// do not wait for each other in a circle.
    static func take(_ ids: [EventID], on connection: PostgresConnection) throws -> Int {
        guard !ids.isEmpty else { return 0 }
        return try connection.execute(
            "INSERT INTO inbox (event_id) SELECT unnest($1::uuid[]) ON CONFLICT (event_id) DO NOTHING",
            [.uuidArray(ids.map { UUIDBytes(hi: $0.high, lo: $0.low) })]
        ).affectedRows
    }

    /// Those of the events that were taken before.
    static func known(_ ids: [EventID], on connection: PostgresConnection) throws -> Set<EventID> {
        let result = try connection.execute(
            "SELECT event_id FROM inbox WHERE event_id = ANY ($1::uuid[])",
            [.uuidArray(ids.map { UUIDBytes(hi: $0.high, lo: $0.low) })])
        var known: Set<EventID> = []
        known.reserveCapacity(result.rowCount)
        for row in 0..<result.rowCount {
            let id = try result.uuid(row, 0)
            known.insert(EventID(high: id.hi, low: id.lo))
        }
        return known
    }

    /// Forgets events older than the retention.
    static func prune(retention: Duration, on connection: PostgresConnection) throws {
        _ = try connection.execute(
            "DELETE FROM inbox WHERE received_at < now() - $1::bigint * interval '1 microsecond'",
            [.int64(retention.microseconds)])
    }
}
