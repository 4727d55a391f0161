public import ServiceKit

/// The settings of the MLLP listener.
public enum MLLPKeys {
    /// `mllp.host`
    public static let host = ConfigurationKey.text(
        "mllp.host", default: "127.0.0.1", "The address on which HL7 v2 messages are taken by MLLP.")
    /// `mllp.port`
    public static let port = ConfigurationKey.integer(
        "mllp.port", default: 0, in: 0...65_535, "The port on which HL7 v2 messages are taken by MLLP; 0 takes none.")
    /// `mllp.message-limit`
    public static let messageLimit = ConfigurationKey.bytes(
        "mllp.message-limit", default: 16 << 20, in: 1_024...(64 << 20), "The longest message that is taken by MLLP.")
    /// `mllp.connection-limit`
    public static let connectionLimit = ConfigurationKey.integer(
        "mllp.connection-limit", default: 256, in: 1...65_535, "How many MLLP connections may be open at a time.")
    /// `mllp.idle-timeout`
    public static let idleTimeout = ConfigurationKey.duration(
        "mllp.idle-timeout", default: .seconds(600), in: .milliseconds(50)...(.seconds(86_400)),
        "An MLLP connection on which nothing moves for so long is closed.")
    /// `mllp.tls.certificate-path`
    public static let certificate = ConfigurationKey.text(
        "mllp.tls.certificate-path",
        "The PEM file of the server's certificate chain; with it the listener speaks MLLPS."
    ).optional()
    /// `mllp.tls.key-path`
    public static let key = ConfigurationKey.text(
        "mllp.tls.key-path", "The PEM file of the certificate's private key."
    ).optional()
    /// `mllp.tls.client-authority-path`
    public static let clientAuthority = ConfigurationKey.text(
        "mllp.tls.client-authority-path",
        "A PEM file of certificate authorities: clients must show a certificate of one of them, whose common name is their source."
    ).optional()

    /// All of them.
    public static let all: [any ConfigurationEntry] = [
        host, port, messageLimit, connectionLimit, idleTimeout, certificate, key, clientAuthority,
    ]
}
