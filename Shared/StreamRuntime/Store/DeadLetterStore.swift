public import Cryptography
public import Domain
import PostgresClient

/// Why a part of a record is on the shelf.
enum Disposition: String, Sendable {
    /// It could not be taken.
    case rejected
    /// It is held back until a person has looked at it.
    case quarantined
}

/// A part of a record that could not be taken, or is held back.
struct DeadLetterRow: Sendable {
    let id: EventID
    let topic: String
    let partition: Int32
    let offset: Int64
    let ordinal: Int32
    let rejection: Rejection
    let disposition: Disposition
    let attempts: Int
    let payloadSHA256: [UInt8]
    /// The sealed record; empty when ``carrier`` holds it.
    let sealedRecord: [UInt8]
    /// The letter of the same record that holds it sealed; nil when this one does.
    let carrier: EventID?
    let keyID: String
}

/// `dead_letter`: what could not be taken, sealed, until a person replays it.
public enum DeadLetterStore {
    static func append(_ letters: [DeadLetterRow], on connection: PostgresConnection) throws {
        guard !letters.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO dead_letter (dead_letter_id, source_topic, source_partition, source_offset, ordinal, reason_code, place,
                detail, attempts, payload_sha256, sealed_record, key_id, disposition, sealed_in)
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::int4[], $4::int8[], $5::int4[], $6::text[], $7::text[], $8::text[],
                $9::int4[], $10::bytea[], $11::bytea[], $12::text[], $13::text[], $14::uuid[])
            ON CONFLICT (dead_letter_id) DO NOTHING
            """,
            [
                .uuidArray(letters.map { UUIDBytes(hi: $0.id.high, lo: $0.id.low) }), .textArray(letters.map(\.topic)),
                .int32Array(letters.map(\.partition)), .int64Array(letters.map(\.offset)),
                .int32Array(letters.map(\.ordinal)), .textArray(letters.map { bounded($0.rejection.code) }),
                .textArray(letters.map { bounded($0.rejection.place) }),
                .textArray(letters.map { bounded($0.rejection.detail) }),
                .int32Array(letters.map { Int32(clamping: $0.attempts) }), .bytesArray(letters.map(\.payloadSHA256)),
                .bytesArray(letters.map { $0.carrier == nil ? $0.sealedRecord : nil }),
                .textArray(letters.map(\.keyID)), .textArray(letters.map(\.disposition.rawValue)),
                .uuidArray(letters.map { $0.carrier.map { UUIDBytes(hi: $0.high, lo: $0.low) } }),
            ])
    }

    /// What the sealed record of a dead letter is bound to.
    public static func context(of id: EventID) -> SealingContext {
        SealingContext(table: "dead_letter", column: "sealed_record", row: id.description)
    }

    /// A text that PostgreSQL takes: no NUL, at most 1,000 characters.
    private static func bounded(_ text: String) -> String {
        String(text.prefix(1000).map { $0 == "\0" ? "\u{FFFD}" : $0 })
    }
}
