public import Authorization
public import Domain
public import Hummingbird
public import Logging
public import ServiceKit
public import StreamRuntime
import Synchronization

/// Lets in who bears an access token of ours: a client of the registry, within its scopes, its people and its rate. Every refusal for want of
/// authority, and what became of every submission, is audited.
public final class SecuredAdmission: Admission {
    /// What is not the token's to say.
    public struct Terms: Sendable {
        /// The tenant that this deployment serves.
        public var tenant: String
        /// What a client may send whose registration does not say.
        public var allowance: RateAllowance
        /// Refused attempts a second of one address, after which it is not listened to for a while.
        public var refusals: RateAllowance

        /// Terms.
        public init(tenant: String, allowance: RateAllowance, refusalsPerSecond: Double = 1) {
            self.tenant = tenant
            self.allowance = allowance
            refusals = RateAllowance(requestsPerSecond: refusalsPerSecond, bytesPerSecond: 1e9)
        }
    }

    private let verifier: AccessTokenVerifier
    private let terms: Terms
    private let audit: any AuditLog
    private let clock: any WallClock
    private let logger: Logger
    private let clients = Mutex(RateLimiter())
    private let peers = Mutex(RateLimiter())
    private let allowances = Mutex<[String: RateAllowance]>([:])

    /// Lets in by `verifier`.
    public init(
        verifier: AccessTokenVerifier, terms: Terms, audit: any AuditLog, clock: any WallClock = SystemClock(),
        logger: Logger
    ) {
        self.verifier = verifier
        self.terms = terms
        self.audit = audit
        self.clock = clock
        self.logger = logger
    }

    /// Who sends, by the token in `Authorization`. Throws ``AdmissionRefusal``: 401 without a valid token, 403 outside of its scopes, 429 over the rate.
    public func admit(_ request: Request, _ context: ServiceRequestContext) async throws -> AdmittedSender {
        let now = clock.now()
        let origin = RequestOrigin(request, context)
        try checkPeer(origin, request, now)
        let token: AccessToken
        do {
            token = try verifier.token(try Self.bearer(of: request), now: now)
            guard token.tenant == terms.tenant else {
                throw AuthorizationError(
                    .audience, operation: "access-token", detail: "the token is for another tenant")
            }
        } catch let error as AuthorizationError {
            await refuse(origin, actor: origin.actor, request, error.code.rawValue, now)
            throw AdmissionRefusal(Self.unauthorized(error).response(to: request))
        }
        let interaction = request.method == .put ? Scope.Interaction.update : .create
        let types = GrantedTypes.types(of: token.scopes, for: interaction)
        let type = GrantedTypes.type(ofPath: request.uri.path)
        let isPermitted = types.map { types in type.map(types.contains) ?? !types.isEmpty } ?? true
        guard isPermitted else {
            await refuse(
                origin, actor: token.clientID, request, AuthorizationError.Code.insufficientScope.rawValue, now)
            throw AdmissionRefusal(Self.insufficient(type, interaction).response(to: request))
        }
        try takeTurn(of: token, request, now)
        return AdmittedSender(
            client: token.clientID, source: token.source,
            terms: SenderTerms(types: types, patients: token.patients.isEmpty ? nil : Set(token.patients)),
            correlation: origin.correlation)
    }

    /// Charges the bytes and audits the outcomes, one entry for each kind. An entry that cannot be written now is kept by the log and written later.
    public func took(_ outcomes: [ItemOutcome], of submission: Submission, from sender: AdmittedSender) async {
        let now = clock.now()
        let allowance = allowances.withLock { $0[sender.client] } ?? terms.allowance
        clients.withLock { $0.charge(sender.client, bytes: submission.bytes.count, allowance, at: now) }
        var counts: [String: Int] = [:]
        for outcome in outcomes { counts[outcome.auditWord, default: 0] += 1 }
        let bound = sender.terms.patients
        await record(
            counts.sorted { $0.key < $1.key }.map { word, count in
                AuditEntry(
                    at: now, actor: sender.client, action: "submit", resourceType: submission.format.rawValue,
                    outcome: word, count: count, patient: bound?.count == 1 ? bound?.first : nil,
                    correlation: sender.correlation)
            })
    }

