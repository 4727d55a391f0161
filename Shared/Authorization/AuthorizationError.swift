/// Why a token, a key, a scope or a registration was refused. It carries no token, no key and nothing about a patient.
public struct AuthorizationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of refusal; the raw value stands in the audit log.
    public enum Code: String, Sendable, CaseIterable {
        /// No token, or a header of another scheme.
        case missingToken = "token-missing"
        /// The token is not a compact JWS of a JSON object, or a claim has not the type that it should have.
        case malformed = "token-malformed"
        /// An algorithm other than RS384 and ES384, `none` among them.
        case algorithm = "algorithm-refused"
        /// The header asks for something that is not understood (`crit`), or the token is of another kind (`typ`).
        case header = "header-refused"
        /// No such client.
        case unknownClient = "client-unknown"
        /// No key of that name, or one that may not be used.
        case unknownKey = "key-unknown"
        /// The key is not of the kind that the algorithm needs.
        case keyMismatch = "key-mismatch"
        /// A key that is too weak, private, symmetric or not for signatures.
        case unfitKey = "key-unfit"
        /// The signature is not that of the key over these bytes.
        case signature = "signature-invalid"
        /// `iss` or `sub` is not the one that it has to be.
        case issuer = "issuer-wrong"
        /// `aud` is not this server.
        case audience = "audience-wrong"
        /// `exp` is past.
        case expired = "token-expired"
        /// `exp` lies more than five minutes ahead.
        case lifetime = "lifetime-too-long"
        /// `nbf` or `iat` lies ahead, or after `exp`.
        case notYetValid = "token-not-yet-valid"
        /// The assertion was used before.
        case replayed = "token-replayed"
        /// The request of the token endpoint lacks a parameter, repeats one or has a wrong one.
        case request = "request-invalid"
        /// A grant other than `client_credentials`.
        case grantType = "grant-type-unsupported"
        /// A scope that cannot be read, or that the client may not have.
        case scope = "scope-refused"
        /// The token does not allow this.
        case insufficientScope = "scope-insufficient"
        /// The registry of clients, or a signing key, cannot be read.
        case configuration
        /// Nothing could be decided: the store of used assertions did not answer.
        case unavailable
    }

    /// The kind of refusal.
    public let code: Code
    /// What was being done, e.g. `client-assertion`.
    public let operation: String
    /// What to know about it.
    public let detail: String

    /// Whether the same call may go through later.
    public var isRetriable: Bool { code == .unavailable }

    /// An error; `detail` holds neither tokens nor keys.
    public init(_ code: Code, operation: String, detail: String = "") {
        self.code = code
        self.operation = operation
        self.detail = detail
    }

    /// For example `client-assertion: token-expired`.
    public var description: String {
        detail.isEmpty ? "\(operation): \(code.rawValue)" : "\(operation): \(code.rawValue) (\(detail))"
    }
}
