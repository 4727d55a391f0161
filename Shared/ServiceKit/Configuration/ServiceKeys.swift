import Foundation
import Logging

/// The settings that every service has.
public enum ServiceKeys {
    /// Whether a service may use the development stand-ins.
    public enum Profile: String, CaseIterable, Sendable {
        /// Stand-ins for brokers and databases are accepted.
        case development
        /// Only real ones are.
        case production
    }

    /// How log lines look.
    public enum LogFormat: String, CaseIterable, Sendable {
        /// One JSON object per line.
        case json
        /// A line for people.
        case text
    }

    /// How the connection to Kafka is protected.
    public enum KafkaProtocol: String, CaseIterable, Sendable {
        /// Plain TCP.
        case plaintext
        /// TLS.
        case tls
        /// SASL over plain TCP.
        case saslPlaintext = "sasl-plaintext"
        /// SASL over TLS.
        case saslTLS = "sasl-tls"
    }

    /// How the connection to PostgreSQL is protected.
    public enum PostgresTLS: String, CaseIterable, Sendable {
        /// Plain text.
        case disable
        /// Encrypted when offered, nothing verified.
        case prefer
        /// Encrypted, nothing verified.
        case require
        /// Encrypted; chain and host name verified.
        case verifyFull = "verify-full"
    }

    /// `profile`
    public static let profile = ConfigurationKey.choice(
        "profile", default: Profile.development,
        "production refuses the stand-ins for brokers and databases that development accepts.")
    /// `service.instance`
    public static let instance = ConfigurationKey.text(
        "service.instance", default: ProcessInfo.processInfo.hostName, defaultText: "the host's name",
        "This instance's name: the static member id in the consumer group, and the instance in traces. Unique within the service."
    )
    /// `stream.static-membership`
    public static let staticMembership = ConfigurationKey.boolean(
        "stream.static-membership", default: true,
        "Join the consumer group under service.instance, so that a quick restart moves no partitions. The embedded broker cannot."
    )
    /// `tenant`
    public static let tenant = ConfigurationKey.text(
        "tenant", default: "default", "The tenant whose people this deployment serves; pseudonyms are made per tenant.")

    /// `log.level`
    public static let logLevel = ConfigurationKey.choice(
        "log.level", default: Logger.Level.notice,
        "The least severe log lines to write. Normal operation writes nothing above info.")
    /// `log.format`
    public static let logFormat = ConfigurationKey.choice(
        "log.format", default: LogFormat.json,
        "json writes one object per line to standard error, text a line for people.")

    /// `http.host`
    public static let httpHost = ConfigurationKey.text(
        "http.host", default: "127.0.0.1", "The address that the HTTP server listens on; 0.0.0.0 for all.")
    /// `http.port`
    public static let httpPort = ConfigurationKey.integer(
        "http.port", default: 8080, in: 0...65_535, "The port of the HTTP server; 0 takes a free one.")

