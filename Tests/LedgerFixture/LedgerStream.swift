import Cryptography
import Domain
public import KafkaClient
public import Logging
public import PostgresClient
public import StreamRuntime

/// What a ledger stream is run with.
public enum LedgerStream {
    /// The topic that the entries come on.
    public static let inputTopic = "ledger.in"
    /// Another topic with entries of the same keys.
    public static let secondInputTopic = "ledger.in.second"
    /// The key that seals its dead letters; every process of a test uses the same.
    public static func keyring() throws -> Keyring {
        try Keyring(keyID: "test", key: SymmetricKey(copying: [UInt8](repeating: 7, count: 32)))
    }

    /// The tables, in the schema `ledger`.
    public static func migrate(_ pool: PostgresPool) async throws {
        try await Migrator(
            schema: "ledger", migrations: RuntimeSchema.migrations + [LedgerProcessor.migration]
        ).migrate(pool)
    }

    /// A configuration for tests: small batches, quick retries.
    public static func configuration(instance: String) -> StreamConfiguration {
        var configuration = StreamConfiguration(consumerGroup: "ledger", topics: [inputTopic])
        configuration.sessionTimeout = .seconds(6)
        configuration.drainDeadline = .seconds(5)
        configuration.retry = RetryPolicy(
            firstDelay: .milliseconds(20), longestDelay: .milliseconds(100), maximumAttempts: 4)
        return configuration
    }

    /// An application over the ledger.
    public static func application(
        writer: String, configuration: StreamConfiguration, kafka: KafkaConfiguration, pool: PostgresPool,
        documents: (any DocumentStore)? = nil, logger: Logger, probe: (any RuntimeProbe)? = nil
    ) throws -> StreamApplication<LedgerProcessor> {
        try StreamApplication(
            processor: LedgerProcessor(writer: writer, writesDocuments: documents != nil), service: "ledger",
            configuration: configuration, kafka: kafka, pool: pool, documents: documents, keyring: keyring(),
            logger: logger, probe: probe)
    }
}
