public import Authorization
public import Domain
import JSONDocument
public import PharmacogenomicsCore

/// Lets in the clients of a registry by the token that CDS Hooks 2.0 has them sign ("Trusting CDS Clients").
///
/// A JWT of the client's own, `Authorization: Bearer <JWT>`: signed with a registered key by ES384 or RS384; `iss` is the
/// registered client, `aud` the URL of the service that is called, `exp` at most five minutes after `iat`, and each `jti` works
/// once. The registration's scopes have to permit reading `cds` (`system/cds.r`); its people are the only ones to be asked about.
/// A `jku` has to be the registered one; keys are never fetched.
public struct CDSClientTokens: CDSAdmission {
    /// The longest life of a token, in seconds.
    public static let longestLifetime = ClientAssertion.longestLifetime
    private static let operation = "cds-token"

    private let baseURL: String
    private let tenant: String
    private let registry: @Sendable (Timestamp) -> ClientRegistry
    private let used: any OneTimeTokens
    private let clock: any WallClock

    /// Admission to the services under `baseURL` (without a slash at the end).
    ///
    /// - Parameters:
    ///   - tenant: whose people this deployment serves; a client of another is refused.
    ///   - registry: the clients as they are registered at a time.
    ///   - used: where a `jti` is used up.
    public init(
        baseURL: String, tenant: String, registry: @escaping @Sendable (Timestamp) -> ClientRegistry,
        used: any OneTimeTokens, clock: any WallClock = SystemClock()
    ) {
        self.baseURL = baseURL
        self.tenant = tenant
        self.registry = registry
        self.used = used
        self.clock = clock
    }

    /// The client of the token.
    public func admit(authorization: String?, path: String) async throws(CDSError) -> CDSClient {
        let client: RegisteredClient
        do {
            client = try await authenticated(authorization, path: path)
        } catch {
            if error.isRetriable {
                throw CDSError(.unavailable, place: "Authorization", detail: "the token could not be checked now")
            }
            throw CDSError(.unauthorized, place: "Authorization", detail: error.code.rawValue)
        }
        guard client.tenant == tenant, client.scopes.permits(resourceType: "cds", interaction: .read) else {
            throw CDSError(
                .forbidden, place: "Authorization", detail: "the client is not registered for decision support here")
        }
        return CDSClient(name: client.clientID, patients: client.patients.isEmpty ? nil : Set(client.patients))
    }

    private func authenticated(
        _ authorization: String?, path: String
    ) async throws(AuthorizationError) -> RegisteredClient {
        let parts = (authorization ?? "").split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else {
            throw AuthorizationError(.missingToken, operation: Self.operation)
        }
        let now = clock.now()
        let token = try JSONWebToken(parsing: String(parts[1]), operation: Self.operation)
        guard token.type == "jwt" else { throw refused(.header) }
        guard let issuer = token.claims["iss"]?.string, let client = registry(now)[issuer] else {
            throw refused(.unknownClient)
        }
        guard token.keySetURL == nil || token.keySetURL == client.keySetURL else { throw refused(.header) }
        guard let keyID = token.keyID, let key = client.keys[keyID] else { throw refused(.unknownKey) }
        try token.verify(with: key, operation: Self.operation)
        guard audiences(token.claims).contains(baseURL + path) else { throw refused(.audience) }
        let (identifier, expiry) = try times(token.claims, now: now)
        let isFirst: Bool
        do {
            isFirst = try await used.redeem(issuer: issuer, identifier: identifier, expiry: expiry, now: now)
        } catch {
            throw refused(.unavailable)
        }
        guard isFirst else { throw refused(.replayed) }
        return client
    }

    private func audiences(_ claims: JSONObject) -> [String] {
        guard let audience = claims["aud"] else { return [] }
        return audience.string.map { [$0] } ?? (audience.array ?? []).compactMap(\.string)
    }

    private func times(
        _ claims: JSONObject, now: Timestamp
    ) throws(AuthorizationError) -> (identifier: String, expiry: Timestamp) {
        let year9999 = 253_402_300_799.0
        guard let expiry = claims["exp"]?.number?.double, let issued = claims["iat"]?.number?.double,
            (0...year9999).contains(expiry), (0...year9999).contains(issued),
            let identifier = claims["jti"]?.string, (1...256).contains(identifier.utf8.count)
        else { throw refused(.malformed) }
        let seconds = Double(now.microseconds) / 1_000_000
        guard expiry > seconds else { throw refused(.expired) }
        guard issued <= seconds + ClientAssertion.clockSkew, issued <= expiry else { throw refused(.notYetValid) }
        guard expiry - issued <= Self.longestLifetime else { throw refused(.lifetime) }
        return (identifier, Timestamp(microseconds: Int64(expiry * 1_000_000)))
    }

    private func refused(_ code: AuthorizationError.Code) -> AuthorizationError {
        AuthorizationError(code, operation: Self.operation)
    }
}
