import Domain
import Foundation
import KafkaClient
import LedgerFixture
import StreamRuntime
import TestSupport
import Testing

@Suite("R1: a worker killed anywhere loses nothing and does nothing twice", .serialized, .timeLimit(.minutes(30)))
struct CrashTests {
    @Test func `kills at every named point`() async throws {
        let kills = isLongForm ? 200 : 14
        let events = isLongForm ? 60_000 : 6_000
        var random = SeededGenerator.announced()
        let stage = try await TortureStage(partitions: 4)
        var stream = EntryStream("crash", seed: random.next())
        var records = 0

        // Two or three workers at a time, each to be killed at a point of its own; fed in portions, so that there is always work.
        let portion = max(1, events / (kills + 1) * 2)
        var killed: [RuntimePoint: Int] = [:]
        var points: [RuntimePoint] = []
        var workers: [(process: WorkerProcess, point: RuntimePoint)] = []
        func total() -> Int { killed.values.reduce(0, +) }
        while total() < kills {
            if records < events {
                let batch = stream.next(min(portion, events - records))
                try await stage.publish(batch)
                records += batch.count
            } else {
                // The killing outlasts the planned events: go on with small portions.
                try await stage.publish(stream.next(100))
                records += 100
            }
            while workers.count < 3 {
                if points.isEmpty { points = RuntimePoint.allCases.shuffled(using: &random) }
                let point = points.removeLast()
                let count = Int.random(in: 1...3, using: &random)
                let process = try WorkerProcess(
                    stage.environment(
                        writer: "w\(total())-\(workers.count)", fault: "\(point.rawValue):\(count):KILL",
                        ["TORTURE_SESSION_MS": "2000"]))
                workers.append((process, point))
            }
            // Until somebody dies, or so long that all wait for work.
            let deadline = ContinuousClock.now + .seconds(6)
            while ContinuousClock.now < deadline, workers.allSatisfy({ $0.process.ended == nil }) {
                try await Task.sleep(for: .milliseconds(20))
            }
            for worker in workers where worker.process.ended != nil {
                #expect(worker.process.ended?.bySignal == true, "\(worker.process.text)")
                #expect(worker.process.ended?.status == SIGKILL, "\(worker.process.text)")
                killed[worker.point, default: 0] += 1
            }
            workers.removeAll { $0.process.ended != nil }
        }
        for worker in workers { worker.process.send(SIGKILL) }
        if records < events {
            try await stage.publish(stream.next(events - records))
            records = events
        }
        let last = try WorkerProcess(stage.environment(writer: "last", ["TORTURE_BATCH": "2048"]))
        try await stage.drained()
        last.send(SIGTERM)
        try await eventually("the last worker's end") { last.ended != nil }
        #expect(last.ended?.status == 0, "\(last.text)")

        let audit = try await LedgerAudit.read(stage.pool)
        let published = try await PublishedReader.read(stage.kafka, partitions: 4, logger: stage.logger)
        let expected = LedgerAudit.recompute(stream.entries)
        let lost = Set(stream.entries.map(\.id)).subtracting(audit.inbox).count
        let invented = audit.inbox.subtracting(stream.entries.map(\.id)).count
        let twice = audit.states.reduce(0) { $0 + max(0, $1.value.entries - (expected[$1.key]?.entries ?? 0)) }
        print(
            "R1: \(total()) kills", killed.map { "\($0.key.rawValue) \($0.value)" }.sorted(),
            "records \(records) events \(stream.entries.count) lost \(lost) duplicated \(twice)",
            "published \(published.count), sent again \(published.values.reduce(0) { $0 + $1 - 1 })")
        #expect(lost == 0)
        #expect(invented == 0)
        #expect(twice == 0)
        #expect(audit.rows == expected)
        #expect(audit.states == expected)
        #expect(audit.gaps.isEmpty)
        #expect(audit.unsent == 0)
        #expect(Set(published.keys) == Set(stream.entries.map(\.publishedID)))
        try await stage.close()
    }
}
