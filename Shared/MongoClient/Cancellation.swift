import Synchronization

/// Joins the number of a job with the cancellation of its task, whichever comes first.
final class Cancellation: Sendable {
    private struct State {
        var number: UInt64?
        var isCanceled = false
    }

    private let state = Mutex(State())

    /// Remembers the number; true when the task is cancelled already.
    func started(_ number: UInt64) -> Bool {
        state.withLock { state in
            state.number = number
            return state.isCanceled
        }
    }

    /// Marks the cancellation; gives the job's number when it is known.
    func cancel() -> UInt64? {
        state.withLock { state in
            state.isCanceled = true
            return state.number
        }
    }
}
