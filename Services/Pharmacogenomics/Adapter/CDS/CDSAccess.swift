public import Domain

/// One call that was let in, for the audit: who asked about whom, and what became of it. Nothing of the person but the pseudonym.
public struct CDSAccess: Sendable, Equatable {
    /// When.
    public let at: Timestamp
    /// The client's name.
    public let client: String
    /// The service that was called.
    public let service: String
    /// About whom; nil when the request could not be read that far.
    public let patient: PatientPseudonym?
    /// `answered`, or the code of the refusal.
    public let outcome: String
    /// How many cards were shown.
    public let cards: Int
}

/// The port through which calls are audited.
public protocol CDSAccessLog: Sendable {
    /// Keeps the record. It is called before the answer is given.
    ///
    /// - Throws: when it is not kept; the call is then answered 503 and shows nothing.
    func record(_ access: CDSAccess) async throws
}
