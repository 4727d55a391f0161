public import Authorization
public import Domain
public import Hummingbird
import JSONDocument
public import Logging
public import ServiceKit

/// Gives access tokens for signed assertions, `POST /oauth/token`, and says how: `/.well-known/smart-configuration` (also under `/fhir`) and
/// `/.well-known/jwks.json`. Every token that is given or refused is audited; one that cannot be audited is not given.
public struct TokenRoutes: Sendable {
    /// Where tokens are asked for.
    public static let path = "/oauth/token"

    private let base: String
    private let granter: TokenGranter
    private let clients: ClientFile
    private let verifier: AccessTokenVerifier
    private let audit: any AuditLog
    private let clock: any WallClock
    private let logger: Logger

    /// Routes of a server at the URL `base`.
    public init(
        base: String, granter: TokenGranter, clients: ClientFile, verifier: AccessTokenVerifier, audit: any AuditLog,
        clock: any WallClock = SystemClock(), logger: Logger
    ) {
        self.base = base
        self.granter = granter
        self.clients = clients
        self.verifier = verifier
        self.audit = audit
        self.clock = clock
        self.logger = logger
    }

    /// Adds the routes to `router`.
    public func add(to router: Router<ServiceRequestContext>) {
        router.post(RouterPath(Self.path)) { request, context in await token(request, context) }
        let configuration = ServerMetadata.smartConfiguration(base: base, tokenEndpoint: base + Self.path)
        for path in ["/.well-known/smart-configuration", "/fhir/.well-known/smart-configuration"] {
            router.get(RouterPath(path)) { _, _ in Reply.json(configuration, status: .ok) }
        }
        let keys = verifier.publicKeySet
        router.get("/.well-known/jwks.json") { _, _ in Reply.json(keys, status: .ok) }
    }

    private func token(_ request: Request, _ context: ServiceRequestContext) async -> Response {
        let now = clock.now()
        let origin = RequestOrigin(request, context)
        var claimed: String?
        do {
            let form = try await form(of: request)
            claimed = (try? TokenRequest(form: form)).flatMap { ClientAssertion.claimedIssuer(of: $0.assertion) }
            let grant = try await granter.grant(form: form, registry: clients.registry(now: now), now: now)
            do {
                try await audit.record([
                    AuditEntry(
                        at: now, actor: grant.client.clientID, action: "token", outcome: "granted",
                        correlation: origin.correlation)
                ])
            } catch {
                logger.error("a token was not given, since it could not be audited", metadata: ["error": "\(error)"])
                throw AuthorizationError(.unavailable, operation: "token")
            }
            return answer(grant.body, .ok)
        } catch let error as AuthorizationError {
            await refuse(error, origin, claimed: claimed, now)
            return answer(error.tokenErrorBody, Self.status(of: error))
        } catch {
            return answer(
                AuthorizationError(.request, operation: "token", detail: "the body did not arrive in full")
                    .tokenErrorBody,
                .badRequest)
        }
    }

    private func refuse(_ error: AuthorizationError, _ origin: RequestOrigin, claimed: String?, _ now: Timestamp) async
    {
        do {
            try await audit.record([
                AuditEntry(
                    at: now, actor: claimed.map { "\(origin.actor) claiming \($0)" } ?? origin.actor, action: "token",
                    outcome: error.code.rawValue, correlation: origin.correlation)
            ])
        } catch {
            logger.error("a refused token request is not audited yet", metadata: ["error": "\(error)"])
        }
    }

    private func form(of request: Request) async throws -> [UInt8] {
        let type = (request.headers[.contentType] ?? "").split(separator: ";").first?.lowercased() ?? ""
        guard type.filter({ $0 != " " }) == "application/x-www-form-urlencoded",
            request.headers[.contentEncoding] == nil
        else {
            throw AuthorizationError(
                .request, operation: "token", detail: "send application/x-www-form-urlencoded, not packed")
        }
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            guard bytes.count + buffer.readableBytes <= TokenRequest.maximumBytes else {
                throw AuthorizationError(
                    .request, operation: "token", detail: "the body is over \(TokenRequest.maximumBytes) bytes")
            }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return bytes
    }

    private static func status(of error: AuthorizationError) -> HTTPResponse.Status {
        switch error.tokenError {
        case "invalid_client": .unauthorized
        case "temporarily_unavailable": .serviceUnavailable
        case "server_error": .internalServerError
        default: .badRequest
        }
    }

    /// RFC 6749, section 5.1: neither tokens nor their refusals are kept by anybody on the way.
    private func answer(_ body: JSONValue, _ status: HTTPResponse.Status) -> Response {
        var response = Reply.json(body, status: status, retryAfter: status == .serviceUnavailable)
        response.headers[.cacheControl] = "no-store"
        if let pragma = HTTPFields.Element.Name("Pragma") { response.headers[pragma] = "no-cache" }
        return response
    }
}
