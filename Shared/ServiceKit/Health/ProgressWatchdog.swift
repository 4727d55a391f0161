import Synchronization

/// Notices when work stands still: a loop reports each step, and a liveness check fails when the last one is too old.
public final class ProgressWatchdog: Sendable {
    private struct State {
        var lastStep: Duration
        var isBusy = false
    }

    private let state: Mutex<State>
    private let limit: Duration
    private let elapsed: @Sendable () -> Duration

    /// A watchdog that fails when a busy loop makes no step for longer than `limit`.
    public convenience init(limit: Duration) {
        let start = ContinuousClock.now
        self.init(limit: limit) { ContinuousClock.now - start }
    }

    /// The same on the monotonic time `elapsed`.
    public init(limit: Duration, elapsed: @escaping @Sendable () -> Duration) {
        self.limit = limit
        self.elapsed = elapsed
        state = Mutex(State(lastStep: elapsed()))
    }

    /// Reports a step of work.
    public func step() {
        let now = elapsed()
        state.withLock { $0 = State(lastStep: now, isBusy: true) }
    }

    /// Reports that there is nothing to do, which may last as long as it likes.
    public func rest() {
        let now = elapsed()
        state.withLock { $0 = State(lastStep: now, isBusy: false) }
    }

    /// The liveness check.
    public var status: HealthRegistry.Status {
        let now = elapsed()
        let (last, isBusy) = state.withLock { ($0.lastStep, $0.isBusy) }
        guard isBusy, now - last > limit else { return .passing }
        return .failing("no progress for \((now - last).components.seconds) s")
    }
}
