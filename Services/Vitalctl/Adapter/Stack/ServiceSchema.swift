import PostgresClient

/// The schemas in which services keep their tables.
enum ServiceSchema {
    /// `alert-engine` keeps its tables in `alert_engine`.
    static func name(_ service: String) -> String { service.replacing("-", with: "_") }

    /// Whether `schema` holds a runtime.
    static func exists(_ schema: String, on connection: PostgresConnection) throws -> Bool {
        try connection.execute(
            "SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = 'stream_position'", [.text(schema)]
        ).rowCount == 1
    }

    /// Every schema that holds a runtime, in order.
    static func all(on connection: PostgresConnection) throws -> [String] {
        let result = try connection.execute(
            "SELECT schemaname::text FROM pg_tables WHERE tablename = 'stream_position' ORDER BY 1")
        return try (0..<result.rowCount).map { try result.text($0, 0) }
    }
}
