import CPostgres
import Glibc

/// One session with the server. It is confined to the thread that it is lent to: never keep it after the closure ends.
///
/// After `.connectionLost`, `.commitOutcomeUnknown` or a silent server it `isBroken`, and its pool throws it away.
public final class PostgresConnection {
    let handle: OpaquePointer
    let cancelHandle: CancelHandle?
    private var statements: StatementCache
    private var parameterBuffer = BinaryBuffer()
    private var transactionDepth = 0
    private var markedBroken = false
    /// The call that the connection works for; a cancelled call starts no further statement.
    var call: PoolCall?
    /// How long the client waits for the server to say anything; nil waits for ever.
    var responseTimeout: Duration?

    init(owning handle: OpaquePointer, configuration: PostgresConfiguration) {
        self.handle = handle
        cancelHandle = CancelHandle(handle)
        statements = StatementCache(capacity: configuration.statementCacheSize)
        responseTimeout =
            configuration.statementTimeout > .zero ? configuration.statementTimeout + .seconds(5) : nil
    }

    deinit { PQfinish(handle) }

    /// True when the session is gone and can do nothing more.
    public var isBroken: Bool { markedBroken || PQstatus(handle) != CONNECTION_OK }

    /// The server's process id of this session, as in `pg_stat_activity.pid`.
    public var backendProcessID: Int32 { PQbackendPID(handle) }

    /// True inside a transaction, a failed one included.
    public var isInTransaction: Bool {
        let status = PQtransactionStatus(handle)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }

    // MARK: - Statements

    /// Runs one statement. It is prepared on the server at its first use on this connection; parameters and results are
    /// binary.
    ///
    /// - Parameters:
    ///   - sql: one statement with `$1`, `$2`, ...; keep its text constant, since the text is the key of the cache.
    ///   - parameters: at most 65,535 values.
    /// - Throws: see `PostgresError.Code`. An error inside a transaction leaves it failed until it is rolled back.
    @discardableResult
    public func execute(_ sql: String, _ parameters: [PostgresValue] = []) throws(PostgresError) -> PostgresResult {
        let operation = Operation(sql)
        try checkUsable(operation)
        guard parameters.count <= 65_535 else {
            throw PostgresError(.invalidParameter, operation: operation.name, detail: "more than 65,535 parameters")
        }
        let types = parameters.map(\.typeOID)
        let mayRepeat = PQtransactionStatus(handle) == PQTRANS_IDLE
        let name = try prepare(sql, types: types, operation: operation)
        do {
            return try executePrepared(name, parameters, operation: operation)
        } catch {
            guard error.code == .stalePlan else { throw error }
            statements.remove(name: name, sql: sql)
            guard mayRepeat, !isBroken else { throw error }
            let fresh = try prepare(sql, types: types, operation: operation)
            return try executePrepared(fresh, parameters, operation: operation)
        }
    }

    /// Runs several statements of text without parameters (a migration, for example). Outside a transaction the server
    /// runs them as one. Results are thrown away; the client waits for as long as the server takes.
    public func executeScript(_ sql: String) throws(PostgresError) {
        let operation = Operation(sql)
        try checkUsable(operation)
        try simple(sql, operation: operation, timeout: nil)
    }

    /// Looks the statement up, and makes it when it is new.
    private func prepare(_ sql: String, types: [UInt32], operation: Operation) throws(PostgresError) -> String {
        switch statements.lookUp(sql, types: types) {
        case .hit(let name): return name
        case .miss(let name, let types, let evicted):
            do throws(PostgresError) {
                for old in evicted {
                    try simple("DEALLOCATE \(old)", operation: "DEALLOCATE", timeout: responseTimeout)
                }
                guard PQsendPrepare(handle, name, sql, Int32(types.count), types) == 1 else {
                    throw connectionError(operation)
                }
                PQclear(try awaitResult(operation, timeout: responseTimeout, allowed: PGRES_COMMAND_OK))
            } catch {
                statements.remove(name: name, sql: sql)
                throw error
            }
            return name
        }
    }

