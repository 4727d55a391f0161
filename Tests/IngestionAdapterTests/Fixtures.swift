import Contracts
import Cryptography
import Domain
import IngestionAdapter
import IngestionCore
import KafkaClient
import StreamRuntime
import Synchronization
import Testing

enum Fixture {
    static let receivedAt = Timestamp(microseconds: 1_767_225_600_000_000)  // 2026-01-01T00:00:00Z

    static func keyring() throws -> Keyring {
        try Keyring(keyID: "test-1", key: SymmetricKey(copying: [UInt8](repeating: 7, count: 32)))
    }

    static func processor(tenant: String = "t1") throws -> IngestionProcessor {
        let pseudonymizer = try Pseudonymizer(
            tenant: tenant, key: SymmetricKey(copying: [UInt8](repeating: 9, count: 32)), keyVersion: 1)
        return IngestionProcessor(names: KeyedNames(pseudonymizer), tenant: tenant, archive: try keyring())
    }

    static func record(
        _ text: String, topic: String, offset: Int64 = 0, headers: [String: String] = [:]
    ) -> StreamRecord {
        StreamRecord(
            topic: topic, offset: offset, receivedAt: receivedAt, value: Array(text.utf8),
            headers: headers.map { KafkaHeader(name: $0.key, value: $0.value) })
    }

    static func point(_ id: String, heartRate: Int, user: String = "u1") -> String {
        #"{"header":{"id":"\#(id)","creation_date_time":"2024-05-01T07:00:00Z","user_id":"\#(user)","schema_id":{"namespace":"omh","name":"heart-rate","version":"1.1"}},"#
            + #""body":{"heart_rate":{"value":\#(heartRate),"unit":"beats/min"},"effective_time_frame":{"date_time":"2024-05-01T06:00:00Z"}}}"#
    }

    static func weight(_ kilograms: Double, patient: String, id: String = "w1") -> String {
        #"{"resourceType":"Observation","id":"\#(id)","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},"#
            + #""subject":{"reference":"Patient/\#(patient)"},"effectiveDateTime":"2024-05-01","valueQuantity":{"value":\#(kilograms),"system":"http://unitsofmeasure.org","code":"kg"}}"#
    }

    static func bundle(_ resources: [String], type: String = "batch") -> String {
        let entries = resources.map { resource in
            let type = resource.split(separator: "\"").dropFirst(3).first ?? ""
            return #"{"resource":\#(resource),"request":{"method":"POST","url":"\#(type)"}}"#
        }
        return #"{"resourceType":"Bundle","type":"\#(type)","entry":[\#(entries.joined(separator: ","))]}"#
    }

    static let organization = #"{"resourceType":"Organization","id":"o1","name":"A clinic"}"#

    static func patient(_ id: String, gender: String = "female") -> String {
        #"{"resourceType":"Patient","id":"\#(id)","gender":"\#(gender)","birthDate":"1980-02-03"}"#
    }
}

/// A lane without a database: decodes as the runtime does and remembers which records it has seen.
final class LaneDouble: FeedSubmitter {
    struct State {
        var seen: Set<EventID> = []
        var isReady = true
        var isFull = false
    }

    let processor: IngestionProcessor
    let state = Mutex(State())

    init(_ processor: IngestionProcessor) {
        self.processor = processor
    }

    var isReady: Bool { state.withLock { $0.isReady } }

    func submit(_ submission: Submission) async throws -> [ItemOutcome] {
        if state.withLock({ $0.isFull }) { throw IngestionError(.unavailable, operation: "submit", detail: "busy") }
        let record = StreamRecord(
            topic: submission.topic, offset: 0, receivedAt: Fixture.receivedAt, value: submission.bytes,
            headers: submission.headers)
        return processor.decode(record).map { decoded in
            switch decoded {
            case .item(let item):
                guard state.withLock({ $0.seen.insert(item.id).inserted }) else { return .duplicate(item.id) }
                switch item.input.outcome.verdict {
                case .archived(let reason):
                    return .remarked(
                        item.id, [Rejection(code: reason.code, place: reason.place, detail: reason.detail)])
                case .quarantined(let reason, _):
                    return .quarantined(
                        item.id, Rejection(code: reason.code, place: reason.place, detail: reason.detail))
                case .facts, .rejected: return .accepted(item.id)
                }
            case .ignored(let reason): return .ignored(reason)
            case .rejected(let reason): return .rejected(reason)
            }
        }
    }
}
