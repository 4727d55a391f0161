public import Domain

/// Whether a fact may be taken, and by which decision of the person.
public struct ConsentDecision: Equatable, Sendable {
    /// Whether the fact may be taken.
    public let isPermitted: Bool
    /// The consent that decided; nil when none did and the default stood.
    public let consent: EventID?

    /// A decision.
    public init(isPermitted: Bool, consent: EventID?) {
        self.isPermitted = isPermitted
        self.consent = consent
    }
}
