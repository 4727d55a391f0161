public import Domain

/// Who did what, when, with what outcome. It holds no patient data but the pseudonym.
public struct AuditEntry: Equatable, Sendable {
    /// When.
    public var at: Timestamp
    /// The client, or `peer:<address>` of who is not known.
    public var actor: String
    /// What was done or tried: `token`, `request`, `submit`.
    public var action: String
    /// What it was done to: a FHIR type or a format; empty when it is about none.
    public var resourceType: String
    /// `accepted`, `duplicate`, ..., or the code of the refusal.
    public var outcome: String
    /// How many records it was about.
    public var count: Int
    /// The person; nil when it is about none or several.
    public var patient: PatientPseudonym?
    /// What joins it to logs and traces.
    public var correlation: String

    /// An entry. Texts are cut to 512 characters, and lose NUL, which the database does not take.
    public init(
        at: Timestamp, actor: String, action: String, resourceType: String = "", outcome: String, count: Int = 1,
        patient: PatientPseudonym? = nil, correlation: String
    ) {
        self.at = at
        self.actor = Self.bounded(actor)
        self.action = Self.bounded(action)
        self.resourceType = Self.bounded(resourceType)
        self.outcome = Self.bounded(outcome)
        self.count = max(0, count)
        self.patient = patient
        self.correlation = Self.bounded(correlation)
    }

    private static func bounded(_ text: String) -> String {
        String(text.prefix(512).map { $0 == "\0" ? "\u{FFFD}" : $0 })
    }
}
