public import ServiceKit

extension MLLPConfiguration {
    /// The settings of ``MLLPKeys``, or nil when `mllp.port` is 0.
    ///
    /// - Throws: `.configuration` when the certificate, its key and the clients' authority do not go together.
    public init?(_ configuration: ServiceConfiguration) throws(IngestionError) {
        let port = configuration.value(MLLPKeys.port)
        guard port > 0 else { return nil }
        let certificate = configuration.value(MLLPKeys.certificate)
        let key = configuration.value(MLLPKeys.key)
        let authority = configuration.value(MLLPKeys.clientAuthority)
        var tls: TLS?
        switch (certificate, key) {
        case (let certificate?, let key?):
            tls = TLS(certificate: certificate, key: key, clientAuthority: authority)
        case (nil, nil) where authority == nil: break
        default:
            throw IngestionError(
                .configuration, operation: "start",
                detail:
                    "mllp.tls.certificate-path and mllp.tls.key-path go together, and mllp.tls.client-authority-path needs both"
            )
        }
        self.init(
            host: configuration.value(MLLPKeys.host), port: port,
            messageLimit: configuration.value(MLLPKeys.messageLimit),
            connectionLimit: configuration.value(MLLPKeys.connectionLimit),
            idleTimeout: configuration.value(MLLPKeys.idleTimeout), tls: tls)
    }
}
