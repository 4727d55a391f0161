import Contracts
import Domain
import IngestionCore
import JSONDocument

/// A decoder under fuzzing. The raw value names it in `VITALSTREAM_FUZZ_TARGET` and is the name of its corpus.
enum FuzzTarget: String, CaseIterable {
    case observation
    case medication
    case condition
    case patient
    case alert
    case deadLetter = "dead-letter"
    case timestamp
    case eventID = "event-id"
    case json
    case fhir
    case openMHealth = "open-mhealth"
    case openMHealthLines = "open-mhealth-lines"
    case pmData = "pmdata"

    /// Decodes `bytes`. What is accepted must survive its own encoding; a breach ends the process, which libFuzzer reports.
    func run(_ bytes: UnsafeRawBufferPointer) {
        switch self {
        case .observation: check(ObservationRecorded.self, bytes)
        case .medication: check(MedicationRecorded.self, bytes)
        case .condition: check(ConditionRecorded.self, bytes)
        case .patient: check(PatientRegistered.self, bytes)
        case .alert: check(Alert.self, bytes)
        case .deadLetter: check(DeadLetter.self, bytes)
        case .timestamp: checkTimestamp(bytes)
        case .eventID: checkEventID(bytes)
        case .json: checkJSON(bytes)
        case .fhir: check(Self.feed.fhir(bytes))
        case .openMHealth: check(Self.feed.openMHealth(bytes))
        case .openMHealthLines: check(Self.feed.openMHealth(lines: Array(bytes)))
        case .pmData: checkPMData(bytes)
        }
    }

    private func check<Event: HealthEvent>(_: Event.Type, _ bytes: UnsafeRawBufferPointer) {
        guard let event = try? Event(decoding: bytes) else { return }
        guard (try? Event(decoding: event.encoded())) == event else {
            fatalError("\(Event.self) does not survive its codec")
        }
        guard !event.canonicalJSON.isEmpty else { fatalError("\(Event.self) has no JSON") }
    }

    private func checkTimestamp(_ bytes: UnsafeRawBufferPointer) {
        let text = String(decoding: bytes, as: UTF8.self)
        _ = Timestamp(iso8601Date: text)
        guard let time = Timestamp(iso8601: text) else { return }
        // An offset may move the years 0 and 9999 out of four digits; every other time reads back.
        guard (ContractLimits.earliestMicroseconds...ContractLimits.latestMicroseconds).contains(time.microseconds)
        else { return }
        guard Timestamp(iso8601: time.iso8601) == time else { fatalError("a time does not read back") }
    }

    private func checkEventID(_ bytes: UnsafeRawBufferPointer) {
        guard let id = EventID(utf8: bytes) else { return }
        guard EventID(id.description) == id else { fatalError("an event id does not read back") }
        _ = EventID(String(decoding: bytes, as: UTF8.self))
    }

    // MARK: JSON and feeds

    private func checkJSON(_ bytes: UnsafeRawBufferPointer) {
        guard let value = try? JSONValue(parsing: bytes) else { return }
        guard (try? JSONValue(parsing: value.serialized())) == value else {
            fatalError("a JSON value does not read back")
        }
    }

    /// Whatever a feed says, the facts made of it are events that consumers accept.
    private func check(_ outcomes: [FactOutcome]) {
        for fact in outcomes.flatMap(\.facts) {
            do {
                try fact.event.validate()
            } catch {
                fatalError("a fact that no consumer takes: \(error)")
            }
        }
    }

    private func checkPMData(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        let kind = PMDataReader.Kind.allCases[Int(first) % PMDataReader.Kind.allCases.count]
        guard let yield = try? PMDataReader(participant: "p01").dataPoints(of: kind, json: bytes.dropFirst()) else {
            return
        }
        check(Self.feed.openMHealth(.array(yield.dataPoints)))
    }

    private static let feed: FeedDecoder = {
        let feed = FeedDecoder(
            context: FeedContext(source: Topic.ehrFeed, receivedAt: Timestamp(microseconds: 1_714_545_000_000_000)),
            names: OneName())
        // The first data point builds the catalogue of schemas, which is kept for the life of the process. Its JSON trees are indirect
        // enumerations, whose pointers Swift tags in their spare bits: the leak sanitizer would not see that they are still held.
        disableLeakDetection()
        defer { enableLeakDetection() }
        let point = """
            {"header":{"id":"a","creation_date_time":"2024-05-01T06:30:01Z","user_id":"u1",\
            "schema_id":{"namespace":"omh","name":"heart-rate","version":"1.0"}},\
            "body":{"heart_rate":{"value":72,"unit":"beats/min"},\
            "effective_time_frame":{"date_time":"2024-05-01T06:30:00Z"}}}
            """
        guard feed.openMHealth(Array(point.utf8)).count == 1 else { fatalError("one data point, one outcome") }
        return feed
    }()

    /// Knows everybody under one name: fuzzing is about forms, not people.
    private struct OneName: PersonNaming {
        func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym {
            guard let pseudonym = PatientPseudonym("p1.everybody") else { throw Nameless() }
            return pseudonym
        }

        func opaqueName(of record: PHI<SubjectIdentifier>) throws -> String { "h1.everything" }

        struct Nameless: Error {}
    }
}

/// The address sanitizer's `lsan_interface.h`.
@_silgen_name("__lsan_disable")
private func disableLeakDetection()

/// The address sanitizer's `lsan_interface.h`.
@_silgen_name("__lsan_enable")
private func enableLeakDetection()
