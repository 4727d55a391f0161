import CKafka
import Logging
import Synchronization

/// The consumer's thread: polls one event at a time, serves it, and leaves the group in the end.
///
/// Safety: what other threads touch is atomic, a ``Signal`` or a ``ClientHandle``; `assignment`, `flow` and `rejoinAt`
/// are touched by the loop's own thread only.
final class ConsumerLoop: @unchecked Sendable {
    /// How records flow to the delegate.
    private enum Flow {
        /// Records are polled and delivered.
        case open
        /// There is no room; nothing is polled, so that the prefetch stays where it is.
        case held(since: ContinuousClock.Instant)
        /// There has been no room for long: partitions are paused, and rebalances are served.
        case paused
    }

    /// How long nothing is polled before the partitions are paused. Pausing throws the prefetch away, so it pays only
    /// when the pause is long.
    private static let holdLimit = Duration.seconds(1)

    private let client: ClientHandle
    private let topics: [String]
    private var prefetch: Prefetch
    private let delegate: any KafkaConsumerDelegate
    private let logger: Logger

    private let hasStarted = Atomic<Bool>(false)
    private let isStopping = Atomic<Bool>(false)
    private let stopDeadline = Mutex<ContinuousClock.Instant?>(nil)
    private let room = Signal()
    /// Raised when the client is gone.
    let finished = Signal()

    private var assignment = Assignment()
    private var flow = Flow.open
    private var rejoinAt: ContinuousClock.Instant?
    private var hasFailed = false

    init(
        _ client: ClientHandle, topics: [String], prefetch: Prefetch, delegate: any KafkaConsumerDelegate,
        logger: Logger
    ) {
        self.prefetch = prefetch
        self.client = client
        self.topics = topics
        self.delegate = delegate
        self.logger = logger
    }

    // MARK: - Any thread

    func start() {
        guard !hasStarted.exchange(true, ordering: .acquiringAndReleasing) else { return }
        do throws(KafkaError) {
            try DedicatedThread.start("kafka-consume") { [self] in run() }
        } catch {
            delegate.failed(KafkaError(code: .other, operation: "start", detail: error.detail, isFatal: true))
            finished.raise()
        }
    }

    func stop(deadline: Duration) {
        stopDeadline.withLock { $0 = $0 ?? .now + deadline }
        isStopping.store(true, ordering: .releasing)
        // A consumer that never ran still has a client to free.
        start()
        wake()
    }

    func wake() {
        room.raise()
    }

    func hintCommitted(_ offsets: [TopicPartition: Int64]) {
        guard !offsets.isEmpty else { return }
        do throws(KafkaError) {
            try client.use("commit") { handle throws(KafkaError) in
                let list = PartitionList(capacity: offsets.count)
                for (partition, offset) in offsets { list.add(partition, offset: offset) }
                try check(rd_kafka_commit(handle, list.pointer, 1), "commit")
            }
        } catch {
            logger.debug("offset hint not sent: \(error)")
        }
    }

    // MARK: - The loop's thread

    private func run() {
        var leftGroup = false
        do throws(KafkaError) {
            leftGroup = try client.use("consume") { handle throws(KafkaError) in
                // One queue for everything: records, rebalances, errors.
                try check(rd_kafka_poll_set_consumer(handle), "redirect queue")
                guard let queue = rd_kafka_queue_get_consumer(handle) else {
                    throw KafkaError(code: .configuration, operation: "consume", detail: "group.id is missing")
                }
                defer { rd_kafka_queue_destroy(queue) }
                if !isStopping.load(ordering: .acquiring) { try subscribe(handle) }
                while !isStopping.load(ordering: .acquiring), !hasFailed { step(handle, queue) }
                return leave(handle)
            }
        } catch {
            delegate.failed(
                KafkaError(code: error.code, operation: error.operation, detail: error.detail, isFatal: true))
        }
        client.destroy(closingConsumer: leftGroup)
        finished.raise()
    }

