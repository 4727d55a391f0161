import CPostgres
import Glibc

extension PostgresConnection {
    /// Opens a session, on the calling thread, within `connectTimeout` (name resolution excepted).
    static func connect(_ configuration: PostgresConfiguration) throws(PostgresError) -> PostgresConnection {
        let handle = try start(configuration)
        do {
            try finish(handle, deadline: .now + configuration.connectTimeout)
        } catch {
            PQfinish(handle)
            throw error
        }
        _ = PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
        return PostgresConnection(owning: handle, configuration: configuration)
    }

    /// False when the server has closed the session while it lay idle. Costs one `poll` when nothing came in; otherwise
    /// (a notice, or a farewell whose end of file may follow later) a round trip.
    func isAlive() -> Bool {
        guard !isBroken else { return false }
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, 0) > 0 else { return true }
        do {
            try simple("", operation: "probe", timeout: responseTimeout)
        } catch {
            return false
        }
        while let notice = PQnotifies(handle) { PQfreemem(notice) }
        return true
    }

    private static func start(_ configuration: PostgresConfiguration) throws(PostgresError) -> OpaquePointer {
        let settings = configuration.connectionSettings
        let keywords = settings.map { strdup($0.keyword) }
        let values = settings.map { strdup($0.value) }
        defer {
            for pointer in keywords + values { free(pointer) }
        }
        let handle = (keywords + [nil]).map { UnsafePointer($0) }.withUnsafeBufferPointer { keywords in
            (values + [nil]).map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
                PQconnectStartParams(keywords.baseAddress, values.baseAddress, 0)
            }
        }
        guard let handle else {
            throw PostgresError(.other, operation: "connect", detail: "libpq could not allocate a connection")
        }
        _ = PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)  // see PostgresError.connection
        _ = PQsetNoticeReceiver(handle, { _, _ in }, nil)  // the default prints to standard error
        guard PQstatus(handle) != CONNECTION_BAD else {
            let error = PostgresError.connection(handle, operation: "connect")
            PQfinish(handle)
            throw error
        }
        return handle
    }

    private static func finish(_ handle: OpaquePointer, deadline: MonotonicTime) throws(PostgresError) {
        var waitFor = Int16(POLLOUT)
        while true {
            let left = deadline.millisecondsLeft
            guard left > 0 else {
                throw PostgresError(.connectionLost, operation: "connect", detail: "the server did not answer in time")
            }
            var descriptor = pollfd(fd: PQsocket(handle), events: waitFor, revents: 0)
            let ready = poll(&descriptor, 1, Int32(min(left, 1000)))
            if ready <= 0 { continue }
            let status = PQconnectPoll(handle)
            if status == PGRES_POLLING_OK { return }
            if status == PGRES_POLLING_FAILED { throw .connection(handle, operation: "connect") }
            waitFor = Int16(status == PGRES_POLLING_READING ? POLLIN : POLLOUT)
        }
    }
}

extension PostgresConfiguration {
    /// The keywords and values for libpq, in order; later ones win.
    var connectionSettings: [(keyword: String, value: String)] {
        var settings: [(keyword: String, value: String)] = [
            ("host", host), ("port", String(port)), ("user", user), ("dbname", database),
            ("application_name", applicationName), ("client_encoding", "UTF8"), ("gssencmode", "disable"),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", String(tcpUserTimeout.milliseconds)),
        ]
        if let password { settings.append(("password", password)) }
        switch tls {
        case .disable: settings.append(("sslmode", "disable"))
        case .prefer: settings.append(("sslmode", "prefer"))
        case .require: settings.append(("sslmode", "require"))
        case .verifyFull(let rootCertificate):
            settings += [("sslmode", "verify-full"), ("sslrootcert", rootCertificate)]
        }
        for (keyword, value) in connectionKeywords.sorted(by: { $0.key < $1.key }) where keyword != "options" {
            settings.append((keyword, value))
        }
        let own = sessionOptions.map { "-c \(Self.escaped($0.name + "=" + $0.value))" }.joined(separator: " ")
        let given = connectionKeywords["options"].map { " " + $0 } ?? ""
        settings.append(("options", own + given))
        return settings
    }

    private var sessionOptions: [(name: String, value: String)] {
        var options: [(name: String, value: String)] = [
            ("TimeZone", "UTC"),
            ("statement_timeout", String(statementTimeout.milliseconds)),
            ("lock_timeout", String(lockTimeout.milliseconds)),
            ("idle_in_transaction_session_timeout", String(idleInTransactionTimeout.milliseconds)),
        ]
        if !searchPath.isEmpty {
            options.append(("search_path", searchPath.map(PostgresIdentifier.quoted).joined(separator: ",")))
        }
        return options + sessionParameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The server splits `options` at white space; a backslash keeps the next character.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if character.isWhitespace || character == "\\" { result.append("\\") }
            result.append(character)
        }
        return result
    }
}

/// Names of tables, columns and schemas inside SQL text.
public enum PostgresIdentifier {
    /// The name between double quotes, with quotes inside doubled.
    public static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
