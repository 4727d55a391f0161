import Compression
import Contracts
import Cryptography
public import Domain
import Foundation
import IngestionCore
import JSONDocument
import StreamRuntime
import Synchronization

/// A submission on its way into the archive: its bytes as they were sent, compressed, sealed once however many records stood in it.
///
/// The collection is `source_document`; the `_id` is the submission's id, a hash of feed and bytes, so that the same bytes sent again are the same
/// document. What is longer than a document may be stands in several, `<id>`, `<id>.1`, ...
public final class ArchivedSource: Sendable {
    static let collection = "source_document"
    /// The sealed bytes of one document: in Base64 well below MongoDB's 16 MiB.
    static let partBytes = 8 << 20

    /// The submission's id.
    public let id: EventID
    /// The name that the facts carry as their source.
    public let source: String
    /// The bytes as they were sent, unpacked.
    let bytes: [UInt8]
    let format: FeedFormat
    private let receivedAt: Timestamp
    private let records: [EventID]
    private let patients: [PatientPseudonym]
    private let sealed = Mutex<[DocumentUpsert]?>(nil)

    /// The source of `outcomes`, which were read from `bytes`.
    init(_ submission: Submission, source: String, receivedAt: Timestamp, outcomes: [FactOutcome]) throws {
        self.source = source
        self.receivedAt = receivedAt
        bytes = submission.bytes
        format = submission.format
        let id = EventID.hashing(
            "ingested.submission", source, try SHA256Digest.hexadecimal(submission.bytes))
        self.id = id
        records = outcomes.compactMap { $0.identity(source: source, submission: id) }
        patients = Set(outcomes.flatMap { $0.facts.compactMap(\.patient) }).sorted { $0.rawValue < $1.rawValue }
    }

    /// What the sealed bytes of a part are bound to.
    static func context(of documentID: String) -> SealingContext {
        SealingContext(table: collection, column: "content_sealed", row: documentID)
    }

    /// The documents; made at the first call.
    func documents(tenant: String, keyring: Keyring) throws -> [DocumentUpsert] {
        try sealed.withLock { sealed in
            if let sealed { return sealed }
            let made = try seal(tenant: tenant, keyring: keyring)
            sealed = made
            return made
        }
    }

    private func seal(tenant: String, keyring: Keyring) throws -> [DocumentUpsert] {
        let packed = try StreamEncoder.encode(bytes, .zstd)
        let count = max(1, (packed.count + Self.partBytes - 1) / Self.partBytes)
        return try (0..<count).map { part in
            let name = part == 0 ? id.description : "\(id).\(part)"
            let slice = packed[part * Self.partBytes..<min(packed.count, (part + 1) * Self.partBytes)]
            var document: JSONObject = [
                "tenant": .string(tenant), "source": .string(source), "format": .string(format.rawValue),
                "received_at_us": .number(JSONNumber(receivedAt.microseconds)),
                "part": .number(JSONNumber(Int64(part))), "parts": .number(JSONNumber(Int64(count))),
                "byte_count": .number(JSONNumber(Int64(bytes.count))), "compression": "zstd",
                "key_id": .string(keyring.currentKeyID),
                "content_sealed": .string(
                    Data(try keyring.seal(Array(slice), context: Self.context(of: name))).base64EncodedString()),
                "model_version": .string(FeedContext.modelVersion),
            ]
            if part == 0 {
                document["record_ids"] = .array(records.map { .string($0.description) })
                document["patients"] = .array(patients.map { .string($0.rawValue) })
            }
            return DocumentUpsert(
                collection: Self.collection, id: name, version: 1, json: JSONValue.object(document).text())
        }
    }
}
