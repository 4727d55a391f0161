import Contracts
import Domain
import Logging
import PostgresClient

/// Runs batches: decode, handle, and one transaction that moves the positions and holds every effect.
///
/// Safety: a runner belongs to one worker thread, which waits while the pool's connection thread runs a transaction of its.
final class BatchRunner<Processor: StreamProcessor>: @unchecked Sendable {
    let metrics: StreamMetrics
    let handler: BatchHandler<Processor>
    let configuration: StreamConfiguration
    let pool: PostgresPool
    let relay: Relay<Processor.State>
    let clock: any WallClock
    private let probe: (any RuntimeProbe)?
    let logger: Logger
    private let spans: any SpanExporter
    let fenced: @Sendable (Lane<Processor.State>) -> Void
    /// What this worker's keys are known to be. A lane that comes to the worker empties it; see ``acquaint(with:)``.
    var cache: StateCache<StoredState<Processor.State>>

    var processor: Processor { handler.processor }

    init(
        handler: BatchHandler<Processor>, configuration: StreamConfiguration, pool: PostgresPool,
        relay: Relay<Processor.State>, metrics: StreamMetrics, clock: any WallClock, probe: (any RuntimeProbe)?,
        spans: any SpanExporter, logger: Logger, fenced: @escaping @Sendable (Lane<Processor.State>) -> Void
    ) {
        self.handler = handler
        self.configuration = configuration
        self.pool = pool
        self.relay = relay
        self.metrics = metrics
        self.clock = clock
        self.probe = probe
        self.logger = logger
        self.spans = spans
        self.fenced = fenced
        cache = StateCache(capacity: configuration.stateCacheCapacity / max(1, configuration.workers))
    }

    /// True when the processor remembers something.
    private var remembers: Bool { Processor.State.self != NoState.self }

    /// True when a key may have events on several lanes at once, which other workers or instances run.
    private var sharesKeys: Bool { configuration.topics.count > 1 || configuration.requestLane != nil }

    /// Why a transaction was rolled back on purpose.
    enum Interruption: Error {
        case lost(Set<Int32>)
        case repeated
        /// Another lane has changed these keys since their states were read.
        case stale([String])
    }

    /// Runs the records to the end: after it returns, the effect of each is durable, or its lane has another owner.
    ///
    /// - Throws: a ``StreamError`` that ends the application, or a retriable error of the store, after which nothing has happened.
    func run(_ slices: [Slice<Processor.State>]) throws {
        guard !slices.isEmpty else { return }
        probe?.reached(.afterPoll)
        acquaint(with: slices.map(\.lane))
        let batch = Batch(slices, decodedBy: processor)
        do {
            try commit(batch, refusal: nil)
        } catch let error as PostgresError where !error.isRetriable && error.code != .closed {
            try isolate(slices, failure: error)
        }
    }

    /// Finds the record whose effects the database refuses, by halves, and makes a dead letter of it alone.
    private func isolate(_ slices: [Slice<Processor.State>], failure: PostgresError) throws {
        let mail = slices.flatMap { slice in slice.mail.map { Slice(lane: slice.lane, mail: [$0]) } }
        guard mail.count > 1 else {
            let refusal = Self.refusal(after: failure)
            logger.warning("the database refused a record", metadata: ["reason": "\(refusal)"])
            return try commit(Batch(slices, decodedBy: processor), refusal: refusal)
        }
        let middle = mail.count / 2
        for half in [mail[..<middle], mail[middle...]] {
            try run(Self.joined(half))
        }
    }

    /// The slices of one lane made one again, order kept.
    private static func joined(_ slices: ArraySlice<Slice<Processor.State>>) -> [Slice<Processor.State>] {
        var joined: [Slice<Processor.State>] = []
        for slice in slices {
            if let last = joined.last, last.lane === slice.lane {
                joined[joined.count - 1] = Slice(lane: last.lane, mail: last.mail + slice.mail)
            } else {
                joined.append(slice)
            }
        }
        return joined
    }

    // MARK: - One transaction

