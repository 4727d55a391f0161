public import Domain
public import JSONDocument

/// What became of one submitted record (a resource, message, data point, sample, ...); outcomes stand in the submitted order, one for each.
public struct FactOutcome: Sendable, Equatable {
    /// What became of it.
    public enum Verdict: Sendable, Equatable {
        /// Mapped to one or more facts about one person.
        case facts([Fact])
        /// Valid, and no fact is made of it; the reason's code says why. Its source is kept like any other's.
        case archived(FeedRejection)
        /// Well formed, and not believable or not consented: kept, sealed, until a person has looked at it; its facts are not published.
        case quarantined(FeedRejection, [Fact])
        /// Not taken.
        case rejected(FeedRejection)
    }

    /// The position among the submitted, from 0.
    public let index: Int
    /// Where it stood, e.g. `Bundle.entry[3].resource` or `line[12]`.
    public let place: String
    /// The FHIR resource type, the Open mHealth schema, the HL7 v2 message type, ...; empty when that could not be read.
    public let type: String
    /// What became of it.
    public var verdict: Verdict
    /// Parts of a record that was taken of which no fact was made, each with its reason.
    public var notes: [FeedRejection]
    /// What a FHIR request asks for the resource beyond that it be taken; nil when it asks nothing.
    public let interaction: FHIRInteraction?
    /// The record itself where the format is JSON, for its identity and the archive; protected.
    public let source: PHI<JSONValue>

    /// An outcome.
    public init(
        index: Int, place: String, type: String, verdict: Verdict, notes: [FeedRejection] = [],
        interaction: FHIRInteraction? = nil, source: PHI<JSONValue>
    ) {
        self.index = index
        self.place = place
        self.type = type
        self.verdict = verdict
        self.notes = notes
        self.interaction = interaction
        self.source = source
    }

    /// The facts, held back or not; empty when none was made.
    public var facts: [Fact] {
        switch verdict {
        case .facts(let facts), .quarantined(_, let facts): facts
        case .archived, .rejected: []
        }
    }

    /// Why its facts are not published, or nil.
    public var reason: FeedRejection? {
        switch verdict {
        case .facts: nil
        case .archived(let reason), .quarantined(let reason, _), .rejected(let reason): reason
        }
    }
}
