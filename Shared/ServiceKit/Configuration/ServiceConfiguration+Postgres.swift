import PostgresClient

extension ServiceConfiguration {
    /// How to reach PostgreSQL: `postgres.url` overridden by the parts that are given, else the parts alone.
    ///
    /// - Parameters:
    ///   - applicationName: the name in `pg_stat_activity`.
    ///   - searchPath: the schemas of the service, in order.
    /// - Throws: `.wrongValue` for a URL that libpq does not understand, `.missingValue` for verify-full without `postgres.ca-file`.
    public func postgres(applicationName: String, searchPath: [String] = []) throws(ServiceKitError)
        -> PostgresConfiguration
    {
        var result = PostgresConfiguration()
        let url = value(ServiceKeys.postgresURL)
        if let url {
            do {
                result = try PostgresConfiguration(url: url)
            } catch {
                throw .configuration(.wrongValue, "postgres.url: \(error.detail)")
            }
        }
        let takesAll = url == nil
        if takesAll || isGiven(ServiceKeys.postgresHost) { result.host = value(ServiceKeys.postgresHost) }
        if takesAll || isGiven(ServiceKeys.postgresPort) { result.port = value(ServiceKeys.postgresPort) }
        if takesAll || isGiven(ServiceKeys.postgresUser) { result.user = value(ServiceKeys.postgresUser) }
        if takesAll || isGiven(ServiceKeys.postgresDatabase) { result.database = value(ServiceKeys.postgresDatabase) }
        if takesAll || isGiven(ServiceKeys.postgresPassword) { result.password = value(ServiceKeys.postgresPassword) }
        if takesAll || isGiven(ServiceKeys.postgresTLS) { result.tls = try postgresTLS() }
        result.poolSize = value(ServiceKeys.postgresPoolSize)
        result.applicationName = applicationName
        result.searchPath = searchPath
        return result
    }

    private func postgresTLS() throws(ServiceKitError) -> PostgresConfiguration.TLS {
        switch value(ServiceKeys.postgresTLS) {
        case .disable: .disable
        case .prefer: .prefer
        case .require: .require
        case .verifyFull: .verifyFull(rootCertificate: try require(ServiceKeys.postgresCAFile))
        }
    }
}
