import CPostgres

extension PostgresConnection {
    /// Loads rows in bulk. Nothing is stored when `body` throws or the server refuses a row.
    ///
    /// - Parameters:
    ///   - copySQL: `COPY table (columns) FROM STDIN (FORMAT binary)`.
    ///   - body: appends the rows to the encoder.
    /// - Returns: the number of rows that the server stored.
    @discardableResult
    public func copyIn(_ copySQL: String, _ body: (inout BinaryCopyEncoder) throws -> Void) throws -> Int {
        let operation = Operation(copySQL)
        try checkUsable(operation)
        guard PQsendQuery(handle, copySQL) == 1 else { throw connectionError(operation) }
        let start = try awaitResult(operation, timeout: responseTimeout, allowed: PGRES_COPY_IN)
        let isBinary = PQbinaryTuples(start) == 1
        PQclear(start)
        do {
            guard isBinary else {
                throw PostgresError(
                    .invalidParameter, operation: operation.name, detail: "the COPY statement must say FORMAT binary")
            }
            var encoder = BinaryCopyEncoder(connection: handle)
            try body(&encoder)
            try encoder.finish()
            try checkUsable(operation)
        } catch {
            abandonCopy(operation)
            throw error
        }
        guard PQputCopyEnd(handle, nil) == 1 else { throw connectionError(operation) }
        let end = try awaitResult(operation, timeout: responseTimeout, allowed: PGRES_COMMAND_OK)
        defer { PQclear(end) }
        return PQcmdTuples(end).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// Ends a COPY that cannot go on; the server answers with an error, which is expected.
    private func abandonCopy(_ operation: Operation) {
        guard !isBroken else { return }
        guard PQputCopyEnd(handle, "abandoned by the client") == 1 else { return markBroken() }
        do {
            PQclear(try awaitResult(operation, timeout: responseTimeout, allowed: PGRES_COMMAND_OK))
            markBroken()  // a COPY that was abandoned cannot succeed
        } catch {
            if PQtransactionStatus(handle) == PQTRANS_ACTIVE { markBroken() }
        }
    }
}