    private func executePrepared(
        _ name: String, _ parameters: [PostgresValue], operation: Operation
    ) throws(PostgresError) -> PostgresResult {
        let count = parameters.count
        parameterBuffer.removeAll()
        var lengths: [Int32] = []
        lengths.reserveCapacity(count)
        for parameter in parameters {
            let start = parameterBuffer.count
            parameter.encode(into: &parameterBuffer)
            guard let length = Int32(exactly: parameterBuffer.count - start), length < 1 << 30 else {
                throw PostgresError(
                    .invalidParameter, operation: operation.name, detail: "a parameter is larger than 1 GiB")
            }
            lengths.append(length)
        }
        var pointers: [UnsafePointer<CChar>?] = []
        pointers.reserveCapacity(count)
        var offset = 0
        for (parameter, length) in zip(parameters, lengths) {
            let start = UnsafePointer((parameterBuffer.base + offset).assumingMemoryBound(to: CChar.self))
            if case .null = parameter { pointers.append(nil) } else { pointers.append(start) }
            offset += Int(length)
        }
        let formats = [Int32](repeating: 1, count: count)
        guard PQsendQueryPrepared(handle, name, Int32(count), pointers, lengths, formats, 1) == 1 else {
            throw connectionError(operation)
        }
        return PostgresResult(
            owning: try awaitResult(
                operation, timeout: responseTimeout, allowed: PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY))
    }

    /// The simple protocol, without the check for a cancelled call: BEGIN, COMMIT and ROLLBACK must always go out.
    func simple(_ sql: String, operation: Operation, timeout: Duration?) throws(PostgresError) {
        _ = try simpleTag(sql, operation: operation, timeout: timeout)
    }

    private func simpleTag(_ sql: String, operation: Operation, timeout: Duration?) throws(PostgresError) -> String {
        guard PQsendQuery(handle, sql) == 1 else { throw connectionError(operation) }
        let result = try awaitResult(
            operation, timeout: timeout, allowed: PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY)
        defer { PQclear(result) }
        return PQcmdStatus(result).map { String(cString: $0) } ?? ""
    }

    // MARK: - Transactions

