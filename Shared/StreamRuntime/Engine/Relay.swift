import Contracts
import Domain
import Foundation
import KafkaClient
import Logging
import PostgresClient
import Synchronization

/// Carries committed outbox rows to the log and to the document store, and moves the cursors over what has left.
///
/// The rows of a lane leave in order. A row whose delivery failed is sent again, so a consumer may see it twice, under the same event id.
/// Whoever claims a lane takes over what its last owner did not send.
///
/// Safety: every variable lies in a mutex.
final class Relay<State: KeyedState>: Sendable {
    typealias StateLane = Lane<State>

    private struct Waiting: Sendable {
        let lane: StateLane
        let numbered: NumberedRow
        var row: OutboxRow { numbered.row }
    }

    private struct Queues {
        /// Events that the producer has not taken yet, in order.
        var events: [Waiting] = []
        var documents: [Waiting] = []
        var lanes: [StateLane] = []
    }

    private let producer: KafkaProducer
    private let documents: (any DocumentStore)?
    private let pool: PostgresPool
    private let source: String
    private let limit: Int
    private let metrics: StreamMetrics
    private let probe: (any RuntimeProbe)?
    private let logger: Logger
    private let queues = Mutex(Queues())
    private let unsentBytes = Atomic<Int>(0)

    init(
        producer: KafkaProducer, documents: (any DocumentStore)?, pool: PostgresPool, service: String, limit: Int,
        metrics: StreamMetrics, probe: (any RuntimeProbe)?, logger: Logger
    ) {
        self.producer = producer
        self.documents = documents
        self.pool = pool
        source = "/vitalstream/\(service)"
        self.limit = limit
        self.metrics = metrics
        self.probe = probe
        self.logger = logger
    }

    /// False while so much waits to leave that batches should wait too.
    var hasRoom: Bool { unsentBytes.load(ordering: .relaxed) < limit }

    /// The bytes that wait to leave.
    var waitingBytes: Int { unsentBytes.load(ordering: .relaxed) }

    /// Takes a claimed lane in, with the rows that its last owner left behind.
    func adopt(_ lane: StateLane, unsent: [NumberedRow]) {
        queues.withLock { $0.lanes.append(lane) }
        send(unsent, of: lane)
    }

    /// Sends committed rows of a lane, in order, the first with the number after `before`. Never blocks.
    func send(_ rows: [OutboxRow], after before: Int64, of lane: StateLane) {
        send(rows.enumerated().map { NumberedRow(sequence: before + Int64($0) + 1, row: $1) }, of: lane)
    }

    private func send(_ rows: [NumberedRow], of lane: StateLane) {
        guard !rows.isEmpty else { return }
        lane.relay.withLock { relay in
            for row in rows {
                switch row.row.kind {
                case .event: relay.published.add(row.sequence)
                case .document: relay.documented.add(row.sequence)
                }
            }
        }
        unsentBytes.wrappingAdd(rows.reduce(0) { $0 + $1.row.byteCount }, ordering: .relaxed)
        queues.withLock { queues in
            for row in rows {
                switch row.row.kind {
                case .event: queues.events.append(Waiting(lane: lane, numbered: row))
                case .document: queues.documents.append(Waiting(lane: lane, numbered: row))
                }
            }
            pump(&queues)
        }
    }

    /// Waits until every row of the lanes has left and is marked, at most until `deadline`, and forgets the lanes.
    func release(_ lanes: [StateLane], until deadline: Date) {
        while lanes.contains(where: \.hasUnsentRows), Date() < deadline {
            queues.withLock { pump(&$0) }
            usleep(2_000)
        }
        markMoved(lanes)
        queues.withLock { queues in queues.lanes.removeAll { lane in lanes.contains { $0 === lane } } }
    }

    /// Forgets a lane that another owner has; that owner sends what is left.
    func forget(_ lane: StateLane) {
        queues.withLock { queues in
            let dropped = (queues.events + queues.documents).filter { $0.lane === lane }
            queues.events.removeAll { $0.lane === lane }
            queues.documents.removeAll { $0.lane === lane }
            queues.lanes.removeAll { $0 === lane }
            unsentBytes.wrappingSubtract(dropped.reduce(0) { $0 + $1.row.byteCount }, ordering: .relaxed)
        }
    }

    // MARK: - Events

    /// Hands the producer what it takes; called with the queues' lock held, so that the order of a lane is kept.
    private func pump(_ queues: inout Queues) {
        var taken = 0
        for waiting in queues.events {
            do {
                try producer.enqueue(record(of: waiting.row)) { [self] result in
                    delivered(waiting, result)
                }
                taken += 1
            } catch {
                if !error.isRetriable {
                    metrics.relayFailures.increment()
                    logger.error(
                        "an event cannot be published",
                        metadata: ["error": "\(error)", "topic": "\(waiting.row.destination)"])
                }
                break
            }
        }
        queues.events.removeFirst(taken)
    }

