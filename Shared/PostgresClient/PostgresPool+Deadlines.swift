import Logging
import Synchronization

/// When the line must be looked at next, for the one thread of a pool that refuses those who waited too long.
struct PoolDeadlines: Sendable {
    /// No waiter is due before this; nil when nobody waits.
    var nextDue: MonotonicTime?
    /// When a closing pool cancels what still runs.
    var cancelAllAt: MonotonicTime?
    var isStarted = false
    var isEnded = false
}

extension PostgresPool {
    /// Has the waiter refused with `.poolExhausted` when its deadline passes.
    func watch(_ deadline: MonotonicTime) {
        let isEarlier = deadlines.withLock { $0.nextDue.map { $0 > deadline } ?? true }
        if isEarlier { deadlines.update { $0.nextDue = min($0.nextDue ?? deadline, deadline) } }
        startDeadlineThread()
    }

    /// One thread per pool, started by the first caller that has to wait.
    func startDeadlineThread() {
        let mustStart = deadlines.withLock { state in
            guard !state.isStarted, !state.isEnded else { return false }
            state.isStarted = true
            return true
        }
        guard mustStart else { return }
        do {
            try OwnThread.start("pg-deadlines") { [weak self, deadlines] in
                while Self.sleepUntilDue(deadlines) { self?.refuseLateWaiters() }
            }
        } catch {
            deadlines.update { $0.isStarted = false }
            logger.error("PostgreSQL pool cannot watch its deadlines", metadata: ["detail": "\(error)"])
        }
    }

    /// False when the pool has ended.
    private static func sleepUntilDue(_ deadlines: Condition<PoolDeadlines>) -> Bool {
        while true {
            let due = deadlines.wait(until: nil) { state -> MonotonicTime? in
                if state.isEnded { return MonotonicTime(nanoseconds: 0) }
                return [state.nextDue, state.cancelAllAt].compactMap { $0 }.min()
            }
            guard let due else { continue }
            // Woken early by the end, or by something that is due earlier.
            let isEnded = deadlines.wait(until: due) { state -> Bool? in
                if state.isEnded { return true }
                return [state.nextDue, state.cancelAllAt].contains { $0.map { $0 < due } ?? false } ? false : nil
            }
            if isEnded == true { return false }
            if due <= .now { return true }
        }
    }

    private func refuseLateWaiters() {
        let now = MonotonicTime.now
        let (late, next) = state.withLock { state -> ([PoolStateMachine.Waiter], MonotonicTime?) in
            let late = state.waiters.filter { $0.value.deadline <= now }.map(\.key).sorted()
            return (late, state.waiters.values.map(\.deadline).filter { $0 > now }.min())
        }
        let cancelAll = deadlines.withLock { state in
            state.nextDue = next
            let cancelAll = state.cancelAllAt.map { $0 <= now } ?? false
            if cancelAll { state.cancelAllAt = nil }
            return cancelAll
        }
        for waiter in late {
            let detail = "no connection became free within \(configuration.acquireTimeout)"
            abandon(waiter, PostgresError(.poolExhausted, operation: "acquire", detail: detail))
        }
        if cancelAll { cancelRunning() }
    }
}
