import CPostgres

extension PostgresConfiguration {
    /// Reads a libpq connection URL, for example
    /// `postgresql://user:secret@host:5432/database?sslmode=verify-full&sslrootcert=ca.pem` or, over a UNIX socket,
    /// `postgresql:///database?host=/run/postgresql`. Keyword strings (`host=... user=...`) work too.
    ///
    /// Understood query keys: `host`, `port`, `user`, `password`, `dbname`, `sslmode`, `sslrootcert`,
    /// `application_name`, `connect_timeout` (seconds), `tcp_user_timeout` (milliseconds). Every other libpq key is
    /// passed through.
    /// - Throws: `PostgresError` with the code `.invalidConfiguration`; the text of the URL is never part of the error.
    public init(url: String) throws(PostgresError) {
        var message: UnsafeMutablePointer<CChar>?
        let options = PQconninfoParse(url, &message)
        PQfreemem(message)  // it may quote the password
        guard let options else { throw .configuration("the connection URL cannot be parsed") }
        defer { PQconninfoFree(options) }

        self.init()
        var sslMode: String?
        var rootCertificate: String?
        var option = options
        while let keyword = option.pointee.keyword {
            defer { option += 1 }
            guard let value = option.pointee.val else { continue }
            let text = String(cString: value)
            switch String(cString: keyword) {
            case "host": host = text
            case "port": port = try Self.number(text, key: "port")
            case "user": user = text
            case "password": password = text
            case "dbname": database = text
            case "sslmode": sslMode = text
            case "sslrootcert": rootCertificate = text
            case "application_name": applicationName = text
            case "connect_timeout": connectTimeout = .seconds(try Self.number(text, key: "connect_timeout"))
            case "tcp_user_timeout": tcpUserTimeout = .milliseconds(try Self.number(text, key: "tcp_user_timeout"))
            case let other: connectionKeywords[other] = text
            }
        }
        guard (1...65535).contains(port) else { throw .configuration("port must be between 1 and 65535") }
        tls = try Self.tls(mode: sslMode, rootCertificate: rootCertificate)
    }

    private static func tls(mode: String?, rootCertificate: String?) throws(PostgresError) -> TLS {
        switch mode {
        case nil, "prefer", "allow": return .prefer
        case "disable": return .disable
        case "require": return .require
        case "verify-full":
            guard let rootCertificate else { throw .configuration("sslmode=verify-full needs sslrootcert") }
            return .verifyFull(rootCertificate: rootCertificate)
        default:
            throw .configuration("sslmode must be disable, prefer, require or verify-full")
        }
    }

    private static func number(_ text: String, key: String) throws(PostgresError) -> Int {
        guard let value = Int(text), value >= 0 else { throw .configuration("\(key) must be a whole number") }
        return value
    }
}
