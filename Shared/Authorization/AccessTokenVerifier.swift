import Crypto
public import Domain
public import JSONDocument
import Synchronization

/// Verifies access tokens of this deployment: signature, kind, issuer, audience and times, without the database.
///
/// The signatures of the last 1,024 tokens are remembered by their SHA-256, so that a client's second request costs a hash; the times
/// are judged at every request.
public final class AccessTokenVerifier: Sendable {
    private static let rememberedTokens = 1_024

    private struct Remembered: Sendable {
        let token: AccessToken
        let notBefore: Double
    }

    private let issuer: String
    private let keys: [SigningKey]
    private let remembered = Mutex<[SHA256.Digest: Remembered]>([:])

    /// Takes tokens that `issuer` signed with one of `keys`: the current one, and those that it replaced up to a token's lifetime ago.
    public init(issuer: String, keys: [SigningKey]) {
        self.issuer = issuer
        self.keys = keys
    }

    /// The public keys, as `/.well-known/jwks.json` shows them.
    public var publicKeySet: JSONValue { ["keys": .array(keys.map(\.publicJSON))] }

    /// What `text` allows at `now`.
    ///
    /// - Throws: ``AuthorizationError``.
    public func token(_ text: String, now: Timestamp) throws(AuthorizationError) -> AccessToken {
        let operation = AccessToken.operation
        guard text.utf8.count <= JSONWebToken.maximumBytes else {
            throw AuthorizationError(.malformed, operation: operation)
        }
        let digest = SHA256.hash(data: Array(text.utf8))
        let known = remembered.withLock { $0[digest] }
        let entry: Remembered
        if let known { entry = known } else { entry = try verified(text) }
        let seconds = Double(now.microseconds) / 1_000_000
        guard entry.token.expiry > now else {
            remembered.withLock { $0[digest] = nil }
            throw AuthorizationError(.expired, operation: operation)
        }
        guard entry.notBefore <= seconds + ClientAssertion.clockSkew else {
            throw AuthorizationError(.notYetValid, operation: operation)
        }
        if known == nil {
            remembered.withLock { remembered in
                if remembered.count >= Self.rememberedTokens {
                    remembered = remembered.filter { $0.value.token.expiry > now }
                }
                if remembered.count >= Self.rememberedTokens { remembered.removeAll(keepingCapacity: true) }
                remembered[digest] = entry
            }
        }
        return entry.token
    }

    /// Everything of a token but its times.
    private func verified(_ text: String) throws(AuthorizationError) -> Remembered {
        let operation = AccessToken.operation
        let token = try JSONWebToken(parsing: text, operation: operation)
        // RFC 9068, section 4: nothing else that this server or a client signs passes for an access token.
        guard token.type == "at+jwt" else {
            throw AuthorizationError(.header, operation: operation, detail: "typ is not at+jwt")
        }
        guard let key = keys.first(where: { $0.keyID == token.keyID }) else {
            throw AuthorizationError(.unknownKey, operation: operation)
        }
        try token.verify(with: key.publicKey, operation: operation)
        guard token.claims["iss"]?.string == issuer else { throw AuthorizationError(.issuer, operation: operation) }
        guard token.claims["aud"]?.string == issuer else { throw AuthorizationError(.audience, operation: operation) }
        guard let expiry = try token.claims.time("exp", operation: operation),
            let issued = try token.claims.time("iat", operation: operation)
        else { throw AuthorizationError(.malformed, operation: operation, detail: "exp and iat are needed") }
        guard expiry - issued <= ClientAssertion.longestLifetime else {
            throw AuthorizationError(.lifetime, operation: operation)
        }
        return Remembered(
            token: try AccessToken(token.claims, expiry: Timestamp(microseconds: Int64(expiry * 1_000_000))),
            notBefore: issued)
    }
}
