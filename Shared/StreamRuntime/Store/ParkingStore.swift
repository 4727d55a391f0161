import Cryptography
import Domain
import PostgresClient

/// An event that waits for another attempt.
struct ParkedEvent: Sendable {
    let key: String
    let offset: Int64
    let ordinal: Int32
    let eventID: EventID
    let attempts: Int
    let sealedRecord: [UInt8]
    let reasonCode: String

    /// What the sealed record is bound to.
    static func context(laneID: Int32, offset: Int64, ordinal: Int32) -> SealingContext {
        SealingContext(table: "parked_event", column: "sealed_record", row: "\(laneID)/\(offset)/\(ordinal)")
    }
}

/// `parked_event`: events behind a failure of their key.
enum ParkingStore {
    /// Parks events; the first of a key carries the wait of its failure, later ones only queue behind it.
    static func park(
        _ events: [(laneID: Int32, event: ParkedEvent, delay: Duration)], on connection: PostgresConnection
    ) throws {
        guard !events.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO parked_event (lane_id, state_key, record_offset, ordinal, event_id, attempts, next_attempt_at, reason_code,
                sealed_record)
            SELECT b.lane_id, b.state_key, b.record_offset, b.ordinal, b.event_id, b.attempts,
                now() + b.delay_us * interval '1 microsecond', b.reason_code, b.sealed_record
            FROM unnest($1::int4[], $2::text[], $3::int8[], $4::int4[], $5::uuid[], $6::int4[], $7::int8[], $8::text[], $9::bytea[])
                AS b (lane_id, state_key, record_offset, ordinal, event_id, attempts, delay_us, reason_code, sealed_record)
            """,
            [
                .int32Array(events.map(\.laneID)), .textArray(events.map(\.event.key)),
                .int64Array(events.map(\.event.offset)), .int32Array(events.map(\.event.ordinal)),
                .uuidArray(events.map { UUIDBytes(hi: $0.event.eventID.high, lo: $0.event.eventID.low) }),
                .int32Array(events.map { Int32($0.event.attempts) }), .int64Array(events.map(\.delay.microseconds)),
                .textArray(events.map(\.event.reasonCode)), .bytesArray(events.map(\.event.sealedRecord)),
            ])
    }

    /// The keys of a lane that have parked events, with how many.
    static func keys(laneID: Int32, on connection: PostgresConnection) throws -> [String: Int] {
        let result = try connection.execute(
            "SELECT state_key, count(*) FROM parked_event WHERE lane_id = $1 GROUP BY state_key", [.int32(laneID)])
        var keys: [String: Int] = [:]
        for row in 0..<result.rowCount {
            keys[try result.text(row, 0)] = Int(try result.int64(row, 1))
        }
        return keys
    }

    /// The first parked event of each key of a lane whose time has come, at most `limit`.
    static func due(laneID: Int32, limit: Int, on connection: PostgresConnection) throws -> [ParkedEvent] {
        let result = try connection.execute(
            """
            SELECT state_key, record_offset, ordinal, event_id, attempts, sealed_record, reason_code FROM (
                SELECT DISTINCT ON (state_key) * FROM parked_event WHERE lane_id = $1
                ORDER BY state_key, record_offset, ordinal) AS head
            WHERE next_attempt_at <= now() LIMIT $2
            """, [.int32(laneID), .int64(Int64(limit))])
        return try (0..<result.rowCount).map { row in
            let id = try result.uuid(row, 3)
            return ParkedEvent(
                key: try result.text(row, 0), offset: try result.int64(row, 1), ordinal: try result.int32(row, 2),
                eventID: EventID(high: id.hi, low: id.lo), attempts: Int(try result.int32(row, 4)),
                sealedRecord: try result.bytes(row, 5), reasonCode: try result.text(row, 6))
        }
    }

    /// Notes another failure of a parked event.
    static func postpone(
        laneID: Int32, _ event: ParkedEvent, attempts: Int, delay: Duration, reasonCode: String,
        on connection: PostgresConnection
    ) throws {
        _ = try connection.execute(
            """
            UPDATE parked_event SET attempts = $5, reason_code = $7,
                next_attempt_at = now() + $6::bigint * interval '1 microsecond'
            WHERE lane_id = $1 AND state_key = $2 AND record_offset = $3 AND ordinal = $4
            """,
            [
                .int32(laneID), .text(event.key), .int64(event.offset), .int32(event.ordinal), .int32(Int32(attempts)),
                .int64(delay.microseconds), .text(reasonCode),
            ])
    }

    /// Takes an event out of parking.
    static func remove(laneID: Int32, _ event: ParkedEvent, on connection: PostgresConnection) throws {
        _ = try connection.execute(
            "DELETE FROM parked_event WHERE lane_id = $1 AND state_key = $2 AND record_offset = $3 AND ordinal = $4",
            [.int32(laneID), .text(event.key), .int64(event.offset), .int32(event.ordinal)])
    }
}
