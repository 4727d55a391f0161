/// The keys that seal data at rest: one in use, and older ones that still open what they sealed.
///
/// Sealed form: version (1 byte, 1), length of the key id (1 byte), key id, nonce (12 bytes), ciphertext, tag (16 bytes). Everything before
/// the nonce is authenticated together with the ``SealingContext``. The nonce is random, so one key may seal at most 2^32 values
/// (NIST SP 800-38D section 8.3): rotate long before.
public struct Keyring: Sendable {
    private static let version: UInt8 = 1
    private static let keyIDBytes = 1...64

    /// The name of the key that seals.
    public let currentKeyID: String
    private let keys: [String: SymmetricKey]

    /// A keyring that seals with `key` under the name `keyID`, and opens with `retired` keys too.
    ///
    /// - Throws: ``CryptographyError`` when a key has not 32 bytes, or a name not 1 to 64 printable ASCII characters.
    public init(
        keyID: String, key: SymmetricKey, retired: [String: SymmetricKey] = [:]
    ) throws(CryptographyError) {
        var keys = retired
        keys[keyID] = key
        for (id, key) in keys {
            guard Self.keyIDBytes.contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw CryptographyError(.invalidKeyID, operation: "keyring")
            }
            guard key.byteCount == AESGCM.keyBytes else {
                throw CryptographyError(
                    .wrongKeyLength, operation: "keyring",
                    detail: "\(key.byteCount) bytes, \(AESGCM.keyBytes) are needed")
            }
        }
        currentKeyID = keyID
        self.keys = keys
    }

    /// `plaintext`, sealed with the current key for `context`.
    public func seal(_ plaintext: [UInt8], context: SealingContext) throws(CryptographyError) -> [UInt8] {
        try seal(plaintext, context: context, nonce: try OpenSSL.randomBytes(AESGCM.nonceBytes))
    }

    func seal(_ plaintext: [UInt8], context: SealingContext, nonce: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let key = keys[currentKeyID] else { throw CryptographyError(.unknownKey, operation: "seal") }
        let header = [Self.version, UInt8(truncatingIfNeeded: currentKeyID.utf8.count)] + Array(currentKeyID.utf8)
        let (ciphertext, tag) = try AESGCM.encrypt(
            plaintext, key: key, nonce: nonce, authenticating: header + context.bytes)
        return header + nonce + ciphertext + tag
    }

    /// The plaintext of `sealed`, when it was sealed for `context` with a key of this ring and is unchanged.
    public func open(_ sealed: [UInt8], context: SealingContext) throws(CryptographyError) -> [UInt8] {
        let keyID = try Self.keyID(of: sealed)
        guard let key = keys[keyID] else {
            throw CryptographyError(.unknownKey, operation: "open", detail: keyID)
        }
        let headerEnd = 2 + keyID.utf8.count
        let nonceEnd = headerEnd + AESGCM.nonceBytes
        let tagStart = sealed.count - AESGCM.tagBytes
        return try AESGCM.decrypt(
            Array(sealed[nonceEnd..<tagStart]), tag: Array(sealed[tagStart...]), key: key,
            nonce: Array(sealed[headerEnd..<nonceEnd]), authenticating: Array(sealed[..<headerEnd]) + context.bytes)
    }

    /// The name of the key that sealed `sealed`; nothing is authenticated yet.
    public static func keyID(of sealed: [UInt8]) throws(CryptographyError) -> String {
        guard sealed.count >= 2, sealed[0] == version, keyIDBytes.contains(Int(sealed[1])),
            sealed.count >= 2 + Int(sealed[1]) + AESGCM.nonceBytes + AESGCM.tagBytes,
            sealed[2..<2 + Int(sealed[1])].allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw CryptographyError(.malformed, operation: "open") }
        return String(decoding: sealed[2..<2 + Int(sealed[1])], as: UTF8.self)
    }
}
