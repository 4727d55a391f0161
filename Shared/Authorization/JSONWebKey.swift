import Crypto
import CryptoExtras
import Foundation
public import JSONDocument

/// A public key for signatures (RFC 7517): RSA of 2,048 to 8,192 bits for RS384, or P-384 for ES384. A key has one algorithm and serves no other.
public struct JSONWebKey: Sendable {
    private enum Material: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case ellipticCurve(P384.Signing.PublicKey)
    }

    /// The name of the key.
    public let keyID: String
    /// The algorithm that the key is for.
    public let algorithm: SignatureAlgorithm
    private let material: Material

    /// The key that `json` describes.
    ///
    /// - Throws: ``AuthorizationError/Code/unfitKey`` with the reason in the detail.
    public init(_ json: JSONValue) throws(AuthorizationError) {
        guard case .object(let members) = json else { throw Self.unfit("not an object") }
        guard let keyID = members["kid"]?.string, !keyID.isEmpty, keyID.utf8.count <= 512 else {
            throw Self.unfit("no kid")
        }
        guard !["d", "p", "q", "k"].contains(where: { members[$0] != nil }) else {
            throw Self.unfit("private or symmetric; register the public key alone")
        }
        guard members["use"].map({ $0.string == "sig" }) ?? true,
            members["key_ops"].map({ $0.array?.contains("verify") ?? false }) ?? true
        else { throw Self.unfit("not for signatures") }
        self.keyID = keyID
        switch members["kty"]?.string {
        case "RSA":
            algorithm = .rs384
            material = .rsa(try Self.rsa(members))
        case "EC":
            algorithm = .es384
            material = .ellipticCurve(try Self.ellipticCurve(members))
        default: throw Self.unfit("neither RSA nor EC")
        }
        guard members["alg"].map({ $0.string == algorithm.rawValue }) ?? true else {
            throw Self.unfit("its alg is not \(algorithm.rawValue)")
        }
    }

    init(_ key: P384.Signing.PublicKey, keyID: String) {
        self.keyID = keyID
        algorithm = .es384
        material = .ellipticCurve(key)
    }

    /// Whether `signature` is that of this key over `bytes`.
    func isValid(_ signature: [UInt8], for bytes: [UInt8]) -> Bool {
        let digest = SHA384.hash(data: bytes)
        switch material {
        case .rsa(let key):
            let signature = _RSA.Signing.RSASignature(rawRepresentation: Data(signature))
            // RS384 is defined with this padding (RFC 7518, section 3.3).
            return key.isValidSignature(signature, for: digest, padding: .insecurePKCS1v1_5)
        case .ellipticCurve(let key):
            guard let signature = try? P384.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: digest)
        }
    }

    private static func rsa(_ members: JSONObject) throws(AuthorizationError) -> _RSA.Signing.PublicKey {
        guard let modulus = number(members["n"]), let exponent = number(members["e"]) else {
            throw unfit("no modulus or exponent")
        }
        let bits = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
        guard (2048...8192).contains(bits) else { throw unfit("\(bits) bits; 2048 to 8192 are accepted") }
        // FIPS 186-5, section 5.4: 2^16 < e, odd. More than 32 bits slow every verification down.
        let value = exponent.count <= 4 ? exponent.reduce(0 as UInt64) { $0 << 8 | UInt64($1) } : 0
        guard value > 1 << 16, value & 1 == 1, modulus.last.map({ $0 & 1 == 1 }) ?? false else {
            throw unfit("the exponent or the modulus is not one of an RSA key")
        }
        do {
            return try _RSA.Signing.PublicKey(n: modulus, e: exponent)
        } catch {
            throw unfit("not an RSA key")
        }
    }

    private static func ellipticCurve(_ members: JSONObject) throws(AuthorizationError) -> P384.Signing.PublicKey {
        guard members["crv"]?.string == "P-384" else { throw unfit("a curve other than P-384") }
        // RFC 7518, section 6.2.1.2: the full size, leading zeros included.
        guard let x = members["x"]?.string.flatMap({ Base64URL.decode($0.utf8) }), x.count == 48,
            let y = members["y"]?.string.flatMap({ Base64URL.decode($0.utf8) }), y.count == 48
        else { throw unfit("the point has not 2 times 48 bytes") }
        do {
            return try P384.Signing.PublicKey(x963Representation: [4] + x + y)
        } catch {
            throw unfit("the point is not on P-384")
        }
    }

    /// A big-endian number without its leading zeros.
    private static func number(_ value: JSONValue?) -> [UInt8]? {
        guard let bytes = value?.string.flatMap({ Base64URL.decode($0.utf8) }) else { return nil }
        let number = Array(bytes.drop { $0 == 0 })
        return number.isEmpty || number.count > 1025 ? nil : number
    }

    private static func unfit(_ reason: String) -> AuthorizationError {
        AuthorizationError(.unfitKey, operation: "key", detail: reason)
    }
}
