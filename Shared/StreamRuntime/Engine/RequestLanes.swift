import Domain
import Foundation
import KafkaClient
import Synchronization

/// The request lanes of this instance: where submissions enter, and the orphans of fallen instances whose outbox must still leave.
///
/// Safety: every variable lies in the mutex.
final class RequestLanes<Processor: StreamProcessor>: Sendable {
    private struct Held {
        var lanes: [Lane<Processor.State>] = []
        var nextOffset: Int64 = 0
        var waiting = 0
    }

    private let engine: StreamEngine<Processor>
    private let held = Mutex(Held())

    init(engine: StreamEngine<Processor>) {
        self.engine = engine
    }

    /// True while submissions are taken.
    var isOpen: Bool { held.withLock { $0.lanes.first?.isOpen ?? false } }

    /// Puts a record into the lane; the outcome comes after COMMIT.
    func submit(
        value: [UInt8], key: [UInt8]?, topic: String, headers: [KafkaHeader],
        reply: @escaping @Sendable (Result<[ItemOutcome], StreamError>) -> Void
    ) {
        guard engine.budget.hasRoom else {
            return reply(
                .failure(StreamError(.busy, operation: "submit", detail: "the byte budget is spent; send again soon")))
        }
        let now = engine.clock.now()
        let accepted = held.withLock { held -> Bool in
            guard let lane = held.lanes.first else { return false }
            let record = StreamRecord(
                topic: topic, partition: lane.topicPartition.partition, offset: held.nextOffset, receivedAt: now,
                key: key, value: value, headers: headers)
            guard engine.deliver(Mail(record: record, reply: reply), to: lane) else { return false }
            held.nextOffset += 1
            return true
        }
        if !accepted {
            reply(
                .failure(StreamError(.stopped, operation: "submit", detail: "no request lane is open; send again soon"))
            )
        }
    }

    /// Renews the leases; claims a lane when there is none, and the lanes of instances that have fallen silent.
    func keep() throws {
        guard engine.configuration.requestLane != nil else { return }
        let lanes = held.withLock { $0.lanes }
        if !lanes.isEmpty {
            let lease = engine.configuration.leaseDuration
            let ours = try engine.pool.blockingWithConnection { connection in
                try PositionStore.renewLeases(lanes.map { ($0.laneID, $0.epoch) }, lease: lease, on: connection)
            }
            let lost = lanes.filter { !ours.contains($0.laneID) }
            if !lost.isEmpty {
                held.withLock { held in held.lanes.removeAll { lane in lost.contains { $0 === lane } } }
                engine.release(lost, waitsForRelay: false)
            }
        }
        while let lane = try engine.claimRequestLane(mayCreate: held.withLock { $0.lanes.isEmpty }) {
            held.withLock { held in
                if held.lanes.isEmpty { held.nextOffset = lane.run.position }
                held.lanes.append(lane)
            }
        }
    }

    /// A lane of ours has another owner.
    func forget(_ lane: Lane<Processor.State>) {
        held.withLock { held in held.lanes.removeAll { $0 === lane } }
    }

    /// Drains the lanes and ends their leases.
    func close() {
        let lanes = held.withLock { held in
            defer { held.lanes = [] }
            return held.lanes
        }
        engine.release(lanes, waitsForRelay: true)
        for lane in lanes {
            do {
                try engine.pool.blockingWithConnection { connection in
                    try PositionStore.release(laneID: lane.laneID, epoch: lane.epoch, on: connection)
                }
            } catch {
                engine.logger.warning(
                    "a request lane keeps its lease until it runs out", metadata: ["error": "\(error)"])
            }
        }
    }
}
