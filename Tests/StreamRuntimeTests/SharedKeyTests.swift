import Domain
import KafkaClient
import LedgerFixture
import Logging
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

@Suite("A key whose events come on several topics and request lanes has one state", .serialized)
struct SharedKeyTests {
    private static let bothTopics = [LedgerStream.inputTopic, LedgerStream.secondInputTopic]

    private func entries(_ count: Int, stream: String, keys: Int = 17) -> [LedgerEntry] {
        (0..<count).map { LedgerEntry(stream: stream, number: $0, key: "key-\($0 % keys)", amount: Int64($0)) }
    }

    private func configuration(instance: String, topics: [String]) -> StreamConfiguration {
        var configuration = LedgerStream.configuration(instance: instance)
        configuration.topics = topics
        configuration.instanceID = instance
        configuration.maximumBatchRecords = 50
        return configuration
    }

    private func running<P: StreamProcessor, R: Sendable>(
        _ applications: [StreamApplication<P>], _ body: @Sendable () async throws -> R
    ) async throws -> R {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for application in applications { group.addTask { try await application.run() } }
            do {
                let result = try await body()
                for application in applications { application.stop() }
                try await group.waitForAll()
                return result
            } catch {
                for application in applications { application.stop() }
                try? await group.waitForAll()
                throw error
            }
        }
    }

    private func application(
        _ stage: LedgerStage, _ configuration: StreamConfiguration
    ) throws -> StreamApplication<LedgerProcessor> {
        try LedgerStream.application(
            writer: configuration.instanceID ?? "", configuration: configuration, kafka: stage.kafka, pool: stage.pool,
            logger: stage.logger)
    }

    @Test func `two topics in one instance`() async throws {
        let stage = try await LedgerStage()
        let (first, second) = (entries(1_000, stream: "first"), entries(1_000, stream: "second"))
        try await stage.publish(first)
        try await stage.publish(second, to: LedgerStream.secondInputTopic)
        try await running([try application(stage, configuration(instance: "a", topics: Self.bothTopics))]) {
            try await eventually("every entry") { try await stage.count("inbox") == 2_000 }
        }
        let audit = try await LedgerAudit.read(stage.pool)
        #expect(audit.rows == LedgerAudit.recompute(first + second))
        #expect(audit.states == audit.rows)
        #expect(audit.gaps.isEmpty)
        await stage.close()
    }

    /// Each instance has a topic of its own and a request lane, so that every key is in both and their caches age at once.
    @Test func `two topics and two lanes in two instances that change the same keys at the same time`() async throws {
        let stage = try await LedgerStage()
        let (first, second) = (entries(1_500, stream: "first", keys: 5), entries(1_500, stream: "second", keys: 5))
        let submitted = entries(200, stream: "third", keys: 5)
        let applications = try zip(["a", "b"], Self.bothTopics).map { instance, topic in
            var configuration = configuration(instance: instance, topics: [topic])
            configuration.requestLane = "http"
            return try application(stage, configuration)
        }
        try await running(applications) {
            try await eventually("open lanes") { applications.allSatisfy { $0.status.isReady } }
            async let toFirst: Void = stage.publish(first)
            async let toSecond: Void = stage.publish(second, to: LedgerStream.secondInputTopic)
            for (number, entry) in submitted.enumerated() {
                let outcomes = try await applications[number % 2].submit(entry.bytes, topic: "post")
                #expect(outcomes == [.accepted(entry.id)])
            }
            _ = try await (toFirst, toSecond)
            try await eventually("every entry") { try await stage.count("inbox") == 3_200 }
        }
        let audit = try await LedgerAudit.read(stage.pool)
        #expect(audit.rows == LedgerAudit.recompute(first + second + submitted))
        #expect(audit.states == audit.rows)
        #expect(audit.gaps.isEmpty)
        #expect(audit.deadLetters == 0)
        // Every entry saw a state of its own: no two rows of a key were made from the same one.
        let versions = try await stage.texts("SELECT sum(version)::text FROM keyed_state")
        #expect(Int(versions[0]) ?? 0 > 5)
        let sums = try await stage.texts(
            "SELECT state_key FROM ledger WHERE amount > 0 GROUP BY state_key, sum_after HAVING count(*) > 1")
        #expect(sums == [])
        await stage.close()
    }

    @Test func `a state that another has changed is read again before anything is made of it`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        try await running([try application(stage, configuration(instance: "a", topics: Self.bothTopics))]) {
            try await stage.publish([LedgerEntry(stream: "stale", number: 0, key: "k", amount: 5)])
            try await eventually("the first entry") { try await stage.count("inbox") == 1 }
            try await stage.execute("UPDATE keyed_state SET state = '50,7', version = version + 1")
            try await stage.publish([LedgerEntry(stream: "stale", number: 1, key: "k", amount: 1)])
            try await eventually("the second entry") { try await stage.count("inbox") == 2 }
        }
        let audit = try await LedgerAudit.read(stage.pool)
        #expect(audit.states["k"]?.sum == 51)
        #expect(audit.states["k"]?.entries == 8)
        #expect(try await stage.texts("SELECT sum_after::text FROM ledger ORDER BY written_at") == ["5", "51"])
        await stage.close()
    }

    @Test func `a verdict that changes no state rests on the present state all the same`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        let application = try StreamApplication(
            processor: Reading(), service: "ledger",
            configuration: configuration(instance: "a", topics: Self.bothTopics), kafka: stage.kafka, pool: stage.pool,
            keyring: LedgerStream.keyring(), logger: stage.logger)
        try await running([application]) {
            try await stage.publish([LedgerEntry(stream: "read", number: 0, key: "k", amount: 5)])
            try await eventually("the first entry") { try await stage.count("inbox") == 1 }
            try await stage.execute("UPDATE keyed_state SET state = '50,7', version = version + 1")
            try await stage.publish([LedgerEntry(stream: "read", number: 1, key: "k", amount: 0)])
            try await eventually("the second entry") { try await stage.count("inbox") == 2 }
        }
        #expect(try await stage.texts("SELECT sum_after::text FROM ledger ORDER BY written_at") == ["5", "50"])
        await stage.close()
    }

    /// The ledger, with entries of the amount 0 that leave the account as it is.
    private struct Reading: StreamProcessor {
        let logicVersion = "1"
        let inner = LedgerProcessor(writer: "read")

        func decode(_ record: StreamRecord) -> [DecodedItem<LedgerEntry>] { inner.decode(record) }
        func handle(
            _ item: StreamItem<LedgerEntry>, state: inout LedgerProcessor.Account, context: HandlingContext
        ) -> Handled<LedgerProcessor.Row> {
            let verdict = inner.handle(item, state: &state, context: context)
            guard case .effects(var effects) = verdict else { return verdict }
            effects.stateChanged = item.input.amount != 0
            return .effects(effects)
        }
        func write(_ rows: [LedgerProcessor.Row], to connection: PostgresConnection) throws {
            try inner.write(rows, to: connection)
        }
    }
}
