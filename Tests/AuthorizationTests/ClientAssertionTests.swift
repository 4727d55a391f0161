import Crypto
import CryptoExtras
import Domain
import Foundation
import JSONDocument
import Testing

@testable import Authorization

@Suite("Only the registered key of a registered client proves who asks, once, for this server, for five minutes")
struct ClientAssertionTests {
    private let tokens = LocalOneTimeTokens()

    private func judge(_ assertion: String, _ registry: ClientRegistry, at now: Timestamp = SigningClient.now) async
        -> AuthorizationError.Code?
    {
        do {
            _ = try await ClientAssertion(tokenEndpoint: SigningClient.tokenEndpoint, tokens: tokens).client(
                of: assertion, in: registry, now: now)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("an assertion in RS384 or ES384 names its client")
    func good() async throws {
        for client in [SigningClient.es384(), try SigningClient.rs384()] {
            let registry = try SigningClient.registry(try client.registration())
            #expect(await judge(try client.sign(SigningClient.claims()), registry) == nil)
            #expect(await judge(try client.sign(SigningClient.claims(), header: ["typ": "jwt"]), registry) == nil)
            var claims = SigningClient.claims()
            claims["aud"] = [.string(SigningClient.tokenEndpoint)]
            #expect(await judge(try client.sign(claims), registry) == nil)
        }
    }

    @Test("no signature, a symmetric one, and every other algorithm is refused before a key is looked for")
    func algorithms() async throws {
        let client = SigningClient.es384()
        let registry = try SigningClient.registry(try client.registration())
        let unsigned = SigningClient(key: .none)
        #expect(await judge(try unsigned.sign(SigningClient.claims()), registry) == .algorithm)
        for name in [
            "none", "None", "NONE", "HS256", "HS384", "RS256", "RS512", "PS384", "ES256", "EdDSA", "es384", "",
        ] {
            let token = try client.sign(SigningClient.claims(), header: ["alg": .string(name)])
            #expect(await judge(token, registry) == .algorithm, "\(name)")
        }
        #expect(await judge(try client.sign(SigningClient.claims(), header: ["alg": .null]), registry) == .malformed)
    }

    @Test("the public RSA key is no secret to sign with, and a key serves its own algorithm alone")
    func confusion() async throws {
        let client = try SigningClient.rs384()
        let registry = try SigningClient.registry(try client.registration())
        guard case .rsa(let key) = client.key else { return }
        for secret in [Array(key.publicKey.pemRepresentation.utf8), Array(key.publicKey.derRepresentation)] {
            let forger = SigningClient(key: .secret(secret))
            #expect(await judge(try forger.sign(SigningClient.claims()), registry) == .algorithm)
            let claimed = try forger.sign(SigningClient.claims(), header: ["alg": "RS384"])
            #expect(await judge(claimed, registry) == .signature)
        }
        let other = try client.sign(SigningClient.claims(), header: ["alg": "ES384"])
        #expect(await judge(other, registry) == .keyMismatch)
    }

    @Test("a foreign signature, a changed claim, and an empty or cut signature are refused")
    func signatures() async throws {
        let client = SigningClient.es384()
        let registry = try SigningClient.registry(try client.registration())
        #expect(await judge(try SigningClient.es384().sign(SigningClient.claims()), registry) == .signature)
        let token = try client.sign(SigningClient.claims())
        let parts = token.split(separator: ".").map(String.init)
        var claims = SigningClient.claims()
        claims["exp"] = .number(JSONNumber(SigningClient.now.microseconds / 1_000_000 + 299))
        let changed = "\(parts[0]).\(Base64URL.encode(JSONValue.object(claims).serialized())).\(parts[2])"
        #expect(await judge(changed, registry) == .signature)
        #expect(await judge("\(parts[0]).\(parts[1]).", registry) == .signature)
        #expect(await judge("\(parts[0]).\(parts[1]).\(parts[2].dropLast(4))", registry) == .signature)
        // r = s = 0 (CVE-2022-21449).
        let zeros = Base64URL.encode([UInt8](repeating: 0, count: 96))
        #expect(await judge("\(parts[0]).\(parts[1]).\(zeros)", registry) == .signature)
        #expect(await judge(token, registry) == nil)
    }

    @Test("keys that are weak, on another curve, symmetric or private are never used")
    func unfitKeys() async throws {
        let good = SigningClient.es384()
        let weak = SigningClient(keyID: "weak", key: .rsa(try SigningClient.weakRSA.get()))
        let curve = SigningClient(keyID: "curve", key: .p256(P256.Signing.PrivateKey()))
        let secret = SigningClient(keyID: "secret", key: .secret([UInt8](repeating: 7, count: 48)))
        var leaked = try good.jwk().object ?? [:]
        leaked["kid"] = "leaked"
        leaked["d"] = "AAAA"
        var wrongUse = try good.jwk().object ?? [:]
        wrongUse["kid"] = "encryption"
        wrongUse["use"] = "enc"
        var wrongAlgorithm = try good.jwk().object ?? [:]
        wrongAlgorithm["kid"] = "other"
        wrongAlgorithm["alg"] = "ES256"
        let set: JSONValue = [
            "keys": .array([
                try good.jwk(), try weak.jwk(), try curve.jwk(), try secret.jwk(), .object(leaked), .object(wrongUse),
                .object(wrongAlgorithm),
            ])
        ]
        let registry = try SigningClient.registry(try good.registration(more: ["jwks": set]))
        #expect(registry.refusedKeys.count == 6)
        #expect(registry.refusedKeys[0].contains("1024 bits"))
        #expect(await judge(try weak.sign(SigningClient.claims()), registry) == .unfitKey)
        #expect(await judge(try curve.sign(SigningClient.claims()), registry) == .algorithm)
        #expect(await judge(try good.sign(SigningClient.claims(), header: ["kid": "leaked"]), registry) == .unfitKey)
        #expect(await judge(try good.sign(SigningClient.claims()), registry) == nil)
        let alone = #expect(throws: AuthorizationError.self) { try SigningClient.registry(try weak.registration()) }
        #expect(alone?.code == .unfitKey && alone?.operation == "clients[0]")
    }

    @Test("a wrong, missing or embedded key, and another client's key, are refused")
    func keyNames() async throws {
        let client = SigningClient.es384()
        let other = SigningClient(clientID: "other", keyID: "key-2", key: .p384(P384.Signing.PrivateKey()))
        let registry = try SigningClient.registry(try client.registration(), try other.registration())
        #expect(await judge(try client.sign(SigningClient.claims(), header: ["kid": "key-9"]), registry) == .unknownKey)
        #expect(await judge(try client.sign(SigningClient.claims(), header: ["kid": .null]), registry) == .malformed)
        #expect(await judge(try other.sign(SigningClient.claims()), registry) == .unknownKey)
        let embedded = try other.sign(SigningClient.claims(), header: ["jwk": try other.jwk(), "kid": "key-1"])
        #expect(await judge(embedded, registry) == .signature)
        let fetched = try client.sign(SigningClient.claims(), header: ["jku": "https://evil.example.org/jwks.json"])
        #expect(await judge(fetched, registry) == .header)
        #expect(await judge(try client.sign(SigningClient.claims(), header: ["crit": ["exp"]]), registry) == .header)
        #expect(await judge(try client.sign(SigningClient.claims(), header: ["typ": "at+jwt"]), registry) == .header)
    }

    @Test(
        "wrong claims are refused, each by its own code",
        arguments: [
            ("aud", "https://ingest.example.org/oauth/token/", AuthorizationError.Code.audience),
            ("aud", "https://ingest.example.org", .audience), ("aud", nil, .audience),
            ("iss", "somebody", .issuer), ("sub", "somebody", .issuer), ("sub", nil, .malformed),
            ("jti", nil, .malformed), ("jti", "", .malformed), ("exp", nil, .malformed), ("exp", "soon", .malformed),
        ] as [(String, String?, AuthorizationError.Code)])
    func claims(name: String, value: String?, code: AuthorizationError.Code) async throws {
        let client = SigningClient.es384()
        let registry = try SigningClient.registry(try client.registration())
        var claims = SigningClient.claims()
        claims[name] = value.map { .string($0) }
        #expect(await judge(try client.sign(claims), registry) == code)
    }

    @Test(
        "times are judged to the second",
        arguments: [
            ("exp", 0, AuthorizationError.Code.expired), ("exp", -1, .expired), ("exp", 1, nil), ("exp", 300, nil),
            ("exp", 301, .lifetime), ("exp", 100_000, .lifetime), ("iat", 11, .notYetValid), ("iat", 10, nil),
            ("nbf", 11, .notYetValid), ("nbf", 9, nil), ("iat", -3_000, nil), ("iat", 241, .notYetValid),
        ] as [(String, Int64, AuthorizationError.Code?)])
    func times(name: String, offset: Int64, code: AuthorizationError.Code?) async throws {
        let client = SigningClient.es384()
        let registry = try SigningClient.registry(try client.registration())
        var claims = SigningClient.claims()
        if name == "exp" { claims["iat"] = nil }
        claims[name] = .number(JSONNumber(SigningClient.now.microseconds / 1_000_000 + offset))
        #expect(await judge(try client.sign(claims), registry) == code)
    }

    @Test("several audiences are refused: the assertion could be used elsewhere")
    func audiences() async throws {
        let client = SigningClient.es384()
        let registry = try SigningClient.registry(try client.registration())
        var claims = SigningClient.claims()
        claims["aud"] = [.string(SigningClient.tokenEndpoint), "https://elsewhere.example.org"]
        #expect(await judge(try client.sign(claims), registry) == .audience)
        claims["aud"] = []
        #expect(await judge(try client.sign(claims), registry) == .audience)
    }

    @Test("an assertion is taken once; a refused one uses nothing up")
    func replay() async throws {
        let client = SigningClient.es384()
        let other = SigningClient(clientID: "other", keyID: "key-2", key: .p384(P384.Signing.PrivateKey()))
        let registry = try SigningClient.registry(try client.registration(), try other.registration())
        let claims = SigningClient.claims(identifier: "once")
        #expect(await judge(try SigningClient.es384().sign(claims), registry) == .signature)
        #expect(await judge(try client.sign(claims), registry) == nil)
        #expect(await judge(try client.sign(claims), registry) == .replayed)
        // The name is the client's own: another client may use the same.
        let same = SigningClient.claims(client: "other", identifier: "once")
        #expect(await judge(try other.sign(same), registry) == nil)
    }

    @Test("a token with repeated members, padding, four parts or a body that is no object is malformed")
    func forms() async throws {
        let client = SigningClient.es384()
        let registry = try SigningClient.registry(try client.registration())
        let parts = try client.sign(SigningClient.claims()).split(separator: ".").map(String.init)
        let twice = Base64URL.encode(Array(#"{"iss":"a","iss":"b"}"#.utf8))
        for token in [
            "", ".", "..", parts[0], "\(parts[0]).\(parts[1])", "\(parts.joined(separator: ".")).\(parts[2])",
            "\(parts[0])=.\(parts[1]).\(parts[2])", "\(parts[0]).\(twice).\(parts[2])", "\(parts[0]).W10.\(parts[2])",
            " \(parts.joined(separator: "."))", String(repeating: "a", count: 100_000),
        ] {
            #expect(await judge(token, registry) == .malformed)
        }
    }
}
