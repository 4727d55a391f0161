import ArgumentParser
import Cryptography
import Domain
import Foundation
import KafkaClient
import PostgresClient
import StreamRuntime
import VitalctlCore

/// Where the key that opens dead letters lies.
struct PayloadKeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The payload key, instead of the stack's: a file with 64 hexadecimal digits.", valueName: "file"))
    var payloadKeyFile: String?

    /// The key in the file.
    func load(_ directory: StateDirectory) throws -> SymmetricKey {
        try SymmetricKey(hexadecimal: directory.secret(payloadKeyFile ?? directory.payloadKeyFile))
    }
}

/// A row of a dead-letter table, without what is sealed.
struct ShelvedLetter: Encodable, Sendable {
    let id: String
    let service: String
    let disposition: String
    let reason: String
    let place: String
    let detail: String
    let attempts: Int32
    let sourceTopic: String
    let sourcePartition: Int32
    let sourceOffset: Int64
    let ordinal: Int32
    let payloadSHA256: String
    let keyID: String
    /// The letter that holds the sealed record: this one, or the first of the same record.
    let sealedIn: String
    let createdAt: String
    let replayedAt: String?

    /// `topic[partition] @ offset`
    var source: String { "\(sourceTopic)[\(sourcePartition)] @ \(sourceOffset)" }

    /// The letter as lines for people.
    var lines: [String] {
        [
            ("id", id), ("service", service), ("disposition", disposition), ("reason", reason), ("place", place),
            ("detail", detail),
            ("attempts", "\(attempts)"), ("source", "\(source), item \(ordinal)"), ("payload SHA-256", payloadSHA256),
            ("sealed with", keyID), ("since", createdAt), ("replayed", replayedAt ?? "no"),
        ].map { label, text in label + String(repeating: " ", count: 17 - label.count) + text }
    }
}

/// The dead-letter tables of all services.
final class DeadLetterShelf: Sendable {
    private let endpoints: Endpoints
    private let pool: PostgresPool

    init(_ endpoints: Endpoints) throws {
        self.endpoints = endpoints
        pool = try endpoints.pool(size: 1)
    }

    func close() async { await pool.close() }

    /// The newest letters, at most `limit`.
    func list(limit: Int, replayed: Bool) async throws -> [ShelvedLetter] {
        try await select(replayed ? "true" : "replayed_at IS NULL", [], limit: limit)
    }

    /// The ids of the letters that have not been replayed, the oldest first; one for each record.
    func waiting(reason: String?) async throws -> [String] {
        let letters =
            if let reason {
                try await select("replayed_at IS NULL AND reason_code = $1", [.text(reason)], limit: .max)
            } else {
                try await select("replayed_at IS NULL", [], limit: .max)
            }
        var records: Set<String> = []
        return letters.reversed().filter { records.insert($0.sealedIn).inserted }.map(\.id)
    }

    /// The letter `id`.
    func letter(_ id: String) async throws -> ShelvedLetter {
        guard let name = EventID(id) else {
            throw VitalctlError(
                .wrongArgument, operation: "find dead letter", detail: "\(id) is no id; deadletters list shows them")
        }
        let found = try await select("dead_letter_id = $1", [.uuid(hi: name.high, lo: name.low)], limit: 1)
        guard let letter = found.first else {
            throw VitalctlError(
                .wrongArgument, operation: "find dead letter", detail: "there is none with the id \(id)")
        }
        return letter
    }

    /// The record that was sealed into `letter`.
    func open(_ letter: ShelvedLetter, key: SymmetricKey) async throws -> StreamRecord {
        guard let id = EventID(letter.sealedIn) else {
            throw VitalctlError(.wrongArgument, operation: "open dead letter", detail: letter.id)
        }
        let schema = PostgresIdentifier.quoted(ServiceSchema.name(letter.service))
        let sealed = try await pool.withConnection { connection in
            try connection.execute(
                "SELECT sealed_record FROM \(schema).dead_letter WHERE dead_letter_id = $1",
                [.uuid(hi: id.high, lo: id.low)]
            ).bytes(0, 0)
        }
        let keyring = try Keyring(keyID: letter.keyID, key: key)
        let bytes = try keyring.open(sealed, context: DeadLetterStore.context(of: id))
        guard let record = RecordEnvelope.decode(bytes) else {
            throw VitalctlError(
                .unreadableFile, operation: "open dead letter \(letter.id)", detail: "it was sealed by another version")
        }
        return record
    }

