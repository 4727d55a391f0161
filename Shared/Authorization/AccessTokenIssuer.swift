import Crypto
public import Domain
import JSONDocument

/// Signs access tokens: JWTs of type `at+jwt` (RFC 9068) in ES384, for five minutes at most, which every replica verifies without asking anybody.
public struct AccessTokenIssuer: Sendable {
    /// The issuer and audience of the tokens: the base URL of this server.
    public let issuer: String
    /// How long a token is worth something.
    public let lifetime: Duration
    private let key: SigningKey

    /// Signs with `key`.
    ///
    /// - Throws: ``AuthorizationError/Code/configuration`` when `lifetime` is not in 1 s ... 300 s.
    public init(issuer: String, key: SigningKey, lifetime: Duration = .seconds(300)) throws(AuthorizationError) {
        guard (.seconds(1)...(.seconds(300))).contains(lifetime) else {
            throw AuthorizationError(.configuration, operation: "access-token", detail: "a lifetime of 1 to 300 s")
        }
        self.issuer = issuer
        self.lifetime = lifetime
        self.key = key
    }

    /// A token with which `client` may do what `scopes` say.
    ///
    /// - Throws: ``AuthorizationError/Code/unavailable`` when it cannot be signed.
    public func token(for client: RegisteredClient, scopes: [Scope], now: Timestamp) throws(AuthorizationError)
        -> String
    {
        let seconds = now.microseconds / 1_000_000
        var claims: JSONObject = [
            "iss": .string(issuer), "aud": .string(issuer), "sub": .string(client.clientID),
            "client_id": .string(client.clientID), "scope": .string(scopes.text),
            "iat": .number(JSONNumber(seconds)),
            "exp": .number(JSONNumber(seconds + lifetime.components.seconds)),
            "jti": .string(Self.randomName()), "source": .string(client.source), "tenant": .string(client.tenant),
        ]
        if !client.patients.isEmpty { claims["patients"] = .array(client.patients.map { .string($0.rawValue) }) }
        if let rate = client.allowance.requestsPerSecond.flatMap({ JSONNumber($0) }) {
            claims["requests_per_second"] = .number(rate)
        }
        if let rate = client.allowance.bytesPerSecond.flatMap({ JSONNumber($0) }) {
            claims["bytes_per_second"] = .number(rate)
        }
        return try JSONWebToken.signed(
            header: ["alg": "ES384", "typ": "at+jwt", "kid": .string(key.keyID)], claims: claims, by: key)
    }

    /// 128 random bits.
    private static func randomName() -> String {
        Base64URL.encode(SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) })
    }
}
