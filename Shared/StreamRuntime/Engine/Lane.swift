import Domain
import Foundation
import KafkaClient
import Synchronization

/// One record in a lane's mailbox, with the sender who waits for its outcome, if there is one.
///
/// A class, because it is handed from array to array and its fields would be counted anew each time.
final class Mail: Sendable {
    let record: StreamRecord
    let reply: (@Sendable (Result<[ItemOutcome], StreamError>) -> Void)?
    /// What it costs in the byte budget.
    let byteCount: Int

    init(record: StreamRecord, reply: (@Sendable (Result<[ItemOutcome], StreamError>) -> Void)?) {
        self.record = record
        self.reply = reply
        byteCount = record.byteCount
    }
}

/// A partition that this process owns, or a request lane that it holds: the position, the mailbox and the outbox on their way.
///
/// Safety: `mailbox`, `flow` and `relay` are mutexes; `run` is touched by the lane's worker thread alone, from the first batch on.
final class Lane<State: KeyedState>: @unchecked Sendable {
    struct Mailbox {
        var mail: [Mail] = []
        /// Nothing more is taken in, and nothing more is handed out.
        var isClosed = false
        /// A batch with records of this lane is being run.
        var isInBatch = false
        var recordsReceived: Int64 = 0
        var nextExpectedOffset: Int64 = 0
    }

    /// What others may look at.
    struct Flow {
        var nextOffset: Int64
        var watermark: Timestamp?
        var lastRecordAt: Timestamp
        var watchdog: ProgressWatchdog
        var offsetAtLastLook: Int64
        var isFenced = false
    }

    struct RelayState {
        var published: SequenceTracker
        var documented: SequenceTracker
        var markedPublished: Int64
        var markedDocumented: Int64
    }

    /// What the worker alone needs.
    struct Run {
        var position: Int64
        var watermark: WatermarkTracker
        /// False until the worker has run the lane: another owner may have changed the states of its keys.
        var isAcquainted = false
        var parkedKeys: [String: Int] = [:]
        var nextParkingLook: Timestamp
    }

    let topicPartition: TopicPartition
    let laneID: Int32
    let epoch: Int64
    let isRequestLane: Bool
    /// Which worker runs the lane.
    let worker: Int
    let mailbox: Mutex<Mailbox>
    let flow: Mutex<Flow>
    let relay: Mutex<RelayState>
    var run: Run

    init(
        _ claim: ClaimedPosition, topicPartition: TopicPartition, isRequestLane: Bool, worker: Int,
        configuration: StreamConfiguration, parkedKeys: [String: Int], now: Timestamp
    ) {
        self.topicPartition = topicPartition
        self.isRequestLane = isRequestLane
        self.worker = worker
        laneID = claim.laneID
        epoch = claim.epoch
        mailbox = Mutex(Mailbox(nextExpectedOffset: claim.nextOffset))
        flow = Mutex(
            Flow(
                nextOffset: claim.nextOffset, watermark: claim.watermark, lastRecordAt: now,
                watchdog: ProgressWatchdog(patience: configuration.progressPatience),
                offsetAtLastLook: claim.nextOffset))
        relay = Mutex(
            RelayState(
                published: SequenceTracker(through: claim.publishedThrough),
                documented: SequenceTracker(through: claim.documentedThrough),
                markedPublished: claim.publishedThrough, markedDocumented: claim.documentedThrough))
        run = Run(
            position: claim.nextOffset,
            watermark: WatermarkTracker(allowedLateness: configuration.allowedLateness, resumedAt: claim.watermark),
            parkedKeys: parkedKeys, nextParkingLook: now)
    }

    /// True while nothing forbids this process to run the lane.
    var isOpen: Bool { mailbox.withLock { !$0.isClosed } }

    /// True when the lane has committed outbox rows that have not left.
    var hasUnsentRows: Bool {
        relay.withLock { $0.published.pendingCount + $0.documented.pendingCount > 0 }
    }

    /// True when the lane has records and has not moved for the watchdog's patience.
    func isStuck(now: Timestamp) -> Bool {
        let hasWork = mailbox.withLock { !$0.mail.isEmpty || $0.isInBatch }
        return flow.withLock { flow in
            let moved = flow.nextOffset != flow.offsetAtLastLook
            flow.offsetAtLastLook = flow.nextOffset
            return flow.watchdog.look(hasWork: hasWork, moved: moved, now: now)
        }
    }
}
