import CMongo
import Logging

/// libmongoc's state for the whole process.
enum MongoLibrary {
    private final class LogTarget: Sendable {
        let logger: Logger
        init(_ logger: Logger) { self.logger = logger }
    }

    /// Initialises libmongoc once and sends its log to swift-log, under the label `mongoc`.
    static let isReady: Bool = {
        mongoc_init()
        let target = Unmanaged.passRetained(LogTarget(Logger(label: "mongoc")))  // lives as long as the process
        mongoc_log_set_handler(
            { level, domain, message, target in
                guard let target, let message else { return }
                let logger = Unmanaged<LogTarget>.fromOpaque(target).takeUnretainedValue().logger
                let level: Logger.Level =
                    switch level {
                    case MONGOC_LOG_LEVEL_ERROR, MONGOC_LOG_LEVEL_CRITICAL: .error
                    case MONGOC_LOG_LEVEL_WARNING: .warning
                    case MONGOC_LOG_LEVEL_MESSAGE, MONGOC_LOG_LEVEL_INFO: .info
                    default: .trace
                    }
                let source = domain.map { String(cString: $0) } ?? "mongoc"
                let text = String(cString: message)
                // What libmongoc says about a connection string may quote its password.
                let isSafe = !text.lowercased().contains("uri") && source != "uri"
                logger.log(
                    level: level, "\(isSafe ? text : "the connection string is not right")",
                    metadata: ["domain": "\(source)"])
            }, target.toOpaque())
        return true
    }()
}

/// Owns the driver's client pool, which is thread-safe by libmongoc's promise ("mongoc_client_pool_t is thread-safe").
///
/// Safety: the pointer never changes, and each client popped from the pool is used by one thread at a time.
final class ClientPool: @unchecked Sendable {
    private let pool: OpaquePointer
    let database: String

    init(_ configuration: MongoConfiguration) throws(MongoError) {
        guard MongoLibrary.isReady else { throw Self.invalid("libmongoc cannot be initialised") }
        var error = bson_error_t()
        guard let uri = mongoc_uri_new_with_error(configuration.uri, &error) else {
            throw Self.invalid("the URI cannot be parsed")
        }
        defer { mongoc_uri_destroy(uri) }
        for (option, duration) in [
            (MONGOC_URI_SERVERSELECTIONTIMEOUTMS, configuration.serverSelectionTimeout),
            (MONGOC_URI_CONNECTTIMEOUTMS, configuration.connectTimeout),
            (MONGOC_URI_SOCKETTIMEOUTMS, configuration.socketTimeout),
        ] where !mongoc_uri_has_option(uri, option) {
            let (seconds, attoseconds) = duration.components
            let milliseconds = Int32(
                clamping: min(max(seconds, 0), 2_000_000) * 1000 + attoseconds / 1_000_000_000_000_000)
            mongoc_uri_set_option_as_int32(uri, option, max(milliseconds, 1))
        }
        if !mongoc_uri_has_option(uri, MONGOC_URI_MAXPOOLSIZE) {
            mongoc_uri_set_option_as_int32(uri, MONGOC_URI_MAXPOOLSIZE, Int32(clamping: max(configuration.threads, 1)))
        }
        // What the outbox marks as done must survive a crash and an election.
        if !mongoc_uri_has_option(uri, MONGOC_URI_W), let concern = mongoc_write_concern_new() {
            mongoc_write_concern_set_w(concern, MONGOC_WRITE_CONCERN_W_MAJORITY)
            mongoc_write_concern_set_journal(concern, true)
            mongoc_uri_set_write_concern(uri, concern)
            mongoc_write_concern_destroy(concern)
        }
        guard let pool = mongoc_client_pool_new_with_error(uri, &error) else {
            throw Self.invalid("the URI is not usable")
        }
        mongoc_client_pool_set_error_api(pool, MONGOC_ERROR_API_VERSION_2)
        mongoc_client_pool_set_appname(pool, configuration.applicationName)
        self.pool = pool
        database = configuration.database
    }

    deinit { mongoc_client_pool_destroy(pool) }

    /// Lends a client of the driver to `body`, on the calling thread.
    func withClient<Result>(_ body: (OpaquePointer) throws(MongoError) -> Result) throws(MongoError) -> Result {
        guard let client = mongoc_client_pool_pop(pool) else {
            throw MongoError(.other, operation: "acquire", detail: "libmongoc gave no client")
        }
        defer { mongoc_client_pool_push(pool, client) }
        return try body(client)
    }

    /// Lends a collection to `body`.
    func withCollection<Result>(
        _ name: String, _ body: (OpaquePointer) throws(MongoError) -> Result
    ) throws(MongoError) -> Result {
        try withClient { client throws(MongoError) in
            guard let collection = mongoc_client_get_collection(client, database, name) else {
                throw MongoError(.other, operation: "acquire", detail: "libmongoc gave no collection")
            }
            defer { mongoc_collection_destroy(collection) }
            return try body(collection)
        }
    }

    private static func invalid(_ detail: String) -> MongoError {
        MongoError(.invalidConfiguration, operation: "configure", detail: detail)
    }
}
