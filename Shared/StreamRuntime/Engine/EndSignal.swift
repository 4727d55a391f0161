import Synchronization

/// Begins a run, and ends it once: the first word counts.
final class EndSignal: Sendable {
    private struct State {
        var isRunning = false
        var outcome: Result<Void, StreamError>?
        var waiter: CheckedContinuation<Result<Void, StreamError>, Never>?
    }

    private let state = Mutex(State())

    var isRunning: Bool { state.withLock { $0.isRunning } }

    func begin() { state.withLock { $0.isRunning = true } }

    func finish() { state.withLock { $0.isRunning = false } }

    func end(_ outcome: Result<Void, StreamError>) {
        let waiter = state.withLock { state -> CheckedContinuation<Result<Void, StreamError>, Never>? in
            guard state.outcome == nil else { return nil }
            state.outcome = outcome
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: outcome)
    }

    func wait() async -> Result<Void, StreamError> {
        await withCheckedContinuation { continuation in
            let known = state.withLock { state in
                if state.outcome == nil { state.waiter = continuation }
                return state.outcome
            }
            if let known { continuation.resume(returning: known) }
        }
    }
}
