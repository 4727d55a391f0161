public import Domain
public import JSONDocument

/// A token that was given, as RFC 6749, section 5.1, answers.
public struct TokenGrant: Sendable {
    /// Who got it.
    public let client: RegisteredClient
    /// What it allows.
    public let scopes: [Scope]
    /// The answer's body.
    public let body: JSONValue
}

/// Gives tokens for assertions: the token endpoint without HTTP.
public struct TokenGranter: Sendable {
    private let assertions: ClientAssertion
    private let issuer: AccessTokenIssuer

    /// Judges with `assertions` and signs with `issuer`.
    public init(assertions: ClientAssertion, issuer: AccessTokenIssuer) {
        self.assertions = assertions
        self.issuer = issuer
    }

    /// The token that `form` asks for. Everything asked for is given, or nothing is.
    ///
    /// - Throws: ``AuthorizationError``.
    public func grant(
        form: [UInt8], registry: ClientRegistry, now: Timestamp
    ) async throws(AuthorizationError) -> TokenGrant {
        let request = try TokenRequest(form: form)
        let client = try await assertions.client(of: request.assertion, in: registry, now: now)
        guard request.clientID == nil || request.clientID == client.clientID else {
            throw AuthorizationError(.issuer, operation: "token", detail: "client_id is not the assertion's")
        }
        guard let refused = request.scopes.first(where: { !client.scopes.cover($0) }) else {
            let token = try issuer.token(for: client, scopes: request.scopes, now: now)
            return TokenGrant(
                client: client, scopes: request.scopes,
                body: [
                    "access_token": .string(token), "token_type": "bearer",
                    "expires_in": .number(JSONNumber(issuer.lifetime.components.seconds)),
                    "scope": .string(request.scopes.text),
                ])
        }
        throw AuthorizationError(.scope, operation: "token", detail: "\(refused) is not among the client's scopes")
    }
}

extension AuthorizationError {
    /// The error of RFC 6749, section 5.2, that answers a token request.
    public var tokenError: String {
        switch code {
        case .request: "invalid_request"
        case .grantType: "unsupported_grant_type"
        case .scope: "invalid_scope"
        case .configuration: "server_error"
        case .unavailable: "temporarily_unavailable"
        default: "invalid_client"
        }
    }

    /// The description that the answer gives. Until a client is known nobody learns which clients and keys there are.
    public var publicDescription: String {
        switch code {
        case .unknownClient, .unknownKey, .keyMismatch, .unfitKey, .signature:
            "the assertion is not signed by a registered key of a registered client"
        case .configuration, .unavailable: "try again later"
        default: detail.isEmpty ? code.rawValue : "\(code.rawValue): \(detail)"
        }
    }

    /// The answer's body.
    public var tokenErrorBody: JSONValue {
        ["error": .string(tokenError), "error_description": .string(publicDescription)]
    }
}
