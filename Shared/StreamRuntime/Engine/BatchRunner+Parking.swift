import Domain
import PostgresClient

/// Parked events: tried again when their time has come, each in a transaction of its own.
extension BatchRunner {
    /// Tries the parked events of a lane whose time has come, until none is left or the lane closes.
    func runParked(_ lane: Lane<Processor.State>) throws {
        let laneID = lane.laneID
        acquaint(with: [lane])
        while true {
            let due = try pool.blockingWithConnection { try ParkingStore.due(laneID: laneID, limit: 256, on: $0) }
            guard !due.isEmpty else { break }
            for event in due {
                guard lane.isOpen, try run(event, of: lane, refusal: nil) else { return }
            }
        }
        lane.run.nextParkingLook = clock.now().advanced(by: .milliseconds(100))
    }

    /// One attempt; false when the lane is lost.
    private func run(_ event: ParkedEvent, of lane: Lane<Processor.State>, refusal: Rejection?) throws -> Bool {
        var attempt = try ParkedAttempt(event, of: lane, handler: handler)
        var batch = attempt.batch
        do {
            if refusal == nil {
                try loadStates(&batch)
                attempt.handler.processor = try consulted(batch)
            }
            let verdict = try attempt.handle(&batch, refusal: refusal)
            let before = try pool.blockingWithConnection { try write(batch, of: event, verdict, on: $0) }
            finish(batch, of: event, verdict, after: before)
            return true
        } catch Interruption.lost {
            lane.flow.withLock { $0.isFenced = true }
            fenced(lane)
            return false
        } catch Interruption.stale(let keys) {
            for key in keys { cache.forget(key) }
            metrics.staleStates.increment()
            return true  // It is still due.
        } catch is StaleConsultation {
            return true  // It is still due.
        } catch let error as PostgresError where error.code == .commitOutcomeUnknown {
            // Whatever happened is in the tables: forget what is cached and look again.
            cache.removeAll()
            lane.run.parkedKeys = try pool.blockingWithConnection { try ParkingStore.keys(laneID: lane.laneID, on: $0) }
            return true
        } catch let error as PostgresError where refusal == nil && !error.isRetriable && error.code != .closed {
            return try run(event, of: lane, refusal: Self.refusal(after: error))
        }
    }

    private func write(
        _ batch: Batch<Processor>, of event: ParkedEvent, _ verdict: ParkedAttempt<Processor>.Verdict,
        on connection: PostgresConnection
    ) throws -> Int64 {
        let lane = batch.parts[0].lane
        return try connection.transaction {
            let stay = PositionAdvance(
                laneID: lane.laneID, epoch: lane.epoch, from: lane.run.position, to: lane.run.position,
                outboxRows: Int64(batch.parts[0].outbox.count), watermark: nil)
            guard let before = try PositionStore.advance([stay], on: connection)[lane.laneID] else {
                throw Interruption.lost([lane.laneID])
            }
            try saveStates(batch, on: connection)
            if !batch.rows.isEmpty { try processor.write(batch.rows, to: connection) }
            try OutboxStore.append([(lane.laneID, before, batch.parts[0].outbox)], on: connection)
            try DeadLetterStore.append(batch.letters, on: connection)
            switch verdict {
            case .leaves: try ParkingStore.remove(laneID: lane.laneID, event, on: connection)
            case .stays(let attempts, let delay, let reason):
                try ParkingStore.postpone(
                    laneID: lane.laneID, event, attempts: attempts, delay: delay, reasonCode: reason, on: connection)
            }
            return before
        }
    }

    private func finish(
        _ written: Batch<Processor>, of event: ParkedEvent, _ verdict: ParkedAttempt<Processor>.Verdict,
        after before: Int64
    ) {
        let part = written.parts[0]
        if case .leaves = verdict {
            let left = (part.lane.run.parkedKeys[event.key] ?? 1) - 1
            part.lane.run.parkedKeys[event.key] = left > 0 ? left : nil
        }
        remember(written)
        relay.send(part.outbox, after: before, of: part.lane)
        metrics.count(written.counts, records: 0)
    }

    /// What a sender, or the dead letter, is told of a record that the database refuses.
    static func refusal(after error: PostgresError) -> Rejection {
        Rejection(
            code: "write-refused", place: error.constraint ?? error.operation,
            detail: "SQLSTATE \(error.sqlState ?? "none") (\(error.code))")
    }
}
