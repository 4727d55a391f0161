public import JSONDocument

/// The public keys of one party (RFC 7517, section 5), by name.
public struct JSONWebKeySet: Sendable {
    /// A key of the set that is not used.
    public struct Refusal: Sendable, Equatable {
        /// Its place in the set, from 0.
        public let index: Int
        /// Its name, when it has one.
        public let keyID: String?
        /// Why.
        public let reason: String
    }

    /// The keys that are used.
    public private(set) var keys: [JSONWebKey] = []
    /// The keys that are not, so that whoever registers them learns it.
    public private(set) var refusals: [Refusal] = []

    /// The set that `json` describes.
    ///
    /// A key that is unfit is set aside; the others are used. A name that two keys share, or a set without any key to use, is an error.
    /// - Throws: ``AuthorizationError/Code/unfitKey``.
    public init(_ json: JSONValue) throws(AuthorizationError) {
        guard let list = json["keys"]?.array, list.count <= 100 else {
            throw AuthorizationError(.unfitKey, operation: "key-set", detail: "no list of up to 100 keys")
        }
        for (index, element) in list.enumerated() {
            let key: JSONWebKey
            do {
                key = try JSONWebKey(element)
            } catch {
                refusals.append(Refusal(index: index, keyID: element["kid"]?.string, reason: error.detail))
                continue
            }
            guard self[key.keyID] == nil else {
                throw AuthorizationError(.unfitKey, operation: "key-set", detail: "two keys have one kid")
            }
            keys.append(key)
        }
        guard !keys.isEmpty else {
            let reasons = refusals.map { "key \($0.index): \($0.reason)" }.joined(separator: "; ")
            throw AuthorizationError(.unfitKey, operation: "key-set", detail: "no key to use; \(reasons)")
        }
    }

    /// The key named `keyID`.
    public subscript(keyID: String) -> JSONWebKey? { keys.first { $0.keyID == keyID } }
}