    private func record(of row: OutboxRow) -> ProducerRecord {
        var headers = [
            KafkaHeader(name: CloudEventHeader.id, value: row.eventID?.description ?? ""),
            KafkaHeader(name: CloudEventHeader.source, value: source),
            KafkaHeader(name: CloudEventHeader.type, value: row.eventType ?? row.destination),
            KafkaHeader(name: CloudEventHeader.time, value: row.eventTime?.iso8601 ?? ""),
            KafkaHeader(name: CloudEventHeader.specVersion, value: CloudEventHeader.specVersionValue),
            KafkaHeader(name: CloudEventHeader.contentType, value: CloudEventHeader.protobuf),
        ]
        if let traceparent = row.traceparent {
            headers.append(KafkaHeader(name: CloudEventHeader.traceParent, value: traceparent))
        }
        return ProducerRecord(topic: row.destination, key: Array(row.key.utf8), value: row.payload, headers: headers)
    }

    /// On the producer's thread.
    private func delivered(_ waiting: Waiting, _ result: Result<RecordPosition, KafkaError>) {
        switch result {
        case .success:
            probe?.reached(.afterPublish)
            waiting.lane.relay.withLock { _ = $0.published.complete(waiting.numbered.sequence) }
            unsentBytes.wrappingSubtract(waiting.row.byteCount, ordering: .relaxed)
            metrics.published.increment()
        case .failure(let error):
            metrics.relayFailures.increment()
            logger.warning("an event was not delivered and is sent again", metadata: ["error": "\(error)"])
            queues.withLock { $0.events.insert(waiting, at: 0) }
        }
    }

    // MARK: - Documents

    /// Writes the waiting documents, until none is left; the number written.
    ///
    /// - Throws: the store's error; the documents stay in the queue.
    func writeDocuments(limit: Int = 500) async throws -> Int {
        let batch = queues.withLock { Array($0.documents.prefix(limit)) }
        guard !batch.isEmpty else { return 0 }
        guard let documents else {
            throw StreamError(
                .configuration, operation: "write documents",
                detail: "the processor writes documents and no document store is given")
        }
        try await documents.upsert(
            batch.map { waiting in
                DocumentUpsert(
                    collection: waiting.row.destination, id: waiting.row.key, version: waiting.row.version ?? 0,
                    json: String(decoding: waiting.row.payload, as: UTF8.self))
            })
        queues.withLock { $0.documents.removeFirst(batch.count) }
        for waiting in batch {
            waiting.lane.relay.withLock { _ = $0.documented.complete(waiting.numbered.sequence) }
            unsentBytes.wrappingSubtract(waiting.row.byteCount, ordering: .relaxed)
        }
        metrics.documented.increment(by: batch.count)
        return batch.count
    }

    // MARK: - Cursors

    /// Sends again what was held back, and moves the cursors of every lane over what has left.
    func tick() {
        let lanes = queues.withLock { queues in
            pump(&queues)
            return queues.lanes
        }
        markMoved(lanes)
    }

    /// The lanes that the relay serves.
    var lanes: [StateLane] { queues.withLock { $0.lanes } }

    private func markMoved(_ lanes: [StateLane]) {
        var moved: [(lane: StateLane, published: Int64, documented: Int64)] = []
        for lane in lanes {
            lane.relay.withLock { relay in
                guard
                    relay.published.through > relay.markedPublished || relay.documented.through > relay.markedDocumented
                else { return }
                moved.append((lane, relay.published.through, relay.documented.through))
            }
        }
        guard !moved.isEmpty else { return }
        probe?.reached(.beforeMark)
        let marks = moved
        do {
            try pool.blockingWithConnection { connection in
                for (lane, published, documented) in marks {
                    let isOurs = try PositionStore.mark(
                        laneID: lane.laneID, epoch: lane.epoch, published: published, documented: documented,
                        on: connection)
                    guard isOurs else { continue }
                    lane.relay.withLock { relay in
                        relay.markedPublished = max(relay.markedPublished, published)
                        relay.markedDocumented = max(relay.markedDocumented, documented)
                    }
                }
            }
        } catch {
            metrics.storeFailures.increment()
        }
    }

    /// Deletes rows that have served and are older than `retention`.
    func prune(retention: Duration) throws {
        for lane in lanes {
            let (published, documented) = lane.relay.withLock { ($0.markedPublished, $0.markedDocumented) }
            _ = try pool.blockingWithConnection { connection in
                try OutboxStore.prune(
                    laneID: lane.laneID, published: published, documented: documented, retention: retention,
                    on: connection)
            }
        }
    }
}
