import Foundation
import Logging
import PostgresClient
import VitalctlCore

/// PostgreSQL in a private directory, under an unprivileged user, on a loopback port and a UNIX socket.
struct EmbeddedPostgres: Sendable {
    static let role = "vitalstream"
    static let database = "vitalstream"

    let state: StateDirectory
    let port: Int
    /// The user that the server runs as when we are root; nil otherwise.
    let user: String?
    /// Data, socket and start-up files.
    let home: String

    private var data: String { home + "/data" }

    /// Chooses where the data live: in the state directory or, when the server's user cannot get there, in `/var/tmp`.
    init(state: StateDirectory, port: Int) throws {
        self.state = state
        self.port = port
        user = geteuid() == 0 ? "postgres" : nil
        let inside = state.path("postgres")
        if let user, !FileManager.default.fileExists(atPath: inside) {
            guard getpwnam(user) != nil else {
                throw VitalctlError(
                    .missingProgram, operation: "start postgres",
                    detail:
                        "PostgreSQL refuses to run as root, and there is no user \(user); install the package postgresql"
                )
            }
            home = Self.canTraverse(state.folder) ? inside : Self.outside(of: state.folder)
        } else {
            home =
                FileManager.default.fileExists(atPath: inside)
                ? inside : (user == nil ? inside : Self.outside(of: state.folder))
        }
    }

    /// The command that runs the server.
    func command() throws -> ChildProcess.Command {
        var settings = [
            "listen_addresses": "127.0.0.1", "port": "\(port)", "unix_socket_directories": home,
            "max_connections": "100", "shared_buffers": "256MB", "max_wal_size": "2GB", "wal_compression": "on",
            "checkpoint_timeout": "15min", "log_min_messages": "warning", "log_line_prefix": "%m [%p] ",
        ]
        // A socket's path has at most 107 bytes.
        if home.utf8.count > 90 { settings["unix_socket_directories"] = "" }
        return ChildProcess.Command(
            name: "postgres", program: try ProgramSearch.postgres("postgres"),
            arguments: ["-D", data] + settings.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] },
            environment: ["LC_ALL": "C.UTF-8"], user: user, logFile: state.logFile("postgres"),
            signalWhenOrphaned: .interrupt)
    }

    /// Makes the data directory when there is none. The cluster's superuser has a password of its own; the fleet logs in as `vitalstream`.
    func initialise() async throws {
        guard !FileManager.default.fileExists(atPath: data + "/PG_VERSION") else { return }
        try FileManager.default.createDirectory(
            atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let passwordFile = home + "/initial-password"
        try state.writeSecret(try state.secret(state.postgresAdminPasswordFile) + "\n", to: passwordFile)
        defer { unlink(passwordFile) }
        if let user, let entry = getpwnam(user) {
            for path in [home, passwordFile] { chown(path, entry.pointee.pw_uid, entry.pointee.pw_gid) }
        }
        let child = try await ChildProcess.start(
            ChildProcess.Command(
                name: "initdb", program: try ProgramSearch.postgres("initdb"),
                arguments: [
                    "-D", data, "-U", "postgres", "--pwfile", passwordFile, "--auth-local=peer",
                    "--auth-host=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8",
                ],
                environment: ["LC_ALL": "C.UTF-8"], user: user, logFile: state.logFile("initdb")))
        let ending = await child.end()
        guard ending == .exited(0) else {
            throw VitalctlError(
                .processFailed, operation: "make the database",
                detail: "initdb \(ending); see \(state.logFile("initdb"))")
        }
    }

    /// Waits until the server answers, then makes the role and the database that are missing.
    func prepare(_ process: SupervisedProcess, logger: Logger) async throws {
        let password = try state.secret(state.postgresAdminPasswordFile)
        let rolePassword = try state.secret(state.postgresPasswordFile)
        let admin = PostgresPool(
            PostgresConfiguration(
                port: port, user: "postgres", password: password, database: "postgres", tls: .disable,
                applicationName: "vitalctl", poolSize: 1, connectTimeout: .seconds(2), acquireTimeout: .seconds(2)),
            logger: Logger(label: "postgres-start") { _ in SwiftLogNoOpLogHandler() })
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                try await admin.withConnection { try Self.makeRoleAndDatabase($0, password: rolePassword) }
                break
            } catch {
                guard ContinuousClock.now < deadline, process.ending == nil else {
                    await admin.close()
                    throw VitalctlError(
                        .processFailed, operation: "start postgres",
                        detail: "it does not answer (\(error)); see \(process.command.logFile)")
                }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        await admin.close()
        try state.writeSecret("127.0.0.1:*:\(Self.database):\(Self.role):\(rolePassword)\n", to: state.passFile)
    }

    private static func makeRoleAndDatabase(_ connection: PostgresConnection, password: String) throws {
        // The password is hexadecimal, so that it can stand in the statement.
        let isSafe = password.allSatisfy(\.isHexDigit)
        guard isSafe else {
            throw VitalctlError(
                .wrongArgument, operation: "make role", detail: "keys/postgres.password is not hexadecimal")
        }
        if try connection.execute("SELECT 1 FROM pg_roles WHERE rolname = $1", [.text(role)]).rowCount == 0 {
            try connection.executeScript("CREATE ROLE \(role) LOGIN CREATEROLE PASSWORD '\(password)'")
        } else {
            try connection.executeScript("ALTER ROLE \(role) PASSWORD '\(password)'")
        }
        if try connection.execute("SELECT 1 FROM pg_database WHERE datname = $1", [.text(database)]).rowCount == 0 {
            _ = try connection.execute("CREATE DATABASE \(database) OWNER \(role)")
        }
    }

    private static func canTraverse(_ folder: URL) -> Bool {
        var folder = folder
        while folder.path != "/" {
            let permissions = (try? FileManager.default.attributesOfItem(atPath: folder.path))?[.posixPermissions]
            if ((permissions as? NSNumber)?.intValue ?? 0) & 0o001 == 0 { return false }
            folder = folder.deletingLastPathComponent()
        }
        return true
    }

    private static func outside(of folder: URL) -> String { "/var/tmp/vitalstream-" + FeedKey.key(for: folder.path) }
}
