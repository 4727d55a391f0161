import COpenSSL

/// SHA-256 (FIPS 180-4).
public enum SHA256Digest {
    /// The 32 bytes of the hash of `bytes`.
    public static func hash(_ bytes: some Collection<UInt8>) throws(CryptographyError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let input = Array(bytes)
        try OpenSSL.check(EVP_Digest(input, input.count, &digest, nil, EVP_sha256(), nil), "sha-256")
        return digest
    }

    /// The hash of `bytes` as 64 lower-case hexadecimal digits.
    public static func hexadecimal(_ bytes: some Collection<UInt8>) throws(CryptographyError) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in try hash(bytes) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1).
public enum HMACSHA256 {
    /// The 32 bytes of the authentication code of `bytes` under `key`.
    public static func code(of bytes: [UInt8], key: SymmetricKey) throws(CryptographyError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let result = key.withUnsafeBytes { key in
            // An empty key is one of no bytes, but OpenSSL takes a null key as "the previous one".
            withUnsafePointer(to: 0 as UInt8) { empty in
                HMAC(
                    EVP_sha256(), key.baseAddress ?? UnsafeRawPointer(empty), Int32(clamping: key.count), bytes,
                    bytes.count, &code, &length)
            }
        }
        guard result != nil, length == 32 else { throw OpenSSL.failure("hmac") }
        return code
    }

    /// Whether `code` is that of `bytes` under `key`, found in a time that does not depend on where they differ.
    public static func isValid(_ code: [UInt8], for bytes: [UInt8], key: SymmetricKey) throws(CryptographyError) -> Bool
    {
        let expected = try Self.code(of: bytes, key: key)
        return code.count == expected.count && CRYPTO_memcmp(code, expected, expected.count) == 0
    }
}
