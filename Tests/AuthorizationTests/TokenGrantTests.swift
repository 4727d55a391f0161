import Crypto
import Domain
import JSONDocument
import Testing

@testable import Authorization

@Suite("The token endpoint gives what was asked for, or says in the words of RFC 6749 why not")
struct TokenGrantTests {
    private let client = SigningClient.es384()
    private let granter: TokenGranter
    private let registry: ClientRegistry

    init() throws {
        registry = try SigningClient.registry(try client.registration())
        granter = TokenGranter(
            assertions: ClientAssertion(tokenEndpoint: SigningClient.tokenEndpoint, tokens: LocalOneTimeTokens()),
            issuer: try AccessTokenIssuer(issuer: "https://ingest.example.org", key: .random()))
    }

    private func refusal(_ form: [UInt8]) async -> AuthorizationError? {
        do {
            _ = try await granter.grant(form: form, registry: registry, now: SigningClient.now)
            return nil
        } catch {
            return error
        }
    }

    @Test("a grant tells the token, its kind, its life and its scopes")
    func grant() async throws {
        let form = SigningClient.form(
            try client.sign(SigningClient.claims()), scope: "system/Observation.c system/wearable.c")
        let grant = try await granter.grant(form: form, registry: registry, now: SigningClient.now)
        #expect(grant.body["token_type"]?.string == "bearer")
        #expect(grant.body["expires_in"]?.number?.int64 == 300)
        #expect(grant.body["scope"]?.string == "system/Observation.c system/wearable.c")
        #expect(grant.body["access_token"]?.string?.isEmpty == false)
    }

    @Test("a scope that was not registered is refused, and with it the whole request")
    func escalation() async throws {
        for scope in [
            "system/Patient.c", "system/*.c", "system/Observation.cruds", "system/Observation.c system/Condition.c",
        ] {
            let error = await refusal(SigningClient.form(try client.sign(SigningClient.claims()), scope: scope))
            #expect(error?.code == .scope && error?.tokenError == "invalid_scope", "\(scope)")
        }
        #expect(await refusal(SigningClient.form("x", scope: ""))?.tokenError == "invalid_scope")
    }

    @Test("a wrong form is told by its parameter")
    func forms() async throws {
        let assertion = try client.sign(SigningClient.claims())
        let good = String(decoding: SigningClient.form(assertion), as: UTF8.self)
        for (form, error) in [
            ("", "invalid_request"), (good.replacing("client_credentials", with: "password"), "unsupported_grant_type"),
            (good.replacing("jwt-bearer", with: "saml2-bearer"), "invalid_request"),
            (good + "&scope=system%2FObservation.c", "invalid_request"),
            (good.replacing("client_assertion=", with: "assertion="), "invalid_request"),
            (good + "&x=%zz", "invalid_request"), (good + "&x=%FF", "invalid_request"),
            (good + "&x=%F", "invalid_request"),
            (good + "&x=" + String(repeating: "a", count: 40_000), "invalid_request"),
            (good + "&client_id=somebody", "invalid_client"),
        ] {
            #expect(await refusal(Array(form.utf8))?.tokenError == error, "\(form.prefix(60))")
        }
    }

    @Test("who is not known learns neither which clients nor which keys there are")
    func silence() async throws {
        let stranger = try SigningClient.es384().sign(SigningClient.claims(client: "nobody"))
        let forged = try SigningClient.es384().sign(SigningClient.claims())
        let unknownKey = try client.sign(SigningClient.claims(), header: ["kid": "key-9"])
        var answers: Set<String> = []
        for assertion in [stranger, forged, unknownKey] {
            let error = try #require(await refusal(SigningClient.form(assertion)))
            #expect(error.tokenError == "invalid_client")
            answers.insert(error.publicDescription)
        }
        #expect(answers.count == 1)
    }

    @Test("a registry with a misspelt, repeated or missing member is refused by the client's place")
    func registries() throws {
        let honest = try client.registration()
        func error(_ more: JSONObject) -> AuthorizationError? {
            var members = honest.object ?? [:]
            for member in more.members { members[member.key] = member.value == .null ? nil : member.value }
            let changed = members
            return #expect(throws: AuthorizationError.self) { try SigningClient.registry(honest, .object(changed)) }
        }
        let other: JSONValue = "another"
        #expect(error([:])?.detail == "the client_id stands twice")
        #expect(error(["client_id": other, "patient": []])?.operation == "clients[1]")
        #expect(error(["client_id": other, "patients": []])?.code == .configuration)
        #expect(error(["client_id": other, "patients": ["4711 is no pseudonym"]])?.code == .configuration)
        #expect(error(["client_id": other, "source": .null])?.code == .configuration)
        #expect(error(["client_id": other, "scope": "openid"])?.code == .scope)
        #expect(error(["client_id": other, "jwks": .null])?.code == .configuration)
        #expect(error(["client_id": other, "jwks": ["keys": []]])?.code == .unfitKey)
        #expect(error(["client_id": other, "requests_per_second": 0])?.code == .configuration)
    }

    @Test("Base64 URL has one text for each byte string")
    func base64() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(Base64URL.decode(Base64URL.encode(bytes).utf8) == bytes, "seed \(seed)")
        }
        // RFC 7515, appendix C.
        #expect(Base64URL.encode([3, 236, 255, 224, 193]) == "A-z_4ME")
        for text in ["A", "A-z_4MF", "A-z_4ME=", "A-z/4ME", "A z_4ME", "AA=="] {
            #expect(Base64URL.decode(text.utf8) == nil, "\(text)")
        }
    }
}
