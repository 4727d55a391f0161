import Domain
import PostgresClient

/// What an owner knows of a lane when it has claimed it.
struct ClaimedPosition: Sendable {
    let laneID: Int32
    let partition: Int32
    let epoch: Int64
    let nextOffset: Int64
    let outboxSequence: Int64
    let publishedThrough: Int64
    let documentedThrough: Int64
    let watermark: Timestamp?
}

/// One lane's move within a transaction.
struct PositionAdvance {
    let laneID: Int32
    let epoch: Int64
    let from: Int64
    let to: Int64
    let outboxRows: Int64
    let watermark: Timestamp?
}

/// `stream_position`: who owns a lane, and what has happened. Every statement is fenced by the epoch.
enum PositionStore {
    private static let columns = "lane_id, partition, epoch, next_offset, outbox_sequence, watermark_us"

    /// Makes `owner` the owner of a partition: raises the epoch, so that no transaction of an earlier owner can commit any more.
    ///
    /// Waits for a transaction that holds the row, at most for the session's `lock_timeout`.
    static func claim(
        group: String, topic: String, partition: Int32, owner: String, on connection: PostgresConnection
    ) throws -> ClaimedPosition {
        try connection.transaction {
            let result = try connection.execute(
                """
                INSERT INTO stream_position AS p (consumer_group, topic, partition, epoch, owner) VALUES ($1, $2, $3, 1, $4)
                ON CONFLICT (consumer_group, topic, partition)
                DO UPDATE SET epoch = p.epoch + 1, owner = EXCLUDED.owner, updated_at = now()
                RETURNING \(columns)
                """,
                [.text(group), .text(topic), .int32(partition), .text(owner)])
            return try finishClaim(result, on: connection)
        }
    }

    /// Claims a request lane whose lease has run out, or makes a new one.
    static func claimRequestLane(
        group: String, lane: String, owner: String, lease: Duration, mayCreate: Bool, on connection: PostgresConnection
    ) throws -> ClaimedPosition? {
        try connection.transaction {
            let expired = try connection.execute(
                """
                UPDATE stream_position SET epoch = epoch + 1, owner = $3, updated_at = now(),
                    lease_until = now() + $4::bigint * interval '1 microsecond'
                WHERE lane_id = (
                    SELECT lane_id FROM stream_position
                    WHERE consumer_group = $1 AND topic = $2 AND (lease_until IS NULL OR lease_until < now())
                    ORDER BY partition LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING \(columns)
                """,
                [.text(group), .text(lane), .text(owner), .int64(lease.microseconds)])
            if expired.rowCount > 0 { return try finishClaim(expired, on: connection) }
            guard mayCreate else { return nil }
            let created = try connection.execute(
                """
                INSERT INTO stream_position (consumer_group, topic, partition, epoch, owner, lease_until)
                SELECT $1, $2, COALESCE(max(partition) + 1, 0), 1, $3, now() + $4::bigint * interval '1 microsecond'
                FROM stream_position WHERE consumer_group = $1 AND topic = $2
                RETURNING \(columns)
                """,
                [.text(group), .text(lane), .text(owner), .int64(lease.microseconds)])
            return try finishClaim(created, on: connection)
        }
    }

    private static func finishClaim(
        _ result: PostgresResult, on connection: PostgresConnection
    ) throws -> ClaimedPosition {
        let laneID = try result.int32(0, 0)
        let epoch = try result.int64(0, 2)
        let cursor = try connection.execute(
            """
            INSERT INTO outbox_cursor AS c (lane_id, epoch) VALUES ($1, $2)
            ON CONFLICT (lane_id) DO UPDATE SET epoch = EXCLUDED.epoch
            RETURNING published_through, documented_through
            """, [.int32(laneID), .int64(epoch)])
        return ClaimedPosition(
            laneID: laneID, partition: try result.int32(0, 1), epoch: epoch, nextOffset: try result.int64(0, 3),
            outboxSequence: try result.int64(0, 4), publishedThrough: try cursor.int64(0, 0),
            documentedThrough: try cursor.int64(0, 1),
            watermark: try result.isNull(0, 5) ? nil : Timestamp(microseconds: result.int64(0, 5)))
    }

