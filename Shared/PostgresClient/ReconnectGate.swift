import Synchronization

/// Back-off between attempts to connect, shared by all slots of a pool so that a server that comes back is not stormed.
final class ReconnectGate: Sendable {
    private struct State {
        var failures = 0
        var notBefore = MonotonicTime(nanoseconds: 0)
    }

    private let state = Mutex(State())

    /// The time before which nobody should try again.
    var notBefore: MonotonicTime { state.withLock { $0.notBefore } }

    func succeeded() { state.withLock { $0 = State() } }

    /// Doubles the pause: 50 ms, 100 ms, ... up to 5 s, each shortened by up to a half at random.
    /// - Returns: the pause, in milliseconds.
    @discardableResult
    func failed() -> Int64 {
        state.withLock { state in
            let ceiling = min(Int64(5_000), Int64(50) << Int64(min(state.failures, 7)))
            let pause = Int64.random(in: ceiling / 2...ceiling)
            state.failures += 1
            state.notBefore = .now + .milliseconds(pause)
            return pause
        }
    }
}
