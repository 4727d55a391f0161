public import Domain
import JSONDocument

/// Proves which client asks for a token: `private_key_jwt` (RFC 7523, section 3) as SMART Backend Services (2.2) narrows it.
public struct ClientAssertion: Sendable {
    /// How far ahead `exp` may lie, in seconds.
    public static let longestLifetime = 300.0
    /// How far another machine's clock may be ahead of ours in `iat` and `nbf`, in seconds.
    public static let clockSkew = 10.0
    private static let operation = "client-assertion"

    private let tokenEndpoint: String
    private let tokens: any OneTimeTokens

    /// Takes assertions for `tokenEndpoint`, the URL that clients post to, letter by letter; each once, by `tokens`.
    public init(tokenEndpoint: String, tokens: any OneTimeTokens) {
        self.tokenEndpoint = tokenEndpoint
        self.tokens = tokens
    }

    /// The client that signed `assertion`, which is used up.
    ///
    /// Nothing is used up, or stored, before the signature is found to be the client's.
    /// - Throws: ``AuthorizationError``.
    public func client(
        of assertion: String, in registry: ClientRegistry, now: Timestamp
    ) async throws(AuthorizationError) -> RegisteredClient {
        let token = try JSONWebToken(parsing: assertion, operation: Self.operation)
        let client = try authenticate(token, in: registry)
        let (identifier, expiry) = try check(token, of: client, now: now)
        let isFirst: Bool
        do {
            isFirst = try await tokens.redeem(
                issuer: client.clientID, identifier: identifier, expiry: expiry, now: now)
        } catch {
            throw AuthorizationError(
                .unavailable, operation: Self.operation, detail: "the store of used assertions does not answer")
        }
        guard isFirst else { throw AuthorizationError(.replayed, operation: Self.operation, detail: "jti") }
        return client
    }

    /// Whom an assertion claims to be from, for the audit log; nothing of it is verified.
    public static func claimedIssuer(of assertion: String) -> String? {
        guard let token = try? JSONWebToken(parsing: assertion, operation: operation),
            let issuer = token.claims["iss"]?.string, issuer.utf8.count <= 256,
            issuer.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return issuer
    }

    private func authenticate(
        _ token: JSONWebToken, in registry: ClientRegistry
    ) throws(AuthorizationError) -> RegisteredClient {
        guard token.type == nil || token.type == "jwt" else {
            throw AuthorizationError(.header, operation: Self.operation, detail: "typ is not JWT")
        }
        let issuer = try token.claims.text("iss", operation: Self.operation)
        let subject = try token.claims.text("sub", operation: Self.operation)
        guard issuer == subject else {
            throw AuthorizationError(.issuer, operation: Self.operation, detail: "iss and sub are to be the client_id")
        }
        guard let client = registry[issuer] else {
            throw AuthorizationError(.unknownClient, operation: Self.operation)
        }
        guard token.keySetURL == nil || token.keySetURL == client.keySetURL else {
            throw AuthorizationError(.header, operation: Self.operation, detail: "jku is not the registered one")
        }
        guard let keyID = token.keyID else {
            throw AuthorizationError(.unknownKey, operation: Self.operation, detail: "no kid")
        }
        guard let key = client.keys[keyID] else {
            let isUnfit = client.keys.refusals.contains { $0.keyID == keyID }
            throw AuthorizationError(isUnfit ? .unfitKey : .unknownKey, operation: Self.operation)
        }
        try token.verify(with: key, operation: Self.operation)
        return client
    }

    private func check(
        _ token: JSONWebToken, of client: RegisteredClient, now: Timestamp
    ) throws(AuthorizationError) -> (identifier: String, expiry: Timestamp) {
        let claims = token.claims
        let audience = claims["aud"]?.array.map { $0.count == 1 ? $0[0] : .null } ?? claims["aud"]
        guard audience?.string == tokenEndpoint else {
            throw AuthorizationError(
                .audience, operation: Self.operation, detail: "aud is to be the URL of the token endpoint alone")
        }
        guard let expiry = try claims.time("exp", operation: Self.operation) else {
            throw AuthorizationError(.malformed, operation: Self.operation, detail: "exp is missing")
        }
        let seconds = Double(now.microseconds) / 1_000_000
        guard expiry > seconds else { throw AuthorizationError(.expired, operation: Self.operation) }
        guard expiry <= seconds + Self.longestLifetime else {
            throw AuthorizationError(.lifetime, operation: Self.operation, detail: "exp is over 5 minutes ahead")
        }
        for name in ["nbf", "iat"] {
            guard let time = try claims.time(name, operation: Self.operation) else { continue }
            guard time <= seconds + Self.clockSkew, time <= expiry else {
                throw AuthorizationError(.notYetValid, operation: Self.operation, detail: name)
            }
        }
        let identifier = try claims.text("jti", atMost: 256, operation: Self.operation)
        return (identifier, Timestamp(microseconds: Int64(expiry * 1_000_000)))
    }
}
