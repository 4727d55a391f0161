import Logging
import Synchronization

/// A bounded set of connections, made when they are first needed and remade with back-off when they break.
///
/// Each connection has one dedicated thread; a closure runs on it from beginning to end, so a transaction never hops
/// and the cooperative pool never blocks. Callers wait in line (first in, first out) for at most `acquireTimeout`.
///
/// ```swift
/// let pool = try PostgresPool(PostgresConfiguration(url: url), logger: logger)
/// let count = try await pool.transaction { connection in
///     try connection.execute("SELECT count(*) FROM inbox WHERE event_id = $1", [.uuid(id)]).int64(0, 0)
/// }
/// ```
///
/// Cancelling the surrounding task takes the caller out of the line or cancels the running statement; either way
/// `.queryCanceled` is thrown.
public final class PostgresPool: Sendable {
    struct State {
        var machine: PoolStateMachine
        var waiters: [PoolStateMachine.Waiter: PendingLease] = [:]
        var calls: [Int: PoolCall] = [:]
        var closers: [CheckedContinuation<Void, Never>] = []
        var isComplete = false
    }

    /// What the pool was made with.
    public let configuration: PostgresConfiguration
    let logger: Logger
    let slots: [ConnectionSlot]
    let state: Mutex<State>
    let gate = ReconnectGate()
    let closing = Condition(false)
    let deadlines = Condition(PoolDeadlines())

    /// Makes a pool; no connection is opened yet.
    public init(_ configuration: PostgresConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        let size = max(configuration.poolSize, 1)
        slots = (0..<size).map(ConnectionSlot.init)
        state = Mutex(
            State(machine: PoolStateMachine(slots: size, maximumWaiters: max(configuration.maximumWaiters, 0))))
    }

    deinit {
        deadlines.update { $0.isEnded = true }
        for slot in slots { slot.end() }
    }

    /// Lends a connection to `body`, which runs on the connection's own thread. An open transaction that `body` leaves
    /// behind is rolled back.
    ///
    /// - Throws: what `body` throws, or `PostgresError`: `.poolExhausted`, `.connectionLost`, `.authentication`,
    ///   `.queryCanceled`, `.closed`.
    public func withConnection<Result: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) throws -> Result
    ) async throws -> Result {
        let call = PoolCall()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                runOnSlot(call, body) { continuation.resume(with: $0) }
            }
        } onCancel: {
            cancel(call)
        }
    }

    /// Lends a connection with a transaction around `body`: COMMIT when it returns, ROLLBACK when it throws.
    ///
    /// - Throws: as `withConnection`; `.commitOutcomeUnknown` when the connection is lost during COMMIT.
    public func transaction<Result: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) throws -> Result
    ) async throws -> Result {
        try await withConnection { connection in try connection.transaction { try body(connection) } }
    }

    /// Lends a connection to a caller that is on a thread of its own; `body` runs on that thread. Never call it from a
    /// task.
    public func blockingWithConnection<Result>(_ body: (PostgresConnection) throws -> Result) throws -> Result {
        let call = PoolCall()
        let deadline = MonotonicTime.now + configuration.acquireTimeout
        let slot = try acquireBlocking(call, deadline: deadline)
        defer { release(slot) }
        return try perform(body, on: slot, call: call, deadline: deadline)
    }

    /// The blocking form of `transaction`, for callers on a thread of their own.
    public func blockingTransaction<Result>(_ body: (PostgresConnection) throws -> Result) throws -> Result {
        try blockingWithConnection { connection in try connection.transaction { try body(connection) } }
    }

    /// Refuses new callers and those in line with `.closed`, waits for the running ones, and closes every connection.
    ///
    /// - Parameter gracePeriod: after it, the statements that still run are cancelled on the server.
    public func close(gracePeriod: Duration = .seconds(10)) async {
        beginClosing(gracePeriod: gracePeriod)
        await withCheckedContinuation { continuation in
            let isComplete = state.withLock { state in
                if !state.isComplete { state.closers.append(continuation) }
                return state.isComplete
            }
            if isComplete { continuation.resume() }
        }
    }
}

extension PostgresPool {
    /// How many callers wait for a connection now; for metrics.
    public var waiterCount: Int { state.withLock { $0.machine.waiterCount } }

    /// How many connections are lent now; for metrics.
    public var lentCount: Int { state.withLock { $0.machine.lentCount } }
}
