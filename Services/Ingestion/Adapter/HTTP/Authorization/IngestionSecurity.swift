import Authorization
import Cryptography
public import Domain
public import Hummingbird
public import IngestionCore
public import Logging
public import PostgresClient
public import ServiceKit

/// The guard of the front door, put together from the settings.
public struct IngestionSecurity: Sendable {
    /// Who is let in.
    public let admission: any Admission
    private let routes: TokenRoutes?

    /// Reads the settings, the clients and the keys.
    ///
    /// - Throws: ``IngestionError`` `.configuration`, `AuthorizationError` or `ServiceKitError` when they do not go together.
    public init(
        _ configuration: ServiceConfiguration, pool: PostgresPool, names: any PersonNaming,
        clock: any WallClock = SystemClock(), logger: Logger
    ) throws {
        let isProduction = configuration.value(ServiceKeys.profile) == .production
        guard configuration.value(AuthorizationKeys.mode) == .required else {
            guard !isProduction else {
                throw Self.wrong("profile production asks every sender for a token: set auth.mode to required")
            }
            admission = OpenAdmission()
            routes = nil
            return
        }
        let base = configuration.value(AuthorizationKeys.baseURL)
        guard base.hasPrefix("https://") || base.hasPrefix("http://") && !isProduction, !base.hasSuffix("/") else {
            throw Self.wrong("auth.base-url is an https URL without a slash at the end")
        }
        guard let path = configuration.value(AuthorizationKeys.clientsFile) else {
            throw Self.wrong("auth.mode required needs auth.clients-file")
        }
        let tenant = configuration.value(ServiceKeys.tenant)
        let clients = try ClientFile(path: path, now: clock.now(), logger: logger) { bytes throws(AuthorizationError) in
            try ClientRegistry(parsing: bytes, defaultTenant: tenant) { person in
                switch person {
                case .pseudonym(let name): name
                case .identifier(let system, let value):
                    try names.pseudonym(of: PHI(SubjectIdentifier(system: system, value: value.reveal())))
                }
            }
        }
        let keys: [SigningKey]
        if let pems = configuration.value(AuthorizationKeys.signingKeys) {
            keys = try SigningKey.list(pems: pems)
        } else {
            guard !isProduction else { throw Self.wrong("profile production needs auth.signing-keys") }
            keys = [SigningKey.random()]
            logger.warning("no auth.signing-keys: tokens are worth nothing to other replicas and after a restart")
        }
        let audit = PostgresAuditLog(
            pool: pool, chain: configuration.value(ServiceKeys.instance), hash: try Self.auditHash(configuration))
        let verifier = AccessTokenVerifier(issuer: base, keys: keys)
        admission = SecuredAdmission(
            verifier: verifier,
            terms: SecuredAdmission.Terms(
                tenant: tenant,
                allowance: RateAllowance(
                    requestsPerSecond: configuration.value(AuthorizationKeys.requestsPerSecond),
                    bytesPerSecond: Double(configuration.value(AuthorizationKeys.bytesPerSecond))),
                refusalsPerSecond: configuration.value(AuthorizationKeys.refusalsPerSecond)),
            audit: audit, clock: clock, logger: logger)
        let assertions = ClientAssertion(
            tokenEndpoint: base + TokenRoutes.path, tokens: PostgresOneTimeTokens(pool: pool))
        routes = TokenRoutes(
            base: base,
            granter: TokenGranter(
                assertions: assertions,
                issuer: try AccessTokenIssuer(
                    issuer: base, key: keys[0], lifetime: configuration.value(AuthorizationKeys.tokenLifetime))),
            clients: clients, verifier: verifier, audit: audit, clock: clock, logger: logger)
    }

    /// Adds the routes of tokens to `router`, when tokens are asked for.
    public func add(to router: Router<ServiceRequestContext>) {
        routes?.add(to: router)
    }

    /// How the audit log of `configuration` is hashed. Profile production needs `audit.key`.
    ///
    /// - Throws: ``IngestionError`` `.configuration`, or `CryptographyError`.
    public static func auditHash(_ configuration: ServiceConfiguration) throws -> AuditHash {
        let key = configuration.value(AuthorizationKeys.auditKey)
        guard key != nil || configuration.value(ServiceKeys.profile) == .development else {
            throw wrong("profile production needs audit.key")
        }
        return try AuditHash(key: key.map { SymmetricKey(copying: $0) })
    }

    private static func wrong(_ detail: String) -> IngestionError {
        IngestionError(.configuration, operation: "start", detail: detail)
    }
}
