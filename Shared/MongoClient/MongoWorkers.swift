import CMongo
import Glibc

/// A fixed number of threads for blocking calls, with a bounded line before them (first in, first out).
///
/// Safety: `state` is only touched while `mutex` is held.
final class MongoWorkers: @unchecked Sendable {
    typealias Job = @Sendable (_ refusal: MongoError?) -> Void

    private struct State {
        var jobs: [UInt64: Job] = [:]
        var line: [UInt64] = []
        var head = 0
        var nextNumber: UInt64 = 0
        var running = 0
        var threads = 0
        var isClosed = false
        var closers: [@Sendable () -> Void] = []
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state = State()
    private let maximumThreads: Int
    private let maximumWaiters: Int

    init(threads: Int, maximumWaiters: Int) {
        maximumThreads = max(threads, 1)
        self.maximumWaiters = max(maximumWaiters, 0)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    private func locked<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state)
    }

    /// Has `job` called once: with nil on a thread of ours, or with the reason why it will not run.
    /// - Returns: a number to take it out of the line with.
    @discardableResult
    func submit(_ job: @escaping Job) -> UInt64 {
        let (number, refusal) = locked { state -> (UInt64, MongoError?) in
            state.nextNumber += 1
            if state.isClosed { return (state.nextNumber, Self.closed) }
            guard state.jobs.count + state.running < maximumThreads + maximumWaiters else {
                return (
                    state.nextNumber,
                    MongoError(.poolExhausted, operation: "acquire", detail: "too many calls wait for a thread")
                )
            }
            if state.threads < maximumThreads, state.threads <= state.running + state.jobs.count {
                guard startThread() || state.threads > 0 else {
                    return (
                        state.nextNumber, MongoError(.other, operation: "acquire", detail: "no thread can be started")
                    )
                }
                state.threads += 1
            }
            state.jobs[state.nextNumber] = job
            state.line.append(state.nextNumber)
            pthread_cond_signal(condition)
            return (state.nextNumber, nil)
        }
        if let refusal { job(refusal) }
        return number
    }

    /// How many jobs wait and run now.
    var load: (waiting: Int, running: Int) { locked { ($0.jobs.count, $0.running) } }

    /// Takes a job out of the line and refuses it; nothing happens when it runs already.
    func withdraw(_ number: UInt64, _ refusal: MongoError) {
        locked { $0.jobs.removeValue(forKey: number) }?(refusal)
    }

    /// Refuses the line, and calls `ended` when the last running job is over.
    func close(_ ended: @escaping @Sendable () -> Void) {
        let (refused, isIdle) = locked { state -> ([Job], Bool) in
            state.isClosed = true
            let refused = state.line[state.head...].compactMap { state.jobs.removeValue(forKey: $0) }
            state.line = []
            state.head = 0
            if state.running > 0 { state.closers.append(ended) }
            pthread_cond_broadcast(condition)
            return (refused, state.running == 0)
        }
        for job in refused { job(Self.closed) }
        if isIdle { ended() }
    }

    private static let closed = MongoError(.closed, operation: "acquire", detail: "the pool is closed")

    private func nextJob() -> Job? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            while state.head < state.line.count {
                let number = state.line[state.head]
                state.head += 1
                if state.head > 64, state.head > state.line.count / 2 {
                    state.line.removeFirst(state.head)
                    state.head = 0
                }
                if let job = state.jobs.removeValue(forKey: number) {
                    state.running += 1
                    return job
                }
            }
            if state.isClosed { return nil }
            pthread_cond_wait(condition, mutex)
        }
    }

    private func work() {
        while let job = nextJob() {
            job(nil)
            let closers = locked { state -> [@Sendable () -> Void] in
                state.running -= 1
                guard state.isClosed, state.running == 0 else { return [] }
                defer { state.closers = [] }
                return state.closers
            }
            for closer in closers { closer() }
        }
    }

    private func startThread() -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let status = pthread_create(
            &thread, &attributes,
            { context in
                guard let context else { return nil }
                vs_mongo_name_thread("mongo")
                Unmanaged<MongoWorkers>.fromOpaque(context).takeRetainedValue().work()
                return nil
            }, context.toOpaque())
        guard status == 0 else {
            context.release()
            return false
        }
        return true
    }
}
