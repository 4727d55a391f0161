/// How a deployment follows consents.
public struct ConsentPolicy: Equatable, Sendable {
    /// What holds for a person who has decided nothing that concerns the fact.
    public enum Default: String, Sendable, CaseIterable {
        /// Taken unless denied.
        case permit
        /// Not taken unless permitted.
        case require
    }

    /// What holds without a decision.
    public let unconsented: Default
    /// The scopes (FHIR R4 consentscope) whose consents concern the taking of data. A consent without a scope always does.
    public let scopes: Set<String>
    /// What the deployment uses data for (v3 PurposeOfUse, e.g. `TREAT`, `HRESCH`). Empty: not said, so that a rule for any purpose holds.
    public let purposes: Set<String>
    /// The names under which rules may speak of this deployment, e.g. `Organization/f001`; a rule for one of them holds for every feed.
    public let actors: Set<String>

    /// A policy.
    public init(
        unconsented: Default = .permit, scopes: Set<String> = ["patient-privacy", "research"],
        purposes: Set<String> = [], actors: Set<String> = []
    ) {
        self.unconsented = unconsented
        self.scopes = scopes
        self.purposes = purposes
        self.actors = actors
    }
}
