import Foundation
import LedgerFixture
import StreamRuntime
import TestSupport
import Testing

@Suite(
    "R3, R7: members come and go, in order or not, and no partition falls silent", .serialized, .timeLimit(.minutes(25))
)
struct MembershipTests {
    @Test func `joining and leaving at random`() async throws {
        let time: Duration = isLongForm ? .seconds(600) : .seconds(60)
        var random = SeededGenerator.announced()
        let stage = try await TortureStage(partitions: 6)
        var stream = EntryStream("members", seed: random.next())
        var workers: [WorkerProcess] = []
        var joined = 0
        var left = 0
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end {
            if workers.count < 2 || (workers.count < 5 && Bool.random(using: &random)) {
                workers.append(
                    try WorkerProcess(stage.environment(writer: "m\(joined)", ["TORTURE_SESSION_MS": "3000"])))
                joined += 1
            } else {
                let leaver = workers.remove(at: Int.random(in: 0..<workers.count, using: &random))
                leaver.send(SIGTERM)
                try await eventually("a member's orderly end", timeout: .seconds(30)) { leaver.ended != nil }
                #expect(leaver.ended?.status == 0 && leaver.ended?.bySignal == false, "\(leaver.text)")
                left += 1
            }
            try await stage.publish(stream.next(200))
            try await Task.sleep(for: .milliseconds(Int64.random(in: 200...4_000, using: &random)))
        }
        // Every partition has records left to take now, so a silent one would show.
        try await stage.publish(stream.next(600))
        try await stage.drained()
        for worker in workers {
            #expect(worker.ended == nil, "\(worker.text)")
            worker.send(SIGTERM)
        }
        try await eventually("the end of all", timeout: .seconds(60)) { workers.allSatisfy { $0.ended != nil } }
        let audit = try await LedgerAudit.read(stage.pool)
        print("R3: \(joined) joined, \(left) left, \(stream.entries.count) events, 0 aborts")
        #expect(audit.rows == LedgerAudit.recompute(stream.entries))
        #expect(audit.states == audit.rows)
        #expect(audit.gaps.isEmpty)
        try await stage.close()
    }

    @Test func `SIGTERM under load ends with status 0 in time, nothing half done`() async throws {
        let stage = try await TortureStage(partitions: 3)
        var random = SeededGenerator.announced()
        var stream = EntryStream("term", seed: random.next())
        try await stage.publish(stream.next(20_000))
        let worker = try WorkerProcess(stage.environment(writer: "t"))
        try await eventually("work in progress", timeout: .seconds(30)) { try await stage.progress().consumed > 500 }
        let signalled = ContinuousClock.now
        worker.send(SIGTERM)
        try await eventually("the end", timeout: .seconds(20)) { worker.ended != nil }
        let took = ContinuousClock.now - signalled
        #expect(worker.ended?.status == 0, "\(worker.text)")
        let progress = try await stage.progress()
        let audit = try await LedgerAudit.read(stage.pool)
        print("R7: ended in \(took) at \(progress.consumed) of \(progress.written); unsent \(audit.unsent)")
        #expect(progress.consumed < progress.written, "the load was over before the signal")
        #expect(audit.unsent == 0)
        #expect(audit.gaps.isEmpty)
        let rest = try WorkerProcess(stage.environment(writer: "rest", ["TORTURE_BATCH": "2048"]))
        try await stage.drained()
        #expect(try await LedgerAudit.read(stage.pool).states == LedgerAudit.recompute(stream.entries))
        rest.send(SIGTERM)
        try await eventually("the end of the rest") { rest.ended != nil }
        try await stage.close()
    }
}