    private func commit(_ decoded: Batch<Processor>, refusal: Rejection?) throws {
        var known: Set<EventID> = []
        var mayRepeat = false
        var batch = decoded
        while !batch.parts.isEmpty {
            // A record that is refused needs no state, and its key may be what the database refuses.
            var handler = self.handler
            if refusal == nil {
                try loadStates(&batch)
                handler.processor = try consulted(batch)
            }
            try handler.handle(&batch, known: known, mayRepeat: mayRepeat, refusal: refusal)
            do {
                let sequences = try pool.blockingWithConnection { try write(batch, on: $0) }
                probe?.reached(.afterCommit)
                return complete(batch, after: sequences)
            } catch Interruption.lost(let lanes) {
                drop(lanes, of: batch)
                batch = batch.restarted(without: lanes)
            } catch Interruption.repeated {
                let ids = batch.eventIDs
                known.formUnion(try pool.blockingWithConnection { try InboxStore.known(ids, on: $0) })
                mayRepeat = true
                batch = batch.restarted()
            } catch Interruption.stale(let keys) {
                for key in keys { cache.forget(key) }
                metrics.staleStates.increment()
                batch = batch.restarted()
            } catch is StaleConsultation {
                batch = batch.restarted()
            } catch let error as PostgresError where error.code == .commitOutcomeUnknown {
                switch try settle(batch) {
                case .committed(let sequences): return complete(batch, after: sequences)
                case .lost:
                    drop(Set(batch.parts.map(\.lane.laneID)), of: batch)
                    return
                case .rolledBack: batch = batch.restarted()
                }
            }
        }
    }

    /// The processor with what its tables say about the batch.
    func consulted(_ batch: Batch<Processor>) throws -> Processor {
        guard processor.consults else { return processor }
        let items = batch.items
        return try pool.blockingWithConnection { try processor.consulting(items, on: $0) }
    }

    /// Forgets every state when a lane is new here: its last owner may have changed the states of its keys, and of those, this worker
    /// may hold some from an earlier time.
    func acquaint(with lanes: [Lane<Processor.State>]) {
        guard lanes.contains(where: { !$0.run.isAcquainted }) else { return }
        cache.removeAll()
        for lane in lanes { lane.run.isAcquainted = true }
    }

    func loadStates(_ batch: inout Batch<Processor>) throws {
        guard remembers else { return }
        var missing: [String] = []
        var places: [Int] = []
        for part in batch.parts.indices {
            for items in batch.parts[part].decoded {
                for case .item(let item) in items where batch.places[item.key] == nil {
                    let place = batch.touched.count
                    batch.places[item.key] = place
                    let stored = cache.state(of: item.key)
                    batch.touched.append(.init(key: item.key, stored: stored))
                    guard stored == nil else { continue }
                    missing.append(item.key)
                    places.append(place)
                }
            }
        }
        guard !missing.isEmpty else { return }
        let keys = missing
        let group = configuration.consumerGroup
        let stored = try pool.blockingWithConnection { connection in
            try StateStore.load(keys, group: group, as: Processor.State.self, on: connection)
        }
        for (place, key) in zip(places, missing) {
            batch.touched[place].stored = stored[key] ?? StoredState()
        }
    }

    /// Writes the batch in one transaction; per lane, the last outbox number before it.
    private func write(_ batch: Batch<Processor>, on connection: PostgresConnection) throws -> [Int32: Int64] {
        return try connection.transaction {
            probe?.reached(.afterBegin)
            let moves = batch.parts.map { part in
                PositionAdvance(
                    laneID: part.lane.laneID, epoch: part.lane.epoch, from: part.lane.run.position, to: part.end,
                    outboxRows: Int64(part.outbox.count), watermark: part.watermark.watermark)
            }
            let sequences = try PositionStore.advance(moves, on: connection)
            let lost = Set(moves.map(\.laneID)).subtracting(sequences.keys)
            guard lost.isEmpty else { throw Interruption.lost(lost) }
            probe?.reached(.afterPositionUpdate)
            let taken = try InboxStore.take(batch.eventIDs.sorted(), on: connection)
            guard taken == batch.eventIDs.count else { throw Interruption.repeated }
            // The states first: whoever else handles these keys waits here, and so never meets us in the service's own tables.
            try saveStates(batch, on: connection)
            if !batch.rows.isEmpty { try processor.write(batch.rows, to: connection) }
            try OutboxStore.append(
                batch.parts.map { ($0.lane.laneID, sequences[$0.lane.laneID] ?? 0, $0.outbox) }, on: connection)
            try DeadLetterStore.append(batch.letters, on: connection)
            try ParkingStore.park(batch.parked, on: connection)
            probe?.reached(.beforeCommit)
            return sequences
        }
    }

