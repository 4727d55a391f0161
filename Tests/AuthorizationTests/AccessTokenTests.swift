import Crypto
import Domain
import JSONDocument
import Testing

@testable import Authorization

@Suite("An access token is worth what it says, here, for five minutes")
struct AccessTokenTests {
    private let base = "https://ingest.example.org"
    private let key = SigningKey.random()
    private let now = SigningClient.now

    private func client(_ more: JSONObject = [:]) throws -> RegisteredClient {
        let client = SigningClient.es384()
        return try #require(try SigningClient.registry(try client.registration(more: more))[client.clientID])
    }

    private func code(_ token: String, _ verifier: AccessTokenVerifier, at now: Timestamp) -> AuthorizationError.Code? {
        do {
            _ = try verifier.token(token, now: now)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("what was granted is what is read, the binding to people included")
    func roundTrip() throws {
        let client = try client([
            "patients": ["urn:oid:1.2|4711", "p1.known"], "tenant": "north",
            "requests_per_second": JSONNumber(2.5).map { .number($0) } ?? .null,
            "bytes_per_second": 1000,
        ])
        let token = try AccessTokenIssuer(issuer: base, key: key).token(
            for: client, scopes: try Scope.list("system/Observation.c"), now: now)
        let read = try AccessTokenVerifier(issuer: base, keys: [key]).token(token, now: now)
        #expect(read.clientID == client.clientID && read.source == "wristbands" && read.tenant == "north")
        #expect(read.scopes.text == "system/Observation.c")
        #expect(read.patients.map(\.rawValue) == ["p1.4711", "p1.known"])
        #expect(read.requestsPerSecond == 2.5 && read.bytesPerSecond == 1000)
        #expect(read.expiry == now.advanced(by: .seconds(300)))
    }

    @Test("an expired token is worth nothing, even one that was remembered; one from the future neither")
    func times() throws {
        let token = try AccessTokenIssuer(issuer: base, key: key).token(
            for: try client(), scopes: try Scope.list("system/Observation.c"), now: now)
        let verifier = AccessTokenVerifier(issuer: base, keys: [key])
        #expect(code(token, verifier, at: now.advanced(by: .seconds(-11))) == .notYetValid)
        #expect(code(token, verifier, at: now.advanced(by: .seconds(299))) == nil)
        #expect(code(token, verifier, at: now.advanced(by: .seconds(300))) == .expired)
        #expect(code(token, verifier, at: now.advanced(by: .seconds(301))) == .expired)
        let error = #expect(throws: AuthorizationError.self) {
            try AccessTokenIssuer(issuer: base, key: key, lifetime: .seconds(301))
        }
        #expect(error?.code == .configuration)
    }

    @Test("a token of another server, of another key, or an assertion in its place is refused")
    func strangers() throws {
        let client = try client()
        let scopes = try Scope.list("system/Observation.c")
        let verifier = AccessTokenVerifier(issuer: base, keys: [key])
        let elsewhere = try AccessTokenIssuer(issuer: "https://elsewhere.example.org", key: key).token(
            for: client, scopes: scopes, now: now)
        #expect(code(elsewhere, verifier, at: now) == .issuer)
        let foreign = try AccessTokenIssuer(issuer: base, key: .random()).token(for: client, scopes: scopes, now: now)
        #expect(code(foreign, verifier, at: now) == .unknownKey)
        let good = try AccessTokenIssuer(issuer: base, key: key).token(for: client, scopes: scopes, now: now)
        // The foreign key under our key's name.
        let parts = good.split(separator: ".").map(String.init)
        let forged = foreign.split(separator: ".").map(String.init)
        #expect(code("\(parts[0]).\(forged[1]).\(forged[2])", verifier, at: now) == .signature)
        #expect(code("\(parts[0]).\(parts[1]).", verifier, at: now) == .signature)
        let assertion = try SigningClient.es384().sign(SigningClient.claims())
        #expect(code(assertion, verifier, at: now) == .header)
        let unsigned = try SigningClient(key: .none).sign(SigningClient.claims(), header: ["typ": "at+jwt"])
        #expect(code(unsigned, verifier, at: now) == .algorithm)
        #expect(code(good, verifier, at: now) == nil)
    }

    @Test("a claim that says more than was granted breaks the signature")
    func escalation() throws {
        let token = try AccessTokenIssuer(issuer: base, key: key).token(
            for: try client(), scopes: try Scope.list("system/Observation.c"), now: now)
        let parts = token.split(separator: ".").map(String.init)
        let written = try #require(Base64URL.decode(parts[1].utf8))
        var claims = try #require(try JSONValue(parsing: written).object)
        claims["scope"] = "system/*.cruds"
        let changed = "\(parts[0]).\(Base64URL.encode(JSONValue.object(claims).serialized())).\(parts[2])"
        #expect(code(changed, AccessTokenVerifier(issuer: base, keys: [key]), at: now) == .signature)
    }

    @Test(
        "keys rotate: the new one signs, the old one is still known, and both are published without their private half")
    func rotation() throws {
        let fresh = SigningKey.random()
        let scopes = try Scope.list("system/Observation.c")
        let old = try AccessTokenIssuer(issuer: base, key: key).token(for: try client(), scopes: scopes, now: now)
        let verifier = AccessTokenVerifier(issuer: base, keys: [fresh, key])
        #expect(code(old, verifier, at: now) == nil)
        let published = try JSONWebKeySet(verifier.publicKeySet)
        #expect(published.keys.map(\.keyID) == [fresh.keyID, key.keyID])
        #expect(verifier.publicKeySet.text().contains("\"d\"") == false)
        let pems = P384.Signing.PrivateKey().pemRepresentation + "\n" + P384.Signing.PrivateKey().pemRepresentation
        #expect(try SigningKey.list(pems: pems).count == 2)
        #expect(throws: AuthorizationError.self) { try SigningKey.list(pems: "") }
        #expect(throws: AuthorizationError.self) {
            try SigningKey.list(pems: P256.Signing.PrivateKey().pemRepresentation)
        }
        #expect("\(key)" == "<signing key>")
    }
}