    /// Runs `body` between BEGIN and COMMIT, and rolls back when it throws. Inside a transaction it is a savepoint
    /// instead.
    ///
    /// - Throws: what `body` throws; `.commitOutcomeUnknown` when the connection is lost during COMMIT;
    ///   `.transactionAborted` when `body` swallowed a failed statement, so that there was nothing to commit.
    public func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        transactionDepth += 1
        defer { transactionDepth -= 1 }
        return transactionDepth == 1 && !isInTransaction ? try outermost(body) : try savepoint(body)
    }

    private func outermost<Result>(_ body: () throws -> Result) throws -> Result {
        try checkUsable("BEGIN")
        try simple("BEGIN", operation: "BEGIN", timeout: responseTimeout)
        let value: Result
        do {
            value = try body()
            try checkUsable("COMMIT")
        } catch {
            rollBack("ROLLBACK")
            throw error
        }
        try commit()
        return value
    }

    private func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        let name = "vitalstream_\(transactionDepth)"
        try checkUsable("SAVEPOINT")
        try simple("SAVEPOINT \(name)", operation: "SAVEPOINT", timeout: responseTimeout)
        do {
            let value = try body()
            try simple("RELEASE SAVEPOINT \(name)", operation: "RELEASE SAVEPOINT", timeout: responseTimeout)
            return value
        } catch {
            rollBack("ROLLBACK TO SAVEPOINT \(name)")
            throw error
        }
    }

    private func commit() throws(PostgresError) {
        let tag: String
        do {
            tag = try simpleTag("COMMIT", operation: "COMMIT", timeout: responseTimeout)
        } catch {
            if isBroken {
                throw PostgresError(
                    .commitOutcomeUnknown, operation: "COMMIT", detail: error.detail, sqlState: error.sqlState)
            }
            if isInTransaction { rollBack("ROLLBACK") }
            throw error
        }
        guard tag == "COMMIT" else {
            throw PostgresError(
                .transactionAborted, operation: "COMMIT",
                detail: "a statement of the transaction had failed, so the server rolled it back")
        }
    }

    /// A connection that cannot roll back is broken: closing it rolls back.
    private func rollBack(_ sql: String) {
        guard !isBroken else { return }
        // A late cancel request must not strike the ROLLBACK.
        if let call, call.isCanceled, !call.finish() { return markBroken() }
        do { try simple(sql, operation: "ROLLBACK", timeout: responseTimeout) } catch { markedBroken = true }
    }

    /// Leaves no transaction behind when the connection is given back.
    func settle() {
        transactionDepth = 0
        if isInTransaction { rollBack("ROLLBACK") }
        if PQtransactionStatus(handle) != PQTRANS_IDLE { markedBroken = true }
    }

    // MARK: - The one place that waits, and the one that checks

    /// Waits for the answer of what was sent, up to the end, and gives its last result. All other ends are errors.
    ///
    /// - Parameter timeout: how long the server may stay silent in all.
    func awaitResult(
        _ operation: Operation, timeout: Duration?, allowed: ExecStatusType...
    ) throws(PostgresError) -> OpaquePointer {
        let deadline = timeout.map { MonotonicTime.now + $0 }
        var last: OpaquePointer?
        var failure: PostgresError?
        while true {
            guard waitUntilReady(deadline: deadline) else {
                if let last { PQclear(last) }
                markedBroken = true
                throw PostgresError(.timeout, operation: operation.name, detail: "the server gave no answer in time")
            }
            guard let result = PQgetResult(handle) else { break }
            if let last { PQclear(last) }
            last = result
            let status = PQresultStatus(result)
            if status == PGRES_FATAL_ERROR {
                failure = failure ?? error(of: result, operation)
            } else if status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH {
                break  // the caller goes on, and PQgetResult would repeat itself
            }
        }
        guard let last else { throw failure ?? connectionError(operation) }
        if let failure {
            PQclear(last)
            throw failure
        }
        guard allowed.contains(PQresultStatus(last)) else {
            let name = PQresStatus(PQresultStatus(last)).map { String(cString: $0) } ?? "?"
            PQclear(last)
            if PQtransactionStatus(handle) == PQTRANS_ACTIVE { markedBroken = true }
            throw PostgresError(.other, operation: operation.name, detail: "the server answered with \(name)")
        }
        return last
    }

    /// Reads until a result is complete. Looks again every quarter of a second even when the socket is silent, because
    /// a TLS layer may hold bytes that `poll` cannot see. False when the deadline passes.
    private func waitUntilReady(deadline: MonotonicTime?) -> Bool {
        while PQisBusy(handle) == 1 {
            var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            let left = deadline?.millisecondsLeft ?? .max
            if left == 0 { return false }
            _ = poll(&descriptor, 1, Int32(min(left, 250)))
            if PQconsumeInput(handle) == 0 { return true }  // PQgetResult reports the loss
        }
        return true
    }

    private func error(of result: OpaquePointer, _ operation: Operation) -> PostgresError {
        let error = PostgresError(result: result, operation: operation.name, canceledByUs: call?.isCanceled ?? false)
        guard error.sqlState == nil else { return error }
        return PostgresError(.connectionLost, operation: operation.name, detail: "the server closed the connection")
    }

    func connectionError(_ operation: Operation) -> PostgresError {
        guard PQstatus(handle) == CONNECTION_OK else { return .connection(handle, operation: operation.name) }
        let message = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        markedBroken = true
        return PostgresError(
            .other, operation: operation.name, detail: String(message.prefix { $0 != "\n" }))
    }

    func checkUsable(_ operation: Operation) throws(PostgresError) {
        if markedBroken || PQstatus(handle) != CONNECTION_OK {
            throw PostgresError(.connectionLost, operation: operation.name, detail: "the connection is broken")
        }
        if call?.isCanceled ?? false {
            throw PostgresError(.queryCanceled, operation: operation.name, detail: "the surrounding task was cancelled")
        }
    }

    func markBroken() { markedBroken = true }
}
