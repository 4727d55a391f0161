public import Logging
public import MongoClient

/// The document store of production: guarded upserts into MongoDB.
public struct MongoDocumentStore: DocumentStore {
    private let pool: MongoPool
    private let logger: Logger

    /// A store over a pool.
    public init(_ pool: MongoPool, logger: Logger) {
        self.pool = pool
        self.logger = logger
    }

    /// Upserts the documents, collection by collection, the order within each kept.
    ///
    /// A document that MongoDB can never take (no object, a forbidden field name) is told in the log and passed over; it stays in the
    /// outbox table for its retention.
    public func upsert(_ documents: [DocumentUpsert]) async throws {
        for (collection, upserts) in Dictionary(grouping: documents, by: \.collection) {
            let writes = upserts.map { MongoUpsert(id: $0.id, version: $0.version, set: $0.json) }
            do throws(MongoError) {
                let result = try await pool.bulkUpsert(writes, into: collection)
                if let failure = result.failures.values.first { throw failure }
            } catch {
                guard !error.isRetriable else { throw error }
                try await upsertSingly(writes, into: collection)
            }
        }
    }

    private func upsertSingly(_ writes: [MongoUpsert], into collection: String) async throws {
        for write in writes {
            do throws(MongoError) {
                _ = try await pool.upsert(write, into: collection)
            } catch {
                guard !error.isRetriable else { throw error }
                logger.error(
                    "a document cannot be written and is passed over",
                    metadata: ["collection": "\(collection)", "id": "\(write.id)", "error": "\(error)"])
            }
        }
    }
}
