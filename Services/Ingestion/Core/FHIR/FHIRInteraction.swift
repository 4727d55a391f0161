public import Domain

/// What a batch, a transaction or a conditional request asks for a resource, beyond that it be taken.
///
/// All names in it are keyed (``PersonNaming/opaqueName(of:)``): they can be compared and stored, and tell nobody an identifier.
public struct FHIRInteraction: Sendable, Equatable {
    /// What is asked.
    public enum Kind: String, Sendable {
        /// `POST`: a new resource.
        case create
        /// `PUT`: this content under this id.
        case update
    }

    /// What is asked.
    public let kind: Kind
    /// What the resource is known by once it is taken: its type and id, its type and each of its identifiers with system and value.
    public let claims: [String]
    /// The claim that nobody may have made before (`If-None-Exist`, `If-None-Match: *`). When somebody has, the answer is `duplicate` with that
    /// record's id, and nothing is taken.
    public let condition: String?
    /// The record's identity where the criteria give it, and not the content: of two racing conditional creations one is a duplicate.
    public let recordID: EventID?
    /// Whether the resource is taken with all others of its Bundle or not at all.
    public let isAtomic: Bool

    /// An interaction.
    public init(kind: Kind, claims: [String] = [], condition: String? = nil, recordID: EventID? = nil, isAtomic: Bool) {
        self.kind = kind
        self.claims = claims
        self.condition = condition
        self.recordID = recordID
        self.isAtomic = isAtomic
    }
}
