import Cryptography
import Domain
import Foundation
import IngestionCore
import JSONDocument
import StreamRuntime

/// The submitted resource, archived: the collection `source_document`, `_id` the record's id, version 1 for ever.
///
/// The resource itself is sealed with AES-256-GCM; the context binds it to collection, field and `_id`.
enum SourceDocument {
    static let collection = "source_document"

    /// What the sealed resource is bound to.
    static func context(of id: EventID) -> SealingContext {
        SealingContext(table: collection, column: "resource_sealed", row: id.description)
    }

    static func upsert(
        of record: IngestedRecord, id: EventID, tenant: String, keyring: Keyring
    ) throws(CryptographyError) -> DocumentUpsert? {
        guard let first = record.outcome.facts.first else { return nil }
        let sealed = try keyring.seal(record.outcome.source.reveal().serialized(), context: context(of: id))
        let received: Timestamp =
            switch first {
            case .observation(let event): event.receivedAt
            case .medication(let event): event.receivedAt
            case .condition(let event): event.receivedAt
            case .patient(let event): event.receivedAt
            }
        let document: JSONValue = [
            "tenant": .string(tenant),
            "patient": .string(first.patient.rawValue),
            "type": .string(record.outcome.type),
            "source": .string(record.source),
            "received_at_us": .number(JSONNumber(received.microseconds)),
            "event_ids": .array(record.outcome.facts.map { .string($0.eventID.description) }),
            "key_id": .string(keyring.currentKeyID),
            "resource_sealed": .string(Data(sealed).base64EncodedString()),
            "model_version": .string(FeedContext.modelVersion),
        ]
        return DocumentUpsert(collection: collection, id: id.description, version: 1, json: document.text())
    }
}
