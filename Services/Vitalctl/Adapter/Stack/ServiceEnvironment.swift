import Foundation

/// What a service of the stack finds in its environment.
enum ServiceEnvironment {
    /// The variables that all services share.
    static func variables(_ state: StackState, directory: StateDirectory) -> [String: String] {
        [
            "VITALSTREAM_PROFILE": "development",
            "VITALSTREAM_STREAM_STATIC_MEMBERSHIP": "false",
            "VITALSTREAM_KAFKA_BOOTSTRAP": state.kafka.bootstrapServers,
            "VITALSTREAM_POSTGRES_HOST": state.postgres.host,
            "VITALSTREAM_POSTGRES_PORT": "\(state.postgres.port)",
            "VITALSTREAM_POSTGRES_USER": state.postgres.user,
            "VITALSTREAM_POSTGRES_DATABASE": state.postgres.database,
            "VITALSTREAM_POSTGRES_PASSWORD_FILE": state.postgres.passwordFile,
            "VITALSTREAM_POSTGRES_TLS": "disable",
            "VITALSTREAM_MONGO_URI": state.mongo.uri,
            "VITALSTREAM_MONGO_DATABASE": state.mongo.database,
            "VITALSTREAM_CRYPTO_PSEUDONYM_KEY_FILE": directory.pseudonymKeyFile,
            "VITALSTREAM_CRYPTO_PAYLOAD_KEY_FILE": directory.payloadKeyFile,
            "HOME": directory.folder.path,
        ]
    }
}
