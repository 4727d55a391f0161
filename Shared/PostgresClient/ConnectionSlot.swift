/// The place of one connection in the pool, with the thread that it is used on by asynchronous callers.
///
/// Safety: `connection` and `isThreadStarted` are only touched by the one holder of the slot; slots pass from holder to
/// holder under the pool's lock. `mailbox` has a lock of its own.
final class ConnectionSlot: @unchecked Sendable {
    private struct Mailbox {
        var job: (@Sendable () -> Void)?
        var isEnded = false
    }

    let number: Int
    var connection: PostgresConnection?
    private var isThreadStarted = false
    private let mailbox = Condition(Mailbox())

    init(number: Int) { self.number = number }

    /// Runs `job` on the slot's own thread. Only the holder of the slot may call it, once per hold.
    func run(_ job: @escaping @Sendable () -> Void) throws(PostgresError) {
        if !isThreadStarted {
            let mailbox = mailbox
            try OwnThread.start("pg-pool-\(number)") {
                while case .job(let job) = mailbox.wait(until: nil, Self.next) { job() }
            }
            isThreadStarted = true
        }
        mailbox.update { $0.job = job }
    }

    /// Ends the thread after the job that it may be running.
    func end() { mailbox.update { $0.isEnded = true } }

    deinit { end() }

    private enum Order {
        case job(@Sendable () -> Void)
        case end
    }

    /// nil goes on waiting.
    private static func next(_ mailbox: inout Mailbox) -> Order? {
        if let job = mailbox.job {
            mailbox.job = nil
            return .job(job)
        }
        return mailbox.isEnded ? .end : nil
    }
}
