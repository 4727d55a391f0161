import Foundation
import Logging
import PostgresClient
import Synchronization

/// A real PostgreSQL server in a private directory, on a free port of the loopback address and a UNIX socket.
///
/// When we are root it runs as the user `postgres`. It ends with this process, however that ends.
///
/// ```swift
/// let database = try await TemporaryPostgres.shared.makeDatabase()
/// let pool = PostgresPool(database, logger: logger)
/// ```
public final class TemporaryPostgres: Sendable {
    /// How a server differs from the default.
    public struct Options: Sendable {
        /// True syncs to disk as in production; false is faster and survives everything but a crash of the machine.
        public var isDurable: Bool
        /// Further `-c name=value` settings.
        public var settings: [String: String]
        /// Lines of `pg_hba.conf`; nil trusts everybody on this machine.
        public var hostBasedAuthentication: [String]?
        /// PEM texts of a certificate and its key, to serve TLS with.
        public var certificate: (certificate: String, key: String)?

        /// Options of a server for unit tests unless told otherwise.
        public init(
            isDurable: Bool = false, settings: [String: String] = [:], hostBasedAuthentication: [String]? = nil,
            certificate: (certificate: String, key: String)? = nil
        ) {
            self.isDurable = isDurable
            self.settings = settings
            self.hostBasedAuthentication = hostBasedAuthentication
            self.certificate = certificate
        }
    }

    /// The TCP port on 127.0.0.1.
    public let port: Int
    /// The private directory: `data`, the socket, `server.log`.
    public let directory: URL
    private let options: Options
    private let process: Mutex<GuardedProcess?>
    private let administration: PostgresPool
    private let nextDatabase = Atomic(0)

    private static let sharedServer = Task { try await TemporaryPostgres.start() }

    /// The one server of this test process, started at its first use.
    public static var shared: TemporaryPostgres {
        get async throws { try await sharedServer.value }
    }

    /// The superuser's way to the database `postgres`, over TCP.
    public var configuration: PostgresConfiguration {
        PostgresConfiguration(port: port, tls: options.certificate == nil ? .disable : .prefer)
    }

    /// The directory to give as `host` for the UNIX socket.
    public var socketDirectory: String { directory.path }

    /// Makes a cluster and starts its server; ready for connections when this returns.
    public static func start(_ options: Options = Options()) async throws -> TemporaryPostgres {
        var failure = ServerFailure(description: "not tried")
        for _ in 0..<3 {  // somebody may take the port between finding and using it
            let server = try TemporaryPostgres(options)
            do {
                try server.initialise()
                try await server.launch()
                return server
            } catch {
                failure = ServerFailure(description: "\(error)\n\(server.logTail)")
                try? await server.stop()
            }
        }
        throw failure
    }

    private init(_ options: Options) throws {
        self.options = options
        port = try LoopbackPort.free()
        let name = "vitalstream-pg-\(ProcessInfo.processInfo.processIdentifier)-\(port)"
        directory = FileManager.default.temporaryDirectory.appending(path: name)
        process = Mutex(nil)
        var configuration = PostgresConfiguration(
            port: port, tls: options.certificate == nil ? .disable : .prefer, applicationName: "test administration",
            poolSize: 1, acquireTimeout: .seconds(120))
        configuration.host = directory.path
        administration = PostgresPool(
            configuration, logger: Logger(label: "postgres") { _ in SwiftLogNoOpLogHandler() })
    }

    // MARK: - Databases

    /// A new, empty database on this server.
    public func makeDatabase() async throws -> PostgresConfiguration {
        let number = nextDatabase.add(1, ordering: .relaxed).newValue
        let name = "test_\(number)"
        try await administration.withConnection { connection in
            _ = try connection.execute("CREATE DATABASE \(name)")
        }
        var configuration = configuration
        configuration.database = name
        return configuration
    }

    /// Runs one statement as the superuser in the database `postgres`.
    public func administer(_ sql: String) async throws {
        try await administration.withConnection { connection in _ = try connection.execute(sql) }
    }

    /// Ends one session, as an operator would.
    public func killBackend(_ processID: Int32) async throws {
        try await administer("SELECT pg_terminate_backend(\(processID))")
    }

    // MARK: - The server's life

    /// Stops the server with `signal` (`INT` is a fast shutdown, `KILL` a crash) and keeps the data.
    public func pause(signal: String = "INT") async throws {
        guard let running = process.withLock({ $0 }) else { return }
        try await running.end(signal: signal)
        process.withLock { $0 = nil }
    }

    /// Starts the server again after `pause`, on the same data and port.
    public func resume() async throws { try await launch() }

    /// Stops and starts again.
    public func restart(signal: String = "INT") async throws {
        try await pause(signal: signal)
        try await resume()
    }

    /// Stops the server and removes its directory.
    public func stop() async throws {
        await administration.close()
        if let running = process.withLock({ $0 }) {
            try await running.endAndRemove()
        } else {
            try? FileManager.default.removeItem(at: directory)
        }
        process.withLock { $0 = nil }
    }

    private var data: String { directory.appending(path: "data").path }
    private var log: URL { directory.appending(path: "server.log") }

    private var logTail: String {
        ((try? String(contentsOf: log, encoding: .utf8)) ?? "").split(separator: "\n").suffix(12).joined(
            separator: "\n")
    }

    private func initialise() throws {
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        if let certificate = options.certificate {
            try certificate.certificate.write(
                to: directory.appending(path: "server.crt"), atomically: true, encoding: .utf8)
            let key = directory.appending(path: "server.key")
            try certificate.key.write(to: key, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
        }
        if PostgresPrograms.user != nil {
            try PostgresPrograms.run(["/bin/chown", "-R", "postgres:", directory.path], asUser: false)
        }
        try PostgresPrograms.run([
            try PostgresPrograms.path("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8",
            "--locale=C",
        ])
        if let lines = options.hostBasedAuthentication {
            let file = data + "/pg_hba.conf"
            try (lines.joined(separator: "\n") + "\n").write(toFile: file, atomically: false, encoding: .utf8)
        }
    }

    private func launch() async throws {
        var settings: [String: String] = [
            "listen_addresses": "127.0.0.1", "port": String(port), "unix_socket_directories": directory.path,
            "max_connections": "100", "shared_buffers": "128MB",
        ]
        if !options.isDurable { settings.merge(["fsync": "off", "full_page_writes": "off"]) { $1 } }
        if options.certificate != nil {
            settings["ssl"] = "on"
            settings["ssl_cert_file"] = directory.appending(path: "server.crt").path
            settings["ssl_key_file"] = directory.appending(path: "server.key").path
        }
        settings.merge(options.settings) { $1 }
        let arguments = settings.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
        let started = try GuardedProcess(
            [try PostgresPrograms.path("postgres"), "-D", data] + arguments, user: PostgresPrograms.user, log: log,
            scratch: directory)
        process.withLock { $0 = started }
        do {
            try await administer("SELECT 1")
        } catch {
            throw ServerFailure(description: "PostgreSQL did not start: \(error)\n\(logTail)")
        }
    }
}
