public import ServiceKit

/// The settings of who may send, how much, and how it is audited.
public enum AuthorizationKeys {
    /// Whether senders have to show a token.
    public enum Mode: String, CaseIterable, Sendable {
        /// Every record is sent with an access token.
        case required
        /// Anybody may send anything; for development.
        case off
    }

    /// `auth.mode`
    public static let mode = ConfigurationKey.choice(
        "auth.mode", default: Mode.off,
        "required asks every sender for an access token; off lets anybody send, which profile production refuses.")
    /// `auth.base-url`
    public static let baseURL = ConfigurationKey.text(
        "auth.base-url", default: "http://127.0.0.1:8080",
        "The URL under which senders reach this service, without a slash at the end: the issuer of its tokens; the audience of an assertion is it and /oauth/token."
    )
    /// `auth.clients-file`
    public static let clientsFile = ConfigurationKey.text(
        "auth.clients-file", "JSON file of the clients that may ask for tokens; read anew when it changes."
    ).optional()
    /// `auth.signing-keys`
    public static let signingKeys = ConfigurationKey.text(
        "auth.signing-keys", secret: true,
        "P-384 private keys in PEM: the first signs access tokens, all are published. Without them development makes one for the life of the process."
    ).optional()
    /// `auth.token-lifetime`
    public static let tokenLifetime = ConfigurationKey.duration(
        "auth.token-lifetime", default: .seconds(300), in: .seconds(1)...(.seconds(300)),
        "How long an access token is worth something.")
    /// `auth.requests-per-second`
    public static let requestsPerSecond = ConfigurationKey.number(
        "auth.requests-per-second", default: 200, in: 0.001...1_000_000,
        "Requests a second of a client whose registration does not say; ten seconds' worth may come at once.")
    /// `auth.bytes-per-second`
    public static let bytesPerSecond = ConfigurationKey.bytes(
        "auth.bytes-per-second", default: 64 << 20, in: 1024...(1 << 40),
        "Unpacked bytes a second of a client whose registration does not say; ten seconds' worth may come at once.")
    /// `auth.refusals-per-second`
    public static let refusalsPerSecond = ConfigurationKey.number(
        "auth.refusals-per-second", default: 1, in: 0.001...1_000_000,
        "Refused attempts a second after which an address is not listened to; ten seconds' worth may come at once.")
    /// `ingestion.concurrency`
    public static let concurrency = ConfigurationKey.integer(
        "ingestion.concurrency", default: 256, in: 1...65_536,
        "Requests that are served at a time; more are answered 503.")
    /// `audit.key`
    public static let auditKey = ConfigurationKey.secretKey(
        "audit.key", count: 32,
        "The key of the audit log's chains. Without it they show accidents, but not whoever may write to the database."
    ).optional()

    /// All of them.
    public static let all: [any ConfigurationEntry] = [
        mode, baseURL, clientsFile, signingKeys, tokenLifetime, requestsPerSecond, bytesPerSecond, refusalsPerSecond,
        concurrency, auditKey,
    ]
}
