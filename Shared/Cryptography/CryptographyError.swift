/// Why a cryptographic operation failed. Carries neither keys nor plaintext.
public struct CryptographyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable {
        /// A key has not the length that the operation needs.
        case wrongKeyLength = "wrong-key-length"
        /// A name of a key is empty, too long or not of printable ASCII.
        case invalidKeyID = "invalid-key-id"
        /// The sealed form is cut, or of a version that this code does not know.
        case malformed
        /// The sealed form names a key that is not at hand.
        case unknownKey = "unknown-key"
        /// The sealed form was changed, or was sealed for another place or with another key.
        case notAuthentic = "not-authentic"
        /// OpenSSL reported a failure, e.g. no entropy.
        case library
    }

    /// The kind of failure.
    public let code: Code
    /// The operation, e.g. `seal`.
    public let operation: String
    /// What to know about it: OpenSSL's reason, or the length that was given.
    public let detail: String

    /// Whether the same call may succeed later: only failures of the library itself.
    public var isRetriable: Bool { code == .library }

    /// For example `open: not-authentic`.
    public var description: String {
        detail.isEmpty ? "\(operation): \(code.rawValue)" : "\(operation): \(code.rawValue) (\(detail))"
    }

    init(_ code: Code, operation: String, detail: String = "") {
        self.code = code
        self.operation = operation
        self.detail = detail
    }
}
