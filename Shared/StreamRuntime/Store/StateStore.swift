import PostgresClient

/// `keyed_state`: what a processor remembers of each key.
enum StateStore {
    /// The stored states of `keys`; a key without one is absent.
    static func load<State: KeyedState>(
        _ keys: [String], group: String, as type: State.Type, on connection: PostgresConnection
    ) throws -> [String: State] {
        guard !keys.isEmpty else { return [:] }
        let result = try connection.execute(
            "SELECT state_key, state FROM keyed_state WHERE consumer_group = $1 AND state_key = ANY ($2::text[])",
            [.text(group), .textArray(keys)])
        var states: [String: State] = [:]
        states.reserveCapacity(result.rowCount)
        for row in 0..<result.rowCount {
            let bytes = try result.bytes(row, 1)
            do {
                states[try result.text(row, 0)] = try State(decoding: bytes)
            } catch {
                throw StreamError(
                    .halted, operation: "load state",
                    detail: "a row of keyed_state of group \(group) cannot be read: \(error)")
            }
        }
        return states
    }

    /// Writes the states, over what is there.
    static func save(
        keys: [String], states: [[UInt8]], group: String, on connection: PostgresConnection
    ) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO keyed_state (consumer_group, state_key, state)
            SELECT $1, b.state_key, b.state FROM unnest($2::text[], $3::bytea[]) AS b (state_key, state)
            ON CONFLICT (consumer_group, state_key) DO UPDATE SET state = EXCLUDED.state
            """, [.text(group), .textArray(keys), .bytesArray(states)])
    }
}
