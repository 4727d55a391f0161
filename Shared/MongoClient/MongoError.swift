/// What went wrong between us and MongoDB. It holds no part of a document: of server errors only the number and its
/// name are kept, because their texts may quote values.
public struct MongoError: Error, Sendable, Hashable {
    /// The kind of failure. More may be added; match with `==` and keep a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String, Sendable {
            case connectionLost, timeout, authentication, permissionDenied, duplicateKey, invalidDocument,
                documentTooLarge
            case writeConcern, notProductionServer, invalidConfiguration, poolExhausted, canceled, closed, other
        }

        private var base: Base

        private init(_ base: Base) { self.base = base }

        /// No server was found, or the connection was lost; a write may or may not have happened.
        public static let connectionLost = Code(.connectionLost)
        /// The server gave up in time (`maxTimeMS`, for example).
        public static let timeout = Code(.timeout)
        /// The credentials or the TLS set-up are refused.
        public static let authentication = Code(.authentication)
        /// The user may not do this.
        public static let permissionDenied = Code(.permissionDenied)
        /// Another document has the same key in a unique index (in `upsert`: an index other than that of `_id`).
        public static let duplicateKey = Code(.duplicateKey)
        /// The text is no extended JSON object, or has a field that is not allowed at this place.
        public static let invalidDocument = Code(.invalidDocument)
        /// The document is larger than the server takes (16 MiB).
        public static let documentTooLarge = Code(.documentTooLarge)
        /// The write happened on the primary, but not as durably as demanded.
        public static let writeConcern = Code(.writeConcern)
        /// The server is the development stand-in, which must not hold production data.
        public static let notProductionServer = Code(.notProductionServer)
        /// The URI or a setting is wrong.
        public static let invalidConfiguration = Code(.invalidConfiguration)
        /// Too many calls wait already.
        public static let poolExhausted = Code(.poolExhausted)
        /// The surrounding task was cancelled before the call began.
        public static let canceled = Code(.canceled)
        /// The pool is closed.
        public static let closed = Code(.closed)
        /// Anything else; `serverCode` says what.
        public static let other = Code(.other)

        /// The code's name, for logs.
        public var description: String { base.rawValue }
    }

    /// The kind of failure.
    public var code: Code
    /// The server's error number, when the server reported the failure.
    public var serverCode: Int?
    /// What was being done, for example `upsert`.
    public var operation: String
    /// What is wrong, without values of documents.
    public var detail: String

    /// True when the same call can succeed later without a person's help. All our writes may be repeated.
    public var isRetriable: Bool {
        switch code {
        case .connectionLost, .timeout, .writeConcern, .poolExhausted: true
        default: serverCode.map { Self.retriable.contains($0) } ?? false
        }
    }

    /// The server's retryable errors (MongoDB specification "Retryable Writes", and WriteConflict).
    private static let retriable: Set<Int> = [
        6, 7, 89, 91, 112, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
    ]

    /// An error as this module throws it.
    public init(_ code: Code, operation: String, detail: String, serverCode: Int? = nil) {
        self.code = code
        self.operation = operation
        self.detail = detail
        self.serverCode = serverCode
    }
}

extension MongoError: CustomStringConvertible {
    /// One line for a log.
    public var description: String { "\(code) in \(operation)\(serverCode.map { " [\($0)]" } ?? ""): \(detail)" }
}
