/// Why compressed bytes were not taken. It carries nothing of their content.
public struct CompressionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of refusal.
    public enum Code: String, Sendable, CaseIterable {
        /// More bytes would come out than the limit allows.
        case outputLimit = "output-limit"
        /// The bytes grow by more than the limit allows: a decompression bomb.
        case ratioLimit = "decompression-ratio"
        /// The frame asks for a larger window than the limit allows.
        case windowLimit = "window-limit"
        /// An archive has more entries, or a longer directory, than the limit allows.
        case entryLimit = "entry-limit"
        /// The bytes end inside the stream or the archive.
        case truncated = "compression-truncated"
        /// The bytes break the format, or their check sum.
        case corrupt = "compression-corrupt"
        /// Something else follows the end of the stream.
        case trailingContent = "compression-trailing-content"
        /// A method, an encryption or a dictionary that is not understood.
        case unsupported = "compression-unsupported"
        /// Two entries of an archive share bytes: a decompression bomb.
        case overlappingEntries = "overlapping-entries"
        /// The source of the bytes could not be read.
        case source = "source-unreadable"
        /// The library has no memory, or was used wrongly.
        case library
    }

    /// The kind of refusal.
    public let code: Code
    /// The operation, e.g. `gzip`.
    public let operation: String
    /// What to know about it: the limit, or the library's reason.
    public let detail: String

    /// Whether the same bytes may be taken later: only failures of the library or of the source.
    public var isRetriable: Bool { code == .library || code == .source }

    /// Whether the bytes are more than what is accepted, rather than broken.
    public var isLimit: Bool {
        switch code {
        case .outputLimit, .ratioLimit, .windowLimit, .entryLimit, .overlappingEntries: true
        default: false
        }
    }

    /// For example `gzip: decompression-ratio (over 200 to 1)`.
    public var description: String {
        detail.isEmpty ? "\(operation): \(code.rawValue)" : "\(operation): \(code.rawValue) (\(detail))"
    }

    init(_ code: Code, operation: String, detail: String = "") {
        self.code = code
        self.operation = operation
        self.detail = detail
    }
}
