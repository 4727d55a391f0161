import KafkaClient

extension ServiceConfiguration {
    /// How to reach Kafka, for the client called `clientID` (by default the service's instance).
    /// - Throws: `.missingValue` when SASL is asked for without a user or password.
    public func kafka(clientID: String? = nil) throws(ServiceKitError) -> KafkaConfiguration {
        KafkaConfiguration(
            bootstrapServers: value(ServiceKeys.kafkaBootstrap), clientID: clientID ?? value(ServiceKeys.instance),
            security: try kafkaSecurity(), overrides: passThrough(ServiceKeys.kafkaOverrides))
    }

    private func kafkaSecurity() throws(ServiceKitError) -> KafkaConfiguration.Security {
        let tls = KafkaConfiguration.TLS(
            caFile: value(ServiceKeys.kafkaCAFile), certificateFile: value(ServiceKeys.kafkaCertificateFile),
            keyFile: value(ServiceKeys.kafkaKeyFile))
        switch value(ServiceKeys.kafkaProtocol) {
        case .plaintext: return .plaintext
        case .tls: return .tls(tls)
        case .saslPlaintext: return .sasl(try kafkaCredentials(), tls: nil)
        case .saslTLS: return .sasl(try kafkaCredentials(), tls: tls)
        }
    }

    private func kafkaCredentials() throws(ServiceKitError) -> KafkaConfiguration.SASL {
        KafkaConfiguration.SASL(
            mechanism: KafkaConfiguration.SASL.Mechanism(rawValue: value(ServiceKeys.kafkaMechanism)) ?? .scramSHA512,
            username: try require(ServiceKeys.kafkaUsername), password: try require(ServiceKeys.kafkaPassword))
    }
}

extension ServiceConfiguration {
    /// The static member id in the consumer group, or nil for dynamic membership.
    public var staticInstance: String? {
        value(ServiceKeys.staticMembership) ? value(ServiceKeys.instance) : nil
    }
}
