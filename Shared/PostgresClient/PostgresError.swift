/// What went wrong between us and PostgreSQL.
///
/// An error never holds a parameter, a row or the server's DETAIL, so it can be logged: `operation` is made of the
/// first words of the SQL, and values that the server quotes in data exceptions (SQLSTATE class 22) are struck out of
/// `detail`.
public struct PostgresError: Error, Sendable, Hashable {
    /// The kind of failure. More may be added; match with `==` and keep a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String, Sendable {
            case uniqueViolation, foreignKeyViolation, notNullViolation, checkViolation, exclusionViolation
            case serializationFailure, deadlock, transactionAborted, commitOutcomeUnknown
            case connectionLost, authentication, tlsFailure, permissionDenied
            case stalePlan, timeout, lockTimeout, queryCanceled, poolExhausted, closed
            case syntax, invalidParameter, decoding, invalidConfiguration, migrationRefused, other
        }

        private var base: Base

        private init(_ base: Base) { self.base = base }

        /// A row with the same key exists (23505).
        public static let uniqueViolation = Code(.uniqueViolation)
        /// A referenced row is missing, or is still referenced (23503).
        public static let foreignKeyViolation = Code(.foreignKeyViolation)
        /// A required column is NULL (23502).
        public static let notNullViolation = Code(.notNullViolation)
        /// A CHECK constraint is violated (23514).
        public static let checkViolation = Code(.checkViolation)
        /// An exclusion constraint is violated (23P01).
        public static let exclusionViolation = Code(.exclusionViolation)
        /// Concurrent transactions collided (40001): run the whole transaction again.
        public static let serializationFailure = Code(.serializationFailure)
        /// The server broke a deadlock (40P01): run the whole transaction again.
        public static let deadlock = Code(.deadlock)
        /// The body of a transaction swallowed an error, so that COMMIT rolled back; nothing was changed.
        public static let transactionAborted = Code(.transactionAborted)
        /// The connection was lost after COMMIT was sent and before its answer: the transaction may or may not be
        /// durable. Read the database (for example the stream position) before doing anything again.
        public static let commitOutcomeUnknown = Code(.commitOutcomeUnknown)
        /// There is no connection, or it was lost; outside COMMIT the transaction did not happen.
        public static let connectionLost = Code(.connectionLost)
        /// The server does not know us, or the database does not exist.
        public static let authentication = Code(.authentication)
        /// The server's certificate is not trusted, has another name, or encryption is not offered.
        public static let tlsFailure = Code(.tlsFailure)
        /// The role may not do this (42501).
        public static let permissionDenied = Code(.permissionDenied)
        /// A prepared statement no longer fits the tables, because somebody ran DDL: run the whole transaction again.
        public static let stalePlan = Code(.stalePlan)
        /// `statement_timeout` struck, or the server said nothing for that time.
        public static let timeout = Code(.timeout)
        /// `lock_timeout` struck, or NOWAIT found a lock (55P03).
        public static let lockTimeout = Code(.lockTimeout)
        /// The surrounding task was cancelled, or an operator cancelled the statement.
        public static let queryCanceled = Code(.queryCanceled)
        /// No connection became free in time, or too many callers wait already.
        public static let poolExhausted = Code(.poolExhausted)
        /// The pool is closed.
        public static let closed = Code(.closed)
        /// The SQL is wrong: syntax, unknown table, wrong types (class 42).
        public static let syntax = Code(.syntax)
        /// A parameter cannot be sent: too many, too large, or a COPY row with a wrong number of fields.
        public static let invalidParameter = Code(.invalidParameter)
        /// A cell was asked for as another type than it has, is NULL, or does not exist.
        public static let decoding = Code(.decoding)
        /// A connection URL or setting is wrong.
        public static let invalidConfiguration = Code(.invalidConfiguration)
        /// The migrations of the program and of the database contradict each other.
        public static let migrationRefused = Code(.migrationRefused)
        /// Anything else; `sqlState` says what.
        public static let other = Code(.other)

        /// The code's name, for logs.
        public var description: String { base.rawValue }
    }

    /// The kind of failure.
    public var code: Code
    /// The server's five-character SQLSTATE, when the server reported the failure.
    public var sqlState: String?
    /// A short name of what was being done: the first words of the SQL, or `connect`, `COMMIT`, `COPY data`, ...
    public var operation: String
    /// What is wrong, without data values.
    public var detail: String
    /// The name of the violated constraint, when there is one.
    public var constraint: String?

    /// True when the same work, begun anew from its first statement, can succeed without a person's help.
    ///
    /// `.commitOutcomeUnknown` is not retriable: the work may already be done.
    public var isRetriable: Bool {
        switch code {
        case .serializationFailure, .deadlock, .connectionLost, .stalePlan, .timeout, .lockTimeout, .poolExhausted: true
        case .other: Self.retriableStates.contains(sqlState ?? "")
        default: false
        }
    }

    /// Out of resources, disk or memory.
    private static let retriableStates: Set<String> = ["53000", "53100", "53200"]

    /// An error as this module throws it.
    public init(
        _ code: Code, operation: String, detail: String, sqlState: String? = nil, constraint: String? = nil
    ) {
        self.code = code
        self.operation = operation
        self.detail = detail
        self.sqlState = sqlState
        self.constraint = constraint
    }

    static func configuration(_ detail: String) -> PostgresError {
        PostgresError(.invalidConfiguration, operation: "configure", detail: detail)
    }
}

extension PostgresError: CustomStringConvertible {
    /// One line for a log: code, operation, SQLSTATE and detail.
    public var description: String {
        "\(code) in \(operation)\(sqlState.map { " [\($0)]" } ?? ""): \(detail)"
    }
}
