import Domain
import Foundation
import KafkaClient
import LedgerFixture
import Logging
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

@Suite("A sender is answered after the effect is durable, and told of every part", .serialized)
struct RequestLaneTests {
    /// The ledger's lines without state, so that submissions are allowed.
    private struct Posting: StreamProcessor {
        let logicVersion = "1"
        let inner = LedgerProcessor(writer: "post")

        func decode(_ record: StreamRecord) -> [DecodedItem<LedgerEntry>] { inner.decode(record) }
        func handle(
            _ item: StreamItem<LedgerEntry>, state: inout NoState, context: HandlingContext
        ) -> Handled<LedgerProcessor.Row> {
            var account = LedgerProcessor.Account()
            return inner.handle(item, state: &account, context: context)
        }
        func write(_ rows: [LedgerProcessor.Row], to connection: PostgresConnection) throws {
            try inner.write(rows, to: connection)
        }
    }

    private func application(_ stage: LedgerStage, lease: Duration = .seconds(15)) throws -> StreamApplication<Posting>
    {
        var configuration = LedgerStream.configuration(instance: "post")
        configuration.topics = []
        configuration.requestLane = "http"
        configuration.leaseDuration = lease
        return try StreamApplication(
            processor: Posting(), service: "ledger", configuration: configuration, kafka: stage.kafka, pool: stage.pool,
            keyring: LedgerStream.keyring(), logger: stage.logger)
    }

    private func running<P: StreamProcessor, R: Sendable>(
        _ application: StreamApplication<P>, _ body: @Sendable () async throws -> R
    ) async throws -> R {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            try await eventually("an open lane") { application.status.isReady }
            let result = try await body()
            application.stop()
            try await group.waitForAll()
            return result
        }
    }

    @Test func `the parts are answered in the submitted order`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        let application = try application(stage)
        let good = LedgerEntry(stream: "post", number: 1, key: "a", amount: 1)
        let refused = LedgerEntry(stream: "post", number: 2, key: "a", amount: 1, behaviour: .refuse)
        let body = good.bytes + [10] + Array("nonsense".utf8) + [10] + good.bytes + [10] + refused.bytes
        try await running(application) {
            let outcomes = try await application.submit(body, topic: "post")
            #expect(outcomes.count == 4)
            #expect(outcomes[0] == .accepted(good.id))
            #expect(
                outcomes[1]
                    == .rejected(
                        Rejection(code: "unreadable", place: "line 1", detail: "not id|key|amount|time|behaviour")))
            #expect(outcomes[2] == .duplicate(good.id))
            #expect(outcomes[3] == .rejected(Rejection(code: "refused")))
            #expect(try await stage.count("ledger") == 1)
            #expect(try await application.submit(good.bytes, topic: "post") == [.duplicate(good.id)])
        }
        #expect(try await stage.count("dead_letter") == 0)
        #expect(try await stage.output(count: 1) == [good.publishedID])
        await stage.close()
    }

    @Test func `two instances that get the same event at once take it once`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        let first = try application(stage)
        let second = try application(stage)
        let entries = (0..<200).map { LedgerEntry(stream: "race", number: $0, key: "k\($0 % 7)", amount: 1) }
        let accepted = try await running(first) {
            try await running(second) {
                try await withThrowingTaskGroup(of: [ItemOutcome].self) { group in
                    for entry in entries {
                        group.addTask { try await first.submit(entry.bytes, topic: "post") }
                        group.addTask { try await second.submit(entry.bytes, topic: "post") }
                    }
                    var accepted = 0
                    for try await outcomes in group {
                        for case .accepted in outcomes { accepted += 1 }
                    }
                    return accepted
                }
            }
        }
        #expect(accepted == 200)
        #expect(try await stage.count("ledger") == 200)
        #expect(try await stage.texts("SELECT partition::text FROM stream_position ORDER BY 1") == ["0", "1"])
        await stage.close()
    }

    @Test func `what a fallen instance left unsent is sent by the next`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        // A lane whose lease has run out, with a committed event that never left.
        let orphan = LedgerEntry(stream: "orphan", number: 1, key: "a", amount: 1)
        try await stage.pool.withConnection { connection in
            try connection.executeScript(
                """
                INSERT INTO stream_position (consumer_group, topic, partition, epoch, owner, next_offset, outbox_sequence, lease_until)
                VALUES ('ledger', 'http', 0, 3, 'fallen', 5, 1, now() - interval '1 second');
                INSERT INTO outbox_cursor (lane_id, epoch) SELECT lane_id, 3 FROM stream_position;
                INSERT INTO outbox (lane_id, sequence, kind, destination, record_key, event_id, event_type, event_time_us, payload)
                SELECT lane_id, 1, 0, 'ledger.out', 'a', '\(orphan.publishedID)', 'ledger.out', 0, 'x' FROM stream_position;
                """)
        }
        let application = try application(stage)
        let published = try await running(application) { try await stage.output(count: 1) }
        #expect(published == [orphan.publishedID])
        #expect(try await LedgerAudit.read(stage.pool).unsent == 0)
        #expect(try await stage.texts("SELECT epoch::text FROM stream_position") == ["4"])
        await stage.close()
    }

    @Test func `a stopped application takes nothing and says so`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        let application = try application(stage)
        try await running(application) {}
        await #expect(throws: StreamError.self) {
            try await application.submit(LedgerEntry(stream: "s", number: 1, key: "a", amount: 1).bytes, topic: "post")
        }
        await stage.close()
    }

    @Test func `two instances add submissions to one state at the same time`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        let applications = try ["a", "b"].map { instance in
            var configuration = LedgerStream.configuration(instance: instance)
            configuration.topics = []
            configuration.requestLane = "http"
            return try LedgerStream.application(
                writer: instance, configuration: configuration, kafka: stage.kafka, pool: stage.pool,
                logger: stage.logger)
        }
        let entries = (0..<200).map { LedgerEntry(stream: "both", number: $0, key: "k", amount: Int64($0)) }
        try await running(applications[0]) {
            try await running(applications[1]) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (number, entry) in entries.enumerated() {
                        group.addTask {
                            let outcomes = try await applications[number % 2].submit(entry.bytes, topic: "post")
                            #expect(outcomes == [.accepted(entry.id)])
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
        let audit = try await LedgerAudit.read(stage.pool)
        #expect(audit.states == LedgerAudit.recompute(entries))
        #expect(audit.rows == audit.states)
        await stage.close()
    }
}
