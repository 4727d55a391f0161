import Domain
import PostgresClient
import StreamRuntime

/// `resource_identifier`: which record is known under an identifier. The first one stays.
enum ResourceIdentifierTable {
    /// The records known under `keys`.
    static func known(_ keys: Set<String>, on connection: PostgresConnection) throws -> [String: EventID] {
        let found = try connection.execute(
            "SELECT identifier_key, record_id FROM resource_identifier WHERE identifier_key = ANY($1::text[])",
            [.textArray(keys.sorted())])
        return try Dictionary(
            (0..<found.rowCount).map { row in
                let id = try found.uuid(row, 1)
                return (try found.text(row, 0), EventID(high: id.hi, low: id.lo))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Throws ``StreamRuntime/StaleConsultation`` when another replica has taken an identifier that had to be new.
    static func write(_ rows: [ResourceIdentifier], to connection: PostgresConnection) throws {
        guard !rows.isEmpty else { return }
        // In the order of the keys, so that two batches wait for each other one way only.
        let rows = rows.sorted { $0.key < $1.key }
        let taken = try connection.execute(
            """
            INSERT INTO resource_identifier (identifier_key, record_id, tenant)
            SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[])
            ON CONFLICT (identifier_key) DO NOTHING RETURNING identifier_key
            """,
            [
                .textArray(rows.map(\.key)),
                .uuidArray(rows.map { UUIDBytes(hi: $0.recordID.high, lo: $0.recordID.low) }),
                .textArray(rows.map(\.tenant)),
            ])
        let wanted = Set(rows.filter(\.mustBeNew).map(\.key))
        guard !wanted.isEmpty else { return }
        let new = Set(try (0..<taken.rowCount).map { try taken.text($0, 0) })
        guard wanted.isSubset(of: new) else { throw StaleConsultation() }
    }
}
