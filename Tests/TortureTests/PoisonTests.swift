import Domain
import Foundation
import KafkaClient
import LedgerFixture
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

@Suite("R6: poison is set aside, one dead letter each, and its neighbours are not delayed", .timeLimit(.minutes(5)))
struct PoisonTests {
    @Test func `a corpus of bad records among good ones`() async throws {
        var random = SeededGenerator.announced()
        let stage = try await TortureStage(partitions: 2)
        var stream = EntryStream("poison", seed: random.next(), keys: 40)
        let corpus = Self.corpus(random: &random)
        for poison in corpus {
            try await stage.publish(stream.next(20))
            _ = try await stage.producer.send(
                ProducerRecord(topic: LedgerStream.inputTopic, key: poison.key, value: poison.value))
        }
        try await stage.publish(stream.next(20))
        let worker = try WorkerProcess(stage.environment(writer: "p"))
        try await stage.drained()
        #expect(worker.ended == nil, "\(worker.text)")
        let audit = try await LedgerAudit.read(stage.pool)
        print("R6: \(corpus.count) bad records, \(audit.deadLetters) dead letters, \(stream.entries.count) good events")
        #expect(audit.deadLetters == corpus.count)
        #expect(audit.states == LedgerAudit.recompute(stream.entries))
        #expect(audit.rows == audit.states)
        #expect(audit.gaps.isEmpty)
        // Each payload can be opened again, and is what was sent.
        let opened = try await stage.openDeadLetters()
        #expect(opened == Set(corpus.map { $0.value ?? [] }))
        worker.send(SIGTERM)
        try await eventually("the end", timeout: .seconds(30)) { worker.ended != nil }
        try await stage.close()
    }

    private static func corpus(random: inout SeededGenerator) -> [(key: [UInt8]?, value: [UInt8]?)] {
        var corpus: [(key: [UInt8]?, value: [UInt8]?)] = [
            (Array("key-1".utf8), nil), (nil, [0]), (Array("key-2".utf8), Array("a|b|c".utf8)),
            (Array("key-3".utf8), Array("{\"not\": \"ours\"}".utf8)), ([0xFF, 0xFE], [0xC0, 0x80, 0xFF]),
            (Array("key-4".utf8), [UInt8](repeating: 0x7C, count: 900_000)),
            (Array("key-5".utf8), Array("00000000-0000-8000-8000-000000000000|k|9223372036854775808|0|add".utf8)),
            (Array("key-6".utf8), Array("00000000-0000-8000-8000-000000000000|k|1|0|no-such-behaviour".utf8)),
            (Array("key-7".utf8), LedgerEntry(stream: "p", number: -1, key: "k\0z", amount: 1).bytes),
            (Array("key-8".utf8), LedgerEntry(stream: "p", number: -2, key: "k", amount: 1, behaviour: .refuse).bytes),
            (Array("key-9".utf8), LedgerEntry(stream: "p", number: -3, key: "k", amount: 1, behaviour: .violate).bytes),
        ]
        for length in 1...(isLongForm ? 400 : 60) {
            var bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            // A line end would make several events of it.
            bytes = bytes.map { $0 == UInt8(ascii: "\n") ? 0 : $0 }
            corpus.append((Array("key-\(length % 40)".utf8), bytes))
        }
        return corpus
    }
}

extension TortureStage {
    /// The values of the records behind the dead letters.
    func openDeadLetters() async throws -> Set<[UInt8]> {
        let keyring = try LedgerStream.keyring()
        return try await pool.withConnection { connection in
            let result = try connection.execute("SELECT dead_letter_id, sealed_record FROM dead_letter")
            return Set(
                try (0..<result.rowCount).map { row in
                    let id = try result.uuid(row, 0)
                    let context = DeadLetterStore.context(of: EventID(high: id.hi, low: id.lo))
                    let record = RecordEnvelope.decode(try keyring.open(result.bytes(row, 1), context: context))
                    return record?.value.map(Array.init) ?? []
                })
        }
    }
}
