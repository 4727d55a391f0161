import Contracts
import Domain
import Testing

@Suite("An event survives its codec")
struct CodecTests {
    @Test("Random events decode to themselves", arguments: Samples.kinds)
    func roundTrip(kind: Samples.Kind) throws {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        #expect(try kind.survives(kind.sample))
        for _ in 0..<2_000 {
            let event = kind.random(&generator)
            #expect(try kind.survives(event), "seed \(seed)")
        }
    }

    @Test("Fields of a later version are kept, wherever they stand, and written again", arguments: Samples.kinds)
    func unknownFields(kind: Samples.Kind) throws {
        let unknown: [WireMessage.Field] = [
            .init(number: 100, payload: .varint(.max)), .init(number: 536_870_911, payload: .bytes(Array("new".utf8))),
            .init(number: 101, payload: .fixed64(1)), .init(number: 102, payload: .fixed32(2)),
            .init(number: 100, payload: .varint(0)), .init(number: 103, payload: .bytes([])),
        ]
        var message = kind.message
        for (place, field) in unknown.enumerated() {
            message.fields.insert(field, at: min(place * 3, message.fields.count))
        }
        let event = try kind.decode(message.encoded)
        #expect(event.unknownFields == WireMessage(unknown).encoded)
        let forwarded = try #require(WireMessage(event.encoded()))
        #expect(forwarded.fields.filter { $0.number >= 100 } == unknown)
        #expect(forwarded.fields.filter { $0.number < 100 } == kind.message.fields)
    }

    @Test("The last of a repeated field counts", arguments: Samples.kinds)
    func lastOneWins(kind: Samples.Kind) throws {
        let first = WireMessage([.init(number: 1, payload: .bytes(Array(Samples.otherID.description.utf8)))])
        let event = try kind.decode(first.encoded + kind.sample.encoded())
        #expect(event.eventID == kind.sample.eventID)
        let last = try kind.decode(kind.sample.encoded() + first.encoded)
        #expect(last.eventID == Samples.otherID)
    }

    @Test("The last member of a oneof counts")
    func lastMemberWins() throws {
        let text = WireMessage([.init(number: 7, payload: .bytes(Array("high".utf8)))])
        let bytes = try #require(WireMessage(Samples.observation.encoded())).setting(12, to: nil).encoded
        #expect(try ObservationRecorded(decoding: bytes + text.encoded).value == .text("high"))
        var quantity = WireMessage([.init(number: 6, payload: .fixed64(Double(9).bitPattern))])
        quantity.fields.insert(contentsOf: text.fields, at: 0)
        #expect(try ObservationRecorded(decoding: bytes + quantity.encoded).value == .quantity(9))
    }

    @Test("Slices and collections without contiguous storage decode too")
    func collections() throws {
        let bytes = Samples.alert.encoded()
        #expect(try Alert(decoding: ([0] + bytes + [0])[1...bytes.count]) == Samples.alert)
        #expect(try Alert(decoding: Array(bytes.reversed()).reversed() as ReversedCollection<[UInt8]>) == Samples.alert)
    }

    @Test("Times at the epoch are times, not absences")
    func epoch() throws {
        var observation = Samples.observation
        observation.effectiveAt = Timestamp(microseconds: 0)
        #expect(try ObservationRecorded(decoding: observation.encoded()) == observation)
        #expect(try ConditionRecorded(decoding: Samples.condition.encoded()).onsetAt == Timestamp(microseconds: 0))
        #expect(try ConditionRecorded(decoding: Samples.condition.encoded()).abatedAt == nil)
    }

    @Test("A text with NUL is refused before it is published, and never cuts the message")
    func embeddedNUL() throws {
        var observation = Samples.observation
        observation.display = "a\0b"
        let error = #expect(throws: ContractError.self) { try observation.validate() }
        #expect(error?.code == .notPreserved)
        #expect(try ObservationRecorded(decoding: observation.encoded()).display == "a\u{FFFD}b")
    }

    @Test("Validation finds what a consumer would refuse")
    func validation() throws {
        var observation = Samples.observation
        try observation.validate()
        observation.value = .quantity(.nan)
        #expect(throws: ContractError(code: .notFinite, message: "ObservationRecorded", field: "quantity")) {
            try observation.validate()
        }
        var alert = Samples.alert
        alert.rule = ""
        #expect(throws: ContractError(code: .missing, message: "Alert", field: "rule")) { try alert.validate() }
        alert = Samples.alert
        alert.unknownFields = [0xFF]
        #expect(throws: ContractError.self) { try alert.validate() }
        alert.unknownFields = WireMessage([.init(number: 5, payload: .bytes([65]))]).encoded
        #expect(throws: ContractError(code: .notPreserved, message: "Alert", field: "")) { try alert.validate() }
    }

    @Test("Topics, types and keys are those of the event")
    func routing() {
        var alert = Samples.alert
        #expect(alert.topic == "health.alert.raised.v1" && alert.ceType == alert.topic)
        alert.transition = .resolved
        #expect(alert.topic == "health.alert.resolved.v1" && alert.ceType == alert.topic)
        #expect(Set(Samples.kinds.map(\.sample.topic)) == Set(Topic.events).subtracting([Topic.alertResolved]))
        #expect(Set(Topic.all).count == Topic.all.count && Topic.all.count == 25)
        #expect(Samples.observation.key == Samples.patient.rawValue)
        #expect(Samples.deadLetter.key == Samples.id.description)
        #expect(Samples.score.key == "PGS000001")
        #expect(Samples.knowledge.key == "pharmacogenomics")
        var page = Samples.reevaluation
        #expect(page.key == Samples.patient.rawValue)
        page.patient = nil
        #expect(page.key == "pharmacogenomics")
        let headers = CloudEventHeader.headers(of: Samples.observation, source: "/vitalstream/ingestion")
        #expect(
            headers.map { "\($0.name): \($0.value)" } == [
                "ce_id: 01234567-89ab-8def-8fed-cba987654321", "ce_source: /vitalstream/ingestion",
                "ce_type: health.observation.recorded.v1", "ce_time: 2024-05-01T06:31:00.123456Z",
                "ce_specversion: 1.0", "content-type: application/x-protobuf",
            ])
    }
}