    /// Moves the lanes inside the open transaction.
    ///
    /// - Returns: for each lane that is still ours and stands where we left it, the last outbox sequence before this batch. A lane
    ///   that is missing has another owner.
    static func advance(_ moves: [PositionAdvance], on connection: PostgresConnection) throws -> [Int32: Int64] {
        let result = try connection.execute(
            """
            UPDATE stream_position AS p
            SET next_offset = b.until, outbox_sequence = p.outbox_sequence + b.outbox_rows,
                watermark_us = COALESCE(b.watermark_us, p.watermark_us), updated_at = now()
            FROM unnest($1::int4[], $2::int8[], $3::int8[], $4::int8[], $5::int8[], $6::int8[])
                AS b (lane_id, epoch, since, until, outbox_rows, watermark_us)
            WHERE p.lane_id = b.lane_id
              AND p.next_offset = b.since
              AND p.epoch = b.epoch
            RETURNING p.lane_id, p.outbox_sequence - b.outbox_rows
            """,
            [
                .int32Array(moves.map(\.laneID)), .int64Array(moves.map(\.epoch)), .int64Array(moves.map(\.from)),
                .int64Array(moves.map(\.to)), .int64Array(moves.map(\.outboxRows)),
                .int64Array(moves.map { $0.watermark?.microseconds }),
            ])
        var sequences: [Int32: Int64] = [:]
        for row in 0..<result.rowCount {
            sequences[try result.int32(row, 0)] = try result.int64(row, 1)
        }
        return sequences
    }

    /// Where the lane stands and under which epoch; asked when the answer to COMMIT was lost.
    static func read(
        laneID: Int32, on connection: PostgresConnection
    ) throws -> (epoch: Int64, nextOffset: Int64, outboxSequence: Int64) {
        let result = try connection.execute(
            "SELECT epoch, next_offset, outbox_sequence FROM stream_position WHERE lane_id = $1", [.int32(laneID)])
        guard result.rowCount == 1 else { return (-1, -1, -1) }
        return (try result.int64(0, 0), try result.int64(0, 1), try result.int64(0, 2))
    }

    /// Prolongs the leases of request lanes; the ids of those that are still ours.
    static func renewLeases(
        _ lanes: [(laneID: Int32, epoch: Int64)], lease: Duration, on connection: PostgresConnection
    ) throws -> Set<Int32> {
        let result = try connection.execute(
            """
            UPDATE stream_position AS p SET lease_until = now() + $3::bigint * interval '1 microsecond'
            FROM unnest($1::int4[], $2::int8[]) AS b (lane_id, epoch)
            WHERE p.lane_id = b.lane_id AND p.epoch = b.epoch
            RETURNING p.lane_id
            """,
            [
                .int32Array(lanes.map(\.laneID)), .int64Array(lanes.map(\.epoch)), .int64(lease.microseconds),
            ])
        return Set(try (0..<result.rowCount).map { try result.int32($0, 0) })
    }

    /// Ends the lease of a request lane at once, so that another instance may take it.
    static func release(laneID: Int32, epoch: Int64, on connection: PostgresConnection) throws {
        _ = try connection.execute(
            "UPDATE stream_position SET lease_until = now() WHERE lane_id = $1 AND epoch = $2",
            [.int32(laneID), .int64(epoch)])
    }

    /// Moves the relay's cursors of a lane; false when another owner has it.
    static func mark(
        laneID: Int32, epoch: Int64, published: Int64, documented: Int64, on connection: PostgresConnection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE outbox_cursor SET published_through = GREATEST(published_through, $3),
                documented_through = GREATEST(documented_through, $4)
            WHERE lane_id = $1 AND epoch = $2
            """, [.int32(laneID), .int64(epoch), .int64(published), .int64(documented)]
        ).affectedRows == 1
    }
}
