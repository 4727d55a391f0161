import COpenSSL

/// The one place where results of OpenSSL calls are checked.
enum OpenSSL {
    /// Throws unless `result` is 1, OpenSSL's success.
    static func check(_ result: Int32, _ operation: String) throws(CryptographyError) {
        guard result == 1 else { throw failure(operation) }
    }

    /// The newest reason on OpenSSL's error queue of this thread, which is emptied.
    static func failure(_ operation: String) -> CryptographyError {
        let number = ERR_peek_last_error()
        ERR_clear_error()
        let reason = ERR_reason_error_string(number).map { String(cString: $0) } ?? "error \(number)"
        return CryptographyError(.library, operation: operation, detail: reason)
    }

    /// `count` bytes of the system's random number generator.
    static func randomBytes(_ count: Int) throws(CryptographyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try check(RAND_bytes(&bytes, Int32(clamping: count)), "random")
        return bytes
    }
}
