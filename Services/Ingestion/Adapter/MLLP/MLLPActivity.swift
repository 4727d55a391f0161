import Synchronization

/// What a connection is doing, and whether it is to end: one that stops finishes its message and takes no other.
final class MLLPActivity: Sendable {
    private let state = Mutex<(isBusy: Bool, isStopping: Bool)>((false, false))

    /// Whether a message of the connection is being taken: then the peer is not idle, it waits.
    var isBusy: Bool { state.withLock { $0.isBusy } }

    /// Begins a message; false when none is to begin.
    func begin() -> Bool {
        state.withLock { state in
            guard !state.isStopping else { return false }
            state.isBusy = true
            return true
        }
    }

    /// Ends a message; false when it was the last.
    func end() -> Bool {
        state.withLock { state in
            state.isBusy = false
            return !state.isStopping
        }
    }

    /// Asks for the end; true when there is no message to wait for.
    func stop() -> Bool {
        state.withLock { state in
            state.isStopping = true
            return !state.isBusy
        }
    }
}
