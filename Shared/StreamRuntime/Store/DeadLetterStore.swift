public import Cryptography
public import Domain
import PostgresClient

/// A part of a record that could not be taken.
struct DeadLetterRow: Sendable {
    let id: EventID
    let topic: String
    let partition: Int32
    let offset: Int64
    let ordinal: Int32
    let rejection: Rejection
    let attempts: Int
    let payloadSHA256: [UInt8]
    let sealedRecord: [UInt8]
    let keyID: String
}

/// `dead_letter`: what could not be taken, sealed, until a person replays it.
public enum DeadLetterStore {
    static func append(_ letters: [DeadLetterRow], on connection: PostgresConnection) throws {
        guard !letters.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO dead_letter (dead_letter_id, source_topic, source_partition, source_offset, ordinal, reason_code, place,
                detail, attempts, payload_sha256, sealed_record, key_id)
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::int4[], $4::int8[], $5::int4[], $6::text[], $7::text[], $8::text[],
                $9::int4[], $10::bytea[], $11::bytea[], $12::text[])
            ON CONFLICT (dead_letter_id) DO NOTHING
            """,
            [
                .uuidArray(letters.map { UUIDBytes(hi: $0.id.high, lo: $0.id.low) }), .textArray(letters.map(\.topic)),
                .int32Array(letters.map(\.partition)), .int64Array(letters.map(\.offset)),
                .int32Array(letters.map(\.ordinal)), .textArray(letters.map { bounded($0.rejection.code) }),
                .textArray(letters.map { bounded($0.rejection.place) }),
                .textArray(letters.map { bounded($0.rejection.detail) }),
                .int32Array(letters.map { Int32(clamping: $0.attempts) }), .bytesArray(letters.map(\.payloadSHA256)),
                .bytesArray(letters.map(\.sealedRecord)), .textArray(letters.map(\.keyID)),
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
