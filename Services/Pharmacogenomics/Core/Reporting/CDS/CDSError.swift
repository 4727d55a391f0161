/// Why a request of a CDS client is not answered with cards. It names the place in the request and never a value of it.
public struct CDSError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of refusal.
    public enum Code: String, Sendable, CaseIterable {
        /// The body is no JSON, or a field has not the form that CDS Hooks gives it.
        case malformed
        /// No service of that id.
        case unknownService = "unknown-service"
        /// A field of the hook's context that decision support needs is absent.
        case preconditionFailed = "precondition-failed"
        /// The client's token does not show who it is, or that it may ask.
        case unauthorized
        /// The client may not ask about this person.
        case forbidden
        /// The body is of another media type than JSON.
        case unsupportedMediaType = "unsupported-media-type"
        /// The body is larger than the service reads.
        case tooLarge = "too-large"
        /// What is known of the person could not be read now.
        case unavailable
    }

    /// The kind of refusal.
    public let code: Code
    /// The place in the request (`context.selections[0]`), empty for the whole of it.
    public let place: String
    /// What is expected there.
    public let detail: String
    /// What was being done.
    public var operation: String { "answer a CDS Hooks call" }
    /// Whether the same request may be answered later.
    public var isRetriable: Bool { code == .unavailable }

    /// A refusal; `detail` holds nothing of the request's values.
    public init(_ code: Code, place: String = "", detail: String) {
        self.code = code
        self.place = place
        self.detail = detail
    }

    /// `code at place: detail`.
    public var description: String {
        place.isEmpty ? "\(code.rawValue): \(detail)" : "\(code.rawValue) at \(place): \(detail)"
    }
}