    /// Publishes the record of letter `id` to its source topic again, waits until it is durable, and marks every letter of that record.
    ///
    /// - Parameter releasing: true says that a person has looked at it: what was held back as not believable is taken.
    func replay(_ id: String, key: SymmetricKey, releasing: Bool = false) async throws -> RecordPosition {
        let letter = try await letter(id)
        let record = try await open(letter, key: key)
        let metadata = try KafkaMetadata(endpoints.kafka, logger: endpoints.logger)
        let topics = await Result { try await metadata.topics() }
        await metadata.close()
        guard try topics.get()[record.topic] != nil else {
            throw VitalctlError(
                .wrongArgument, operation: "replay \(id)",
                detail:
                    "it came in through \(record.topic), which is no topic; show it with --reveal and submit it there again"
            )
        }
        let producer = try KafkaProducer(endpoints.kafka, logger: endpoints.logger)
        let result = await Result {
            try await producer.send(
                ProducerRecord(
                    topic: record.topic, key: record.key.map(Array.init), value: record.value.map(Array.init),
                    headers: record.headers
                        + (releasing ? [KafkaHeader(name: StreamHeader.released, value: "true")] : [])))
        }
        await producer.close(deadline: .seconds(5))
        let place = try result.get()
        let schema = PostgresIdentifier.quoted(ServiceSchema.name(letter.service))
        try await pool.withConnection { connection in
            guard let name = EventID(letter.sealedIn) else { return }
            try connection.execute(
                "UPDATE \(schema).dead_letter SET replayed_at = now() WHERE dead_letter_id = $1 OR sealed_in = $1",
                [.uuid(hi: name.high, lo: name.low)])
        }
        return place
    }

    private func select(_ condition: String, _ values: [PostgresValue], limit: Int) async throws -> [ShelvedLetter] {
        try await pool.withConnection { connection in
            var letters: [(since: Int64, letter: ShelvedLetter)] = []
            for schema in try ServiceSchema.all(on: connection) {
                let result = try connection.execute(
                    """
                    SELECT dead_letter_id::text, reason_code, place, detail, attempts, source_topic, source_partition,
                        source_offset, ordinal, encode(payload_sha256, 'hex'), key_id, created_at, replayed_at, disposition,
                        coalesce(sealed_in, dead_letter_id)::text
                    FROM \(PostgresIdentifier.quoted(schema)).dead_letter WHERE \(condition)
                    ORDER BY created_at DESC LIMIT \(limit)
                    """, values)
                for row in 0..<result.rowCount {
                    let since = try result.timestamp(row, 11)
                    letters.append(
                        (
                            since,
                            ShelvedLetter(
                                id: try result.text(row, 0), service: schema.replacing("_", with: "-"),
                                disposition: try result.text(row, 13), reason: try result.text(row, 1),
                                place: try result.text(row, 2),
                                detail: try result.text(row, 3), attempts: try result.int32(row, 4),
                                sourceTopic: try result.text(row, 5), sourcePartition: try result.int32(row, 6),
                                sourceOffset: try result.int64(row, 7), ordinal: try result.int32(row, 8),
                                payloadSHA256: try result.text(row, 9), keyID: try result.text(row, 10),
                                sealedIn: try result.text(row, 14),
                                createdAt: Timestamp(microseconds: since).iso8601,
                                replayedAt: try result.optionalTimestamp(row, 12).map {
                                    Timestamp(microseconds: $0).iso8601
                                })
                        ))
                }
            }
            return letters.sorted { $0.since > $1.since }.prefix(limit).map(\.letter)
        }
    }
}
