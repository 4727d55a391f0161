/// Why a command could not do what it was asked.
///
/// One line that says what was wrong, where, and what to do. It never holds a payload or a secret.
public struct VitalctlError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable {
        /// A program that is needed is not installed, or cannot be found.
        case missingProgram = "missing-program"
        /// The stack is up already.
        case alreadyUp = "already-up"
        /// The stack is not up, or a part of it does not answer.
        case notUp = "not-up"
        /// A process ended or did not become ready in time.
        case processFailed = "process-failed"
        /// A file cannot be read or written.
        case unreadableFile = "unreadable-file"
        /// A file holds nothing that can be published.
        case notHealthData = "not-health-data"
        /// A record is larger than Kafka takes.
        case oversize
        /// An argument is wrong, or names something that does not exist.
        case wrongArgument = "wrong-argument"
        /// Waiting took longer than allowed.
        case timedOut = "timed-out"
        /// Some of the work could not be done; the rest was.
        case incomplete
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done, e.g. `start postgres`.
    public let operation: String
    /// What was wrong and what to do.
    public let detail: String
    /// Whether doing the same again may succeed.
    public let isRetriable: Bool

    /// A failure of `operation`.
    public init(_ code: Code, operation: String, detail: String, isRetriable: Bool = false) {
        self.code = code
        self.operation = operation
        self.detail = detail
        self.isRetriable = isRetriable
    }

    /// `<operation>: <detail>`
    public var description: String { "\(operation): \(detail)" }
}
