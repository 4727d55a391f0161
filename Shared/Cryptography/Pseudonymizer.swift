public import Domain

/// Turns a source's patient identifier into the name under which the fleet knows the person.
///
/// The pseudonym is a keyed hash (HMAC-SHA-256, cut to 144 bits) of tenant, identifier system and identifier value: equal for equal input,
/// different between tenants, and not to be computed or reversed without the key.
public struct Pseudonymizer: Sendable {
    /// The tenant whose people these are.
    public let tenant: String
    /// The version of the key, part of every pseudonym, so that a rotated key is recognised.
    public let keyVersion: Int
    private let key: SymmetricKey

    /// Bytes of the hash that the pseudonym keeps; a multiple of 3, so that its Base64 needs no padding.
    private static let hashBytes = 18
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// A pseudonymizer for `tenant`.
    ///
    /// - Throws: ``CryptographyError/Code/wrongKeyLength`` when the key has fewer than 32 bytes or the version is not in 1...999999.
    public init(tenant: String, key: SymmetricKey, keyVersion: Int) throws(CryptographyError) {
        guard key.byteCount >= 32 else {
            throw CryptographyError(
                .wrongKeyLength, operation: "pseudonymizer", detail: "\(key.byteCount) bytes, 32 are needed")
        }
        guard (1...999_999).contains(keyVersion) else {
            throw CryptographyError(.invalidKeyID, operation: "pseudonymizer", detail: "key version \(keyVersion)")
        }
        self.tenant = tenant
        self.key = key
        self.keyVersion = keyVersion
    }

    /// The pseudonym of the person whom `system` (a URI, or the feed's name) knows as `identifier`.
    public func pseudonym(system: String, identifier: String) throws(CryptographyError) -> PatientPseudonym {
        let text = "p\(keyVersion)." + (try keyedHash([tenant, system, identifier]))
        guard let pseudonym = PatientPseudonym(text) else {
            throw CryptographyError(.malformed, operation: "pseudonym")
        }
        return pseudonym
    }

    /// An opaque name for any other identifier of a source (a record's or a device's): it can be matched, but not read.
    public func opaqueName(system: String, identifier: String) throws(CryptographyError) -> String {
        // The fourth part keeps these names apart from the pseudonyms of people.
        "h\(keyVersion)." + (try keyedHash([tenant, system, identifier, "record"]))
    }

    private func keyedHash(_ parts: [String]) throws(CryptographyError) -> String {
        let code = try HMACSHA256.code(of: [UInt8](lengthPrefixing: parts), key: key)
        var text: [UInt8] = []
        text.reserveCapacity(Self.hashBytes / 3 * 4)
        for start in stride(from: 0, to: Self.hashBytes, by: 3) {
            let word = UInt32(code[start]) << 16 | UInt32(code[start + 1]) << 8 | UInt32(code[start + 2])
            for shift in [18, 12, 6, 0] as [UInt32] { text.append(Self.alphabet[Int(word >> shift) & 63]) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
