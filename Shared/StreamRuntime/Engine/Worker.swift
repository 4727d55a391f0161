import Domain
import Foundation

/// Records of one lane that are handled in one transaction.
struct Slice<State: KeyedState> {
    let lane: Lane<State>
    let mail: [Mail]
}

/// A thread that gathers what has arrived on its lanes and runs it, batch after batch, each in one transaction.
///
/// Safety: every variable is guarded by `condition`.
final class Worker<Processor: StreamProcessor>: @unchecked Sendable {
    typealias ProcessorLane = Lane<Processor.State>

    private let configuration: StreamConfiguration
    private let runner: BatchRunner<Processor>
    private let budget: ByteBudget
    private let relay: Relay<Processor.State>
    private let clock: any WallClock
    private let madeRoom: @Sendable () -> Void
    private let failed: @Sendable (StreamError) -> Void
    private let condition = NSCondition()
    private var lanes: [ProcessorLane] = []
    private var isStopping = false
    private var isWaiting = false
    private var isFinished = false
    private var inBatch: [ProcessorLane] = []

    init(
        configuration: StreamConfiguration, runner: BatchRunner<Processor>, budget: ByteBudget,
        relay: Relay<Processor.State>, clock: any WallClock, madeRoom: @escaping @Sendable () -> Void,
        failed: @escaping @Sendable (StreamError) -> Void
    ) {
        self.configuration = configuration
        self.runner = runner
        self.budget = budget
        self.relay = relay
        self.clock = clock
        self.madeRoom = madeRoom
        self.failed = failed
    }

    func start(name: String) {
        let thread = Thread { [self] in loop() }
        thread.name = name
        thread.stackSize = 4 << 20
        thread.start()
    }

    func add(_ lane: ProcessorLane) {
        condition.withLock { lanes.append(lane) }
    }

    /// True when the worker runs a partition of this number, of whatever topic.
    func runsPartition(number: Int32) -> Bool {
        condition.withLock { lanes.contains { !$0.isRequestLane && $0.topicPartition.partition == number } }
    }

    /// Puts a record into a lane's mailbox; false when the lane takes none any more.
    func deliver(_ mail: Mail, to lane: ProcessorLane) -> Bool {
        let taken = lane.mailbox.withLock { mailbox in
            guard !mailbox.isClosed else { return false }
            mailbox.mail.append(mail)
            mailbox.recordsReceived += 1
            return true
        }
        guard taken else { return false }
        wake()
        return true
    }

    /// Ends the wait of an idle worker.
    func wake() {
        condition.withLock { if isWaiting { condition.broadcast() } }
    }

    /// Closes the lanes and forgets them; what waits in their mailboxes is refused. Does not wait for a batch that is being run.
    func close(_ closing: [ProcessorLane]) {
        for lane in closing {
            let refused = lane.mailbox.withLock { mailbox in
                mailbox.isClosed = true
                defer { mailbox.mail.removeAll() }
                return mailbox.mail
            }
            giveBack(
                refused, because: StreamError(.stopped, operation: "handle", detail: "the lane was closed; send again"))
        }
        condition.withLock { lanes.removeAll { lane in closing.contains { $0 === lane } } }
    }

    /// Closes the lanes, and waits until no batch holds a record of theirs, at most until `deadline`; false when that passed.
    func drain(_ closing: [ProcessorLane], until deadline: Date) -> Bool {
        close(closing)
        return condition.withLock {
            while closing.contains(where: { lane in lane.mailbox.withLock { $0.isInBatch } }) {
                guard condition.wait(until: deadline) else { return false }
            }
            return true
        }
    }

    /// Ends the thread after its present batch.
    func stop(until deadline: Date) {
        condition.withLock {
            isStopping = true
            condition.broadcast()
            while !isFinished, condition.wait(until: deadline) {}
        }
    }

    // MARK: - The thread

    private func loop() {
        var failures = 0
        while let round = waitForWork() {
            guard !round.slices.isEmpty || !round.parking.isEmpty else { continue }
            do {
                try runner.run(round.slices)
                for lane in round.parking { try runner.runParked(lane) }
                failures = 0
                finish(round.slices)
            } catch let error as StreamError {
                putBack(round.slices)
                failed(error)
                return markFinished()
            } catch {
                // The database is away: nothing happened. Keep the records and try again.
                putBack(round.slices)
                failures += 1
                runner.metrics.storeFailures.increment()
                runner.report(error, failures: failures)
                pause(.milliseconds(min(5_000, 50 << min(failures, 7))))
            }
        }
        markFinished()
    }

