/// What became of the documents of a bulk.
public struct MongoBulkResult: Sendable, Hashable {
    /// One entry per document, in the order given; nil where it failed or was not reached.
    public internal(set) var outcomes: [MongoUpsertOutcome?]
    /// The failures that concern single documents, by their place.
    public internal(set) var failures: [Int: MongoError] = [:]

    init(count: Int) { outcomes = Array(repeating: nil, count: count) }

    /// True when every document was written or superseded.
    public var isComplete: Bool { outcomes.allSatisfy { $0 != nil } }

    /// How many documents had this outcome.
    public func count(of outcome: MongoUpsertOutcome) -> Int { outcomes.count { $0 == outcome } }
}
