/// Where a MongoDB server is, and the limits of our use of it.
///
/// Credentials, SASL mechanism and TLS are part of the URI and pass through to libmongoc
/// (`mongodb://user:secret@host/?authMechanism=SCRAM-SHA-256&tls=true&tlsCAFile=/ca.pem`). Printing a configuration
/// never shows the URI.
public struct MongoConfiguration: Sendable {
    /// A `mongodb://` or `mongodb+srv://` connection string. Options named in it win over the fields here.
    public var uri: String
    /// The database of all collections.
    public var database: String
    /// The number of threads, and so of calls that run at once; at least 1.
    public var threads: Int
    /// How many calls may wait for a thread; more are refused with `.poolExhausted`.
    public var maximumWaiters: Int
    /// How long a call looks for a server that it can use.
    public var serverSelectionTimeout: Duration
    /// How long an attempt to connect may take.
    public var connectTimeout: Duration
    /// How long the server may take to answer.
    public var socketTimeout: Duration
    /// The name shown in the server's log.
    public var applicationName: String

    /// A configuration with the defaults of a service on the same machine.
    public init(
        uri: String = "mongodb://127.0.0.1:27017", database: String = "vitalstream", threads: Int = 2,
        maximumWaiters: Int = 1024, serverSelectionTimeout: Duration = .seconds(5),
        connectTimeout: Duration = .seconds(5),
        socketTimeout: Duration = .seconds(30), applicationName: String = "vitalstream"
    ) {
        self.uri = uri
        self.database = database
        self.threads = threads
        self.maximumWaiters = maximumWaiters
        self.serverSelectionTimeout = serverSelectionTimeout
        self.connectTimeout = connectTimeout
        self.socketTimeout = socketTimeout
        self.applicationName = applicationName
    }
}

extension MongoConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The database's name; the URI may hold a password.
    public var description: String { "MongoDB database \(database)" }

    /// The same as `description`.
    public var debugDescription: String { description }

    /// Hides the URI from `dump` as well.
    public var customMirror: Mirror { Mirror(self, children: ["database": database]) }
}
