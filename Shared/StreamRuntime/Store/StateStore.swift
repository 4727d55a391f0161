import PostgresClient

/// A state and the version of the row that it was read from or written as.
struct StoredState<State: KeyedState>: Sendable {
    var state = State()
    /// 0 for a key that has no row.
    var version: Int64 = 0
}

/// `keyed_state`: what a processor remembers of each key.
enum StateStore {
    /// A state to write over the version that it was made from.
    struct Change {
        let key: String
        let bytes: [UInt8]
        /// The version that the state was made from; 0 for a key that had no row.
        let from: Int64
    }

    /// The stored states of `keys`; a key without one is absent.
    static func load<State: KeyedState>(
        _ keys: [String], group: String, as type: State.Type, on connection: PostgresConnection
    ) throws -> [String: StoredState<State>] {
        guard !keys.isEmpty else { return [:] }
        let result = try connection.execute(
            "SELECT state_key, state, version FROM keyed_state WHERE consumer_group = $1 AND state_key = ANY ($2::text[])",
            [.text(group), .textArray(keys)])
        var states: [String: StoredState<State>] = [:]
        states.reserveCapacity(result.rowCount)
        for row in 0..<result.rowCount {
            let bytes = try result.bytes(row, 1)
            do {
                states[try result.text(row, 0)] = StoredState(
                    state: try State(decoding: bytes), version: try result.int64(row, 2))
            } catch {
                throw StreamError(
                    .halted, operation: "load state",
                    detail: "a row of keyed_state of group \(group) cannot be read: \(error)")
            }
        }
        return states
    }

    /// Writes the states, each over the version that it was made from and no other.
    ///
    /// The rows are locked in the order of their keys, so that two transactions that meet do not wait for each other in a circle.
    ///
    /// - Returns: how many were written; fewer than given when another transaction has changed a key meanwhile.
    static func save(_ changes: [Change], group: String, on connection: PostgresConnection) throws -> Int {
        guard !changes.isEmpty else { return 0 }
        let ordered = changes.sorted { $0.key < $1.key }
        return try connection.execute(
            """
            INSERT INTO keyed_state AS s (consumer_group, state_key, state, version)
            SELECT $1, b.state_key, b.state, b.version + 1
            FROM unnest($2::text[], $3::bytea[], $4::int8[]) AS b (state_key, state, version)
            ON CONFLICT (consumer_group, state_key)
            DO UPDATE SET state = EXCLUDED.state, version = EXCLUDED.version WHERE s.version = EXCLUDED.version - 1
            """,
            [
                .text(group), .textArray(ordered.map(\.key)), .bytesArray(ordered.map(\.bytes)),
                .int64Array(ordered.map(\.from)),
            ]
        ).affectedRows
    }
}
