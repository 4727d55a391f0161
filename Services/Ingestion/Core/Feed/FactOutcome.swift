public import Domain
public import JSONDocument

/// What became of one submitted resource or data point; outcomes stand in the submitted order, one for each.
public struct FactOutcome: Sendable, Equatable {
    /// What became of it.
    public enum Verdict: Sendable, Equatable {
        /// Mapped to one or more facts about one person.
        case facts([Fact])
        /// Well-formed, and not mapped; the reason's code says why.
        case ignored(FeedRejection)
        /// Not taken.
        case rejected(FeedRejection)
    }

    /// The position among the submitted, from 0.
    public let index: Int
    /// Where it stood, e.g. `Bundle.entry[3].resource`.
    public let place: String
    /// The FHIR resource type or the Open mHealth schema; empty when that could not be read.
    public let type: String
    /// What became of it.
    public let verdict: Verdict
    /// The resource or data point itself, for the archive; protected.
    public let source: PHI<JSONValue>

    /// An outcome.
    public init(index: Int, place: String, type: String, verdict: Verdict, source: PHI<JSONValue>) {
        self.index = index
        self.place = place
        self.type = type
        self.verdict = verdict
        self.source = source
    }

    /// The facts; empty when it was not taken.
    public var facts: [Fact] {
        if case .facts(let facts) = verdict { facts } else { [] }
    }

    /// Why it was not mapped, or nil.
    public var reason: FeedRejection? {
        switch verdict {
        case .facts: nil
        case .ignored(let reason), .rejected(let reason): reason
        }
    }
}
