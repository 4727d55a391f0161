/// Where a PostgreSQL server is, who asks, and the limits that every session of ours keeps.
///
/// Times are sent to the server as session parameters when the connection starts, so they hold for every statement.
/// Printing a configuration never shows the password.
public struct PostgresConfiguration: Sendable {
    /// How a connection is encrypted, and what is verified about the server.
    public enum TLS: Sendable, Hashable {
        /// Plain text. Fit for a UNIX socket or a loopback address.
        case disable
        /// Encrypted when the server offers it; nothing is verified.
        case prefer
        /// Encrypted or refused; nothing is verified.
        case require
        /// Encrypted, the certificate chain ends in the PEM file `rootCertificate`, and the host name matches.
        case verifyFull(rootCertificate: String)
    }

    /// A host name, an address, or (when it begins with `/`) the directory of a UNIX socket.
    public var host: String
    /// The TCP port, also part of the UNIX socket's file name.
    public var port: Int
    /// The role to log in as.
    public var user: String
    /// The role's password, when the server asks for one.
    public var password: String?
    /// The database to open.
    public var database: String
    /// Encryption and verification.
    public var tls: TLS
    /// The name shown in `pg_stat_activity`.
    public var applicationName: String
    /// The schemas that unqualified names are looked up in; empty means the server's default.
    public var searchPath: [String]
    /// The largest number of connections that a pool opens; at least 1.
    public var poolSize: Int
    /// The longest time that one attempt to connect may take.
    public var connectTimeout: Duration
    /// The longest time that a caller waits for a connection: in the queue, and while a lost one is being remade.
    public var acquireTimeout: Duration
    /// The largest number of callers that may wait for a connection; more are refused with `.poolExhausted`.
    public var maximumWaiters: Int
    /// `statement_timeout`; zero means none. The client gives up 5 s later when the server says nothing at all.
    public var statementTimeout: Duration
    /// `lock_timeout`; zero means none.
    public var lockTimeout: Duration
    /// `idle_in_transaction_session_timeout`; zero means none.
    public var idleInTransactionTimeout: Duration
    /// `tcp_user_timeout`: how long sent bytes may stay unacknowledged before the connection counts as lost.
    public var tcpUserTimeout: Duration
    /// The number of prepared statements that each connection keeps (least recently used go first).
    public var statementCacheSize: Int
    /// Further run-time parameters of the session, for example `synchronous_commit`.
    public var sessionParameters: [String: String]
    /// Further libpq connection keywords, passed through as they are, for example `sslcert` and `sslkey`.
    public var connectionKeywords: [String: String]

    /// A configuration with the defaults of a service on the same machine.
    public init(
        host: String = "127.0.0.1",
        port: Int = 5432,
        user: String = "postgres",
        password: String? = nil,
        database: String = "postgres",
        tls: TLS = .prefer,
        applicationName: String = "vitalstream",
        searchPath: [String] = [],
        poolSize: Int = 4,
        connectTimeout: Duration = .seconds(5),
        acquireTimeout: Duration = .seconds(10),
        maximumWaiters: Int = 4096,
        statementTimeout: Duration = .seconds(30),
        lockTimeout: Duration = .seconds(10),
        idleInTransactionTimeout: Duration = .seconds(60),
        tcpUserTimeout: Duration = .seconds(15),
        statementCacheSize: Int = 256,
        sessionParameters: [String: String] = [:],
        connectionKeywords: [String: String] = [:]
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.database = database
        self.tls = tls
        self.applicationName = applicationName
        self.searchPath = searchPath
        self.poolSize = poolSize
        self.connectTimeout = connectTimeout
        self.acquireTimeout = acquireTimeout
        self.maximumWaiters = maximumWaiters
        self.statementTimeout = statementTimeout
        self.lockTimeout = lockTimeout
        self.idleInTransactionTimeout = idleInTransactionTimeout
        self.tcpUserTimeout = tcpUserTimeout
        self.statementCacheSize = statementCacheSize
        self.sessionParameters = sessionParameters
        self.connectionKeywords = connectionKeywords
    }
}

extension PostgresConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `user@host:port/database`, without the password.
    public var description: String { "\(user)@\(host):\(port)/\(database)" }

    /// The same as `description`.
    public var debugDescription: String { description }

    /// Hides the password from `dump` as well.
    public var customMirror: Mirror { Mirror(self, children: ["server": description]) }
}
