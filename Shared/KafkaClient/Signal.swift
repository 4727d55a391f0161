import Glibc

/// A flag that a thread can wait for, with a time limit on the monotonic clock.
///
/// Safety: `raised` is read and written under `mutex` only.
final class Signal: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var raised = false

    init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Raises the flag and wakes every waiter.
    func raise() {
        pthread_mutex_lock(mutex)
        raised = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Waits until the flag is up, at most for `limit`; takes the flag down again when `reset` is set. Answers whether
    /// it was up.
    @discardableResult
    func wait(atMost limit: Duration, reset: Bool = false) -> Bool {
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let (seconds, attoseconds) = max(limit, .zero).components
        let nanoseconds = deadline.tv_nsec + Int(attoseconds / 1_000_000_000)
        deadline.tv_sec += Int(min(seconds, 86_400 * 365)) + nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000

        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !raised {
            if pthread_cond_timedwait(condition, mutex, &deadline) != 0 { break }
        }
        let wasRaised = raised
        if reset { raised = false }
        return wasRaised
    }
}

extension Signal {
    /// Waits on a thread of its own, so that the caller's task only suspends. Returns early only when no thread can
    /// be had.
    func raisedOnThread(atMost limit: Duration) async {
        _ = try? await DedicatedThread.run("kafka-wait") { [self] in
            _ = wait(atMost: limit)
        }
    }
}
