import Cryptography
import Domain
import LedgerFixture
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

@Suite("What is doubtful is held back, sealed once, and can still be taken later", .serialized)
struct QuarantineTests {
    /// Consults the ledger: an entry whose key has a row already is the same thing under another identity.
    private struct Consulting: StreamProcessor {
        let logicVersion = "1"
        let consults = true
        let inner = LedgerProcessor(writer: "consulting")
        /// The first event of each key that the table knows.
        var known: [String: EventID] = [:]

        func decode(_ record: StreamRecord) -> [DecodedItem<LedgerEntry>] { inner.decode(record) }

        func consulting(_ items: [StreamItem<LedgerEntry>], on connection: PostgresConnection) throws -> Self {
            var copy = self
            let found = try connection.execute(
                "SELECT state_key, event_id::text FROM ledger WHERE state_key = ANY($1::text[])",
                [.textArray(items.map(\.key))])
            for row in 0..<found.rowCount { copy.known[try found.text(row, 0)] = EventID(try found.text(row, 1)) }
            return copy
        }

        func handle(
            _ item: StreamItem<LedgerEntry>, state: inout NoState, context: HandlingContext
        ) -> Handled<LedgerProcessor.Row> {
            if let first = known[item.key] { return .duplicate(of: first) }
            var account = LedgerProcessor.Account()
            return inner.handle(item, state: &account, context: context)
        }

        func write(_ rows: [LedgerProcessor.Row], to connection: PostgresConnection) throws {
            let before = try connection.execute("SELECT count(*) FROM ledger").int64(0, 0)
            try connection.execute("LOCK TABLE ledger IN SHARE ROW EXCLUSIVE MODE")
            // Another replica may have written between the consultation and now.
            guard try connection.execute("SELECT count(*) FROM ledger").int64(0, 0) == before else {
                throw StaleConsultation()
            }
            try inner.write(rows, to: connection)
        }
    }

    private func application<P: StreamProcessor>(_ processor: P, _ stage: LedgerStage) throws -> StreamApplication<P> {
        var configuration = LedgerStream.configuration(instance: "post")
        configuration.topics = []
        configuration.requestLane = "http"
        return try StreamApplication(
            processor: processor, service: "ledger", configuration: configuration, kafka: stage.kafka, pool: stage.pool,
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

    @Test func `held back twice is held back once, and the record is sealed once for all its parts`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        let application = try application(Consulting(), stage)
        let entries = (0..<3).map {
            LedgerEntry(stream: "doubt", number: $0, key: "k\($0)", amount: 1, behaviour: .quarantine)
        }
        let body = Array(entries.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n").utf8)
        try await running(application) {
            let first = try await application.submit(body, topic: "post")
            #expect(first.count == 3)
            for outcome in first {
                guard case .quarantined(_, let reason) = outcome else {
                    Issue.record("\(outcome)")
                    continue
                }
                #expect(reason.code == "doubtful")
            }
            for outcome in try await application.submit(body, topic: "post") {
                guard case .duplicate = outcome else {
                    Issue.record("\(outcome)")
                    continue
                }
            }
            #expect(try await stage.count("ledger") == 0)
            let carriers = "SELECT count(*)::text FROM dead_letter WHERE sealed_record IS NOT NULL"
            #expect(try await stage.texts(carriers) == ["1"])
            let held = "SELECT count(*)::text FROM dead_letter WHERE disposition = 'quarantined'"
            #expect(try await stage.texts(held) == ["3"])
            // Its own identity is free: the same entry, no longer doubtful, is new.
            let released = LedgerEntry(
                id: entries[0].id, key: entries[0].key, amount: 1, time: entries[0].time, behaviour: .add)
            #expect(try await application.submit(released.bytes, topic: "post") == [.accepted(released.id)])
        }
        await stage.close()
    }

    @Test func `the sealed record of a part opens under the letter that carries it`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        let application = try application(Consulting(), stage)
        let body = Array("bad\nworse\n".utf8)
        try await running(application) {
            // A sender who waits is told, and nothing is kept; of a record of a topic everything is.
            let outcomes = try await application.submit(body, topic: "post")
            #expect(outcomes.count == 2)
        }
        #expect(try await stage.count("dead_letter") == 0)
        try await stage.publish(raw: body, key: "a")
        try await stage.running { _ in
            try await eventually("two letters") { try await stage.count("dead_letter") == 2 }
        }
        let letters = try await stage.pool.withConnection { connection in
            let rows = try connection.execute(
                """
                SELECT c.dead_letter_id::text, c.sealed_record FROM dead_letter l
                JOIN dead_letter c ON c.dead_letter_id = coalesce(l.sealed_in, l.dead_letter_id)
                """)
            return try (0..<rows.rowCount).map { (try rows.text($0, 0), try rows.bytes($0, 1)) }
        }
        #expect(letters.count == 2)
        for (name, sealed) in letters {
            let id = try #require(EventID(name))
            let opened = try LedgerStream.keyring().open(sealed, context: DeadLetterStore.context(of: id))
            let reopened = try #require(RecordEnvelope.decode(opened))
            #expect(reopened.value.map(Array.init) == body)
        }
        await stage.close()
    }

    @Test func `one of many racing submissions of the same thing is taken`() async throws {
        let stage = try await LedgerStage(partitions: 1)
        let first = try application(Consulting(), stage)
        let second = try application(Consulting(), stage)
        let entries = (0..<64).map { LedgerEntry(stream: "same", number: $0, key: "one", amount: 1) }
        let outcomes = try await running(first) {
            try await running(second) {
                try await withThrowingTaskGroup(of: [ItemOutcome].self) { group in
                    for (index, entry) in entries.enumerated() {
                        let application = index.isMultiple(of: 2) ? first : second
                        group.addTask { try await application.submit(entry.bytes, topic: "post") }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
            }
        }
        let rows = try await stage.texts("SELECT event_id::text FROM ledger")
        // Entries of one batch are consulted together; each batch finds what the batches before it wrote.
        #expect(outcomes.count == 64)
        let accepted = outcomes.count { if case .accepted = $0 { true } else { false } }
        #expect(accepted == rows.count)
        for case .duplicate(let id) in outcomes { #expect(rows.contains(id.description)) }
        await stage.close()
    }
}
