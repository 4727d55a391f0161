import Crypto
import CryptoExtras
import Domain
import Foundation
import JSONDocument

@testable import Authorization

/// A client of the tests, and an attacker where it has to be: signs whatever it is told to.
struct SigningClient: Sendable {
    enum Key: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p384(P384.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case secret([UInt8])
        case none
    }

    var clientID = "wristband-gateway"
    var keyID = "key-1"
    var key: Key

    static let tokenEndpoint = "https://ingest.example.org/oauth/token"
    static let now = Timestamp(microseconds: 1_714_545_000_000_000)
    // Made once: an RSA key takes a while.
    static let rsa = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }
    static let otherRSA = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }
    static let weakRSA = Result { try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: 1024)) }

    static func es384() -> SigningClient { SigningClient(key: .p384(P384.Signing.PrivateKey())) }
    static func rs384() throws -> SigningClient { SigningClient(key: .rsa(try rsa.get())) }

    /// The claims of a good assertion.
    static func claims(
        client: String = "wristband-gateway", at now: Timestamp = now, identifier: String = UUID().uuidString
    ) -> JSONObject {
        let seconds = now.microseconds / 1_000_000
        return [
            "iss": .string(client), "sub": .string(client), "aud": .string(tokenEndpoint),
            "iat": .number(JSONNumber(seconds)), "exp": .number(JSONNumber(seconds + 240)), "jti": .string(identifier),
        ]
    }

    /// The algorithm that the key is for.
    var algorithm: String {
        switch key {
        case .rsa: "RS384"
        case .p384: "ES384"
        case .p256: "ES256"
        case .secret: "HS384"
        case .none: "none"
        }
    }

    /// A token of `claims`; `header` replaces members of the honest one.
    func sign(_ claims: JSONObject, header changes: JSONObject = [:]) throws -> String {
        var header: JSONObject = ["alg": .string(algorithm), "typ": "JWT", "kid": .string(keyID)]
        for member in changes.members { header[member.key] = member.value }
        let text =
            Base64URL.encode(JSONValue.object(header).serialized()) + "."
            + Base64URL.encode(JSONValue.object(claims).serialized())
        return try text + "." + Base64URL.encode(signature(of: Array(text.utf8)))
    }

    private func signature(of bytes: [UInt8]) throws -> [UInt8] {
        switch key {
        case .rsa(let key):
            Array(
                try key.signature(for: SHA384.hash(data: bytes), padding: .insecurePKCS1v1_5).rawRepresentation)
        case .p384(let key): Array(try key.signature(for: SHA384.hash(data: bytes)).rawRepresentation)
        case .p256(let key): Array(try key.signature(for: SHA256.hash(data: bytes)).rawRepresentation)
        case .secret(let key):
            Array(HMAC<SHA384>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
        case .none: []
        }
    }

    /// The public key as a registration has it.
    func jwk() throws -> JSONValue {
        switch key {
        case .rsa(let key):
            let numbers = try key.publicKey.getKeyPrimitives()
            return [
                "kty": "RSA", "kid": .string(keyID), "n": .string(Base64URL.encode(numbers.modulus)),
                "e": .string(Base64URL.encode(numbers.publicExponent)),
            ]
        case .p384(let key):
            let point = Array(key.publicKey.rawRepresentation)
            return [
                "kty": "EC", "crv": "P-384", "kid": .string(keyID), "x": .string(Base64URL.encode(point[..<48])),
                "y": .string(Base64URL.encode(point[48...])),
            ]
        case .p256(let key):
            let point = Array(key.publicKey.rawRepresentation)
            return [
                "kty": "EC", "crv": "P-256", "kid": .string(keyID), "x": .string(Base64URL.encode(point[..<32])),
                "y": .string(Base64URL.encode(point[32...])),
            ]
        case .secret(let key):
            return ["kty": "oct", "kid": .string(keyID), "k": .string(Base64URL.encode(key))]
        case .none: return .null
        }
    }

    /// The registration of this client.
    func registration(scope: String = "system/Observation.c system/wearable.write", more: JSONObject = [:]) throws
        -> JSONValue
    {
        var members: JSONObject = [
            "client_id": .string(clientID), "jwks": ["keys": [try jwk()]], "scope": .string(scope),
            "source": "wristbands",
        ]
        for member in more.members { members[member.key] = member.value }
        return .object(members)
    }

    /// A registry of `registrations`; people are named by their own id.
    static func registry(_ registrations: JSONValue...) throws -> ClientRegistry {
        let document: JSONValue = ["clients": .array(registrations)]
        return try ClientRegistry(parsing: document.serialized(), defaultTenant: "default") { person in
            switch person {
            case .pseudonym(let name): return name
            case .identifier(_, let value):
                guard let name = PatientPseudonym("p1.\(value.reveal())") else {
                    throw AuthorizationError(.configuration, operation: "test")
                }
                return name
            }
        }
    }

    /// The form of a token request.
    static func form(_ assertion: String, scope: String = "system/Observation.c", more: String = "") -> [UInt8] {
        let scope = scope.replacing(" ", with: "+").replacing("/", with: "%2F")
        let type = TokenRequest.assertionType.replacing(":", with: "%3A")
        return Array(
            "grant_type=client_credentials&client_assertion_type=\(type)&client_assertion=\(assertion)&scope=\(scope)\(more)"
                .utf8)
    }
}
