import Contracts
import Domain
import KafkaClient
import Logging
import PostgresClient
import VitalctlCore

/// What one look at the flow has shown.
struct FlowReading: Sendable {
    /// Every partition of every topic that a service consumes.
    var lags: [PartitionLag] = []
    /// Events that have been decided and not published, by schema.
    var unsentEvents: [String: Int64] = [:]
    /// Documents that have been decided and not written, by schema.
    var unsentDocuments: [String: Int64] = [:]
    /// Events that wait for another attempt, by schema.
    var parked: [String: Int64] = [:]
    /// Rows of the dead-letter tables that have not been replayed, by schema.
    var deadLetters: [String: Int64] = [:]
    /// Records ever written to each topic.
    var written: [String: Int64] = [:]

    /// True when everything that was published has had its effect and every effect has left.
    var isDrained: Bool {
        lags.allSatisfy { $0.records == 0 } && unsentEvents.values.allSatisfy { $0 == 0 }
            && unsentDocuments.values.allSatisfy { $0 == 0 } && parked.values.allSatisfy { $0 == 0 }
    }

    /// The lags of one group.
    func lags(of group: String) -> [PartitionLag] { lags.filter { $0.group == group } }
}

/// Looks at positions, watermarks and outboxes. PostgreSQL says where a group stands; the offsets in Kafka are a hint.
final class FlowReader: Sendable {
    /// Which service consumes what. A partition that no one has claimed yet counts from the beginning.
    static let subscriptions: [(group: String, topics: [String])] = [
        ("ingestion", Topic.feeds), ("alert-engine", [Topic.observationRecorded]),
        (
            "pharmacogenomics",
            [
                Topic.genotypesRecorded, Topic.medicationRecorded, Topic.diplotypeReported, Topic.patientRegistered,
                Topic.knowledgeReleased, Topic.reevaluationRequested,
            ]
        ),
    ]

    private let metadata: KafkaMetadata
    private let pool: PostgresPool?
    private let clock: any WallClock

    init(_ endpoints: Endpoints, clock: any WallClock = SystemClock()) throws {
        metadata = try KafkaMetadata(endpoints.kafka, timeout: .seconds(10), logger: endpoints.logger)
        pool = endpoints.postgres == nil ? nil : try endpoints.pool(size: 1)
        self.clock = clock
    }

    func close() async {
        await pool?.close()
        await metadata.close()
    }

    /// One look. `thorough` also counts documents, parked events and dead letters, which costs scans.
    func read(thorough: Bool = true) async throws -> FlowReading {
        var reading = FlowReading()
        // Upstream first: what was drained there before downstream was looked at cannot come back.
        let positions = try await positions()
        if let pool { reading = try await pool.withConnection { try Self.outboxes(on: $0, thorough: thorough) } }
        let topics = try await metadata.topics()
        let partitions = topics.filter { name, _ in Topic.all.contains(name) }.flatMap { name, count in
            (0..<Int32(clamping: count)).map { TopicPartition(topic: name, partition: $0) }
        }
        let consumed = Set(Self.subscriptions.flatMap(\.topics) + positions.keys.map(\.place.topic))
        let watched = thorough ? partitions : partitions.filter { consumed.contains($0.topic) }
        let marks = try await metadata.watermarks(of: watched)
        for (place, mark) in marks { reading.written[place.topic, default: 0] += mark.high }
        let now = clock.now()
        for (group, topics) in groups(positions) {
            for place in partitions.sorted() where topics.contains(place.topic) {
                guard let mark = marks[place] else { continue }
                let position = positions[Consumer(group: group, place: place)]
                reading.lags.append(
                    PartitionLag(
                        group: group, topic: place.topic, partition: place.partition, position: position?.next,
                        low: mark.low, high: mark.high,
                        eventAgeSeconds: position?.watermark.map { Double(now.since($0).microseconds) / 1e6 }))
            }
        }
        return reading
    }

