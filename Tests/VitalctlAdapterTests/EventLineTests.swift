import Contracts
import Domain
import Foundation
import KafkaClient
import Testing

@testable import VitalctlAdapter

@Suite("A watched record is one line of JSON, and shows no payload of a feed unasked")
struct EventLineTests {
    private func record(_ topic: String, _ value: [UInt8]?, headers: [KafkaHeader] = []) -> ConsumedRecord {
        ConsumedRecord(
            topicPartition: TopicPartition(topic: topic, partition: 3), offset: 42,
            timestampMicroseconds: 1_780_000_000_000_000,
            key: Array("p1.abc".utf8), value: value, headers: headers)
    }

    private func object(_ line: String) throws -> [String: Any] {
        #expect(!line.contains("\n"))
        return try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    private var alert: Alert {
        get throws {
            let time = Timestamp(microseconds: 1_780_000_000_000_000)
            return Alert(
                eventID: EventID(high: 1, low: 2), alertID: EventID(high: 3, low: 4), version: 1,
                patient: try #require(PatientPseudonym("p1.abc")), rule: "news2", severity: .high, transition: .raised,
                score: 9, threshold: 7, summary: "NEWS2 9 (high): \"quoted\"", effectiveAt: time, raisedAt: time,
                triggerEventID: EventID(high: 5, low: 6), modelVersion: "1", producedAt: time)
        }
    }

    @Test("An alert is decoded, with its place and its CloudEvents id")
    func alertLine() throws {
        let alert = try alert
        let line = EventLine.line(
            of: record(Topic.alertRaised, alert.encoded(), headers: [KafkaHeader(name: "ce_id", value: "abc")]),
            reveal: false)
        let object = try object(line)
        #expect(object["topic"] as? String == "health.alert.raised.v1")
        #expect(object["partition"] as? Int == 3)
        #expect(object["offset"] as? Int == 42)
        #expect(object["key"] as? String == "p1.abc")
        #expect(object["ce_id"] as? String == "abc")
        let value = try #require(object["value"] as? [String: Any])
        #expect(value["rule"] as? String == "news2")
        #expect(value["summary"] as? String == alert.summary)
        #expect(line.contains(alert.canonicalJSON))
    }

    @Test("A feed's value is shown only with reveal, and stays one line")
    func feedLine() throws {
        let value = Array("{\n  \"header\": {\"user_id\": \"Ada\"},\r\n  \"body\": {}\n}\n".utf8)
        let closed = EventLine.line(of: record(Topic.wearableFeed, value), reveal: false)
        #expect(!closed.contains("Ada"))
        #expect(try object(closed)["value_bytes"] as? Int == value.count)
        let open = EventLine.line(of: record(Topic.wearableFeed, value), reveal: true)
        let body = try #require(try object(open)["value"] as? [String: Any])
        #expect((body["header"] as? [String: String])?["user_id"] == "Ada")
        let broken = EventLine.line(of: record(Topic.wearableFeed, Array("{\nx".utf8)), reveal: true)
        #expect(try object(broken)["value"] as? String == "{\nx")
    }

    @Test("Bytes that are no event are shown as their length and the reason, a tombstone as null")
    func broken() throws {
        let line = EventLine.line(of: record(Topic.observationRecorded, [0xFF, 0xFF, 0xFF]), reveal: false)
        let object = try object(line)
        #expect(object["value_bytes"] as? Int == 3)
        #expect((object["undecodable"] as? String)?.hasPrefix("ObservationRecorded") == true)
        #expect(try self.object(EventLine.line(of: record(Topic.alertRaised, nil), reveal: false))["value"] is NSNull)
        #expect(try self.object(EventLine.line(of: record("some.topic", [1]), reveal: true))["undecodable"] != nil)
    }

    @Test("Every topic of events has a decoder", arguments: Topic.events)
    func decoders(topic: String) throws {
        let object = try object(EventLine.line(of: record(topic, [0xFF]), reveal: false))
        #expect((object["undecodable"] as? String)?.hasSuffix(": malformed") == true)
    }

    @Test("The same alert event twice counts once")
    func board() throws {
        let board = AlertBoard()
        let alert = try alert
        for _ in 0..<2 { board.take(record(Topic.alertRaised, alert.encoded())) }
        #expect(board.received == 2)
        #expect(board.entries.count == 1)
        #expect(board.takeFresh().count == 1)
        #expect(board.takeFresh().isEmpty)
        #expect(board.counts.bySeverity.first?.severity == .high)
        #expect(board.counts.bySeverity.first?.count == 1)
    }
}
