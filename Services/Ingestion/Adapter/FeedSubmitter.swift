public import StreamRuntime

/// Where HTTP hands submissions in; the answer comes after COMMIT.
public protocol FeedSubmitter: Sendable {
    /// Whether submissions are taken now.
    var isReady: Bool { get }
    /// Hands in `value` as a record of the feed `topic`; what became of each part, in order. Throws ``IngestionError`` `.unavailable`.
    func submit(feed value: [UInt8], topic: String) async throws -> [ItemOutcome]
}

extension StreamApplication: FeedSubmitter where Processor == IngestionProcessor {
    /// Whether the request lane is open.
    public var isReady: Bool { status.takesSubmissions }

    /// Submits to the request lane.
    public func submit(feed value: [UInt8], topic: String) async throws -> [ItemOutcome] {
        do {
            return try await submit(value, topic: topic)
        } catch let error as StreamError {
            throw IngestionError(.unavailable, operation: "submit", detail: error.code.description)
        }
    }
}
