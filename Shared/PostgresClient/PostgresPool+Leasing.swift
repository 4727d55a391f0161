import Logging
import Synchronization

/// A caller in line.
struct PendingLease: Sendable {
    let deadline: MonotonicTime
    /// Called once, outside the lock, with the slot or the reason why there is none.
    let deliver: @Sendable (Result<ConnectionSlot, PostgresError>) -> Void
}

extension PostgresPool {
    /// Gets a slot for the call, now or later; `deliver` is called exactly once.
    func acquire(
        _ call: PoolCall, deadline: MonotonicTime,
        _ deliver: @escaping @Sendable (Result<ConnectionSlot, PostgresError>) -> Void
    ) {
        let acquired = state.withLock { state -> PoolStateMachine.Acquired in
            let acquired = state.machine.acquire()
            switch acquired {
            case .lend(let slot): state.calls[slot] = call
            case .wait(let waiter):
                state.waiters[waiter] = PendingLease(deadline: deadline) { [weak self] result in
                    if case .success(let slot) = result { self?.state.withLock { $0.calls[slot.number] = call } }
                    deliver(result)
                }
            case .refuseClosed, .refuseFull: break
            }
            return acquired
        }
        switch acquired {
        case .lend(let slot): deliver(.success(slots[slot]))
        case .refuseClosed: deliver(.failure(Self.closed))
        case .refuseFull:
            deliver(.failure(PostgresError(.poolExhausted, operation: "acquire", detail: "too many callers wait")))
        case .wait(let waiter):
            if call.startWaiting(as: waiter) { watch(deadline) } else { abandon(waiter, Self.canceled) }
        }
    }

    /// Waits on the calling thread. A slot that arrives together with the deadline is taken.
    func acquireBlocking(_ call: PoolCall, deadline: MonotonicTime) throws(PostgresError) -> ConnectionSlot {
        let outcome = Condition<Result<ConnectionSlot, PostgresError>?>(nil)
        acquire(call, deadline: deadline) { result in outcome.update { $0 = result } }
        guard let result = outcome.wait(until: nil, { $0 }) else { throw Self.closed }
        return try result.get()
    }

    /// Makes sure that the slot has a living connection, runs `body`, and leaves the connection clean.
    func perform<Result>(
        _ body: (PostgresConnection) throws -> Result, on slot: ConnectionSlot, call: PoolCall, deadline: MonotonicTime
    ) throws -> Result {
        let connection = try connected(slot, deadline: deadline, call: call)
        connection.call = call
        defer {
            if !call.finish() { connection.markBroken() }
            connection.call = nil
            connection.settle()
            if connection.isBroken { slot.connection = nil }
        }
        guard call.startRunning(connection.cancelHandle) else { throw Self.canceled }
        return try body(connection)
    }

    /// The asynchronous callers' way: acquire, run on the slot's thread, release, answer.
    func runOnSlot<Value: Sendable>(
        _ call: PoolCall, _ body: @escaping @Sendable (PostgresConnection) throws -> Value,
        _ answer: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        let deadline = MonotonicTime.now + configuration.acquireTimeout
        acquire(call, deadline: deadline) { [self] lease in
            switch lease {
            case .failure(let error): answer(.failure(error))
            case .success(let slot):
                do {
                    try slot.run { [self] in
                        let result = Result { try perform(body, on: slot, call: call, deadline: deadline) }
                        release(slot)
                        answer(result)
                    }
                } catch {
                    release(slot)
                    answer(.failure(error))
                }
            }
        }
    }

    /// Gives the slot to the next in line, or parks it, or ends it when the pool closes.
    func release(_ slot: ConnectionSlot) {
        let (released, pending) = state.withLock { state -> (PoolStateMachine.Released, PendingLease?) in
            state.calls[slot.number] = nil
            let released = state.machine.release(slot.number)
            guard case .lend(_, let waiter) = released else { return (released, nil) }
            return (released, state.waiters.removeValue(forKey: waiter))
        }
        pending?.deliver(.success(slot))
        if case .retire(_, let isLast) = released { retire([slot], isLast: isLast) }
    }

    func cancel(_ call: PoolCall) {
        if let waiter = call.cancel() { abandon(waiter, Self.canceled) }
    }

    /// Takes a waiter out of the line and tells it why; nothing happens when it has been served.
    func abandon(_ waiter: PoolStateMachine.Waiter, _ error: PostgresError) {
        let pending = state.withLock { state in
            state.machine.abandon(waiter) ? state.waiters.removeValue(forKey: waiter) : nil
        }
        pending?.deliver(.failure(error))
    }

    static var closed: PostgresError {
        PostgresError(.closed, operation: "acquire", detail: "the pool is closed")
    }

    static var canceled: PostgresError {
        PostgresError(.queryCanceled, operation: "acquire", detail: "the surrounding task was cancelled")
    }

    // MARK: - Connecting

    /// The slot's connection, remade with back-off when it is missing or dead, until `deadline`.
    private func connected(
        _ slot: ConnectionSlot, deadline: MonotonicTime, call: PoolCall
    ) throws(PostgresError) -> PostgresConnection {
        if let connection = slot.connection, connection.isAlive() { return connection }
        slot.connection = nil
        while true {
            let pause = min(gate.notBefore, deadline)
            if closing.wait(until: pause, { $0 ? true : nil }) == true { throw Self.closed }
            if call.isCanceled { throw Self.canceled }
            do {
                let connection = try PostgresConnection.connect(configuration)
                gate.succeeded()
                slot.connection = connection
                return connection
            } catch {
                guard error.isRetriable else { throw error }
                let pause = gate.failed()
                logger.warning(
                    "PostgreSQL connection failed",
                    metadata: ["server": "\(configuration)", "detail": "\(error.detail)", "pause_ms": "\(pause)"])
                if gate.notBefore >= deadline { throw error }
            }
        }
    }

    // MARK: - Closing

    func beginClosing(gracePeriod: Duration) {
        closing.update { $0 = true }
        let (outcome, pending) = state.withLock { state -> (PoolStateMachine.Closing, [PendingLease]) in
            let outcome = state.machine.close()
            return (outcome, outcome.refused.compactMap { state.waiters.removeValue(forKey: $0) })
        }
        for waiter in pending { waiter.deliver(.failure(Self.closed)) }
        retire(outcome.retired.map { slots[$0] }, isLast: outcome.isComplete)
        if !outcome.isComplete { deadlines.update { $0.cancelAllAt = .now + gracePeriod } }
        startDeadlineThread()
    }

    /// Cancels what still runs when the grace period of `close` is over.
    func cancelRunning() {
        let calls = state.withLock { Array($0.calls.values) }
        for call in calls { cancel(call) }
    }

    /// Closes connections on a thread of their own (PQfinish sends a farewell), then lets the closers go.
    private func retire(_ retired: [ConnectionSlot], isLast: Bool) {
        let finish: @Sendable () -> Void = { [self] in
            for slot in retired {
                slot.connection = nil
                slot.end()
            }
            guard isLast else { return }
            deadlines.update { $0.isEnded = true }
            let closers = state.withLock { state in
                state.isComplete = true
                defer { state.closers = [] }
                return state.closers
            }
            for closer in closers { closer.resume() }
        }
        do { try OwnThread.start("pg-close", finish) } catch { finish() }
    }
}
