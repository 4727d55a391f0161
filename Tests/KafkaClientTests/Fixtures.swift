import KafkaClient
import Logging
import Testing

/// The log of the clients under test: only what should never happen.
let testLogger: Logger = {
    var logger = Logger(label: "kafka-client-tests")
    logger.logLevel = .critical
    return logger
}()

/// The mock cluster rebalances in the session timeout less a second, and a session must outlast the first join of 3 s.
let shortSession = Duration.milliseconds(4000)

/// Waits until `condition` holds, or records an issue after `limit`.
func eventually(
    _ what: String, within limit: Duration = .seconds(30), sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record("not within \(limit): \(what)", sourceLocation: sourceLocation)
            throw CancellationError()
        }
        try await Task.sleep(for: .milliseconds(5))
    }
}

extension EmbeddedBroker {
    func configuration(_ overrides: [String: String] = [:]) -> KafkaConfiguration {
        KafkaConfiguration(
            bootstrapServers: bootstrapServers, clientID: "test",
            overrides: EmbeddedBroker.clientOverrides.merging(overrides) { $1 })
    }

    /// A started consumer of `topics` in `group`.
    func consumer(
        _ delegate: RecordingDelegate, group: String = "group", topics: [String], instanceID: String? = nil,
        session: Duration = shortSession, overrides: [String: String] = [:]
    ) throws -> KafkaConsumer {
        let consumer = try KafkaConsumer(
            configuration(overrides), groupID: group, instanceID: instanceID, topics: topics, sessionTimeout: session,
            delegate: delegate, logger: testLogger)
        consumer.start()
        return consumer
    }

    /// Publishes `count` records to each partition of `topic`, values "0", "1", … per partition, and waits for
    /// delivery.
    func fill(_ topic: String, partitions: Int, count: Int, from first: Int = 0) async throws {
        let producer = try KafkaProducer(configuration(), logger: testLogger)
        for partition in 0..<partitions {
            try await withThrowingTaskGroup { group in
                for number in first..<first + count {
                    // Enqueued in this order, reported whenever they are.
                    let delivered = try producer.enqueued(
                        ProducerRecord(
                            topic: topic, partition: Int32(partition), key: nil, value: Array("\(number)".utf8)))
                    group.addTask { _ = try await delivered.value }
                }
                try await group.waitForAll()
            }
        }
        await producer.close(deadline: .seconds(5))
    }
}

extension KafkaProducer {
    /// Enqueues now and answers later.
    func enqueued(_ record: ProducerRecord) throws -> Task<RecordPosition, any Error> {
        let (stream, continuation) = AsyncStream<Result<RecordPosition, KafkaError>>.makeStream()
        try enqueue(record) { result in
            continuation.yield(result)
            continuation.finish()
        }
        return Task {
            for await result in stream { return try result.get() }
            throw CancellationError()
        }
    }
}
