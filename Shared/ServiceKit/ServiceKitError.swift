/// What kept a service from starting, running or stopping as it should.
///
/// `description` is one line that names what was wrong, where, and what is allowed; it never shows a secret.
public struct ServiceKitError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure. More may be added; match with `==` and keep a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String, Sendable {
            case wrongValue, unknownKey, missingValue, conflict, unreadableFile, componentFailed, componentFinished,
                drainDeadline
        }

        private var base: Base

        private init(_ base: Base) { self.base = base }

        /// A configuration value is not what its key allows.
        public static let wrongValue = Code(.wrongValue)
        /// A flag or a key of the configuration file that nobody knows.
        public static let unknownKey = Code(.unknownKey)
        /// A value is needed and nobody gave it.
        public static let missingValue = Code(.missingValue)
        /// Two settings exclude each other.
        public static let conflict = Code(.conflict)
        /// A configuration or secret file cannot be read or is not JSON.
        public static let unreadableFile = Code(.unreadableFile)
        /// A component of the service failed to start or threw while running.
        public static let componentFailed = Code(.componentFailed)
        /// A component that should run until it is stopped finished by itself.
        public static let componentFinished = Code(.componentFinished)
        /// The components did not stop within `stream.drain-deadline`.
        public static let drainDeadline = Code(.drainDeadline)

        /// The code's name.
        public var description: String { base.rawValue }
    }

    /// The kind of failure.
    public var code: Code
    /// What was being done, e.g. `configuration` or `component "stream"`.
    public var operation: String
    /// What was wrong, where, and what to do.
    public var detail: String
    /// Whether doing the same again may succeed.
    public var isRetriable: Bool

    /// A failure of `operation`.
    public init(_ code: Code, operation: String, detail: String, isRetriable: Bool = false) {
        self.code = code
        self.operation = operation
        self.detail = detail
        self.isRetriable = isRetriable
    }

    /// `<operation>: <detail>`, one line.
    public var description: String {
        "\(operation): \(detail)".split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    static func configuration(_ code: Code, _ detail: String) -> ServiceKitError {
        ServiceKitError(code, operation: "configuration", detail: detail)
    }
}
