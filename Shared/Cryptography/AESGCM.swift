import COpenSSL

/// AES-256-GCM (NIST SP 800-38D) with a 96-bit nonce and a 128-bit tag.
enum AESGCM {
    static let keyBytes = 32
    static let nonceBytes = 12
    static let tagBytes = 16

    /// The ciphertext and the tag of `plaintext`.
    static func encrypt(
        _ plaintext: [UInt8], key: SymmetricKey, nonce: [UInt8], authenticating context: [UInt8]
    ) throws(CryptographyError) -> (ciphertext: [UInt8], tag: [UInt8]) {
        let cipher = try Context(key: key, nonce: nonce, encrypts: true, operation: "seal")
        try cipher.authenticate(context)
        let ciphertext = try cipher.update(plaintext)
        try cipher.finish()
        return (ciphertext, try cipher.tag())
    }

    /// The plaintext of `ciphertext`, or an error when it, the tag or the context was changed.
    static func decrypt(
        _ ciphertext: [UInt8], tag: [UInt8], key: SymmetricKey, nonce: [UInt8], authenticating context: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        let cipher = try Context(key: key, nonce: nonce, encrypts: false, operation: "open")
        try cipher.authenticate(context)
        var plaintext = try cipher.update(ciphertext)
        do {
            try cipher.expect(tag)
        } catch {
            plaintext.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
            throw error
        }
        return plaintext
    }

    /// One `EVP_CIPHER_CTX`.
    private final class Context {
        private let handle: OpaquePointer
        private let operation: String
        private static let mostBytes = Int(Int32.max) - 64

        init(key: SymmetricKey, nonce: [UInt8], encrypts: Bool, operation: String) throws(CryptographyError) {
            guard key.byteCount == AESGCM.keyBytes else {
                throw CryptographyError(
                    .wrongKeyLength, operation: operation,
                    detail: "\(key.byteCount) bytes, \(AESGCM.keyBytes) are needed")
            }
            guard nonce.count == AESGCM.nonceBytes else { throw CryptographyError(.malformed, operation: operation) }
            guard let handle = EVP_CIPHER_CTX_new() else { throw OpenSSL.failure(operation) }
            self.handle = handle
            self.operation = operation
            let result = key.withUnsafeBytes { key in
                EVP_CipherInit_ex(
                    handle, EVP_aes_256_gcm(), nil, key.baseAddress?.assumingMemoryBound(to: UInt8.self), nonce,
                    encrypts ? 1 : 0)
            }
            try OpenSSL.check(result, operation)
        }

        deinit { EVP_CIPHER_CTX_free(handle) }

        func authenticate(_ bytes: [UInt8]) throws(CryptographyError) {
            guard !bytes.isEmpty else { return }
            var written: Int32 = 0
            try checkLength(bytes)
            try OpenSSL.check(EVP_CipherUpdate(handle, nil, &written, bytes, Int32(bytes.count)), operation)
        }

        func update(_ bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
            guard !bytes.isEmpty else { return [] }
            try checkLength(bytes)
            var output = [UInt8](repeating: 0, count: bytes.count)
            var written: Int32 = 0
            try OpenSSL.check(EVP_CipherUpdate(handle, &output, &written, bytes, Int32(bytes.count)), operation)
            return output
        }

        func finish() throws(CryptographyError) {
            var written: Int32 = 0
            var rest: UInt8 = 0
            try OpenSSL.check(EVP_CipherFinal_ex(handle, &rest, &written), operation)
        }

        func tag() throws(CryptographyError) -> [UInt8] {
            var tag = [UInt8](repeating: 0, count: AESGCM.tagBytes)
            let result = EVP_CIPHER_CTX_ctrl(handle, EVP_CTRL_AEAD_GET_TAG, Int32(AESGCM.tagBytes), &tag)
            try OpenSSL.check(result, operation)
            return tag
        }

        /// Throws unless the computed tag is `tag`.
        func expect(_ tag: [UInt8]) throws(CryptographyError) {
            guard tag.count == AESGCM.tagBytes else { throw CryptographyError(.malformed, operation: operation) }
            var tag = tag
            try OpenSSL.check(
                EVP_CIPHER_CTX_ctrl(handle, EVP_CTRL_AEAD_SET_TAG, Int32(AESGCM.tagBytes), &tag), operation)
            var written: Int32 = 0
            var rest: UInt8 = 0
            guard EVP_CipherFinal_ex(handle, &rest, &written) == 1 else {
                ERR_clear_error()
                throw CryptographyError(.notAuthentic, operation: operation)
            }
        }

        private func checkLength(_ bytes: [UInt8]) throws(CryptographyError) {
            guard bytes.count <= Self.mostBytes else {
                throw CryptographyError(.malformed, operation: operation, detail: "more than 2 GiB")
            }
        }
    }
}
