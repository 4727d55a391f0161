import CHealthContracts
public import Domain

/// A polygenic score as published: what it scores, and one chunk of its weights.
///
/// It is about no patient; the record's key is the score's id.
public struct PolygenicScoreDefined: HealthEvent {
    /// ``Topic/polygenicScoreDefined``.
    public static let topic = Topic.polygenicScoreDefined

    /// The event's identity.
    public var eventID: EventID
    /// The score's id, e.g. `PGS000001`; not empty.
    public var scoreID: String
    /// The score's name; may be empty.
    public var name: String
    /// The trait as the authors report it; may be empty.
    public var trait: String
    /// The assembly that positions refer to, one of ``GenomeAssembly/known``; empty when the source does not say.
    public var assembly: String
    /// What the weights are, e.g. `beta`, `OR`, `HR`; may be empty.
    public var weightType: String
    /// Identity of the submission, the same in all its chunks.
    public var submissionID: EventID
    /// The chunk's number within the submission, from 0.
    public var chunk: Int32
    /// Whether it is the last chunk of the submission.
    public var isLastChunk: Bool
    /// The weights, at most ``ContractLimits/variantWeights``, in the order of the source.
    public var weights: [VariantWeight]
    /// Opaque or hashed name of the sender's record; may be empty.
    public var resourceID: String
    /// The feed that it came from; not empty.
    public var source: String
    /// When the fleet received it.
    public var receivedAt: Timestamp
    /// Version of the logic that made the event; not empty.
    public var modelVersion: String
    /// When the event was made.
    public var producedAt: Timestamp
    /// Fields unknown to this version of the contract, as raw protobuf; written again by ``encoded()``.
    public var unknownFields: [UInt8]

    /// A chunk of a score with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, scoreID: String, name: String = "", trait: String = "", assembly: String = "",
        weightType: String = "", submissionID: EventID, chunk: Int32, isLastChunk: Bool, weights: [VariantWeight],
        resourceID: String = "", source: String, receivedAt: Timestamp, modelVersion: String, producedAt: Timestamp,
        unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.scoreID = scoreID
        self.name = name
        self.trait = trait
        self.assembly = assembly
        self.weightType = weightType
        self.submissionID = submissionID
        self.chunk = chunk
        self.isLastChunk = isLastChunk
        self.weights = weights
        self.resourceID = resourceID
        self.source = source
        self.receivedAt = receivedAt
        self.modelVersion = modelVersion
        self.producedAt = producedAt
        self.unknownFields = unknownFields
    }

    /// The record's key: the score's id.
    public var key: String { scoreID }
}
