import Contracts
import Domain
import PostgresClient

/// One event with what its row adds to it.
struct FactLine<Event: Sendable>: Sendable {
    let event: Event
    let recordID: EventID
    let tenant: String

    /// The same row with another event, or a part of one.
    func with<Part>(_ part: Part) -> FactLine<Part> {
        FactLine<Part>(event: part, recordID: recordID, tenant: tenant)
    }
}

/// How rows of one kind go into one table: one statement for a batch, an array for each column. What is there stays as it is.
struct FactTable<Row: Sendable>: Sendable {
    /// One column: its name, the type of its array, how its values are made, and the cast from what an array can carry.
    struct Column: Sendable {
        let name: String
        let type: String
        var cast = ""
        let values: @Sendable ([Row]) -> PostgresValue
    }

    private let statement: String
    private let columns: [Column]

    /// Rows go into `name`; a row with a `key` that is there is left alone, unless `conflict` says what becomes of it.
    init(_ name: String, key: String = "event_id", conflict: String = "DO NOTHING", _ columns: [Column]) {
        self.columns = columns
        let names = columns.map(\.name).joined(separator: ", ")
        let casts = columns.map { "new.\($0.name)\($0.cast)" }.joined(separator: ", ")
        let arrays = columns.enumerated().map { "$\($0 + 1)::\($1.type)[]" }.joined(separator: ", ")
        statement = """
            INSERT INTO \(name) AS old (\(names)) SELECT \(casts) FROM unnest(\(arrays)) AS new (\(names))
            ON CONFLICT (\(key)) \(conflict)
            """
    }

    /// Writes `rows`, if there are any.
    func write(_ rows: [Row], to connection: PostgresConnection) throws(PostgresError) {
        guard !rows.isEmpty else { return }
        try connection.execute(statement, columns.map { $0.values(rows) })
    }
}

extension FactTable.Column {
    static func uuid(_ name: String, _ value: @escaping @Sendable (Row) -> EventID) -> Self {
        Self(name: name, type: "uuid") { rows in
            .uuidArray(
                rows.map {
                    let id = value($0)
                    return UUIDBytes(hi: id.high, lo: id.low)
                })
        }
    }

    static func text(_ name: String, _ value: @escaping @Sendable (Row) -> String?) -> Self {
        Self(name: name, type: "text") { .textArray($0.map(value)) }
    }

    static func time(_ name: String, _ value: @escaping @Sendable (Row) -> Timestamp?) -> Self {
        Self(name: name, type: "int8") { .int64Array($0.map { value($0)?.microseconds }) }
    }

    static func bigint(_ name: String, _ value: @escaping @Sendable (Row) -> Int64?) -> Self {
        Self(name: name, type: "int8") { .int64Array($0.map(value)) }
    }

    static func integer(_ name: String, _ value: @escaping @Sendable (Row) -> Int32?) -> Self {
        Self(name: name, type: "int4") { .int32Array($0.map(value)) }
    }

    static func double(_ name: String, _ value: @escaping @Sendable (Row) -> Double?) -> Self {
        Self(name: name, type: "float8") { .doubleArray($0.map(value)) }
    }

    static func boolean(_ name: String, _ value: @escaping @Sendable (Row) -> Bool?) -> Self {
        Self(name: name, type: "bool") { .boolArray($0.map(value)) }
    }

    // An array of arrays must be rectangular, so a column of arrays travels as the texts of its arrays.

    static func texts(_ name: String, _ value: @escaping @Sendable (Row) -> [String]) -> Self {
        Self(name: name, type: "text", cast: "::text[]") { .textArray($0.map { ArrayLiteral.of(value($0)) }) }
    }

    static func integers(_ name: String, _ value: @escaping @Sendable (Row) -> [Int32]) -> Self {
        Self(name: name, type: "text", cast: "::int4[]") { .textArray($0.map { ArrayLiteral.of(value($0)) }) }
    }

    static func doubles(_ name: String, _ value: @escaping @Sendable (Row) -> [Double]) -> Self {
        Self(name: name, type: "text", cast: "::float8[]") { .textArray($0.map { ArrayLiteral.of(value($0)) }) }
    }
}
