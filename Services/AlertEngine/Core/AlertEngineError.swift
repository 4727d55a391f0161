/// What went wrong in the alert engine's own rooms. It holds no patient data.
public struct AlertEngineError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// A stored state was written by a later release.
        case unknownStateVersion = "unknown-state-version"
        /// A stored state is not what this release writes.
        case brokenState = "broken-state"
        /// A file cannot be opened or read.
        case unreadableFile = "unreadable-file"
        /// A file has no header, lacks a column or is no CSV.
        case malformedFile = "malformed-file"
        /// A row of a file holds a field that cannot be scored.
        case malformedRow = "malformed-row"
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done.
    public let operation: String
    /// What was wrong and where.
    public let detail: String
    /// Always false: the same bytes fail again.
    public var isRetriable: Bool { false }

    /// A failure.
    public init(code: Code, operation: String, detail: String) {
        self.code = code
        self.operation = operation
        self.detail = detail
    }

    /// `code: operation: detail`.
    public var description: String { "\(code.rawValue): \(operation): \(detail)" }

    static func unknownStateVersion(_ version: UInt8) -> AlertEngineError {
        AlertEngineError(
            code: .unknownStateVersion, operation: "read a patient's state",
            detail: "version \(version) is not \(PatientState.codecVersion); run the release that wrote it")
    }

    static func brokenState(_ detail: String) -> AlertEngineError {
        AlertEngineError(code: .brokenState, operation: "read a patient's state", detail: detail)
    }
}
