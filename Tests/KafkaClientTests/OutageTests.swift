import KafkaClient
import Testing

@Suite("An outage interrupts and loses nothing", .timeLimit(.minutes(3)))
struct OutageTests {
    static let partition = TopicPartition(topic: "t", partition: 0)
    static let fast = ["reconnect.backoff.ms": "50", "reconnect.backoff.max.ms": "300", "retry.backoff.ms": "50"]

    @Test("the broker goes down and comes up under a producer and a consumer")
    func brokerDownAndUp() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 1)
        let producer = try KafkaProducer(broker.configuration(Self.fast), logger: testLogger)
        let delegate = RecordingDelegate { $0.starts = [Self.partition: 0] }
        let consumer = try broker.consumer(delegate, topics: ["t"], overrides: Self.fast)
        for number in 0..<20 {
            _ = try await producer.send(ProducerRecord(topic: "t", partition: 0, value: Array("\(number)".utf8)))
        }
        try await eventually("20 records") { delegate.count == 20 }

        try broker.setBroker(1, up: false)
        let waiting = try (20..<40).map {
            try producer.enqueued(ProducerRecord(topic: "t", partition: 0, value: Array("\($0)".utf8)))
        }
        try await eventually("the consumer tells") { !delegate.read(\.errors).isEmpty }
        #expect(delegate.read(\.errors).allSatisfy { !$0.isFatal && $0.isRetriable && $0.code == .transport })
        #expect(producer.outstandingCount == 20)
        try broker.setBroker(1, up: true)
        for delivery in waiting { _ = try await delivery.value }
        try await eventually("40 records") { Set(delegate.read(\.records).map(\.offset)).count == 40 }
        let values = delegate.read(\.records).map { String(decoding: $0.value ?? [], as: UTF8.self) }
        // A rejoin in between starts again at 0; what counts is that order holds and nothing is missing at the end.
        #expect(values.suffix(20) == (20..<40).map { "\($0)" }[...])
        await consumer.close(deadline: .seconds(10))
        await producer.close(deadline: .seconds(5))
    }

    @Test("the coordinator moves, and the consumer goes on")
    func coordinatorMoves() async throws {
        let broker = try EmbeddedBroker(brokers: 3, logger: testLogger)
        try broker.createTopic("t", partitions: 1)
        try broker.moveCoordinator(group: "group", to: 1)
        let delegate = RecordingDelegate()
        let consumer = try broker.consumer(delegate, topics: ["t"], overrides: Self.fast)
        try await broker.fill("t", partitions: 1, count: 10)
        try await eventually("10 records") { delegate.count == 10 }
        try broker.moveCoordinator(group: "group", to: 2)
        let metadata = try KafkaMetadata(broker.configuration(), logger: testLogger)
        try await broker.fill("t", partitions: 1, count: 10, from: 10)
        try await eventually("20 records") { delegate.offsets[Self.partition]?.last == 19 }
        consumer.hintCommitted([Self.partition: 20])
        for _ in 0..<2_000 {
            if try await metadata.committedOffsets(of: "group", partitions: [Self.partition]) == [Self.partition: 20] {
                break
            }
            // A hint may fall into the move; it is only a hint.
            consumer.hintCommitted([Self.partition: 20])
        }
        let committed = try await metadata.committedOffsets(of: "group", partitions: [Self.partition])
        #expect(committed == [Self.partition: 20])
        #expect(delegate.read(\.errors).allSatisfy { !$0.isFatal })
        await consumer.close(deadline: .seconds(10))
        await metadata.close()
    }

    @Test("the leader moves, and records go on in order")
    func leaderMoves() async throws {
        let broker = try EmbeddedBroker(brokers: 2, logger: testLogger)
        try broker.createTopic("t", partitions: 1)
        try broker.setLeader(Self.partition, to: 1)
        let delegate = RecordingDelegate()
        let consumer = try broker.consumer(delegate, topics: ["t"], overrides: Self.fast)
        try await broker.fill("t", partitions: 1, count: 10)
        try await eventually("10 records") { delegate.count == 10 }
        try broker.setLeader(Self.partition, to: 2)
        try await broker.fill("t", partitions: 1, count: 10, from: 10)
        try await eventually("20 records") { delegate.count >= 20 }
        #expect(delegate.offsets[Self.partition] == Array(0..<20))
        await consumer.close(deadline: .seconds(10))
    }

    @Test("errors on fetch are got over, without loss or repetition")
    func fetchErrors() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 1)
        try await broker.fill("t", partitions: 1, count: 100)
        let delegate = RecordingDelegate()
        // NOT_LEADER_FOR_PARTITION, LEADER_NOT_AVAILABLE, KAFKA_STORAGE_ERROR, UNKNOWN_SERVER_ERROR.
        try broker.pushErrors(api: EmbeddedBroker.API.fetch, errors: [6, 5, 56, -1, 6])
        let consumer = try broker.consumer(delegate, topics: ["t"], overrides: Self.fast)
        try await eventually("100 records") { delegate.count >= 100 }
        try broker.pushErrors(api: EmbeddedBroker.API.fetch, errors: [6, -1])
        try await broker.fill("t", partitions: 1, count: 100, from: 100)
        try await eventually("200 records") { delegate.count >= 200 }
        #expect(delegate.offsets[Self.partition] == Array(0..<200))
        #expect(delegate.read(\.errors).allSatisfy { !$0.isFatal })
        await consumer.close(deadline: .seconds(10))
    }

    @Test("errors of the group's coordinator are got over")
    func groupErrors() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 1)
        try await broker.fill("t", partitions: 1, count: 10)
        // COORDINATOR_LOAD_IN_PROGRESS, NOT_COORDINATOR.
        try broker.pushErrors(api: EmbeddedBroker.API.joinGroup, errors: [14, 16])
        try broker.pushErrors(api: EmbeddedBroker.API.findCoordinator, errors: [15])
        let delegate = RecordingDelegate()
        let consumer = try broker.consumer(delegate, topics: ["t"], overrides: Self.fast)
        try await eventually("10 records") { delegate.count == 10 }
        // UNKNOWN_MEMBER_ID: thrown out of the group, the partitions are lost, and it joins anew.
        try broker.pushErrors(api: EmbeddedBroker.API.heartbeat, errors: [25])
        try await eventually("lost") { delegate.read(\.revocations).map(\.lost) == [true] }
        try await eventually("assigned again") { delegate.read(\.assignmentCount) == 2 }
        #expect(delegate.read(\.errors).allSatisfy { !$0.isFatal })
        await consumer.close(deadline: .seconds(10))
    }
}