    private func subscribe(_ handle: OpaquePointer) throws(KafkaError) {
        let list = PartitionList(capacity: topics.count)
        for topic in topics { list.add(TopicPartition(topic: topic, partition: -1)) }
        try check(rd_kafka_subscribe(handle, list.pointer), "subscribe")
    }

    /// One turn: decides whether to poll, and serves at most one event.
    private func step(_ handle: OpaquePointer, _ queue: OpaquePointer) {
        if let rejoinAt, rejoinAt <= .now {
            self.rejoinAt = nil
            do throws(KafkaError) { try subscribe(handle) } catch { fail(error) }
        }
        var timeout: Int32 = 100
        switch flow {
        case .open:
            guard delegate.acceptsRecords else {
                flow = .held(since: .now)
                return
            }
        case .held(let since):
            if delegate.acceptsRecords {
                flow = .open
            } else if since.duration(to: .now) < Self.holdLimit {
                room.wait(atMost: Self.holdLimit - since.duration(to: .now), reset: true)
                return
            } else {
                pause(handle)
                flow = .paused
            }
        case .paused:
            if delegate.acceptsRecords {
                resume(handle)
                flow = .open
            } else {
                room.wait(atMost: .milliseconds(50), reset: true)
                timeout = 0
            }
        }
        guard let event = rd_kafka_queue_poll(queue, timeout) else { return }
        serve(event, handle)
        rd_kafka_event_destroy(event)
    }

