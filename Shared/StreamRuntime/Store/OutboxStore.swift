import Domain
import PostgresClient

/// A row of the outbox: an event for a topic, or a document for a collection.
struct OutboxRow: Sendable {
    enum Kind: Int32, Sendable {
        case event = 0
        case document = 1
    }

    let kind: Kind
    let destination: String
    let key: String
    let eventID: EventID?
    let eventType: String?
    let eventTime: Timestamp?
    let version: Int64?
    let traceparent: String?
    let payload: [UInt8]

    var byteCount: Int { payload.count + key.utf8.count + 160 }

    init(_ publication: Publication, traceparent: String?) {
        kind = .event
        destination = publication.topic
        key = publication.key
        eventID = publication.id
        eventType = publication.type
        eventTime = publication.time
        version = nil
        self.traceparent = traceparent
        payload = publication.payload
    }

    init(_ document: DocumentUpsert) {
        kind = .document
        destination = document.collection
        key = document.id
        eventID = nil
        eventType = nil
        eventTime = nil
        version = document.version
        traceparent = nil
        payload = Array(document.json.utf8)
    }

    fileprivate init(_ result: PostgresResult, row: Int) throws {
        kind = try result.int32(row, 1) == 0 ? .event : .document
        destination = try result.text(row, 2)
        key = try result.text(row, 3)
        eventID = try result.isNull(row, 4) ? nil : EventID(high: result.uuid(row, 4).hi, low: result.uuid(row, 4).lo)
        eventType = try result.isNull(row, 5) ? nil : result.text(row, 5)
        eventTime = try result.isNull(row, 6) ? nil : Timestamp(microseconds: result.int64(row, 6))
        version = try result.isNull(row, 7) ? nil : result.int64(row, 7)
        traceparent = try result.isNull(row, 8) ? nil : result.text(row, 8)
        payload = try result.bytes(row, 9)
    }
}

/// An outbox row with its number in the lane.
struct NumberedRow: Sendable {
    let sequence: Int64
    let row: OutboxRow
}

/// `outbox`: what has been decided and must still leave.
enum OutboxStore {
    /// Writes the rows of lanes; the first of each gets the number after `before`.
    ///
    /// No COPY here: a process that is stopped in the middle of one holds its locks for ever, because PostgreSQL heeds neither
    /// `idle_in_transaction_session_timeout` nor `statement_timeout` while a COPY waits for data (seen on 15).
    static func append(
        _ portions: [(laneID: Int32, before: Int64, rows: [OutboxRow])], on connection: PostgresConnection
    ) throws {
        let rows = portions.flatMap(\.rows)
        guard !rows.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO outbox (lane_id, sequence, kind, destination, record_key, event_id, event_type, event_time_us, version,
                traceparent, payload)
            SELECT * FROM unnest($1::int4[], $2::int8[], $3::int4[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::int8[],
                $9::int8[], $10::text[], $11::bytea[])
            """,
            [
                .int32Array(portions.flatMap { portion in portion.rows.map { _ in portion.laneID } }),
                .int64Array(
                    portions.flatMap { portion in portion.rows.indices.map { portion.before + Int64($0) + 1 } }),
                .int32Array(rows.map(\.kind.rawValue)), .textArray(rows.map(\.destination)),
                .textArray(rows.map(\.key)),
                .uuidArray(rows.map { row in row.eventID.map { UUIDBytes(hi: $0.high, lo: $0.low) } }),
                .textArray(rows.map(\.eventType)), .int64Array(rows.map { $0.eventTime?.microseconds }),
                .int64Array(rows.map(\.version)), .textArray(rows.map(\.traceparent)),
                .bytesArray(rows.map(\.payload)),
            ])
    }

    /// The rows of a lane that have not left yet, with their numbers, in order.
    static func unsent(_ claim: ClaimedPosition, on connection: PostgresConnection) throws -> [NumberedRow] {
        let result = try connection.execute(
            """
            SELECT sequence, kind, destination, record_key, event_id, event_type, event_time_us, version, traceparent, payload
            FROM outbox
            WHERE lane_id = $1 AND sequence > LEAST($2::bigint, $3::bigint)
              AND ((kind = 0 AND sequence > $2) OR (kind = 1 AND sequence > $3))
            ORDER BY sequence
            """, [.int32(claim.laneID), .int64(claim.publishedThrough), .int64(claim.documentedThrough)])
        return try (0..<result.rowCount).map { row in
            NumberedRow(sequence: try result.int64(row, 0), row: try OutboxRow(result, row: row))
        }
    }

    /// Deletes what has left and is older than the retention; how many rows went.
    static func prune(
        laneID: Int32, published: Int64, documented: Int64, retention: Duration, on connection: PostgresConnection
    ) throws -> Int {
        try connection.execute(
            """
            DELETE FROM outbox WHERE lane_id = $1 AND created_at < now() - $4::bigint * interval '1 microsecond'
              AND ((kind = 0 AND sequence <= $2) OR (kind = 1 AND sequence <= $3))
            """, [.int32(laneID), .int64(published), .int64(documented), .int64(retention.microseconds)]
        ).affectedRows
    }
}
