public import StreamRuntime

/// Where the front doors hand submissions in; the answer comes after COMMIT.
public protocol FeedSubmitter: Sendable {
    /// Whether submissions are taken now.
    var isReady: Bool { get }
    /// Hands in a submission; what became of each part, in order. Throws ``IngestionError`` `.unavailable`.
    func submit(_ submission: Submission) async throws -> [ItemOutcome]
}

extension StreamApplication: FeedSubmitter where Processor == IngestionProcessor {
    /// Whether the request lane is open.
    public var isReady: Bool { status.takesSubmissions }

    /// Submits to the request lane.
    public func submit(_ submission: Submission) async throws -> [ItemOutcome] {
        do {
            return try await submit(submission.bytes, topic: submission.topic, headers: submission.headers)
        } catch let error as StreamError {
            throw IngestionError(.unavailable, operation: "submit", detail: error.code.description)
        }
    }
}
