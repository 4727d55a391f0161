/// What goes wrong in the service's own state, tables, files and settings.
public struct PharmacogenomicsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// The bytes of a state are none that this version can read.
        case brokenState = "broken-state"
        /// A release of the tables is not whole: a file cannot be unpacked, or the digest is another.
        case brokenRelease = "broken-release"
        /// A release that a state or a request names is not in the database.
        case unknownRelease = "unknown-release"
        /// The settings do not go together.
        case configuration
        /// A file cannot be read.
        case unreadableFile = "unreadable-file"
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done.
    public let operation: String
    /// What was wrong and what to do; no patient data.
    public let detail: String
    /// Always false: the same bytes fail again.
    public var isRetriable: Bool { false }

    init(_ code: Code, operation: String, detail: String) {
        self.code = code
        self.operation = operation
        self.detail = detail
    }

    static func brokenState(_ detail: String) -> PharmacogenomicsError {
        PharmacogenomicsError(.brokenState, operation: "read a patient's state", detail: detail)
    }

    /// `operation: code: detail`.
    public var description: String { "\(operation): \(code.rawValue): \(detail)" }
}
