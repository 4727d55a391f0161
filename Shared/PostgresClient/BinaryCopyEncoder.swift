import CPostgres

/// Writes the rows of `COPY ... FROM STDIN (FORMAT binary)`. COPY casts nothing: each value must have exactly the
/// column's type.
///
/// Begin each row with its number of fields, then append that many values in the order of the columns.
public struct BinaryCopyEncoder: ~Copyable {
    private let connection: OpaquePointer
    private var buffer = BinaryBuffer(capacity: flushSize + 16_384)
    private var missing = 0
    private var surplus = false
    /// The number of rows begun.
    public private(set) var rowCount = 0
    private static let flushSize = 128 << 10

    /// The signature, no flags, no extension (manual, COPY, "Binary Format").
    init(connection: OpaquePointer) {
        self.connection = connection
        buffer.append([0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00] as [UInt8])
        buffer.append(0 as Int32)
        buffer.append(0 as Int32)
    }

    /// Starts a row, and sends what has gathered (in chunks of about 128 KiB).
    /// - Throws: `.invalidParameter` when the row before has another number of values than announced;
    ///   `.connectionLost`.
    @inline(__always)
    public mutating func beginRow(fieldCount: Int) throws(PostgresError) {
        if missing != 0 || surplus { throw rowError() }
        if buffer.count >= Self.flushSize { try flush() }
        guard let count = Int16(exactly: fieldCount), count > 0 else {
            throw PostgresError(
                .invalidParameter, operation: "COPY data", detail: "a row has 1 to 32,767 fields, not \(fieldCount)")
        }
        buffer.append(count)
        missing = fieldCount
        rowCount += 1
    }

    /// NULL of any type.
    public mutating func appendNull() { begin(-1) }
    /// A `bool`.
    public mutating func append(_ value: Bool) {
        begin(1)
        buffer.append(value ? 1 : 0 as UInt8)
    }
    /// An `int2`.
    public mutating func append(_ value: Int16) {
        begin(2)
        buffer.append(value)
    }
    /// An `int4`.
    public mutating func append(_ value: Int32) {
        begin(4)
        buffer.append(value)
    }
    /// An `int8`.
    public mutating func append(_ value: Int64) {
        begin(8)
        buffer.append(value)
    }
    /// A `float8`.
    public mutating func append(_ value: Double) {
        begin(8)
        buffer.append(value)
    }
    /// A `uuid`.
    public mutating func append(_ value: UUIDBytes) {
        begin(16)
        buffer.append(value)
    }
    /// A `timestamptz` or `timestamp`, in microseconds since 1970-01-01T00:00:00Z.
    public mutating func append(timestamp microseconds: Int64) {
        begin(8)
        buffer.append(PostgresTime.toServer(microseconds))
    }
    /// A `text`, `varchar` or `json`.
    public mutating func append(_ value: String) {
        let start = beginVariable()
        buffer.append(value)
        buffer.setLength(at: start)
    }
    /// A `jsonb`, given as JSON text.
    public mutating func append(jsonb value: String) {
        let start = beginVariable()
        buffer.appendJSONB(value)
        buffer.setLength(at: start)
    }
    /// A `bytea`.
    public mutating func append(_ value: [UInt8]) { value.withUnsafeBytes { append($0) } }
    /// A `bytea`, copied from memory.
    public mutating func append(_ value: UnsafeRawBufferPointer) {
        begin(Int32(truncatingIfNeeded: value.count))
        buffer.append(value)
    }
    /// An `int8` or NULL.
    public mutating func append(optional value: Int64?) { if let value { append(value) } else { appendNull() } }
    /// A `float8` or NULL.
    public mutating func append(optional value: Double?) { if let value { append(value) } else { appendNull() } }
    /// A `text` or NULL.
    public mutating func append(optional value: String?) { if let value { append(value) } else { appendNull() } }
    /// A `uuid` or NULL.
    public mutating func append(optional value: UUIDBytes?) { if let value { append(value) } else { appendNull() } }
    /// A `bytea` or NULL.
    public mutating func append(optional value: [UInt8]?) { if let value { append(value) } else { appendNull() } }

    @inline(__always)
    private mutating func begin(_ length: Int32) {
        countField()
        buffer.append(length)
    }

    private mutating func beginVariable() -> Int {
        countField()
        let start = buffer.count
        buffer.append(0 as Int32)
        return start
    }

    @inline(__always)
    private mutating func countField() {
        if missing == 0 { surplus = true } else { missing -= 1 }
    }

    private func rowError() -> PostgresError {
        PostgresError(
            .invalidParameter, operation: "COPY data",
            detail: surplus ? "row \(rowCount) has too many values" : "row \(rowCount) lacks \(missing) values")
    }

    /// The trailer, and the rest of the bytes.
    mutating func finish() throws(PostgresError) {
        if missing != 0 || surplus { throw rowError() }
        buffer.append(-1 as Int16)
        try flush()
    }

    private mutating func flush() throws(PostgresError) {
        guard let count = Int32(exactly: buffer.count) else {
            throw PostgresError(.invalidParameter, operation: "COPY data", detail: "a row is larger than 2 GiB")
        }
        let status = PQputCopyData(connection, buffer.base.assumingMemoryBound(to: CChar.self), count)
        guard status == 1 else { throw .connection(connection, operation: "COPY data") }
        buffer.removeAll()
    }
}
