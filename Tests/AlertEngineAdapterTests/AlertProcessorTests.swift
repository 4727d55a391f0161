import AlertEngineAdapter
import AlertEngineCore
import Contracts
import Domain
import JSONDocument
import StreamRuntime
import TestSupport
import Testing

@Suite("The processor takes observation events and makes alert events, documents and rows of the same content")
struct AlertProcessorTests {
    let processor = AlertProcessor(tenant: "ward-a")

    func item(_ observation: ObservationRecorded) throws -> StreamItem<ObservedVital> {
        guard case .item(let item) = processor.decode(Sample.record(observation)).first else {
            throw Unexpected(description: "no item")
        }
        return item
    }

    func handle(_ observation: ObservationRecorded, _ state: inout PatientState) throws -> Effects<AlertRow> {
        let context = HandlingContext(receivedAt: observation.receivedAt)
        guard case .effects(let effects) = processor.handle(try item(observation), state: &state, context: context)
        else {
            throw Unexpected(description: "no effects")
        }
        return effects
    }

    @Test("an observation becomes one item under its own id, patient and time")
    func item() throws {
        let observation = try Sample.observation(1, .heartRate, 72, minute: 3)
        let item = try item(observation)
        #expect(item.id == observation.eventID)
        #expect(item.key == "p1.anna")
        #expect(item.eventTime == Sample.minute(3))
        #expect(
            item.input.act
                == .take(
                    VitalReading(
                        code: .heartRate, value: 72, effectiveAt: Sample.minute(3), eventID: observation.eventID)))
    }

    @Test("what no rule watches, cannot be used or is impossible is ignored under its code")
    func ignored() throws {
        func code(_ observation: ObservationRecorded) -> String {
            guard case .ignored(let rejection) = processor.decode(Sample.record(observation)).first else { return "" }
            return rejection.code
        }
        var height = try Sample.observation(1, .heartRate, 180, minute: 0)
        height.code = "8302-2"
        #expect(code(height) == "not-watched")
        #expect(code(try Sample.observation(1, .heartRate, 900, minute: 0)) == "implausible")
        #expect(code(try Sample.observation(1, .heartRate, 70, minute: 0, unit: "L")) == "unknown-unit")
        #expect(code(try Sample.observation(1, .heartRate, 70, minute: 0, status: .cancelled)) == "not-usable")
        let tombstone = StreamRecord(
            topic: Topic.observationRecorded, offset: 0, receivedAt: Sample.start, key: [1], value: [])
        guard case .rejected = processor.decode(tombstone).first else {
            Issue.record("an empty message is no observation")
            return
        }
    }

    @Test("a record that is no observation, or not under its patient's key, is rejected without patient data")
    func rejected() throws {
        func rejection(_ record: StreamRecord) -> Rejection? {
            guard case .rejected(let rejection) = processor.decode(record).first else { return nil }
            return rejection
        }
        let observation = try Sample.observation(1, .heartRate, 72, minute: 0)
        func record(key: [UInt8]?, value: [UInt8]) -> StreamRecord {
            StreamRecord(
                topic: Topic.observationRecorded, offset: 0, receivedAt: Sample.start, key: key, value: value)
        }
        let key = Array(observation.key.utf8)
        #expect(rejection(record(key: key, value: [0xFF, 0xFF]))?.code == "malformed")
        #expect(rejection(record(key: Array("p1.other".utf8), value: observation.encoded()))?.code == "foreign-key")
        #expect(rejection(record(key: nil, value: observation.encoded()))?.code == "foreign-key")
        var odd = observation
        odd.code = ""
        let missing = try #require(rejection(record(key: key, value: odd.encoded())))
        #expect(missing.code == "missing")
        #expect(missing.place == "ObservationRecorded.code")
        #expect(!"\(missing)".contains("p1.anna"))
    }

    @Test("an alert is one event, one document and one row of the same content, and replaying makes the same bytes")
    func effects() throws {
        var state = PatientState()
        let calm = try handle(try Sample.observation(1, .respiratoryRate, 18, minute: 0), &state)
        #expect(calm.publications.isEmpty && calm.documents.isEmpty && calm.rows.isEmpty && calm.stateChanged)
        let before = state
        let trigger = try Sample.observation(2, .respiratoryRate, 26, minute: 1)
        let effects = try handle(trigger, &state)
        let publication = try #require(effects.publications.first)
        #expect(publication.topic == Topic.alertRaised)
        #expect(publication.key == "p1.anna")
        let alert = try Alert(decoding: publication.payload)
        #expect(publication.id == alert.eventID)
        #expect(
            alert.eventID == .derived(service: "alert-engine", logicVersion: "1", input: trigger.eventID, ordinal: 0))
        #expect((alert.rule, alert.transition, alert.severity, alert.version) == ("news2", .raised, .lowMedium, 1))
        #expect(alert.triggerEventID == trigger.eventID)
        #expect(alert.producedAt == trigger.receivedAt)
        try alert.validate()
        #expect(effects.rows == [AlertRow(alert: alert, tenant: "ward-a")])
        let document = try #require(effects.documents.first)
        #expect((document.collection, document.id, document.version) == ("alert", alert.alertID.description, 1))
        let json = try JSONValue(parsing: document.json)
        #expect(json["status"]?.string == "open")
        #expect(json["tenant"]?.string == "ward-a")
        #expect(json["evidence"]?[0]?["event_id"]?.string == trigger.eventID.description)
        #expect(json["raised_evidence"] == json["evidence"])
        #expect(json["_id"] == nil && json["version"] == nil)
        var replayed = before
        let again = try handle(trigger, &replayed)
        #expect(again.publications.map(\.payload) == effects.publications.map(\.payload))
        #expect(again.documents.map(\.json) == effects.documents.map(\.json))
        #expect(replayed == state)
    }

    @Test("the end of an alert goes to the resolved topic and closes its document, which keeps what raised it")
    func resolution() throws {
        var state = PatientState()
        _ = try handle(try Sample.observation(1, .bodyTemperature, 39.5, minute: 0), &state)
        _ = try handle(try Sample.observation(2, .bodyTemperature, 37, minute: 1), &state)
        let effects = try handle(try Sample.observation(3, .bodyTemperature, 37, minute: 2), &state)
        let publication = try #require(effects.publications.first)
        #expect(publication.topic == Topic.alertResolved)
        let document = try JSONValue(parsing: try #require(effects.documents.first).json)
        #expect(document["status"]?.string == "resolved")
        #expect(document["resolved_at_us"]?.number?.int64 == Sample.minute(2).microseconds)
        #expect(document["raised_evidence"] == nil, "$set must not overwrite it")
    }

    @Test("a log without times falls back on the time of receipt")
    func withoutLogTime() throws {
        var state = PatientState()
        let observation = try Sample.observation(1, .bodyTemperature, 39.5, minute: 0)
        let handled = processor.handle(
            try item(observation), state: &state, context: HandlingContext(receivedAt: Timestamp(microseconds: -1_000)))
        guard case .effects(let effects) = handled else {
            Issue.record("no effects")
            return
        }
        #expect(effects.rows.first?.alert.producedAt == observation.receivedAt)
    }

    @Test("a retraction reaches the state")
    func retraction() throws {
        var state = PatientState()
        _ = try handle(try Sample.observation(1, .respiratoryRate, 18, minute: 0), &state)
        let effects = try handle(
            try Sample.observation(2, .respiratoryRate, 18, minute: 0, status: .enteredInError), &state)
        #expect(effects.stateChanged)
        #expect(state == PatientState())
    }
}
