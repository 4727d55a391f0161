/// What went wrong between us and Kafka.
///
/// It carries no key, value or header of any record.
public struct KafkaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure; new kinds may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String {
            case queueFull, timedOut, fenced, unknownTopic, authentication, configuration, transport, messageTooLarge
            case offsetOutOfRange, closed, other
        }

        private let base: Base

        /// The client's own queue is full: wait for deliveries, then try again.
        public static let queueFull = Code(base: .queueFull)
        /// No answer in time.
        public static let timedOut = Code(base: .timedOut)
        /// Another client has taken over our identity (instance id, producer epoch).
        public static let fenced = Code(base: .fenced)
        /// The topic or the partition does not exist.
        public static let unknownTopic = Code(base: .unknownTopic)
        /// The broker refused our credentials, our certificate or our rights.
        public static let authentication = Code(base: .authentication)
        /// A setting is wrong; ``KafkaError/detail`` names it.
        public static let configuration = Code(base: .configuration)
        /// No connection, or a broken one.
        public static let transport = Code(base: .transport)
        /// The record is larger than `message.max.bytes`.
        public static let messageTooLarge = Code(base: .messageTooLarge)
        /// The log does not have the records that come next, and `auto.offset.reset` is `error`.
        public static let offsetOutOfRange = Code(base: .offsetOutOfRange)
        /// The client is closed.
        public static let closed = Code(base: .closed)
        /// Anything else; ``KafkaError/detail`` says what.
        public static let other = Code(base: .other)

        /// The name of the kind.
        public var description: String { base.rawValue }
    }

    /// The kind of failure.
    public var code: Code
    /// What we were doing, for example `produce` or `subscribe`.
    public var operation: String
    /// What librdkafka or the broker said, with its error name.
    public var detail: String
    /// Whether the same call may succeed later.
    public var isRetriable: Bool
    /// Whether the client is of no more use and must be closed.
    public var isFatal: Bool

    /// An error of kind `code` during `operation`.
    public init(
        code: Code, operation: String, detail: String, isRetriable: Bool = false, isFatal: Bool = false
    ) {
        self.code = code
        self.operation = operation
        self.detail = detail
        self.isRetriable = isRetriable
        self.isFatal = isFatal
    }

    /// `kafka produce: queueFull: …`
    public var description: String {
        "kafka \(operation): \(code): \(detail)\(isFatal ? " (fatal)" : isRetriable ? " (retriable)" : "")"
    }
}
