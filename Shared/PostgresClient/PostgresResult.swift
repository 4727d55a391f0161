import CPostgres

/// The rows that a statement gave. Cells are read by row and column index, both from zero; the type of the column is
/// checked, so a `text` column never becomes a number by accident.
///
/// A result belongs to the thread of its connection and is freed with its last reference.
public final class PostgresResult {
    let handle: OpaquePointer
    /// The number of rows.
    public let rowCount: Int
    /// The number of columns.
    public let columnCount: Int

    init(owning handle: OpaquePointer) {
        self.handle = handle
        rowCount = Int(PQntuples(handle))
        columnCount = Int(PQnfields(handle))
    }

    deinit { PQclear(handle) }

    /// How many rows an INSERT, UPDATE, DELETE, MERGE, COPY or SELECT touched, from the command tag; 0 for other
    /// commands.
    public var affectedRows: Int {
        guard let text = PQcmdTuples(handle) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    /// The server's command tag, for example `INSERT 0 5`.
    public var commandTag: String { PQcmdStatus(handle).map { String(cString: $0) } ?? "" }

    /// The index of the column with this name, or nil.
    public func column(named name: String) -> Int? {
        let index = PQfnumber(handle, "\"" + name + "\"")
        return index < 0 ? nil : Int(index)
    }

    /// True when the cell is NULL.
    public func isNull(_ row: Int, _ column: Int) throws(PostgresError) -> Bool {
        try check(row, column)
        return PQgetisnull(handle, Int32(row), Int32(column)) == 1
    }

    /// Lends the binary form of a cell; nil when it is NULL. The bytes are only valid inside `body`.
    public func withCell<Value>(_ row: Int, _ column: Int, _ body: (UnsafeRawBufferPointer?) -> Value)
        throws(PostgresError) -> Value
    {
        body(try cell(row, column))
    }

    func typeOID(_ column: Int) -> UInt32 { PQftype(handle, Int32(column)) }

    func cell(_ row: Int, _ column: Int) throws(PostgresError) -> UnsafeRawBufferPointer? {
        try check(row, column)
        if PQgetisnull(handle, Int32(row), Int32(column)) == 1 { return nil }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(handle, Int32(row), Int32(column)),
            count: Int(PQgetlength(handle, Int32(row), Int32(column))))
    }

    func mismatch(_ row: Int, _ column: Int, wanted: String) -> PostgresError {
        let name = PQfname(handle, Int32(column)).map { String(cString: $0) } ?? "?"
        return PostgresError(
            .decoding, operation: "read cell",
            detail:
                "row \(row), column \(column) (\(name), type OID \(typeOID(column))) is no \(wanted): cast it in SQL"
        )
    }

    private func check(_ row: Int, _ column: Int) throws(PostgresError) {
        guard row >= 0, row < rowCount, column >= 0, column < columnCount else {
            throw PostgresError(
                .decoding, operation: "read cell",
                detail:
                    "row \(row), column \(column) is outside a result of \(rowCount) rows and \(columnCount) columns")
        }
    }
}