    /// `kafka.bootstrap`
    public static let kafkaBootstrap = ConfigurationKey.addresses(
        "kafka.bootstrap", default: "127.0.0.1:9092", "Brokers to learn the cluster from.")
    /// `kafka.security.protocol`
    public static let kafkaProtocol = ConfigurationKey.choice(
        "kafka.security.protocol", default: KafkaProtocol.plaintext, "How the connection to the brokers is protected.")
    /// `kafka.security.ca-file`
    public static let kafkaCAFile = ConfigurationKey.text(
        "kafka.security.ca-file",
        "PEM file of the authorities that sign the brokers' certificates; the system's when not given."
    ).optional()
    /// `kafka.security.certificate-file`
    public static let kafkaCertificateFile = ConfigurationKey.text(
        "kafka.security.certificate-file", "PEM file of the client's certificate chain."
    ).optional()
    /// `kafka.security.key-file`
    public static let kafkaKeyFile = ConfigurationKey.text(
        "kafka.security.key-file", "PEM file of the client's private key."
    ).optional()
    /// `kafka.security.mechanism`
    public static let kafkaMechanism = ConfigurationKey<String>(
        "kafka.security.mechanism", allowed: "PLAIN | SCRAM-SHA-256 | SCRAM-SHA-512", default: "SCRAM-SHA-512",
        defaultText: "SCRAM-SHA-512", "The SASL mechanism.",
        read: { ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"].contains($0) ? $0 : nil }, write: { $0 })
    /// `kafka.security.username`
    public static let kafkaUsername = ConfigurationKey.text("kafka.security.username", "The SASL user.").optional()
    /// `kafka.security.password`
    public static let kafkaPassword = ConfigurationKey.text(
        "kafka.security.password", secret: true, "The SASL password."
    ).optional()
    /// `kafka.overrides.*`
    public static let kafkaOverrides = ConfigurationTable.PassThrough(
        "kafka.overrides",
        "A librdkafka property, handed on as it is, e.g. --kafka.overrides.linger.ms 20; in the environment all of them in "
            + "VITALSTREAM_KAFKA_OVERRIDES=name=value,name=value.")

    /// `postgres.url`
    public static let postgresURL = ConfigurationKey.url(
        "postgres.url", schemes: ["postgresql", "postgres"], secret: true,
        "libpq connection URL. The parts below, where given, override it."
    ).optional()
    /// `postgres.host`
    public static let postgresHost = ConfigurationKey.text(
        "postgres.host", default: "127.0.0.1", "The server's name or address, or the directory of a UNIX socket.")
    /// `postgres.port`
    public static let postgresPort = ConfigurationKey.integer(
        "postgres.port", default: 5432, in: 1...65_535, "The server's port.")
    /// `postgres.user`
    public static let postgresUser = ConfigurationKey.text(
        "postgres.user", default: "vitalstream", "The role to log in as.")
    /// `postgres.password`
    public static let postgresPassword = ConfigurationKey.text(
        "postgres.password", secret: true, "The role's password."
    ).optional()
    /// `postgres.database`
    public static let postgresDatabase = ConfigurationKey.text(
        "postgres.database", default: "vitalstream", "The database.")
    /// `postgres.tls`
    public static let postgresTLS = ConfigurationKey.choice(
        "postgres.tls", default: PostgresTLS.prefer, "How the connection is protected.")
    /// `postgres.ca-file`
    public static let postgresCAFile = ConfigurationKey.text(
        "postgres.ca-file", "PEM file of the authority that signs the server's certificate; needed by verify-full."
    ).optional()
    /// `postgres.pool-size`
    public static let postgresPoolSize = ConfigurationKey.integer(
        "postgres.pool-size", default: 4, in: 1...256, "The largest number of connections.")

    /// `mongo.uri`
    public static let mongoURI = ConfigurationKey.url(
        "mongo.uri", schemes: ["mongodb", "mongodb+srv"], secret: true,
        "MongoDB connection URI. Without one the service writes no documents or refuses to start, as its README says."
    ).optional()
    /// `mongo.database`
    public static let mongoDatabase = ConfigurationKey.text(
        "mongo.database", default: "vitalstream", "The database for documents.")

    /// `stream.byte-budget`
    public static let streamByteBudget = ConfigurationKey.bytes(
        "stream.byte-budget", default: 64 << 20, in: (1 << 20)...(1 << 36),
        "Memory for records in flight; reading pauses when it is used up.")
    /// `stream.batch.max-records`
    public static let batchMaxRecords = ConfigurationKey.integer(
        "stream.batch.max-records", default: 1000, in: 1...100_000, "The largest number of records in one transaction.")
    /// `stream.batch.max-bytes`
    public static let batchMaxBytes = ConfigurationKey.bytes(
        "stream.batch.max-bytes", default: 4 << 20, in: 1024...(1 << 30),
        "The largest number of payload bytes in one transaction.")
    /// `stream.session-timeout`
    public static let sessionTimeout = ConfigurationKey.duration(
        "stream.session-timeout", default: .seconds(10), in: .seconds(1)...(.seconds(3600)),
        "How long a silent member keeps its partitions.")
    /// `stream.drain-deadline`
    public static let drainDeadline = ConfigurationKey.duration(
        "stream.drain-deadline", default: .seconds(20), in: .milliseconds(100)...(.seconds(3600)),
        "How long stopping may take in all; then the service exits with a failure.")

    /// `tracing.otlp.endpoint`
    public static let otlpEndpoint = ConfigurationKey.url(
        "tracing.otlp.endpoint", schemes: ["http", "https"],
        "OpenTelemetry collector (OTLP/HTTP); /v1/traces is added unless there is a path. Without one no span leaves the service."
    ).optional()
    /// `tracing.sample-ratio`
    public static let sampleRatio = ConfigurationKey.number(
        "tracing.sample-ratio", default: 0.01, in: 0...1,
        "The part of new traces that is recorded; a trace from outside keeps its own decision.")

    /// `crypto.pseudonym-key`
    public static let pseudonymKey = ConfigurationKey.secretKey(
        "crypto.pseudonym-key", count: 32, "The HMAC key that turns source identifiers into pseudonyms."
    ).optional()
    /// `crypto.pseudonym-key-version`
    public static let pseudonymKeyVersion = ConfigurationKey.integer(
        "crypto.pseudonym-key-version", default: 1, in: 1...255, "The version of that key, written into each pseudonym."
    )
    /// `crypto.payload-key`
    public static let payloadKey = ConfigurationKey.secretKey(
        "crypto.payload-key", count: 32, "The AES-256 key that payloads of dead letters are encrypted under."
    ).optional()

    /// All of them, in the order of the help text.
    public static let all: [any ConfigurationEntry] = [
        profile, instance, tenant, logLevel, logFormat, httpHost, httpPort,
        kafkaBootstrap, kafkaProtocol, kafkaCAFile, kafkaCertificateFile, kafkaKeyFile, kafkaMechanism, kafkaUsername,
        kafkaPassword,
        postgresURL, postgresHost, postgresPort, postgresUser, postgresPassword, postgresDatabase, postgresTLS,
        postgresCAFile, postgresPoolSize,
        mongoURI, mongoDatabase,
        staticMembership, streamByteBudget, batchMaxRecords, batchMaxBytes, sessionTimeout, drainDeadline,
        otlpEndpoint, sampleRatio, pseudonymKey, pseudonymKeyVersion, payloadKey,
    ]
}
