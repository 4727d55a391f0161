import Foundation
import KafkaClient
import LedgerFixture
import StreamRuntime
import TestSupport
import Testing

@Suite(
    "R4, R5, R8: brokers, coordinators, connections and sinks that fail are outlived", .serialized,
    .timeLimit(.minutes(15)))
struct FaultTests {
    @Test func `R4: brokers down and up, a coordinator that moves, errors on produce and fetch`() async throws {
        let stage = try await TortureStage(partitions: 6, brokers: 3)
        var random = SeededGenerator.announced()
        var stream = EntryStream("brokers", seed: random.next())
        let worker = try WorkerProcess(stage.environment(writer: "b"))
        try await stage.publish(stream.next(400))
        try await stage.drained()
        let rounds = isLongForm ? 12 : 2
        for round in 0..<rounds {
            let victim = Int32.random(in: 1...3, using: &random)
            try stage.broker.setBroker(victim, up: false)
            let batch = stream.next(400)
            async let published: Void = stage.publish(batch)
            try await Task.sleep(for: .milliseconds(800))
            try stage.broker.setBroker(victim, up: true)
            try await published
            try stage.broker.moveCoordinator(group: "ledger", to: Int32(round % 3) + 1)
            // NOT_LEADER_FOR_PARTITION, REQUEST_TIMED_OUT, UNKNOWN_TOPIC_OR_PART (Kafka's error codes 6, 7, 3).
            try stage.broker.pushErrors(api: EmbeddedBroker.API.produce, errors: [6, 7, 6])
            try stage.broker.pushErrors(api: EmbeddedBroker.API.fetch, errors: [6, 3, 6])
            try await stage.publish(stream.next(200))
        }
        try await stage.drained()
        #expect(worker.ended == nil, "\(worker.text)")
        let audit = try await LedgerAudit.read(stage.pool)
        let published = try await PublishedReader.read(stage.kafka, partitions: 6, logger: stage.logger)
        print("R4: \(rounds) rounds of faults, \(stream.entries.count) events, published \(published.count)")
        #expect(audit.states == LedgerAudit.recompute(stream.entries))
        #expect(audit.rows == audit.states)
        #expect(audit.gaps.isEmpty)
        #expect(Set(published.keys) == Set(stream.entries.map(\.publishedID)))
        worker.send(SIGTERM)
        try await eventually("the end", timeout: .seconds(30)) { worker.ended != nil }
        try await stage.close()
    }

    @Test(arguments: [CuttingProxy.Cut.beforeForwarding, .swallowingAnswer])
    func `R5: the connection is cut around COMMIT`(_ cut: CuttingProxy.Cut) async throws {
        let stage = try await TortureStage(partitions: 2)
        let proxy = try CuttingProxy(upstreamPort: stage.server.port)
        var random = SeededGenerator.announced()
        var stream = EntryStream("cut \(cut)", seed: random.next())
        try await stage.publish(stream.next(3_000))
        let cuts = isLongForm ? 40 : 6
        let worker = try WorkerProcess(
            stage.environment(writer: "c", ["TORTURE_DATABASE": stage.databaseURL(port: proxy.port)]))
        try await eventually("work in progress", timeout: .seconds(30)) { try await stage.progress().consumed > 0 }
        for number in 1...cuts {
            proxy.arm(cut, marker: "COMMIT", times: 1)
            try await stage.publish(stream.next(100))
            try await eventually("cut \(number)", timeout: .seconds(30)) { proxy.cutCount >= number }
        }
        try await stage.drained()
        #expect(worker.ended == nil, "\(worker.text)")
        let audit = try await LedgerAudit.read(stage.pool)
        print("R5: \(cut): \(proxy.cutCount) connections cut, \(stream.entries.count) events")
        #expect(audit.states == LedgerAudit.recompute(stream.entries))
        #expect(audit.rows == audit.states)
        #expect(audit.gaps.isEmpty)
        worker.send(SIGTERM)
        try await eventually("the end", timeout: .seconds(30)) { worker.ended != nil }
        proxy.close()
        try await stage.close()
    }

    @Test func `R8: a slow sink does not grow the memory`() async throws {
        let stage = try await TortureStage(partitions: 3)
        var random = SeededGenerator.announced()
        var stream = EntryStream("slow", seed: random.next())
        let worker = try WorkerProcess(stage.environment(writer: "s", ["TORTURE_BATCH": "2048"]))
        try await stage.publish(stream.next(5_000))
        try await stage.drained()
        let before = worker.residentBytes
        // Nobody may write the table for a while: what arrives piles up in the log, not in the worker.
        let seconds = isLongForm ? 60 : 12
        async let locked: Void = stage.server.hold(
            "LOCK TABLE ledger.ledger", in: stage.database.database, seconds: seconds)
        var peak = before
        for _ in 0..<10 {
            try await stage.publish(stream.next(5_000))
            try await Task.sleep(for: .milliseconds(seconds * 100))
            peak = max(peak, worker.residentBytes)
        }
        try await locked
        try await stage.drained()
        let grown = (peak - before) / 1_048_576
        print(
            "R8: resident before \(before / 1_048_576) MiB, peak \(peak / 1_048_576) MiB behind a locked table; \(stream.entries.count) events"
        )
        #expect(grown < 24)
        #expect(try await LedgerAudit.read(stage.pool).states == LedgerAudit.recompute(stream.entries))
        worker.send(SIGTERM)
        try await eventually("the end", timeout: .seconds(30)) { worker.ended != nil }
        try await stage.close()
    }
}
