import Domain
import KafkaClient
import LedgerFixture
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

@Suite("Every event has its effect exactly once", .serialized)
struct StreamApplicationTests {
    private func entries(_ count: Int, stream: String, keys: Int = 17) -> [LedgerEntry] {
        (0..<count).map { LedgerEntry(stream: stream, number: $0, key: "key-\($0 % keys)", amount: Int64($0)) }
    }

    @Test func `a stream becomes rows, states, events and a moved position`() async throws {
        let stage = try await LedgerStage()
        let input = entries(2_000, stream: "plain")
        try await stage.publish(input)
        try await stage.running { _ in
            try await eventually("every entry in the inbox") { try await stage.count("inbox") == 2_000 }
        }
        let audit = try await LedgerAudit.read(stage.pool)
        #expect(audit.inbox == Set(input.map(\.id)))
        #expect(audit.rows == LedgerAudit.recompute(input))
        #expect(audit.states == audit.rows)
        #expect(audit.gaps.isEmpty)
        #expect(audit.unsent == 0)
        let published = try await stage.output(count: 2_000)
        #expect(Set(published) == Set(input.map(\.publishedID)))
        #expect(published.count == 2_000)
        await stage.close()
    }

    @Test func `a repeated event changes nothing, in the same batch or a later one`() async throws {
        let stage = try await LedgerStage()
        let input = entries(300, stream: "repeats")
        try await stage.publish(input + input)
        try await stage.running { _ in
            try await eventually("the first pass") { try await stage.count("inbox") == 300 }
            try await stage.publish(Array(input.prefix(100)))
            let more = [LedgerEntry(stream: "repeats", number: 300, key: "key-0", amount: 5)]
            try await stage.publish(more)
            try await eventually("the second pass") { try await stage.count("inbox") == 301 }
            try await eventually("every position at its end") { try await stage.offsetsConsumed() == 701 }
        }
        let audit = try await LedgerAudit.read(stage.pool)
        let all = input + [LedgerEntry(stream: "repeats", number: 300, key: "key-0", amount: 5)]
        #expect(audit.rows == LedgerAudit.recompute(all))
        #expect(audit.states == audit.rows)
        #expect(audit.gaps.isEmpty)
        await stage.close()
    }

    @Test func `a second run goes on where the first one stopped`() async throws {
        let stage = try await LedgerStage()
        let input = entries(600, stream: "resume")
        try await stage.publish(Array(input[..<300]))
        try await stage.running { _ in
            try await eventually { try await stage.count("inbox") == 300 }
        }
        try await stage.publish(Array(input[300...]))
        try await stage.running { _ in
            try await eventually { try await stage.count("inbox") == 600 }
        }
        let audit = try await LedgerAudit.read(stage.pool)
        #expect(audit.states == LedgerAudit.recompute(input))
        #expect(audit.gaps.isEmpty)
        await stage.close()
    }

