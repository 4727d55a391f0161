import Crypto
import Domain
import JSONDocument

/// What an access token of ours says of whoever bears it.
public struct AccessToken: Sendable, Equatable {
    /// The client that it was given to.
    public let clientID: String
    /// What it allows.
    public let scopes: [Scope]
    /// The feed or system that the client is.
    public let source: String
    /// Whose patients the client sends.
    public let tenant: String
    /// The people whom the client may send records of; empty for anybody's.
    public let patients: [PatientPseudonym]
    /// Requests a second; nil for the service's default.
    public let requestsPerSecond: Double?
    /// Bytes a second; nil for the service's default.
    public let bytesPerSecond: Double?
    /// From when on it is worth nothing.
    public let expiry: Timestamp
    /// The name of this one token.
    public let identifier: String

    static let operation = "access-token"

    /// The claims of `claims`, after signature, kind and times were checked.
    init(_ claims: JSONObject, expiry: Timestamp) throws(AuthorizationError) {
        clientID = try claims.text("client_id", operation: Self.operation)
        scopes = try Scope.list(try claims.text("scope", atMost: 8192, operation: Self.operation))
        source = try claims.text("source", operation: Self.operation)
        tenant = try claims.text("tenant", operation: Self.operation)
        identifier = try claims.text("jti", operation: Self.operation)
        var people: [PatientPseudonym] = []
        for person in claims["patients"]?.array ?? [] {
            guard let name = person.string.flatMap({ PatientPseudonym($0) }) else {
                throw AuthorizationError(.malformed, operation: Self.operation, detail: "patients")
            }
            people.append(name)
        }
        patients = people
        requestsPerSecond = claims["requests_per_second"]?.number?.double
        bytesPerSecond = claims["bytes_per_second"]?.number?.double
        self.expiry = expiry
    }
}
