import Synchronization

/// One call of the pool, from its submission to its end: where a cancelled task finds the statement to stop.
final class PoolCall: Sendable {
    private struct State {
        var isCanceled = false
        var isFinished = false
        var waiter: PoolStateMachine.Waiter?
        var running: CancelHandle?
        var cancelsInFlight = 0
    }

    private let state = Condition(State())
    private let canceled = Atomic(false)

    /// True from the moment of cancellation on; read before each statement.
    var isCanceled: Bool { canceled.load(ordering: .acquiring) }

    /// Remembers the place in the queue. False when the call is cancelled already.
    func startWaiting(as waiter: PoolStateMachine.Waiter) -> Bool {
        state.update { state in
            state.waiter = waiter
            return !state.isCanceled
        }
    }

    /// The call has a connection now. False when it is cancelled already.
    func startRunning(_ handle: CancelHandle?) -> Bool {
        state.update { state in
            state.waiter = nil
            state.running = handle
            return !state.isCanceled
        }
    }

    /// The call is over. Waits for a cancel request that is on its way, so that it cannot strike whoever gets the
    /// connection next. False when that took too long, and the connection must not be used again.
    func finish() -> Bool {
        state.update { state in
            state.isFinished = true
            state.running = nil
        }
        return state.wait(until: .now + .seconds(10)) { $0.cancelsInFlight == 0 ? true : nil } ?? false
    }

    /// Marks the call as cancelled.
    /// - Returns: the waiter to take out of the queue, when the call still waits. A running statement is stopped by a
    ///   thread of its own, since `PQcancel` blocks.
    func cancel() -> PoolStateMachine.Waiter? {
        canceled.store(true, ordering: .releasing)
        let (waiter, handle) = state.update { state -> (PoolStateMachine.Waiter?, CancelHandle?) in
            guard !state.isCanceled, !state.isFinished else { return (nil, nil) }
            state.isCanceled = true
            if state.running != nil { state.cancelsInFlight += 1 }
            return (state.waiter, state.running)
        }
        guard let handle else { return waiter }
        do {
            try OwnThread.start("pg-cancel") { [self] in
                // A request that overtakes the statement finds the session idle and is forgotten, so it is repeated.
                var pause = Duration.milliseconds(20)
                repeat {
                    _ = handle.cancel()
                    pause = min(pause * 2, .seconds(1))
                } while state.wait(until: .now + pause, { $0.isFinished ? true : nil }) == nil
                state.update { $0.cancelsInFlight -= 1 }
            }
        } catch {
            state.update { $0.cancelsInFlight -= 1 }
        }
        return waiter
    }
}