    /// Saves the changed states, and where others may handle the same keys, those that a verdict rests on as well: an event that came
    /// to nothing on a state that has moved on might have come to something.
    ///
    /// - Throws: ``Interruption/stale(_:)`` when a state has moved on since it was read.
    func saveStates(_ batch: Batch<Processor>, on connection: PostgresConnection) throws {
        guard remembers else { return }
        let sharesKeys = sharesKeys
        var changes: [StateStore.Change] = []
        for touched in batch.touched where touched.isChanged || (sharesKeys && touched.isUsed) {
            guard let stored = touched.stored else { continue }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(256)
            stored.state.encode(into: &bytes)
            changes.append(.init(key: touched.key, bytes: bytes, from: stored.version))
        }
        let saved = try StateStore.save(changes, group: configuration.consumerGroup, on: connection)
        guard saved == changes.count else { throw Interruption.stale(changes.map(\.key)) }
    }

    /// Holds what the committed batch made of its keys.
    func remember(_ batch: Batch<Processor>) {
        guard remembers else { return }
        for touched in batch.touched {
            guard var stored = touched.stored else { continue }
            if touched.isChanged || (sharesKeys && touched.isUsed) { stored.version += 1 }
            cache.store(stored, for: touched.key)
        }
    }

    // MARK: - After the transaction

    private enum Settlement {
        case committed(sequences: [Int32: Int64])
        case rolledBack, lost
    }

    /// Finds out what became of a transaction whose COMMIT was not answered.
    private func settle(_ batch: Batch<Processor>) throws -> Settlement {
        for part in batch.parts {
            let laneID = part.lane.laneID
            let stored = try pool.blockingWithConnection { try PositionStore.read(laneID: laneID, on: $0) }
            guard stored.epoch == part.lane.epoch else { continue }
            guard stored.nextOffset == part.end else { return .rolledBack }
            return .committed(sequences: try outboxNumbers(of: batch))
        }
        return .lost
    }

    /// The last outbox number before a batch that was committed, per lane that is still ours.
    private func outboxNumbers(of batch: Batch<Processor>) throws -> [Int32: Int64] {
        var numbers: [Int32: Int64] = [:]
        for part in batch.parts {
            let laneID = part.lane.laneID
            let stored = try pool.blockingWithConnection { try PositionStore.read(laneID: laneID, on: $0) }
            if stored.epoch == part.lane.epoch { numbers[laneID] = stored.outboxSequence - Int64(part.outbox.count) }
        }
        return numbers
    }

    private func complete(_ batch: Batch<Processor>, after sequences: [Int32: Int64]) {
        let now = clock.now()
        remember(batch)
        for part in batch.parts {
            let lane = part.lane
            lane.run.position = part.end
            lane.run.watermark = part.watermark
            lane.run.parkedKeys = part.parkedKeys
            lane.flow.withLock { flow in
                flow.nextOffset = part.end
                flow.watermark = part.watermark.watermark
                flow.lastRecordAt = now
            }
            if let before = sequences[lane.laneID] { relay.send(part.outbox, after: before, of: lane) }
            if let last = part.mail.last {
                metrics.recordAge.record(max(0, Double(now.since(last.record.receivedAt).microseconds) / 1e6))
            }
        }
        for reply in batch.replies { reply.mail.reply?(.success(reply.outcomes)) }
        metrics.count(batch.counts, records: batch.recordCount)
        for (trace, record) in batch.traces {
            spans.export(trace.span(of: record, service: handler.service, until: now))
        }
    }

    private func drop(_ lanes: Set<Int32>, of batch: Batch<Processor>) {
        for part in batch.parts where lanes.contains(part.lane.laneID) {
            part.lane.flow.withLock { $0.isFenced = true }
            metrics.fencedLanes.increment()
            logger.warning(
                "another owner has this partition; leaving it",
                metadata: [
                    "topic": "\(part.lane.topicPartition.topic)", "partition": "\(part.lane.topicPartition.partition)",
                ])
            let error = StreamError(.stopped, operation: "handle", detail: "the lane has another owner; send again")
            for entry in part.mail { entry.reply?(.failure(error)) }
            fenced(part.lane)
        }
    }

    /// Says once in a while that the store is away.
    func report(_ error: any Error, failures: Int) {
        guard failures == 1 || failures.isMultiple(of: 20) else { return }
        logger.warning(
            "a batch did not commit and is run again", metadata: ["error": "\(error)", "failures": "\(failures)"])
    }
}
