import Crypto
public import JSONDocument

/// The private key with which this server signs its access tokens: P-384, for ES384. It has no description.
public struct SigningKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// The name of the key: its thumbprint (RFC 7638).
    public let keyID: String
    private let key: P384.Signing.PrivateKey

    /// The key in `pem`, of `-----BEGIN PRIVATE KEY-----` or `-----BEGIN EC PRIVATE KEY-----`.
    ///
    /// - Throws: ``AuthorizationError/Code/configuration`` when it is no private key on P-384.
    public init(pem: String) throws(AuthorizationError) {
        do {
            self.init(try P384.Signing.PrivateKey(pemRepresentation: pem))
        } catch {
            throw AuthorizationError(
                .configuration, operation: "signing-key",
                detail: "no PEM of a P-384 private key; openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384")
        }
    }

    /// The keys in `pems`, one block after another: the first signs, and all are published, so that a key can be announced before it signs
    /// and stays known until its last token has expired.
    ///
    /// - Throws: ``AuthorizationError/Code/configuration`` when there is none, or one is no private key on P-384, or stands twice.
    public static func list(pems: String) throws(AuthorizationError) -> [SigningKey] {
        var keys: [SigningKey] = []
        var block = ""
        for line in pems.split(whereSeparator: \.isNewline) {
            block += line + "\n"
            guard line.hasPrefix("-----END ") else { continue }
            keys.append(try SigningKey(pem: block))
            block = ""
        }
        guard !keys.isEmpty, block.allSatisfy(\.isWhitespace), Set(keys.map(\.keyID)).count == keys.count else {
            throw AuthorizationError(
                .configuration, operation: "signing-key",
                detail: "one or more PEM blocks of different keys are expected")
        }
        return keys
    }

    /// A new random key; for development, where tokens need not outlive the process.
    public static func random() -> SigningKey { SigningKey(P384.Signing.PrivateKey()) }

    private init(_ key: P384.Signing.PrivateKey) {
        self.key = key
        keyID = Base64URL.encode(Array(SHA256.hash(data: JSONValue.object(Self.members(of: key)).serialized())))
    }

    /// The public half, to verify with.
    public var publicKey: JSONWebKey { JSONWebKey(key.publicKey, keyID: keyID) }

    /// The public half, as a key set publishes it.
    public var publicJSON: JSONValue {
        var members = Self.members(of: key)
        members["kid"] = .string(keyID)
        members["use"] = "sig"
        members["alg"] = .string(SignatureAlgorithm.es384.rawValue)
        return .object(members)
    }

    func signature(of bytes: [UInt8]) throws(AuthorizationError) -> [UInt8] {
        do {
            return Array(try key.signature(for: SHA384.hash(data: bytes)).rawRepresentation)
        } catch {
            throw AuthorizationError(.unavailable, operation: "sign")
        }
    }

    /// The members that the thumbprint is taken of, in its order.
    private static func members(of key: P384.Signing.PrivateKey) -> JSONObject {
        let point = Array(key.publicKey.rawRepresentation)
        return [
            "crv": "P-384", "kty": "EC", "x": .string(Base64URL.encode(point[..<48])),
            "y": .string(Base64URL.encode(point[48...])),
        ]
    }

    /// Always `<signing key>`.
    public var description: String { "<signing key>" }
    /// Shows no child.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
