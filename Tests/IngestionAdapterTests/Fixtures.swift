import Contracts
import Cryptography
import Domain
import IngestionAdapter
import IngestionCore
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

    static func record(_ text: String, topic: String, offset: Int64 = 0) -> StreamRecord {
        StreamRecord(topic: topic, offset: offset, receivedAt: receivedAt, value: Array(text.utf8))
    }

    static func point(_ id: String, heartRate: Int, user: String = "u1") -> String {
        #"{"header":{"id":"\#(id)","creation_date_time":"2024-05-01T07:00:00Z","user_id":"\#(user)","schema_id":{"namespace":"omh","name":"heart-rate","version":"1.1"}},"#
            + #""body":{"heart_rate":{"value":\#(heartRate),"unit":"beats/min"},"effective_time_frame":{"date_time":"2024-05-01T06:00:00Z"}}}"#
    }

    static func weight(_ kilograms: Double, patient: String, id: String = "w1") -> String {
        #"{"resourceType":"Observation","id":"\#(id)","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},"#
            + #""subject":{"reference":"Patient/\#(patient)"},"effectiveDateTime":"2024-05-01","valueQuantity":{"value":\#(kilograms),"system":"http://unitsofmeasure.org","code":"kg"}}"#
    }

    static func bundle(_ resources: [String]) -> String {
        #"{"resourceType":"Bundle","type":"transaction","entry":[\#(resources.map { #"{"resource":\#($0)}"# }.joined(separator: ","))]}"#
    }

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

    func submit(feed value: [UInt8], topic: String) async throws -> [ItemOutcome] {
        if state.withLock({ $0.isFull }) { throw IngestionError(.unavailable, operation: "submit", detail: "busy") }
        let record = StreamRecord(topic: topic, offset: 0, receivedAt: Fixture.receivedAt, value: value)
        return processor.decode(record).map { decoded in
            switch decoded {
            case .item(let item):
                state.withLock { $0.seen.insert(item.id).inserted } ? .accepted(item.id) : .duplicate(item.id)
            case .ignored(let reason): .ignored(reason)
            case .rejected(let reason): .rejected(reason)
            }
        }
    }
}
