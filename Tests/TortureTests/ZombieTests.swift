import Domain
import Foundation
import LedgerFixture
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

@Suite("R2: a worker that was taken for dead changes nothing when it wakes", .serialized, .timeLimit(.minutes(10)))
struct ZombieTests {
    /// Stopped for more than twice the session timeout, inside a transaction or before it; meanwhile another takes over.
    @Test(arguments: [RuntimePoint.afterBegin, .afterPositionUpdate, .beforeCommit])
    func `stopped inside a transaction`(_ point: RuntimePoint) async throws {
        let stage = try await TortureStage(partitions: 3)
        var random = SeededGenerator.announced()
        var stream = EntryStream("zombie \(point)", seed: random.next(), keys: 50)
        try await stage.publish(stream.next(500))
        let zombie = try WorkerProcess(
            stage.environment(writer: "zombie", fault: "\(point.rawValue):2:STOP", ["TORTURE_IDLE_SECONDS": "2"]))
        try await eventually("the stop of the zombie", timeout: .seconds(30)) { zombie.isStopped }
        let stoppedAt = ContinuousClock.now
        let successor = try WorkerProcess(stage.environment(writer: "successor"))
        try await stage.publish(stream.next(500))
        try await stage.drained()
        try await Task.sleep(until: stoppedAt + .seconds(7), clock: .continuous)
        let before = try await written(by: "zombie", stage)
        zombie.send(SIGCONT)
        try await eventually("the zombie to find out", timeout: .seconds(30)) {
            zombie.text.contains("another owner") || zombie.text.contains("did not commit")
        }
        try await stage.publish(stream.next(300))
        try await stage.drained()
        let audit = try await LedgerAudit.read(stage.pool)
        let after = try await written(by: "zombie", stage, among: stream.entries.prefix(before.total))
        print(
            "R2: \(point.rawValue): the zombie had written \(before.rows), after its waking \(after.rows - before.rows) of the old events"
        )
        #expect(after.rows == before.rows)
        #expect(audit.rows == LedgerAudit.recompute(stream.entries))
        #expect(audit.states == audit.rows)
        #expect(audit.gaps.isEmpty)
        for worker in [zombie, successor] { worker.send(SIGTERM) }
        try await eventually("both to end") { zombie.ended != nil && successor.ended != nil }
        try await stage.close()
    }

    /// The successor owns the partitions and has not moved them yet, so that only the epoch tells who may.
    @Test func `woken before its successor has moved`() async throws {
        let stage = try await TortureStage(partitions: 1)
        var random = SeededGenerator.announced()
        var stream = EntryStream("race", seed: random.next(), keys: 20)
        try await stage.publish(stream.next(200))
        let zombie = try WorkerProcess(stage.environment(writer: "zombie", fault: "after-poll:1:STOP"))
        try await eventually("the stop of the zombie", timeout: .seconds(30)) { zombie.isStopped }
        let successor = try WorkerProcess(stage.environment(writer: "successor", fault: "after-poll:1:STOP"))
        try await eventually("the stop of the successor", timeout: .seconds(30)) { successor.isStopped }
        zombie.send(SIGCONT)
        try await eventually("the zombie to find out", timeout: .seconds(30)) {
            let rows = try await written(by: "zombie", stage).rows
            return zombie.text.contains("another owner") || rows > 0
        }
        let zombieRows = try await written(by: "zombie", stage).rows
        print("R2: woken before its successor has moved: the zombie committed \(zombieRows) rows")
        #expect(zombieRows == 0)
        successor.send(SIGCONT)
        try await stage.drained()
        let audit = try await LedgerAudit.read(stage.pool)
        #expect(audit.rows == LedgerAudit.recompute(stream.entries))
        #expect(audit.states == audit.rows)
        for worker in [zombie, successor] { worker.send(SIGTERM) }
        try await eventually("both to end", timeout: .seconds(30)) { zombie.ended != nil && successor.ended != nil }
        try await stage.close()
    }

    /// How many rows `writer` wrote, of `entries` when given; and how many rows there are.
    private func written(
        by writer: String, _ stage: TortureStage, among entries: ArraySlice<LedgerEntry>? = nil
    ) async throws -> (rows: Int64, total: Int) {
        let ids = entries.map { $0.map { UUIDBytes(hi: $0.id.high, lo: $0.id.low) } }
        return try await stage.pool.withConnection { connection in
            let total = try connection.execute("SELECT count(*) FROM ledger").int64(0, 0)
            guard let ids else {
                return (
                    try connection.execute("SELECT count(*) FROM ledger WHERE writer = $1", [.text(writer)]).int64(
                        0, 0),
                    Int(total)
                )
            }
            let rows = try connection.execute(
                "SELECT count(*) FROM ledger WHERE writer = $1 AND event_id = ANY ($2::uuid[])",
                [.text(writer), .uuidArray(ids)])
            return (try rows.int64(0, 0), Int(total))
        }
    }
}
