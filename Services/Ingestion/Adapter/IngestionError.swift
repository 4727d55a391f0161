/// Why a request was not served, or the service could not be put together.
public struct IngestionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of error.
    public enum Code: String, Sendable {
        /// The lane is full, closed or lost the answer: nothing is known to have happened, and sending again is safe.
        case unavailable
        /// The body is longer than the limit.
        case bodyTooLarge = "body-too-large"
        /// The media type, or its encoding, is not understood.
        case unsupportedMediaType = "unsupported-media-type"
        /// The path names no format.
        case unknownFormat = "unknown-format"
        /// The body is longer, unpacked, than its packed form may become.
        case decompression = "decompression-ratio"
        /// The body is not what the media type says.
        case malformed
        /// The settings do not go together.
        case configuration
    }

    /// The kind of error.
    public let code: Code
    /// What was being done.
    public let operation: String
    /// Where and what; no patient data.
    public let detail: String
    /// Whether the same call may go through later.
    public var isRetriable: Bool { code == .unavailable }

    /// An error; `detail` holds no patient data.
    public init(_ code: Code, operation: String, detail: String) {
        self.code = code
        self.operation = operation
        self.detail = detail
    }

    /// `operation: code: detail`.
    public var description: String { "\(operation): \(code.rawValue): \(detail)" }
}