    @Test func `one bad record is one dead letter and its neighbours go on`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        let good = entries(50, stream: "poison", keys: 3)
        let refused = LedgerEntry(stream: "poison", number: 900, key: "key-1", amount: 1, behaviour: .refuse)
        let violating = LedgerEntry(stream: "poison", number: 901, key: "key-2", amount: 1, behaviour: .violate)
        try await stage.publish(Array(good[..<25]))
        try await stage.publish(raw: [0xFF, 0xFE, 0x00], key: "key-0")
        try await stage.publish(raw: nil, key: "key-0")
        try await stage.publish([refused, violating])
        try await stage.publish(Array(good[25...]))
        try await stage.running { _ in
            try await eventually { try await stage.offsetsConsumed() == 54 }
        }
        let audit = try await LedgerAudit.read(stage.pool)
        #expect(audit.rows == LedgerAudit.recompute(good))
        #expect(audit.states == audit.rows)
        #expect(audit.deadLetters == 4)
        #expect(audit.gaps.isEmpty)
        let codes = try await stage.texts("SELECT reason_code FROM dead_letter ORDER BY reason_code")
        #expect(codes == ["refused", "tombstone", "unreadable", "write-refused"])
        await stage.close()
    }

    @Test func `a failing key waits, its later events wait behind it, and other keys go on`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        let first = LedgerEntry(stream: "park", number: 0, key: "slow", amount: 1, behaviour: .addAtThirdAttempt)
        let behind = LedgerEntry(stream: "park", number: 1, key: "slow", amount: 10)
        let other = LedgerEntry(stream: "park", number: 2, key: "quick", amount: 100)
        let hopeless = LedgerEntry(stream: "park", number: 3, key: "hopeless", amount: 7, behaviour: .neverAdd)
        let afterHopeless = LedgerEntry(stream: "park", number: 4, key: "hopeless", amount: 8)
        try await stage.publish([first])
        try await stage.publish([behind])
        try await stage.publish([hopeless])
        try await stage.publish([afterHopeless, other])
        try await stage.running { _ in
            try await eventually { try await stage.offsetsConsumed() == 5 }
            try await eventually { try await stage.count("parked_event") == 0 }
        }
        let audit = try await LedgerAudit.read(stage.pool)
        #expect(audit.states == LedgerAudit.recompute([first, behind, other, afterHopeless]))
        #expect(audit.deadLetters == 1)
        let order = try await stage.texts(
            "SELECT sum_after::text FROM ledger WHERE state_key = 'slow' ORDER BY written_at")
        #expect(order == ["1", "11"])
        #expect(audit.gaps.isEmpty)
        await stage.close()
    }

    @Test func `late events go to the side output when the policy says so`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        var configuration = LedgerStream.configuration(instance: "a")
        configuration.allowedLateness = .seconds(10)
        configuration.latePolicy = .divert(topic: "ledger.late")
        let present = LedgerEntry(
            id: EventID(high: 1, low: 1), key: "k", amount: 1, time: Timestamp(microseconds: 100_000_000))
        let justInTime = LedgerEntry(
            id: EventID(high: 1, low: 2), key: "k", amount: 2, time: Timestamp(microseconds: 90_000_000))
        let late = LedgerEntry(
            id: EventID(high: 1, low: 3), key: "k", amount: 4, time: Timestamp(microseconds: 89_999_999))
        for entry in [present, justInTime, late] { try await stage.publish([entry]) }
        try await stage.running(configuration) { _ in
            try await eventually { try await stage.offsetsConsumed() == 3 }
        }
        let audit = try await LedgerAudit.read(stage.pool)
        #expect(audit.states["k"]?.sum == 3)
        #expect(
            try await stage.texts("SELECT destination FROM outbox WHERE record_key = 'k' ORDER BY sequence").last
                == "ledger.late")
        await stage.close()
    }

    @Test func `halt stops the application with its cause and loses nothing`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        try await stage.publish([LedgerEntry(stream: "halt", number: 0, key: "k", amount: 1, behaviour: .halt)])
        let application = try LedgerStream.application(
            writer: "a", configuration: LedgerStream.configuration(instance: "a"), kafka: stage.kafka, pool: stage.pool,
            logger: stage.logger)
        await #expect {
            try await application.run()
        } throws: { error in
            (error as? StreamError)?.code == .halted && "\(error)".contains("asked-to-halt")
        }
        #expect(try await stage.count("inbox") == 0)
        #expect(try await stage.offsetsConsumed() == 0)
        await stage.close()
    }

    @Test func `a lost answer to COMMIT is settled by the position`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        let input = entries(200, stream: "cut", keys: 5)
        try await stage.publish(input)
        let killer = BackendKiller(pool: stage.pool, at: .beforeCommit, times: 5)
        var configuration = LedgerStream.configuration(instance: "a")
        configuration.maximumBatchRecords = 16
        try await stage.running(configuration, probe: killer) { _ in
            try await eventually { try await stage.offsetsConsumed() == 200 }
        }
        #expect(killer.killed == 5)
        let audit = try await LedgerAudit.read(stage.pool)
        #expect(audit.states == LedgerAudit.recompute(input))
        #expect(audit.rows == audit.states)
        #expect(audit.gaps.isEmpty)
        await stage.close()
    }
}
