/// Where documents go; `MongoDocumentStore` in production.
public protocol DocumentStore: Sendable {
    /// Upserts the documents in order, each only over a smaller version of itself; returns when they are durable.
    func upsert(_ documents: [DocumentUpsert]) async throws
}
