import Contracts
import Testing

@Suite("Every field is checked, and the error names it")
struct FieldCheckTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let kind: String
        let number: Int
        let payload: WireMessage.Payload?
        let code: ContractError.Code
        let field: String
        var testDescription: String { "\(kind).\(field): \(code.rawValue)" }
    }

    /// The required fields of each message: number and name.
    static let required: [String: [(Int, String)]] = [
        "ObservationRecorded": [
            (1, "event_id"), (2, "patient"), (3, "code"), (4, "code_system"), (15, "status"), (16, "effective_at_us"),
            (18, "received_at_us"), (19, "source"), (22, "model_version"), (23, "produced_at_us"),
        ],
        "MedicationRecorded": [
            (1, "event_id"), (2, "patient"), (3, "code"), (4, "code_system"), (6, "status"), (7, "intent"),
            (8, "authored_at_us"), (11, "source"), (12, "received_at_us"), (13, "model_version"),
            (14, "produced_at_us"),
        ],
        "ConditionRecorded": [
            (1, "event_id"), (2, "patient"), (3, "code"), (4, "code_system"), (6, "clinical_status"),
            (7, "verification_status"), (12, "source"), (13, "received_at_us"), (14, "model_version"),
            (15, "produced_at_us"),
        ],
        "PatientRegistered": [
            (1, "event_id"), (2, "patient"), (3, "administrative_gender"), (7, "source"), (8, "received_at_us"),
            (9, "model_version"), (10, "produced_at_us"),
        ],
        "Alert": [
            (1, "event_id"), (2, "alert_id"), (4, "patient"), (5, "rule"), (6, "severity"), (7, "transition"),
            (12, "effective_at_us"), (13, "raised_at_us"), (14, "trigger_event_id"), (15, "model_version"),
            (16, "produced_at_us"),
        ],
        "DeadLetter": [
            (1, "event_id"), (2, "service"), (3, "reason_code"), (7, "source_topic"), (10, "payload_sha256"),
            (13, "produced_at_us"), (14, "model_version"),
        ],
        "AllergyRecorded": [
            (1, "event_id"), (2, "patient"), (3, "code"), (4, "code_system"), (6, "kind"), (8, "criticality"),
            (9, "clinical_status"), (10, "verification_status"), (16, "source"), (17, "received_at_us"),
            (18, "model_version"), (19, "produced_at_us"),
        ],
        "EncounterRecorded": [
            (1, "event_id"), (2, "patient"), (7, "status"), (13, "source"), (14, "received_at_us"),
            (15, "model_version"), (16, "produced_at_us"),
        ],
        "ProcedureRecorded": [
            (1, "event_id"), (2, "patient"), (3, "code"), (4, "code_system"), (6, "status"), (10, "source"),
            (11, "received_at_us"), (12, "model_version"), (13, "produced_at_us"),
        ],
        "ImmunizationRecorded": [
            (1, "event_id"), (2, "patient"), (3, "code"), (4, "code_system"), (6, "status"), (7, "occurred_at_us"),
            (11, "source"), (12, "received_at_us"), (13, "model_version"), (14, "produced_at_us"),
        ],
        "ReportRecorded": [
            (1, "event_id"), (2, "patient"), (3, "code"), (4, "code_system"), (7, "status"), (14, "source"),
            (15, "received_at_us"), (16, "model_version"), (17, "produced_at_us"),
        ],
        "ConsentRecorded": [
            (1, "event_id"), (2, "patient"), (3, "status"), (14, "source"), (15, "received_at_us"),
            (16, "model_version"), (17, "produced_at_us"),
        ],
        "GenotypesRecorded": [
            (1, "event_id"), (2, "patient"), (5, "format"), (6, "submission_id"), (12, "source"),
            (13, "received_at_us"), (14, "model_version"), (15, "produced_at_us"),
        ],
        "ExpressionMeasured": [
            (1, "event_id"), (2, "patient"), (3, "sample_id"), (7, "gene_system"), (8, "submission_id"), (16, "source"),
            (17, "received_at_us"), (18, "model_version"), (19, "produced_at_us"),
        ],
        "PolygenicScoreDefined": [
            (1, "event_id"), (2, "score_id"), (7, "submission_id"), (12, "source"), (13, "received_at_us"),
            (14, "model_version"), (15, "produced_at_us"),
        ],
        "DiplotypeReported": [
            (1, "event_id"), (2, "patient"), (3, "gene"), (11, "reported_at_us"), (13, "source"),
            (14, "received_at_us"), (15, "model_version"), (16, "produced_at_us"),
        ],
        "PhenotypeDetermined": [
            (1, "event_id"), (2, "patient"), (3, "gene"), (5, "call_status"), (17, "knowledge_version"),
            (19, "effective_at_us"), (20, "model_version"), (21, "produced_at_us"),
        ],
        "RecommendationMade": [
            (1, "event_id"), (2, "recommendation_id"), (4, "patient"), (5, "drug"), (8, "status"),
            (24, "knowledge_version"), (26, "effective_at_us"), (27, "model_version"), (28, "produced_at_us"),
        ],
        "KnowledgeReleased": [
            (1, "event_id"), (2, "subject"), (3, "knowledge_version"), (4, "digest"), (6, "released_at_us"),
            (8, "model_version"), (9, "produced_at_us"),
        ],
        "ReevaluationRequested": [
            (1, "event_id"), (2, "subject"), (4, "reason"), (11, "model_version"), (12, "produced_at_us"),
        ],
    ]

    static let missing = required.sorted { $0.key < $1.key }.flatMap { kind, fields in
        fields.map { Fault(kind: kind, number: $0, payload: nil, code: .missing, field: $1) }
    }

    static func bytes(_ text: String) -> WireMessage.Payload { .bytes(Array(text.utf8)) }
    static let far = UInt64(bitPattern: ContractLimits.latestMicroseconds + 1)

    static let faults: [Fault] =
        missing + [
            Fault(kind: "ObservationRecorded", number: 6, payload: nil, code: .missing, field: "value"),
            Fault(
                kind: "ObservationRecorded", number: 6, payload: .fixed64(Double.nan.bitPattern), code: .notFinite,
                field: "quantity"),
            Fault(
                kind: "ObservationRecorded", number: 6, payload: .fixed64(Double.infinity.bitPattern), code: .notFinite,
                field: "quantity"),
            Fault(
                kind: "ObservationRecorded", number: 15, payload: .varint(9), code: .unknownEnumValue, field: "status"),
            Fault(
                kind: "ObservationRecorded", number: 15, payload: .varint(.max), code: .unknownEnumValue,
                field: "status"),
            Fault(
                kind: "ObservationRecorded", number: 1, payload: bytes("nonsense"), code: .invalidForm,
                field: "event_id"),
            Fault(kind: "ObservationRecorded", number: 2, payload: bytes("a b"), code: .invalidForm, field: "patient"),
            Fault(
                kind: "ObservationRecorded", number: 5, payload: .bytes([0xC3, 0x28]), code: .notUTF8, field: "display"),
            Fault(
                kind: "ObservationRecorded", number: 5, payload: .bytes([0xED, 0xA0, 0x80]), code: .notUTF8,
                field: "display"),
            Fault(
                kind: "ObservationRecorded", number: 5, payload: .bytes(Array(repeating: 0xF8, count: 20)),
                code: .notUTF8,
                field: "display"),
            Fault(kind: "ObservationRecorded", number: 5, payload: bytes("a\0b"), code: .containsNUL, field: "display"),
            Fault(kind: "ObservationRecorded", number: 5, payload: .bytes([0]), code: .containsNUL, field: "display"),
            Fault(
                kind: "ObservationRecorded", number: 5, payload: bytes(String(repeating: "x", count: 4097)),
                code: .oversize,
                field: "display"),
            Fault(
                kind: "ObservationRecorded", number: 16, payload: .varint(far), code: .outOfRange,
                field: "effective_at_us"),
            Fault(
                kind: "ObservationRecorded", number: 17, payload: .varint(1), code: .outOfRange,
                field: "effective_end_at_us"),
            Fault(
                kind: "ObservationRecorded", number: 18, payload: .varint(far), code: .outOfRange,
                field: "received_at_us"),
            Fault(
                kind: "ObservationRecorded", number: 11, payload: bytes("http://loinc.org"), code: .contradiction,
                field: "value_code_system"),
            Fault(
                kind: "ObservationRecorded", number: 24, payload: nil, code: .contradiction,
                field: "original_code_system"),
            Fault(kind: "ObservationRecorded", number: 9, payload: .varint(1), code: .contradiction, field: "unit"),
            Fault(kind: "ObservationRecorded", number: 3, payload: .varint(1), code: .malformed, field: ""),
            Fault(
                kind: "MedicationRecorded", number: 6, payload: .varint(15), code: .unknownEnumValue, field: "status"),
            Fault(
                kind: "MedicationRecorded", number: 7, payload: .varint(10), code: .unknownEnumValue, field: "intent"),
            Fault(
                kind: "ConditionRecorded", number: 6, payload: .varint(8), code: .unknownEnumValue,
                field: "clinical_status"),
            Fault(
                kind: "ConditionRecorded", number: 7, payload: .varint(8), code: .unknownEnumValue,
                field: "verification_status"),
            Fault(
                kind: "ConditionRecorded", number: 9, payload: .varint(far), code: .outOfRange, field: "abated_at_us"),
            Fault(
                kind: "PatientRegistered", number: 3, payload: .varint(5), code: .unknownEnumValue,
                field: "administrative_gender"),
            Fault(
                kind: "PatientRegistered", number: 4, payload: .varint(10_000), code: .outOfRange, field: "birth_year"),
            Fault(kind: "PatientRegistered", number: 4, payload: .varint(.max), code: .outOfRange, field: "birth_year"),
            Fault(kind: "Alert", number: 3, payload: nil, code: .outOfRange, field: "version"),
            Fault(kind: "Alert", number: 6, payload: .varint(5), code: .unknownEnumValue, field: "severity"),
            Fault(kind: "Alert", number: 7, payload: .varint(4), code: .unknownEnumValue, field: "transition"),
            Fault(
                kind: "Alert", number: 8, payload: .fixed64((-Double.infinity).bitPattern), code: .notFinite,
                field: "score"),
            Fault(
                kind: "Alert", number: 9, payload: .fixed64(Double.nan.bitPattern), code: .notFinite, field: "threshold"
            ),
            Fault(kind: "Alert", number: 14, payload: bytes("x"), code: .invalidForm, field: "trigger_event_id"),
            Fault(kind: "PhenotypeDetermined", number: 4, payload: nil, code: .outOfRange, field: "version"),
            Fault(
                kind: "PhenotypeDetermined", number: 7, payload: .varint(.max), code: .outOfRange,
                field: "diplotype_count"),
            Fault(kind: "RecommendationMade", number: 3, payload: nil, code: .outOfRange, field: "version"),
            Fault(kind: "KnowledgeReleased", number: 4, payload: bytes("0B"), code: .invalidForm, field: "digest"),
            Fault(kind: "ReevaluationRequested", number: 9, payload: .varint(.max), code: .outOfRange, field: "page"),
            Fault(
                kind: "ReevaluationRequested", number: 3, payload: bytes("a b"), code: .invalidForm, field: "patient"),
            Fault(kind: "DeadLetter", number: 6, payload: nil, code: .outOfRange, field: "attempts"),
            Fault(kind: "DeadLetter", number: 8, payload: .varint(.max), code: .outOfRange, field: "source_partition"),
            Fault(kind: "DeadLetter", number: 9, payload: .varint(.max), code: .outOfRange, field: "source_offset"),
            Fault(
                kind: "DeadLetter", number: 10, payload: bytes(String(repeating: "0A", count: 32)), code: .invalidForm,
                field: "payload_sha256"),
            Fault(kind: "DeadLetter", number: 10, payload: bytes("0a"), code: .invalidForm, field: "payload_sha256"),
            Fault(
                kind: "DeadLetter", number: 11,
                payload: .bytes([UInt8](repeating: 1, count: ContractLimits.ciphertextBytes + 1)), code: .oversize,
                field: "payload_ciphertext"),
        ]

    @Test("A fault has its code and its field", arguments: faults)
    func fault(fault: Fault) throws {
        let kind = try #require(Samples.kinds.first { $0.name == fault.kind })
        let message = kind.message.setting(fault.number, to: fault.payload)
        let expected = ContractError(code: fault.code, message: fault.kind, field: fault.field)
        #expect(throws: expected) { try kind.decode(message.encoded) }
    }

    @Test("Texts of exactly the limit pass")
    func limit() throws {
        var observation = Samples.observation
        observation.display = String(repeating: "é", count: ContractLimits.textBytes / 2)
        try observation.validate()
    }

    @Test("Nothing is an event without its required fields", arguments: Samples.kinds)
    func empty(kind: Samples.Kind) {
        let error = #expect(throws: ContractError.self) { try kind.decode([]) }
        #expect(error?.code == .missing)
    }

    @Test("The error's text names message and field only")
    func description() {
        let error = ContractError(code: .notFinite, message: "Alert", field: "score")
        #expect("\(error)" == "Alert.score: not-finite" && !error.isRetriable)
        #expect("\(ContractError(code: .malformed, message: "Alert", field: ""))" == "Alert: malformed")
    }
}
