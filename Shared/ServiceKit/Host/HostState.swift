import ServiceLifecycle
import Synchronization

/// What the components of a running service share: who has started, the first failure, and the way to stop all.
final class HostState: Sendable {
    private struct State {
        var failure: ServiceKitError?
        var isDone = false
        var isCut = false
        var group: ServiceGroup?
    }

    private let state = Mutex(State())

    /// The first failure, which is the cause that the service exits with.
    var failure: ServiceKitError? { state.withLock { $0.failure } }

    func attach(_ group: ServiceGroup) { state.withLock { $0.group = group } }

    /// Stops the service; `failure` is its cause unless there was one before.
    func stop(_ failure: ServiceKitError? = nil) async {
        let group = state.withLock { state in
            if state.failure == nil { state.failure = failure }
            return state.group
        }
        await group?.triggerGracefulShutdown()
    }

    /// Notes a failure without stopping.
    func note(_ failure: ServiceKitError) {
        state.withLock { state in if state.failure == nil { state.failure = failure } }
    }

    /// Whether a component was cancelled before it had stopped by itself.
    var isCut: Bool {
        get { state.withLock { $0.isCut } }
        set { state.withLock { $0.isCut = newValue } }
    }

    /// Whether the host has ended; the deadline's thread asks.
    var isDone: Bool {
        get { state.withLock { $0.isDone } }
        set { state.withLock { $0.isDone = newValue } }
    }
}

/// A door that opens once; those who wait are let through, and nobody waits past a stop or a cancellation.
final class StartGate: Sendable {
    private let door = AsyncStream<Void>.makeStream()

    func open() { door.continuation.finish() }

    /// True when the gate opened, false when the service is stopping.
    func passes() async -> Bool {
        await cancelWhenGracefulShutdown { [door] in
            for await _ in door.stream {}
            return !Task.isCancelled
        }
    }
}
