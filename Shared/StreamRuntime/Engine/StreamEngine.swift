import Domain
import Foundation
import KafkaClient
import Logging
import PostgresClient
import Synchronization

/// The parts of a running application and how a lane comes into and out of them.
///
/// Safety: `life` is a mutex; everything else is set once before the first call.
final class StreamEngine<Processor: StreamProcessor>: @unchecked Sendable {
    typealias ProcessorLane = Lane<Processor.State>

    private struct Life {
        var hasAssignment = false
        var lastLogFailure: (error: KafkaError, at: Timestamp)?
        var nextWorker = 0
    }

    let configuration: StreamConfiguration
    let budget: ByteBudget
    let metrics: StreamMetrics
    let pool: PostgresPool
    let relay: Relay<Processor.State>
    let clock: any WallClock
    let logger: Logger
    private(set) var workers: [Worker<Processor>] = []
    private let owner: String
    private let life = Mutex(Life())
    private let ended: @Sendable (StreamError) -> Void
    private let madeRoom: @Sendable () -> Void

    init(
        configuration: StreamConfiguration, handler: BatchHandler<Processor>, pool: PostgresPool,
        relay: Relay<Processor.State>, metrics: StreamMetrics, clock: any WallClock, probe: (any RuntimeProbe)?,
        spans: any SpanExporter, logger: Logger, owner: String, madeRoom: @escaping @Sendable () -> Void,
        fenced: @escaping @Sendable (ProcessorLane) -> Void, ended: @escaping @Sendable (StreamError) -> Void
    ) {
        self.configuration = configuration
        self.pool = pool
        self.relay = relay
        self.metrics = metrics
        self.clock = clock
        self.logger = logger
        self.owner = owner
        self.ended = ended
        self.madeRoom = madeRoom
        budget = ByteBudget(limit: configuration.byteBudget)
        workers = (0..<max(1, configuration.workers)).map { _ in
            let runner = BatchRunner(
                handler: handler, configuration: configuration, pool: pool, relay: relay, metrics: metrics,
                clock: clock, probe: probe, spans: spans, logger: logger, fenced: fenced)
            return Worker(
                configuration: configuration, runner: runner, budget: budget, relay: relay, clock: clock,
                madeRoom: madeRoom, failed: ended)
        }
    }

    func start() {
        for (index, worker) in workers.enumerated() { worker.start(name: "worker-\(index)") }
    }

    // MARK: - Lanes

    /// Takes a partition over: raises its epoch, and adopts what its last owner left in the outbox and in parking.
    func claim(_ partition: TopicPartition) throws -> ProcessorLane {
        let (group, owner) = (configuration.consumerGroup, owner)
        return try Self.patiently(attempts: 8) { [self] in
            try pool.blockingWithConnection { connection in
                let claim = try PositionStore.claim(
                    group: group, topic: partition.topic, partition: partition.partition, owner: owner, on: connection)
                return try open(claim, as: partition, isRequestLane: false, on: connection)
            }
        }
    }

    /// Claims a request lane, or nil when none is to be had and none may be made.
    func claimRequestLane(mayCreate: Bool) throws -> ProcessorLane? {
        guard let name = configuration.requestLane else { return nil }
        return try pool.blockingWithConnection { connection in
            let claim = try PositionStore.claimRequestLane(
                group: configuration.consumerGroup, lane: name, owner: owner, lease: configuration.leaseDuration,
                mayCreate: mayCreate, on: connection)
            return try claim.map {
                let partition = TopicPartition(topic: name, partition: $0.partition)
                return try open($0, as: partition, isRequestLane: true, on: connection)
            }
        }
    }

    private func open(
        _ claim: ClaimedPosition, as partition: TopicPartition, isRequestLane: Bool, on connection: PostgresConnection
    ) throws -> ProcessorLane {
        let lane = ProcessorLane(
            claim, topicPartition: partition, isRequestLane: isRequestLane,
            worker: worker(of: partition, isRequestLane: isRequestLane), configuration: configuration,
            parkedKeys: try ParkingStore.keys(laneID: claim.laneID, on: connection), now: clock.now())
        relay.adopt(lane, unsent: try OutboxStore.unsent(claim, on: connection))
        workers[lane.worker].add(lane)
        return lane
    }

    /// The worker for the next lane: the one that runs the partitions of the same number of other topics, whose keys are the same and
    /// whose states it holds; otherwise each takes its turn.
    private func worker(of partition: TopicPartition, isRequestLane: Bool) -> Int {
        if configuration.topics.count > 1, !isRequestLane,
            let worker = workers.firstIndex(where: { $0.runsPartition(number: partition.partition) })
        {
            return worker
        }
        return life.withLock { life in
            defer { life.nextWorker += 1 }
            return life.nextWorker % workers.count
        }
    }

    /// Lets lanes go: their batches end, what they committed leaves, and then the caller may give them back.
    func release(_ closing: [ProcessorLane], waitsForRelay: Bool) {
        guard !closing.isEmpty else { return }
        let deadline = Date(timeIntervalSinceNow: Double(configuration.drainDeadline.microseconds) / 1e6)
        for (index, worker) in workers.enumerated() {
            let ours = closing.filter { $0.worker == index }
            guard !ours.isEmpty else { continue }
            if !worker.drain(ours, until: deadline) {
                logger.warning("partitions were given back in the middle of a batch; the epoch guards them")
            }
        }
        relay.release(closing, until: waitsForRelay ? deadline : Date())
    }

    /// Lets a lane go that another owner has: at once, on whatever thread found out.
    func abandon(_ lane: ProcessorLane) {
        workers[lane.worker].close([lane])
        relay.forget(lane)
    }

    /// Puts a record into a lane's mailbox; false when the lane takes none any more.
    @discardableResult
    func deliver(_ mail: Mail, to lane: ProcessorLane) -> Bool {
        let bytes = mail.byteCount
        budget.take(bytes)
        guard workers[lane.worker].deliver(mail, to: lane) else {
            if budget.giveBack(bytes) { madeRoom() }
            return false
        }
        return true
    }

    // MARK: - What is told

    func assigned(count: Int) {
        life.withLock { $0.hasAssignment = true }
    }

    /// True once the group has given us an assignment, be it an empty one.
    var hasAssignment: Bool { life.withLock { $0.hasAssignment } }

    /// The last thing that went wrong with the log, and when.
    var lastLogFailure: (error: KafkaError, at: Timestamp)? { life.withLock { $0.lastLogFailure } }

    func logFailed(_ error: KafkaError) {
        let now = clock.now()
        life.withLock { $0.lastLogFailure = (error, now) }
        if error.code == .offsetOutOfRange {
            ended(
                StreamError(
                    .retentionOvertook, operation: "consume",
                    detail:
                        "the log no longer has the records that come next: \(error.detail). What is lost must be sent again; then move "
                        + "stream_position.next_offset to the first offset that the log has"))
        } else if error.isFatal {
            ended(StreamError(.log, operation: error.operation, detail: error.detail))
        }
    }

    func end(_ error: StreamError) { ended(error) }

    /// Tries again what meets a lock or a lost connection, for a while.
    private static func patiently<Result>(attempts: Int, _ body: () throws -> Result) throws -> Result {
        var attempt = 1
        while true {
            do {
                return try body()
            } catch let error as PostgresError where error.isRetriable && attempt < attempts {
                usleep(UInt32(100_000 * attempt))
                attempt += 1
            }
        }
    }
}
