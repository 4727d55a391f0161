import KafkaClient
import Testing

@Suite("Metadata answers from the brokers")
struct MetadataTests {
    @Test("topics, watermarks, offsets for a time")
    func answers() async throws {
        let broker = try EmbeddedBroker(brokers: 2, logger: testLogger)
        try broker.createTopic("a", partitions: 3)
        try broker.createTopic("b", partitions: 7)
        let metadata = try KafkaMetadata(broker.configuration(), logger: testLogger)
        #expect(try await metadata.topics() == ["a": 3, "b": 7])
        #expect(try await metadata.partitionCount(of: "b") == 7)
        let error = await #expect(throws: KafkaError.self) { try await metadata.partitionCount(of: "c") }
        #expect(error?.code == .unknownTopic)
        // Asking has not made it.
        #expect(try await metadata.topics().count == 2)

        try await broker.fill("a", partitions: 2, count: 5)
        let partitions = (0..<Int32(3)).map { TopicPartition(topic: "a", partition: $0) }
        let watermarks = try await metadata.watermarks(of: partitions)
        #expect(partitions.map { watermarks[$0]?.high } == [5, 5, 0])
        #expect(partitions.map { watermarks[$0]?.low } == [0, 0, 0])
        #expect(try await metadata.committedOffsets(of: "nobody", partitions: partitions).isEmpty)
        await metadata.close()
        let closed = await #expect(throws: KafkaError.self) { try await metadata.topics() }
        #expect(closed?.code == .closed)
    }

    @Test("an unreachable cluster is a time-out or a broken transport, and retriable")
    func unreachable() async throws {
        let metadata = try KafkaMetadata(
            KafkaConfiguration(bootstrapServers: "127.0.0.1:1"), timeout: .milliseconds(300), logger: testLogger)
        let error = await #expect(throws: KafkaError.self) { try await metadata.topics() }
        #expect(error?.code == .transport || error?.code == .timedOut)
        #expect(error?.isRetriable == true)
        await metadata.close()
    }
}