    /// Where the groups stand on `topics`, without asking the log.
    func positions(of topics: [String]) async throws -> [TopicPartition: Int64] {
        var next: [TopicPartition: Int64] = [:]
        for (consumer, position) in try await positions() where topics.contains(consumer.place.topic) {
            next[consumer.place] = min(next[consumer.place] ?? .max, position.next)
        }
        return next
    }

    // MARK: - Parts

    private struct Consumer: Hashable {
        let group: String
        let place: TopicPartition
    }

    private struct Position: Sendable {
        let next: Int64
        let watermark: Timestamp?
    }

    private func groups(_ positions: [Consumer: Position]) -> [(group: String, topics: Set<String>)] {
        var groups = Dictionary(uniqueKeysWithValues: Self.subscriptions.map { ($0.group, Set($0.topics)) })
        for consumer in positions.keys { groups[consumer.group, default: []].insert(consumer.place.topic) }
        return groups.map { ($0.key, $0.value) }.sorted { $0.group < $1.group }
    }

    private func positions() async throws -> [Consumer: Position] {
        guard let pool else { return try await committedPositions() }
        let rows = try await pool.withConnection { connection in
            var rows: [(String, TopicPartition, Position)] = []
            for schema in try ServiceSchema.all(on: connection) {
                let result = try connection.execute(
                    """
                    SELECT consumer_group, topic, partition, next_offset, watermark_us
                    FROM \(PostgresIdentifier.quoted(schema)).stream_position WHERE topic = ANY($1)
                    """, [.textArray(Topic.all)])
                for row in 0..<result.rowCount {
                    let place = TopicPartition(topic: try result.text(row, 1), partition: try result.int32(row, 2))
                    let watermark = try result.optionalInt64(row, 4).map(Timestamp.init(microseconds:))
                    rows.append(
                        (try result.text(row, 0), place, Position(next: try result.int64(row, 3), watermark: watermark))
                    )
                }
            }
            return rows
        }
        return Dictionary(rows.map { (Consumer(group: $0.0, place: $0.1), $0.2) }) { $1 }
    }

    private func committedPositions() async throws -> [Consumer: Position] {
        let topics = try await metadata.topics()
        var positions: [Consumer: Position] = [:]
        for (group, consumed) in Self.subscriptions {
            let partitions = consumed.flatMap { topic in
                (0..<Int32(clamping: topics[topic] ?? 0)).map { TopicPartition(topic: topic, partition: $0) }
            }
            guard !partitions.isEmpty else { continue }
            for (place, offset) in try await metadata.committedOffsets(of: group, partitions: partitions) {
                positions[Consumer(group: group, place: place)] = Position(next: offset, watermark: nil)
            }
        }
        return positions
    }

    private static func outboxes(on connection: PostgresConnection, thorough: Bool) throws -> FlowReading {
        var reading = FlowReading()
        for name in try ServiceSchema.all(on: connection) {
            let schema = PostgresIdentifier.quoted(name)
            func count(_ sql: String) throws -> Int64 { try connection.execute(sql).int64(0, 0) }
            func unsent(kind: Int, cursor: String) throws -> Int64 {
                try count(
                    """
                    SELECT count(*) FROM \(schema).outbox_cursor AS c JOIN \(schema).outbox AS o
                        ON o.lane_id = c.lane_id AND o.sequence > c.\(cursor) AND o.kind = \(kind)
                    """)
            }
            reading.unsentEvents[name] = try unsent(kind: 0, cursor: "published_through")
            guard thorough else { continue }
            reading.unsentDocuments[name] = try unsent(kind: 1, cursor: "documented_through")
            reading.parked[name] = try count("SELECT count(*) FROM \(schema).parked_event")
            reading.deadLetters[name] = try count(
                "SELECT count(*) FROM \(schema).dead_letter WHERE replayed_at IS NULL")
        }
        return reading
    }
}
