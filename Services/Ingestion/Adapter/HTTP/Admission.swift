public import Hummingbird
public import ServiceKit
public import StreamRuntime

/// Lets requests in, or says why not, and is told what became of what they brought.
public protocol Admission: Sendable {
    /// Who sends. Throws ``AdmissionRefusal`` for a sender who may not.
    func admit(_ request: Request, _ context: ServiceRequestContext) async throws -> AdmittedSender
    /// What became of a submission, for the audit.
    func took(_ outcomes: [ItemOutcome], of submission: Submission, from sender: AdmittedSender) async
}

/// A sender who was let in.
public struct AdmittedSender: Sendable {
    /// The client's id; empty when nobody asks.
    public let client: String
    /// The registered name that the facts carry as their source; nil for the feed's own.
    public let source: String?
    /// What the sender may send.
    public let terms: SenderTerms
    /// What joins the audit's entries to the request: its trace, or empty.
    public let correlation: String

    /// A sender.
    public init(client: String, source: String?, terms: SenderTerms, correlation: String = "") {
        self.client = client
        self.source = source
        self.terms = terms
        self.correlation = correlation
    }
}

/// Why a sender was not let in, as the answer that says so.
public struct AdmissionRefusal: Error {
    /// The answer.
    public let response: Response

    /// A refusal.
    public init(_ response: Response) {
        self.response = response
    }
}

/// A deployment without authorisation: everybody may send anything.
public struct OpenAdmission: Admission {
    /// Lets everybody in.
    public init() {}
    /// An unbound sender.
    public func admit(_ request: Request, _ context: ServiceRequestContext) -> AdmittedSender {
        AdmittedSender(client: "", source: nil, terms: .unbound)
    }
    /// Nobody audits.
    public func took(_ outcomes: [ItemOutcome], of submission: Submission, from sender: AdmittedSender) {}
}
