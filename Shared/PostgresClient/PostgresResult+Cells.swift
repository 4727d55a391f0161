/// Typed reading of cells. Each function throws `.decoding` for NULL and for a column of another type; the `optional`
/// form gives nil for NULL.
extension PostgresResult {
    /// A `bool`.
    public func bool(_ row: Int, _ column: Int) throws(PostgresError) -> Bool {
        try present(optionalBool(row, column), row, column)
    }

    /// An `int4` or `int2`.
    public func int32(_ row: Int, _ column: Int) throws(PostgresError) -> Int32 {
        try present(optionalInt32(row, column), row, column)
    }

    /// An `int8`, `int4`, `int2` or `oid`.
    public func int64(_ row: Int, _ column: Int) throws(PostgresError) -> Int64 {
        try present(optionalInt64(row, column), row, column)
    }

    /// A `float8` or `float4`.
    public func double(_ row: Int, _ column: Int) throws(PostgresError) -> Double {
        try present(optionalDouble(row, column), row, column)
    }

    /// A `text`, `varchar`, `char(n)`, `name`, `json` or `jsonb`.
    public func text(_ row: Int, _ column: Int) throws(PostgresError) -> String {
        try present(optionalText(row, column), row, column)
    }

    /// A `bytea`.
    public func bytes(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8] {
        try present(optionalBytes(row, column), row, column)
    }

    /// A `uuid`.
    public func uuid(_ row: Int, _ column: Int) throws(PostgresError) -> UUIDBytes {
        try present(optionalUUID(row, column), row, column)
    }

    /// A `timestamptz`, or a `timestamp` taken as UTC, in microseconds since 1970-01-01T00:00:00Z.
    public func timestamp(_ row: Int, _ column: Int) throws(PostgresError) -> Int64 {
        try present(optionalTimestamp(row, column), row, column)
    }

    /// A `bool`, or nil for NULL.
    public func optionalBool(_ row: Int, _ column: Int) throws(PostgresError) -> Bool? {
        try read(row, column, "bool", CellReader.bool)
    }

    /// An `int4` or `int2`, or nil for NULL.
    public func optionalInt32(_ row: Int, _ column: Int) throws(PostgresError) -> Int32? {
        try read(row, column, "int4", CellReader.int32)
    }

    /// An `int8`, `int4`, `int2` or `oid`, or nil for NULL.
    public func optionalInt64(_ row: Int, _ column: Int) throws(PostgresError) -> Int64? {
        try read(row, column, "int8", CellReader.int64)
    }

    /// A `float8` or `float4`, or nil for NULL.
    public func optionalDouble(_ row: Int, _ column: Int) throws(PostgresError) -> Double? {
        try read(row, column, "float8", CellReader.double)
    }

    /// A text, or nil for NULL.
    public func optionalText(_ row: Int, _ column: Int) throws(PostgresError) -> String? {
        try read(row, column, "text", CellReader.text)
    }

    /// A `bytea`, or nil for NULL.
    public func optionalBytes(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8]? {
        try read(row, column, "bytea", CellReader.bytes)
    }

    /// A `uuid`, or nil for NULL.
    public func optionalUUID(_ row: Int, _ column: Int) throws(PostgresError) -> UUIDBytes? {
        try read(row, column, "uuid", CellReader.uuid)
    }

    /// A time in microseconds since the epoch, or nil for NULL.
    public func optionalTimestamp(_ row: Int, _ column: Int) throws(PostgresError) -> Int64? {
        try read(row, column, "timestamptz", CellReader.timestamp)
    }

    /// A `bool[]` of one dimension; a NULL cell throws, a NULL element is nil.
    public func boolArray(_ row: Int, _ column: Int) throws(PostgresError) -> [Bool?] {
        try array(row, column, "bool[]", CellReader.bool)
    }

    /// An `int4[]` or `int2[]`.
    public func int32Array(_ row: Int, _ column: Int) throws(PostgresError) -> [Int32?] {
        try array(row, column, "int4[]", CellReader.int32)
    }

    /// An `int8[]`, `int4[]` or `int2[]`.
    public func int64Array(_ row: Int, _ column: Int) throws(PostgresError) -> [Int64?] {
        try array(row, column, "int8[]", CellReader.int64)
    }

    /// A `float8[]` or `float4[]`.
    public func doubleArray(_ row: Int, _ column: Int) throws(PostgresError) -> [Double?] {
        try array(row, column, "float8[]", CellReader.double)
    }

    /// A `text[]`, `varchar[]`, `json[]` or `jsonb[]`.
    public func textArray(_ row: Int, _ column: Int) throws(PostgresError) -> [String?] {
        try array(row, column, "text[]", CellReader.text)
    }

    /// A `bytea[]`.
    public func bytesArray(_ row: Int, _ column: Int) throws(PostgresError) -> [[UInt8]?] {
        try array(row, column, "bytea[]", CellReader.bytes)
    }

    /// A `uuid[]`.
    public func uuidArray(_ row: Int, _ column: Int) throws(PostgresError) -> [UUIDBytes?] {
        try array(row, column, "uuid[]", CellReader.uuid)
    }

    /// A `timestamptz[]` in microseconds since the epoch.
    public func timestampArray(_ row: Int, _ column: Int) throws(PostgresError) -> [Int64?] {
        try array(row, column, "timestamptz[]", CellReader.timestamp)
    }

    private func present<Value>(_ value: Value?, _ row: Int, _ column: Int) throws(PostgresError) -> Value {
        guard let value else { throw mismatch(row, column, wanted: "value: it is NULL") }
        return value
    }

    private func read<Value>(
        _ row: Int, _ column: Int, _ wanted: String, _ reader: (UInt32, UnsafeRawBufferPointer) -> Value?
    ) throws(PostgresError) -> Value? {
        guard let bytes = try cell(row, column) else { return nil }
        guard let value = reader(typeOID(column), bytes) else { throw mismatch(row, column, wanted: wanted) }
        return value
    }

    private func array<Value>(
        _ row: Int, _ column: Int, _ wanted: String, _ reader: (UInt32, UnsafeRawBufferPointer) -> Value?
    ) throws(PostgresError) -> [Value?] {
        guard let bytes = try cell(row, column) else { throw mismatch(row, column, wanted: "\(wanted): it is NULL") }
        guard CellReader.isArray(typeOID(column)), let values = CellReader.array(bytes, reader) else {
            throw mismatch(row, column, wanted: wanted)
        }
        return values
    }
}
