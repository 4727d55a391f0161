/// How the MLLP listener listens.
public struct MLLPConfiguration: Sendable {
    /// The certificates of MLLPS, as paths of PEM files.
    public struct TLS: Sendable {
        /// The server's certificate chain.
        public var certificate: String
        /// Its private key.
        public var key: String
        /// The authorities whose certificates clients must show; nil asks for none.
        public var clientAuthority: String?

        /// Certificates by path.
        public init(certificate: String, key: String, clientAuthority: String? = nil) {
            self.certificate = certificate
            self.key = key
            self.clientAuthority = clientAuthority
        }
    }

    /// The address to listen on.
    public var host: String
    /// The port; 0 takes a free one.
    public var port: Int
    /// The longest message in bytes.
    public var messageLimit: Int
    /// How many connections may be open at a time; more are closed at once.
    public var connectionLimit: Int
    /// A connection on which nothing moves for so long is closed.
    public var idleTimeout: Duration
    /// The certificates; nil speaks plain MLLP.
    public var tls: TLS?

    /// A listener's settings.
    public init(
        host: String = "127.0.0.1", port: Int, messageLimit: Int = 16 << 20, connectionLimit: Int = 256,
        idleTimeout: Duration = .seconds(600), tls: TLS? = nil
    ) {
        self.host = host
        self.port = port
        self.messageLimit = messageLimit
        self.connectionLimit = connectionLimit
        self.idleTimeout = idleTimeout
        self.tls = tls
    }
}
