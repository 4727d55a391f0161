import Compression
import Contracts
import Cryptography
import Domain
import Foundation
import IngestionAdapter
import IngestionCore
import JSONDocument
import StreamRuntime
import Testing

@Suite("A record of a feed becomes items, events, rows and sealed documents")
struct IngestionProcessorTests {
    private func items(_ decoded: [DecodedItem<IngestedRecord>]) -> [StreamItem<IngestedRecord>] {
        decoded.compactMap { if case .item(let item) = $0 { item } else { nil } }
    }

    @Test("Each resource of a Bundle is one item or refused part, in order; a type without facts is an item too")
    func decoding() throws {
        let text = Fixture.bundle([
            Fixture.patient("1"), Fixture.organization, Fixture.weight(70, patient: "1"),
            #"{"resourceType":"Observation"}"#,
        ])
        let decoded = try Fixture.processor().decode(Fixture.record(text, topic: Topic.ehrFeed))
        let kinds = decoded.map { part in
            switch part {
            case .item(let item): item.input.outcome.reason?.code ?? "facts"
            case .ignored(let reason), .rejected(let reason): reason.code
            }
        }
        #expect(kinds == ["facts", "unsupported-resource", "facts", "fhir-required"])
        let items = items(decoded)
        #expect(items[0].key == items[2].key)
        #expect(items[0].key.hasPrefix("p1."))
        #expect(items.allSatisfy { $0.eventTime == Fixture.receivedAt })
    }

    @Test("The same data point has the same id by topic and by lines, and bytes of no feed are refused")
    func sources() throws {
        let processor = try Fixture.processor()
        let byTopic = items(
            processor.decode(Fixture.record(Fixture.point("a", heartRate: 70), topic: Topic.wearableFeed)))
        let byLines = items(
            processor.decode(
                Fixture.record(
                    "\(Fixture.point("a", heartRate: 70))\n", topic: Topic.wearableFeed,
                    headers: [FeedHeader.format: "omh-ndjson"])))
        #expect(byTopic.map(\.id) == byLines.map(\.id))
        #expect(byTopic.count == 1)
        guard case .rejected(let reason)? = processor.decode(Fixture.record("{}", topic: "other")).first else {
            Issue.record("was not refused")
            return
        }
        #expect(reason.code == "unknown-feed")
        guard case .rejected(let json)? = processor.decode(Fixture.record("{", topic: Topic.wearableFeed)).first else {
            Issue.record("was not refused")
            return
        }
        #expect(json.code == "json-unexpected-end")
    }

    @Test("Handling gives an event and a row for each fact, and one document that only the key opens")
    func handling() throws {
        let processor = try Fixture.processor()
        let text = Fixture.weight(70.50, patient: "1")
        let item = try #require(items(processor.decode(Fixture.record(text, topic: Topic.ehrFeed))).first)
        var state = NoState()
        let handled = processor.handle(item, state: &state, context: HandlingContext(receivedAt: Fixture.receivedAt))
        guard case .effects(let effects) = handled else {
            Issue.record("\(handled)")
            return
        }
        #expect(effects.publications.map(\.topic) == [Topic.observationRecorded])
        #expect(effects.publications.map(\.key) == [item.key])
        let event = try ObservationRecorded(decoding: try #require(effects.publications.first?.payload))
        #expect(event.value == .quantity(70.5))
        let rows = effects.rows.compactMap { if case .fact(let row) = $0 { row.recordID } else { nil } }
        #expect(rows == [item.id])
        let document = try #require(effects.documents.first)
        #expect(document.version == 1)
        #expect(!document.json.contains("29463-7"))
        let fields = try JSONValue(parsing: document.json)
        #expect(fields["record_ids"]?[0]?.string == item.id.description)
        let sealed = try #require(fields["content_sealed"]?.string.flatMap { Data(base64Encoded: $0) })
        let context = SealingContext(table: "source_document", column: "content_sealed", row: document.id)
        let opened = try Fixture.keyring().open(Array(sealed), context: context)
        let unpacked = try StreamDecoder.decode(opened, .zstd, limits: DecompressionLimits(outputBytes: 1 << 20))
        // The bytes as they were sent, not what was made of them.
        #expect(String(decoding: unpacked, as: UTF8.self) == text)
        #expect(throws: CryptographyError.self) {
            try Fixture.keyring().open(
                Array(sealed),
                context: SealingContext(table: "source_document", column: "content_sealed", row: "other"))
        }
    }

    @Test("Tenants give the same person different names")
    func tenants() throws {
        let record = Fixture.record(Fixture.weight(70, patient: "1"), topic: Topic.ehrFeed)
        let keys = try ["t1", "t2"].map { items(try Fixture.processor(tenant: $0).decode(record)).first?.key }
        #expect(keys[0] != keys[1])
    }
}