    private func markFinished() {
        condition.withLock {
            isFinished = true
            condition.broadcast()
        }
    }

    private struct Round {
        var slices: [Slice<Processor.State>] = []
        var parking: [ProcessorLane] = []
    }

    /// The next batch, or nil when the worker is to end.
    private func waitForWork() -> Round? {
        condition.lock()
        defer { condition.unlock() }
        var gathered = false
        while !isStopping {
            let now = clock.now()
            let waiting = lanes.reduce(0) { count, lane in count + lane.mailbox.withLock { $0.mail.count } }
            if waiting > 0, relay.hasRoom {
                if !gathered, waiting < configuration.maximumBatchRecords / 4, configuration.linger > .zero {
                    gathered = true
                    sleepLocked(configuration.linger)
                    continue
                }
                return take(now: now)
            }
            let parking = lanes.filter { !$0.run.parkedKeys.isEmpty && $0.run.nextParkingLook <= now }
            if !parking.isEmpty {
                for lane in parking { claim(lane) }
                return Round(parking: parking)
            }
            isWaiting = true
            _ = condition.wait(until: Date(timeIntervalSinceNow: 0.1))
            isWaiting = false
        }
        return nil
    }

    /// Gives the lock up for a while, without being woken by deliveries.
    private func sleepLocked(_ duration: Duration) {
        condition.unlock()
        usleep(UInt32(clamping: duration.microseconds))
        condition.lock()
    }

    private func take(now: Timestamp) -> Round {
        var round = Round()
        var records = configuration.maximumBatchRecords
        var bytes = configuration.maximumBatchBytes
        // Lanes take turns at the front, so that none starves behind a busy one.
        if lanes.count > 1 { lanes.append(lanes.removeFirst()) }
        for lane in lanes where records > 0 && bytes > 0 {
            let mail = lane.mailbox.withLock { mailbox -> [Mail] in
                var count = 0
                while count < mailbox.mail.count, records > 0, bytes > 0 || count == 0 {
                    records -= 1
                    bytes -= mailbox.mail[count].byteCount
                    count += 1
                }
                guard count > 0 else { return [] }
                guard count < mailbox.mail.count else {
                    defer { mailbox.mail = [] }
                    return mailbox.mail
                }
                defer { mailbox.mail.removeFirst(count) }
                return Array(mailbox.mail[..<count])
            }
            if !mail.isEmpty { round.slices.append(Slice(lane: lane, mail: mail)) }
            let parkingIsDue = !lane.run.parkedKeys.isEmpty && lane.run.nextParkingLook <= now
            if parkingIsDue { round.parking.append(lane) }
            if parkingIsDue || !mail.isEmpty { claim(lane) }
        }
        return round
    }

    /// Keeps a drain waiting for this lane until ``rest()``; called with the lock held.
    private func claim(_ lane: ProcessorLane) {
        lane.mailbox.withLock { $0.isInBatch = true }
        inBatch.append(lane)
    }

    /// The batch is in the database: its bytes are free and its lanes at rest.
    private func finish(_ slices: [Slice<Processor.State>]) {
        let bytes = slices.reduce(0) { sum, slice in sum + slice.mail.reduce(0) { $0 + $1.byteCount } }
        rest()
        if budget.giveBack(bytes) { madeRoom() }
    }

    /// The batch did not happen: its records go back to the front, unless their lane was closed meanwhile.
    private func putBack(_ slices: [Slice<Processor.State>]) {
        for slice in slices {
            let refused = slice.lane.mailbox.withLock { mailbox -> [Mail] in
                guard !mailbox.isClosed else { return slice.mail }
                mailbox.mail.insert(contentsOf: slice.mail, at: 0)
                return []
            }
            giveBack(
                refused, because: StreamError(.stopped, operation: "handle", detail: "the lane was closed; send again"))
        }
        rest()
    }

    private func rest() {
        condition.withLock {
            for lane in inBatch { lane.mailbox.withLock { $0.isInBatch = false } }
            inBatch.removeAll()
            condition.broadcast()
        }
    }

    private func giveBack(_ mail: [Mail], because error: StreamError) {
        guard !mail.isEmpty else { return }
        for entry in mail { entry.reply?(.failure(error)) }
        if budget.giveBack(mail.reduce(0) { $0 + $1.byteCount }) { madeRoom() }
    }

    private func pause(_ duration: Duration) {
        condition.withLock {
            guard !isStopping else { return }
            _ = condition.wait(until: Date(timeIntervalSinceNow: Double(duration.microseconds) / 1e6))
        }
    }
}
