/// How to reach a Kafka cluster, and who we are to it.
///
/// A typed dozen; everything else that librdkafka knows goes through ``overrides``.
public struct KafkaConfiguration: Sendable {
    /// `host:port` pairs, separated by commas.
    public var bootstrapServers: String
    /// The name that brokers write into their logs and quotas.
    public var clientID: String
    /// Transport security and authentication.
    public var security: Security
    /// librdkafka properties, set last. A property that would break a promise of this module (for example
    /// `enable.auto.commit`) is refused with ``KafkaError/Code/configuration``.
    public var overrides: [String: String]

    /// A configuration of a cluster at `bootstrapServers`.
    public init(
        bootstrapServers: String, clientID: String = "vitalstream", security: Security = .plaintext,
        overrides: [String: String] = [:]
    ) {
        self.bootstrapServers = bootstrapServers
        self.clientID = clientID
        self.security = security
        self.overrides = overrides
    }
}

extension KafkaConfiguration {
    /// Transport security and authentication.
    public enum Security: Sendable {
        /// Plain TCP, no authentication. For loopback only.
        case plaintext
        /// TLS, with a client certificate when one is given.
        case tls(TLS)
        /// SASL over TLS, or over plain TCP when `tls` is nil.
        case sasl(SASL, tls: TLS?)
    }

    /// Certificates as PEM files.
    public struct TLS: Sendable {
        /// The authorities to trust; nil means the system's.
        public var caFile: String?
        /// The client's certificate chain.
        public var certificateFile: String?
        /// The client's private key.
        public var keyFile: String?
        /// Whether the broker's certificate must name the host that we dialled.
        public var verifyHostname: Bool

        /// TLS settings; with no argument: the system's authorities, no client certificate, host name verified.
        public init(
            caFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil, verifyHostname: Bool = true
        ) {
            self.caFile = caFile
            self.certificateFile = certificateFile
            self.keyFile = keyFile
            self.verifyHostname = verifyHostname
        }
    }

    /// A user name and password, and how they are shown to the broker.
    public struct SASL: Sendable, CustomStringConvertible, CustomReflectable {
        /// A SASL mechanism.
        public enum Mechanism: String, Sendable, CaseIterable {
            /// RFC 4616: the password itself. Use it over TLS only.
            case plain = "PLAIN"
            /// RFC 7677.
            case scramSHA256 = "SCRAM-SHA-256"
            /// RFC 7677 with SHA-512.
            case scramSHA512 = "SCRAM-SHA-512"
        }

        /// How the password is shown.
        public var mechanism: Mechanism
        /// The user.
        public var username: String
        /// The password; it is in no description, mirror or error of this module.
        public var password: String

        /// Credentials for `username`.
        public init(mechanism: Mechanism, username: String, password: String) {
            self.mechanism = mechanism
            self.username = username
            self.password = password
        }

        /// The mechanism and the user, without the password.
        public var description: String { "\(mechanism.rawValue) as \(username)" }

        /// The mechanism and the user, without the password.
        public var customMirror: Mirror { Mirror(self, children: ["mechanism": mechanism, "username": username]) }
    }
}
