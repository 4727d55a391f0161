import Domain
import HL7v2
import IngestionAdapter
import Logging
import PostgresClient
import StreamRuntime
import TestSupport
import Testing

@Suite("A message is acknowledged as it fared, and a repeat gets the same bytes")
struct MLLPReceiverTests {
    private let submitter = ScriptedSubmitter()
    private let store = MemoryAcknowledgementStore()
    private var receiver: MLLPReceiver {
        MLLPReceiver(submitter: submitter, store: store, clock: TickingClock(), logger: MLLPFixture.logger)
    }

    private func verdict(_ answer: MLLPReceiver.Answer) throws -> [String] {
        guard case .reply(let bytes) = answer else { return ["closed"] }
        var decoder = MLLPDecoder(limit: 1 << 20)
        return try decoder.take(bytes).flatMap { event -> [String] in
            if case .message(let message) = event { try MLLPFixture.verdict(message) } else { [] }
        }
    }

    @Test("Taken, in part refused, unreadable")
    func verdicts() async throws {
        let receiver = receiver
        #expect(try verdict(await receiver.answer(to: MLLPFixture.message("1"), source: nil)) == ["AA", "1"])
        submitter.answers { _ in
            [
                .accepted(EventID(high: 1, low: 1)),
                .rejected(Rejection(code: "invalid-number", place: "OBX[2]-5", detail: "must be a number")),
            ]
        }
        let answer = await receiver.answer(to: MLLPFixture.message("2"), source: nil)
        #expect(try verdict(answer) == ["AE", "2"])
        guard case .reply(let bytes) = answer else { return }
        #expect(String(decoding: bytes, as: UTF8.self).contains("OBX^2^5"))
        #expect(
            try verdict(await receiver.answer(to: MLLPFixture.message("3", version: "2.1"), source: nil)) == [
                "AR", "3",
            ])
        #expect(try verdict(await receiver.answer(to: Array("rubbish".utf8), source: nil)) == ["AR", ""])
        #expect(
            try verdict(await receiver.answer(to: Array("BHS|^~\\&\r".utf8) + MLLPFixture.message("4"), source: nil))
                == ["AR", ""])
        #expect(submitter.given.count == 2)
    }

    @Test("An acknowledgement is not acknowledged")
    func acknowledgement() async {
        let message = Array("MSH|^~\\&|LAB|HOSP|||20240501||ACK^A01^ACK|1|P|2.5\rMSA|AA|7".utf8)
        #expect(await receiver.answer(to: message, source: nil) == .reply([]))
        #expect(submitter.given.isEmpty)
    }

    @Test("Enhanced mode commits, and answers for the application where that is wanted")
    func enhanced() async throws {
        let receiver = receiver
        #expect(
            try verdict(
                await receiver.answer(to: MLLPFixture.message("1", accept: "AL", application: "NE"), source: nil)) == [
                    "CA", "1",
                ])
        #expect(
            try verdict(
                await receiver.answer(to: MLLPFixture.message("2", accept: "AL", application: "AL"), source: nil)) == [
                    "CA", "2", "AA", "2",
                ])
        submitter.answers { _ in [.rejected(Rejection(code: "x"))] }
        #expect(
            try verdict(
                await receiver.answer(to: MLLPFixture.message("3", accept: "AL", application: "AL"), source: nil)) == [
                    "CE", "3",
                ])
        #expect(
            try verdict(
                await receiver.answer(
                    to: MLLPFixture.message("4", version: "9", accept: "AL", application: "NE"), source: nil)) == [
                    "CR", "4",
                ])
        #expect(
            await receiver.answer(to: MLLPFixture.message("5", accept: "NE", application: "NE"), source: nil)
                == .reply([]))
    }

    @Test(
        "A repeat is not handed in again and gets the same bytes; another content under the same control id is refused")
    func repeats() async throws {
        let receiver = receiver
        let first = await receiver.answer(to: MLLPFixture.message("7"), source: nil)
        let again = await receiver.answer(to: MLLPFixture.message("7"), source: nil)
        #expect(first == again)
        #expect(submitter.given.count == 1)
        let other = await receiver.answer(to: MLLPFixture.message("7", value: "73"), source: nil)
        #expect(try verdict(other) == ["AE", "7"])
        guard case .reply(let bytes) = other else { return }
        #expect(String(decoding: bytes, as: UTF8.self).contains("control-id-reused"))
        // Another sender may use the same id.
        #expect(
            try verdict(await receiver.answer(to: MLLPFixture.message("7", value: "73"), source: "other")) == [
                "AA", "7",
            ])
        #expect(store.keys.count == 2)
    }

    @Test("When nothing is known to be durable there is no positive answer, and the next attempt is taken")
    func unavailable() async throws {
        let receiver = receiver
        submitter.answers { _ in throw IngestionError(.unavailable, operation: "submit", detail: "busy") }
        #expect(try verdict(await receiver.answer(to: MLLPFixture.message("8"), source: nil)) == ["AE", "8"])
        #expect(
            await receiver.answer(to: MLLPFixture.message("8", accept: "NE", application: "NE"), source: nil) == .close)
        submitter.answers { _ in [.duplicate(EventID(high: 1, low: 1))] }
        #expect(try verdict(await receiver.answer(to: MLLPFixture.message("8"), source: nil)) == ["AA", "8"])
        store.fails(IngestionError(.unavailable, operation: "find", detail: ""))
        #expect(try verdict(await receiver.answer(to: MLLPFixture.message("9"), source: nil)) == ["AE", "9"])
        store.fails(nil)
        #expect(try verdict(await receiver.answer(to: MLLPFixture.message("9"), source: nil)) == ["AA", "9"])
    }

    @Test("PostgreSQL keeps the first acknowledgement, whoever comes second")
    func postgres() async throws {
        let pool = PostgresPool(try await TemporaryPostgres.shared.makeDatabase(), logger: MLLPFixture.logger)
        try await pool.withConnection { connection in
            try connection.executeScript(
                """
                CREATE TABLE hl7_acknowledgement (sender_key text NOT NULL, control_id text NOT NULL, content_hash bytea NOT NULL,
                    acknowledgement bytea NOT NULL, received_at_us bigint NOT NULL, PRIMARY KEY (sender_key, control_id))
                """)
        }
        let store = PostgresAcknowledgementStore(pool)
        let key = HL7MessageKey(sender: "a\u{1F}b", controlID: "1")
        let time = Timestamp(microseconds: 10)
        #expect(try await store.find(key) == nil)
        let kept = try await withThrowingTaskGroup(of: KeptAcknowledgement.self) { group in
            for number in 0..<16 {
                group.addTask {
                    try await store.keep(
                        KeptAcknowledgement(contentHash: [7], bytes: [UInt8(number)]), for: key, at: time)
                }
            }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1.bytes) }
        }
        #expect(kept.count == 1)
        #expect(try await store.find(key)?.bytes == kept.first)
        #expect(try await store.prune(before: Timestamp(microseconds: 10)) == 0)
        #expect(try await store.prune(before: Timestamp(microseconds: 11)) == 1)
        await pool.close()
    }
}
