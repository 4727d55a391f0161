public import JSONDocument

/// A signed token in compact form (RFC 7515, RFC 7519), taken apart. Nothing of it is trusted before ``verify(with:)``.
public struct JSONWebToken: Sendable {
    /// The longest token that is looked at.
    public static let maximumBytes = 16 << 10

    /// The algorithm that the header names.
    public let algorithm: SignatureAlgorithm
    /// The name of the key, when the header has one.
    public let keyID: String?
    /// The kind of token, when the header has one, in lower case and without `application/`.
    public let type: String?
    /// Where the header says that the keys are, when it does; never fetched.
    public let keySetURL: String?
    /// The claims.
    public let claims: JSONObject

    private let signedBytes: [UInt8]
    private let signature: [UInt8]

    /// Takes `text` apart.
    ///
    /// Strict: three parts in Base64 URL without padding, header and claims are JSON objects in UTF-8 without repeated members.
    /// - Throws: ``AuthorizationError`` `malformed`, `algorithm` or `header`.
    public init(parsing text: String, operation: String) throws(AuthorizationError) {
        let malformed = AuthorizationError(.malformed, operation: operation)
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.maximumBytes else { throw malformed }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw malformed }
        guard let name = header["alg"]?.string else { throw malformed }
        guard let algorithm = SignatureAlgorithm(rawValue: name) else {
            throw AuthorizationError(.algorithm, operation: operation, detail: "RS384 and ES384 are accepted")
        }
        guard header["crit"] == nil else {
            throw AuthorizationError(.header, operation: operation, detail: "no critical extension is understood")
        }
        for member in ["kid", "typ", "jku"] where header[member] != nil {
            guard let text = header[member]?.string, text.utf8.count <= 512 else { throw malformed }
        }
        self.algorithm = algorithm
        keyID = header["kid"]?.string
        keySetURL = header["jku"]?.string
        type = header["typ"]?.string.map { type in
            let type = type.lowercased()
            return type.hasPrefix("application/") ? String(type.dropFirst(12)) : type
        }
        self.claims = claims
        self.signature = signature
        signedBytes = Array(bytes[..<parts[1].endIndex])
    }

    /// Throws unless `key` is of the kind that the algorithm needs and the signature is its own.
    public func verify(with key: JSONWebKey, operation: String) throws(AuthorizationError) {
        guard key.algorithm == algorithm else { throw AuthorizationError(.keyMismatch, operation: operation) }
        guard key.isValid(signature, for: signedBytes) else {
            throw AuthorizationError(.signature, operation: operation)
        }
    }

    /// The text of a token of `header` and `claims`, signed by `key`.
    static func signed(header: JSONObject, claims: JSONObject, by key: SigningKey) throws(AuthorizationError) -> String
    {
        let text =
            Base64URL.encode(JSONValue.object(header).serialized()) + "."
            + Base64URL.encode(JSONValue.object(claims).serialized())
        return text + "." + Base64URL.encode(try key.signature(of: Array(text.utf8)))
    }

    private static func object(_ part: ArraySlice<UInt8>) -> JSONObject? {
        guard let bytes = Base64URL.decode(part) else { return nil }
        return (try? JSONValue(parsing: bytes, limits: JSONLimits(depth: 8, bytes: maximumBytes)))?.object
    }
}

extension JSONObject {
    /// The text of the claim `name`; throws when it is missing, empty, over `most` bytes or no text.
    func text(_ name: String, atMost most: Int = 512, operation: String) throws(AuthorizationError) -> String {
        guard let text = self[name]?.string, !text.isEmpty, text.utf8.count <= most, !text.utf8.contains(0) else {
            throw AuthorizationError(.malformed, operation: operation, detail: name)
        }
        return text
    }

    /// The NumericDate of the claim `name` in seconds; nil when it is missing. Throws when it is no number or beyond the year 9999.
    func time(_ name: String, operation: String) throws(AuthorizationError) -> Double? {
        guard let value = self[name] else { return nil }
        guard let seconds = value.number?.double, (0...253_402_300_799).contains(seconds) else {
            throw AuthorizationError(.malformed, operation: operation, detail: name)
        }
        return seconds
    }
}
