import COpenSSL

// Safety: the bytes are written in the initialisers only, and read after; the memory is freed in deinit.

/// A secret key. Its memory is overwritten when the last reference goes; it has no description.
///
/// Keep keys at least 32 bytes long: AES-256 needs exactly that, and HMAC-SHA-256 has no more strength with less.
public final class SymmetricKey: @unchecked Sendable, CustomStringConvertible, CustomReflectable {
    private let storage: UnsafeMutableRawBufferPointer

    /// A key with a copy of `bytes`. The caller's copy stays the caller's to overwrite.
    public init(copying bytes: some Collection<UInt8>) {
        storage = .allocate(byteCount: bytes.count, alignment: 16)
        storage.copyBytes(from: bytes)
    }

    /// A key of `byteCount` random bytes.
    public convenience init(randomByteCount byteCount: Int = 32) throws(CryptographyError) {
        var bytes = try OpenSSL.randomBytes(byteCount)
        self.init(copying: bytes)
        bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }

    /// The key that 64 hexadecimal digits name, as configuration states it.
    ///
    /// - Throws: ``CryptographyError/Code/wrongKeyLength`` when `text` is anything else.
    public convenience init(hexadecimal text: String) throws(CryptographyError) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text {
            guard character.isASCII, let digit = character.hexDigitValue.map(UInt8.init) else {
                throw CryptographyError(.wrongKeyLength, operation: "key", detail: "64 hexadecimal digits are needed")
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard bytes.count == 32, high == nil else {
            throw CryptographyError(.wrongKeyLength, operation: "key", detail: "64 hexadecimal digits are needed")
        }
        self.init(copying: bytes)
        bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }

    deinit {
        OPENSSL_cleanse(storage.baseAddress, storage.count)
        storage.deallocate()
    }

    /// The length of the key in bytes.
    public var byteCount: Int { storage.count }

    /// Lends the key's bytes to `body`, which must not keep them.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(storage))
    }

    /// Always `<key>`.
    public var description: String { "<key>" }
    /// Shows no child.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