    private func serve(_ event: OpaquePointer, _ handle: OpaquePointer) {
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_FETCH:
            while let message = rd_kafka_event_message_next(event) { deliver(message, handle) }
        case RD_KAFKA_EVENT_REBALANCE:
            rebalance(event, handle)
        case RD_KAFKA_EVENT_ERROR:
            serveError(event)
        case RD_KAFKA_EVENT_OFFSET_COMMIT:
            let result = rd_kafka_event_error(event)
            if result != RD_KAFKA_RESP_ERR_NO_ERROR {
                logger.debug("offset hint refused: \(KafkaError(result, operation: "commit"))")
            }
        case RD_KAFKA_EVENT_STATS:
            if let json = rd_kafka_event_stats(event) { delegate.statistics(String(cString: json)) }
        default:
            break
        }
    }

    private func deliver(_ message: UnsafePointer<rd_kafka_message_t>, _ handle: OpaquePointer) {
        guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            fail(KafkaError(message.pointee.err, operation: "fetch"))
            return
        }
        let key = Assignment.Key(topic: message.pointee.rkt, partition: message.pointee.partition)
        let verdict = assignment.advance(past: message.pointee.offset, of: key) { topic in
            rd_kafka_topic_name(topic).map { String(cString: $0) }
        }
        switch verdict {
        case .deliver(let partition):
            let record = ConsumedRecord(copying: message, topicPartition: partition)
            if prefetch.hasTaken(record.byteCount) { Prefetch.refill(assignment.partitions, handle) }
            delegate.received(record)
        case .notAssigned:
            break
        case .below(let partition, let expected, let isFirst):
            // A rewind after a resume is the library's (confluentinc/librdkafka#4636); any other is news.
            if isFirst {
                fail(
                    KafkaError(
                        code: .other, operation: "fetch",
                        detail: "\(partition) went back to offset \(message.pointee.offset); "
                            + "records below \(expected) are dropped"))
            }
        }
    }

    private func serveError(_ event: OpaquePointer) {
        let result = rd_kafka_event_error(event)
        if result == RD_KAFKA_RESP_ERR__PARTITION_EOF {
            guard let end = rd_kafka_event_topic_partition(event) else { return }
            defer { rd_kafka_topic_partition_destroy(end) }
            let partition = TopicPartition(topic: String(cString: end.pointee.topic), partition: end.pointee.partition)
            if assignment.contains(partition) { delegate.reachedEnd(of: partition, offset: end.pointee.offset) }
            return
        }
        fail(
            KafkaError(
                result, operation: "consume", detail: rd_kafka_event_error_string(event).map { String(cString: $0) },
                isFatal: rd_kafka_event_error_is_fatal(event) != 0))
    }

    private func fail(_ error: KafkaError) {
        if error.isFatal { hasFailed = true }
        delegate.failed(error)
    }

    // MARK: - Rebalance

    private func rebalance(_ event: OpaquePointer, _ handle: OpaquePointer) {
        if rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
            var partitions: [TopicPartition] = []
            eachPartition(of: rd_kafka_event_topic_partition_list(event)) { partition, _ in partitions.append(partition)
            }
            assign(partitions.sorted(), handle)
        } else {
            giveBack(handle, lost: rd_kafka_assignment_lost(handle) != 0)
        }
    }

    private func assign(_ partitions: [TopicPartition], _ handle: OpaquePointer) {
        do {
            let starts = partitions.isEmpty ? [:] : try delegate.partitionsAssigned(partitions)
            let list = PartitionList(capacity: partitions.count)
            for partition in partitions { list.add(partition, offset: starts[partition]) }
            assignment.begin(partitions, from: starts)
            flow = .open
            try check(rd_kafka_assign(handle, list.pointer), "assign")
        } catch {
            assignment.removeAll()
            assignNothing(handle)
            rd_kafka_unsubscribe(handle)
            rejoinAt = .now + .seconds(1)
            let cause = error as? KafkaError
            fail(
                KafkaError(
                    code: cause?.code ?? .other, operation: "assign",
                    detail: "partitions given back: \(cause?.detail ?? String(describing: error))", isRetriable: true,
                    isFatal: cause?.isFatal ?? false))
        }
    }

    /// Answers an offer of partitions without taking any. An empty list, not nil: the library waits for its offer to
    /// be taken before it lets us leave the group.
    private func assignNothing(_ handle: OpaquePointer) {
        let nothing = PartitionList(capacity: 0)
        rd_kafka_assign(handle, nothing.pointer)
    }

    /// Lets the delegate drain, then unassigns.
    private func giveBack(_ handle: OpaquePointer, lost: Bool) {
        // The library keeps a partition paused across assignments: it would be silent when it comes back to us.
        resume(handle)
        flow = .open
        let partitions = assignment.partitions
        if !partitions.isEmpty { delegate.partitionsRevoked(partitions, lost: lost) }
        assignment.removeAll()
        rd_kafka_assign(handle, nil)
    }

    private func pause(_ handle: OpaquePointer) {
        let list = PartitionList(assignment.partitions)
        rd_kafka_pause_partitions(handle, list.pointer)
        assignment.markPaused()
    }

    /// Resumes what we have paused and nothing else: resuming a partition that runs rewinds it (#4636).
    private func resume(_ handle: OpaquePointer) {
        let paused = assignment.takePaused()
        guard !paused.isEmpty else { return }
        let list = PartitionList(paused)
        rd_kafka_resume_partitions(handle, list.pointer)
    }

    // MARK: - The end

    /// Gives the partitions back and leaves the group, until the deadline. Answers whether the library has closed the
    /// consumer.
    private func leave(_ handle: OpaquePointer) -> Bool {
        let deadline = stopDeadline.withLock { $0 } ?? .now + .seconds(10)
        // Closing redirects the consumer's queue to this one. What is fetched from now on is dropped unseen.
        let queue = rd_kafka_queue_new(handle)
        defer { rd_kafka_queue_destroy(queue) }
        do throws(KafkaError) {
            try check(rd_kafka_consumer_close_queue(handle, queue), "close")
        } catch {
            // After a fatal error the library refuses an orderly close; the partitions are lost.
            giveBack(handle, lost: true)
            return false
        }
        while rd_kafka_consumer_closed(handle) == 0, .now < deadline {
            guard let event = rd_kafka_queue_poll(queue, 20) else { continue }
            if rd_kafka_event_type(event) == RD_KAFKA_EVENT_REBALANCE {
                if rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
                    assignNothing(handle)
                } else {
                    giveBack(handle, lost: rd_kafka_assignment_lost(handle) != 0)
                }
            }
            rd_kafka_event_destroy(event)
        }
        if !assignment.partitions.isEmpty { giveBack(handle, lost: true) }
        return rd_kafka_consumer_closed(handle) != 0
    }
}
