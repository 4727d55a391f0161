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

    @Test("Each resource of a Bundle is one item, ignored part or refused part, in order")
    func decoding() throws {
        let text = Fixture.bundle([
            Fixture.patient("1"), #"{"resourceType":"Claim"}"#, Fixture.weight(70, patient: "1"),
            #"{"resourceType":"Observation"}"#,
        ])
        let decoded = try Fixture.processor().decode(Fixture.record(text, topic: Topic.ehrFeed))
        let kinds = decoded.map { part in
            switch part {
            case .item: "item"
            case .ignored(let reason), .rejected(let reason): reason.code
            }
        }
        #expect(kinds == ["item", "unsupported-resource", "item", "missing-element"])
        let items = items(decoded)
        #expect(items[0].key == items[1].key)
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
                Fixture.record("\(Fixture.point("a", heartRate: 70))\n", topic: Topic.wearableFeed + "+ndjson")))
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
        #expect(effects.rows.map(\.recordID) == [item.id])
        let document = try #require(effects.documents.first)
        #expect(document.id == item.id.description)
        #expect(document.version == 1)
        #expect(!document.json.contains("29463-7"))
        let fields = try JSONValue(parsing: document.json)
        #expect(fields["event_ids"]?[0]?.string == event.eventID.description)
        let sealed = try #require(fields["resource_sealed"]?.string.flatMap { Data(base64Encoded: $0) })
        let context = SealingContext(table: "source_document", column: "resource_sealed", row: item.id.description)
        let opened = try Fixture.keyring().open(Array(sealed), context: context)
        #expect(try JSONValue(parsing: opened) == JSONValue(parsing: text))
        #expect(throws: CryptographyError.self) {
            try Fixture.keyring().open(
                Array(sealed),
                context: SealingContext(table: "source_document", column: "resource_sealed", row: "other"))
        }
    }

    @Test("Tenants give the same person different names")
    func tenants() throws {
        let record = Fixture.record(Fixture.weight(70, patient: "1"), topic: Topic.ehrFeed)
        let keys = try ["t1", "t2"].map { items(try Fixture.processor(tenant: $0).decode(record)).first?.key }
        #expect(keys[0] != keys[1])
    }
}
