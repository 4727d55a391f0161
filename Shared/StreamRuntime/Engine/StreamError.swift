/// What ends a stream application, or keeps it from starting.
public struct StreamError: Error, Sendable, CustomStringConvertible {
    /// The kind of error.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Base: String {
            case halted, retentionOvertook, log, store, configuration, stopped, busy
        }
        private let base: Base

        /// A processor asked to halt.
        public static let halted = Code(base: .halted)
        /// The log deleted records before they were consumed.
        public static let retentionOvertook = Code(base: .retentionOvertook)
        /// The Kafka client failed for good.
        public static let log = Code(base: .log)
        /// PostgreSQL failed for good.
        public static let store = Code(base: .store)
        /// The application is put together wrongly.
        public static let configuration = Code(base: .configuration)
        /// The application is stopping.
        public static let stopped = Code(base: .stopped)
        /// No room for another submission now.
        public static let busy = Code(base: .busy)

        /// The code's name.
        public var description: String { base.rawValue }
    }

    /// The kind of error.
    public let code: Code
    /// What the runtime was doing.
    public let operation: String
    /// What was wrong and what to do.
    public let detail: String
    /// True when the same call may go through later.
    public var isRetriable: Bool { code == .busy || code == .stopped }

    init(_ code: Code, operation: String, detail: String) {
        self.code = code
        self.operation = operation
        self.detail = detail
    }

    /// `operation: code: detail`.
    public var description: String { "\(operation): \(code): \(detail)" }
}