    // MARK: - Rates

    private func checkPeer(_ origin: RequestOrigin, _ request: Request, _ now: Timestamp) throws {
        guard let address = origin.address else { return }
        let wait = peers.withLock { $0.wait(of: address, terms.refusals, at: now) }
        guard wait == .zero else {
            throw AdmissionRefusal(
                RefusalReply(
                    status: .tooManyRequests, code: "rate-limit", detail: "too many refused attempts", retryAfter: wait
                ).response(to: request))
        }
    }

    private func takeTurn(of token: AccessToken, _ request: Request, _ now: Timestamp) throws {
        let allowance = RateAllowance(
            requestsPerSecond: token.requestsPerSecond ?? terms.allowance.requestsPerSecond,
            bytesPerSecond: token.bytesPerSecond ?? terms.allowance.bytesPerSecond)
        allowances.withLock { allowances in
            if allowances.count >= 10_000, allowances[token.clientID] == nil { allowances.removeAll() }
            allowances[token.clientID] = allowance
        }
        let wait = clients.withLock { $0.admit(token.clientID, allowance, at: now) }
        guard wait == .zero else {
            throw AdmissionRefusal(
                RefusalReply(
                    status: .tooManyRequests, code: "rate-limit", detail: "this client sends more than was agreed",
                    retryAfter: wait
                ).response(to: request))
        }
    }

    // MARK: - Refusals

    private func refuse(
        _ origin: RequestOrigin, actor: String, _ request: Request, _ outcome: String, _ now: Timestamp
    ) async {
        if let address = origin.address { _ = peers.withLock { $0.admit(address, terms.refusals, at: now) } }
        await record([
            AuditEntry(
                at: now, actor: actor, action: "request",
                resourceType: GrantedTypes.type(ofPath: request.uri.path) ?? "",
                outcome: outcome, correlation: origin.correlation)
        ])
    }

    private func record(_ entries: [AuditEntry]) async {
        do {
            try await audit.record(entries)
        } catch {
            logger.error(
                "audit entries are not durable yet", metadata: ["entries": "\(entries.count)", "error": "\(error)"])
        }
    }

    private static func bearer(of request: Request) throws(AuthorizationError) -> String {
        let parts = (request.headers[.authorization] ?? "").split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else {
            throw AuthorizationError(.missingToken, operation: "access-token")
        }
        return String(parts[1])
    }

    private static func unauthorized(_ error: AuthorizationError) -> RefusalReply {
        let challenge = #"Bearer realm="vitalstream""#
        // RFC 6750, section 3.1: a request that brought no token learns nothing but the scheme.
        guard error.code != .missingToken else {
            return RefusalReply(
                status: .unauthorized, code: error.code.rawValue,
                detail: "send Authorization: Bearer and an access token",
                challenge: challenge)
        }
        return RefusalReply(
            status: .unauthorized, code: error.code.rawValue,
            detail: "the access token was not accepted; ask for a new one",
            challenge: challenge + #", error="invalid_token", error_description="\#(error.code.rawValue)""#)
    }

    private static func insufficient(_ type: String?, _ interaction: Scope.Interaction) -> RefusalReply {
        // A type of the path is repeated only when it is one that a scope can name.
        let scope = Scope("system/\(type ?? "*").\(interaction.rawValue)")?.description
        return RefusalReply(
            status: .forbidden, code: "insufficient-scope", detail: "the token's scopes do not permit this",
            challenge: #"Bearer realm="vitalstream", error="insufficient_scope""#
                + (scope.map { #", scope="\#($0)""# } ?? ""))
    }
}

extension ItemOutcome {
    /// The outcome as the audit log has it: the code of a refusal, else the public word.
    var auditWord: String {
        switch self {
        case .accepted, .remarked, .ignored: "accepted"
        case .duplicate: "duplicate"
        case .quarantined: "quarantined"
        case .rejected(let reason): reason.code
        }
    }
}
