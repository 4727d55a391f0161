import CKafka

/// The library's properties on their way into a client.
struct ClientSettings: ~Copyable {
    private var conf: OpaquePointer?

    init() { conf = rd_kafka_conf_new() }

    deinit {
        if let conf { rd_kafka_conf_destroy(conf) }
    }

    /// The properties that every client of `configuration` has, then those of the caller (`defaults`), then the
    /// configuration's overrides, except `fixed`, which no override may change.
    init(
        _ configuration: KafkaConfiguration, defaults: [(String, String)], fixed: [(String, String)]
    ) throws(KafkaError) {
        self.init()
        try set("bootstrap.servers", configuration.bootstrapServers)
        try set("client.id", configuration.clientID)
        // An idle connection that the broker closes is no news.
        try set("log.connection.close", "false")
        try set(configuration.security)
        for (name, value) in defaults { try set(name, value) }
        let refused = Set(fixed.map(\.0))
        for (name, value) in configuration.overrides.sorted(by: { $0.key < $1.key }) {
            if refused.contains(name) {
                throw KafkaError(
                    code: .configuration, operation: "configure",
                    detail: "\(name) cannot be overridden: the client's promises rest on its value")
            }
            try set(name, value)
        }
        for (name, value) in fixed { try set(name, value) }
    }

    /// Which events arrive on the client's queue, as `RD_KAFKA_EVENT_…` bits.
    func setEvents(_ events: Int32) {
        if let conf { rd_kafka_conf_set_events(conf, events) }
    }

    func set(_ name: String, _ value: String) throws(KafkaError) {
        var reason = [CChar](repeating: 0, count: 512)
        guard rd_kafka_conf_set(conf, name, value, &reason, reason.count) == RD_KAFKA_CONF_OK else {
            let isSecret = name.contains("password") || name.contains("pem") || name.contains("secret")
            throw KafkaError(
                code: .configuration, operation: "configure",
                detail: isSecret ? "\(name): the value is not acceptable" : "\(name): \(text(reason))")
        }
    }

    /// Hands the properties over; the receiver frees them.
    consuming func take() -> OpaquePointer? {
        let taken = conf
        conf = nil
        return taken
    }

    private func set(_ security: KafkaConfiguration.Security) throws(KafkaError) {
        switch security {
        case .plaintext:
            try set("security.protocol", "plaintext")
        case .tls(let tls):
            try set("security.protocol", "ssl")
            try set(tls)
        case .sasl(let sasl, let tls):
            try set("security.protocol", tls == nil ? "sasl_plaintext" : "sasl_ssl")
            try set("sasl.mechanisms", sasl.mechanism.rawValue)
            try set("sasl.username", sasl.username)
            try set("sasl.password", sasl.password)
            if let tls { try set(tls) }
        }
    }

    private func set(_ tls: KafkaConfiguration.TLS) throws(KafkaError) {
        if let file = tls.caFile { try set("ssl.ca.location", file) }
        if let file = tls.certificateFile { try set("ssl.certificate.location", file) }
        if let file = tls.keyFile { try set("ssl.key.location", file) }
        try set("ssl.endpoint.identification.algorithm", tls.verifyHostname ? "https" : "none")
    }
}
