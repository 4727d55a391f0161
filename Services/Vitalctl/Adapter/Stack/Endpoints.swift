import ArgumentParser
import Foundation
import KafkaClient
import Logging
import PostgresClient
import VitalctlCore

/// Where a command finds the stack: in `state.json`, unless flags or the environment name another place.
struct EndpointOptions: ParsableArguments {
    @OptionGroup var place: PlaceOptions

    @Option(
        help: ArgumentHelp(
            "Kafka brokers, instead of the stack's; or VITALSTREAM_KAFKA_BOOTSTRAP.", valueName: "host:port"))
    var bootstrap: String?

    @Option(
        help: ArgumentHelp("PostgreSQL, instead of the stack's; or VITALSTREAM_POSTGRES_URL.", valueName: "url"))
    var postgresURL: String?

    /// Resolves them.
    ///
    /// - Throws: `notUp` when no stack runs here and no flag says where else to look.
    func resolve(logger: Logger) throws -> Endpoints {
        let environment = ProcessInfo.processInfo.environment
        let state = try place.directory.running()
        let servers = bootstrap ?? environment["VITALSTREAM_KAFKA_BOOTSTRAP"] ?? state?.kafka.bootstrapServers
        guard let servers else {
            throw VitalctlError(
                .notUp, operation: "find the stack",
                detail: "none runs in \(place.directory.folder.path); start it with vitalctl up, or give --bootstrap")
        }
        let url = postgresURL ?? environment["VITALSTREAM_POSTGRES_URL"]
        var postgres: PostgresConfiguration?
        if let url {
            postgres = try PostgresConfiguration(url: url)
        } else if bootstrap == nil, let state {
            postgres = try Endpoints.configuration(state.postgres)
        }
        return Endpoints(
            directory: place.directory, state: state,
            kafka: KafkaConfiguration(bootstrapServers: servers, clientID: "vitalctl"), postgres: postgres,
            logger: logger)
    }
}

/// A stack that a command talks to.
struct Endpoints: Sendable {
    let directory: StateDirectory
    /// The stack of the state directory, when that is the one.
    let state: StackState?
    let kafka: KafkaConfiguration
    let postgres: PostgresConfiguration?
    let logger: Logger

    /// A pool of connections to the database.
    func pool(size: Int = 2) throws -> PostgresPool {
        guard var postgres else {
            throw VitalctlError(
                .notUp, operation: "find the database",
                detail: "give --postgres-url, or start the stack with vitalctl up")
        }
        postgres.poolSize = size
        postgres.applicationName = "vitalctl"
        return PostgresPool(postgres, logger: logger)
    }

    static func configuration(_ postgres: StackState.Postgres) throws -> PostgresConfiguration {
        guard let password = try? String(contentsOfFile: postgres.passwordFile, encoding: .utf8) else {
            throw VitalctlError(
                .unreadableFile, operation: "read \(postgres.passwordFile)",
                detail: "only the user who started the stack may")
        }
        return PostgresConfiguration(
            host: postgres.host, port: postgres.port, user: postgres.user,
            password: password.trimmingCharacters(in: .whitespacesAndNewlines), database: postgres.database,
            tls: .disable)
    }

    static func pool(_ postgres: StackState.Postgres, size: Int, logger: Logger) throws -> PostgresPool {
        var configuration = try configuration(postgres)
        configuration.poolSize = size
        configuration.applicationName = "vitalctl"
        return PostgresPool(configuration, logger: logger)
    }
}
