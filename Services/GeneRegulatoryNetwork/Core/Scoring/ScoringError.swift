/// Why nothing can be scored.
public struct ScoringError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// A line of a table cannot be read.
        case malformed
        /// No pair of the universe is true, or all are.
        case nothingToTell = "nothing-to-tell"
    }

    /// The kind of failure.
    public let code: Code
    /// What was wrong and where.
    public let detail: String
    /// What was being done.
    public var operation: String { "score" }
    /// Always false: the same data fail again.
    public var isRetriable: Bool { false }

    /// A failure.
    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    /// `code: detail`.
    public var description: String { "\(code.rawValue): \(detail)" }
}
