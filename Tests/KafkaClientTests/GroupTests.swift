import KafkaClient
import Testing

@Suite("A group shares its partitions, and no partition falls silent", .timeLimit(.minutes(3)))
struct GroupTests {
    static let partitions = 6
    static let all = (0..<Int32(partitions)).map { TopicPartition(topic: "t", partition: $0) }

    @Test("two members share, one leaves, the other reads everything from where it is told")
    func shareAndLeave() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: Self.partitions)
        try await broker.fill("t", partitions: Self.partitions, count: 100)
        let starts = Dictionary(uniqueKeysWithValues: Self.all.map { ($0, 10 + Int64($0.partition)) })
        let first = RecordingDelegate { $0.starts = starts }
        let second = RecordingDelegate { $0.starts = starts }
        let one = try broker.consumer(first, topics: ["t"])
        try await eventually("the first member has all") { first.read(\.assigned) == Self.all }
        let two = try broker.consumer(second, topics: ["t"])
        try await eventually("both have their half") {
            first.read(\.assigned.count) == 3 && second.read(\.assigned.count) == 3
        }
        #expect(Set(first.read(\.assigned) + second.read(\.assigned)) == Set(Self.all))
        #expect(first.read(\.revocations).map(\.lost) == [false])

        try await broker.fill("t", partitions: Self.partitions, count: 50, from: 100)
        try await eventually("both read their half to the end") {
            let (a, b) = (first.offsets, second.offsets)
            return first.read(\.assigned).allSatisfy { a[$0]?.last == 149 }
                && second.read(\.assigned).allSatisfy { b[$0]?.last == 149 }
        }

        await two.close(deadline: .seconds(10))
        #expect(second.read(\.revocations).map(\.partitions.count) == [3])
        #expect(second.read(\.revocations).map(\.lost) == [false])
        try await eventually("the first member has all again") { first.read(\.assigned) == Self.all }
        try await broker.fill("t", partitions: Self.partitions, count: 50, from: 150)
        try await eventually("every partition speaks") {
            let offsets = first.offsets
            return Self.all.allSatisfy { offsets[$0]?.last == 199 }
        }
        for (partition, offsets) in first.offsets.merging(second.offsets, uniquingKeysWith: +) {
            #expect((offsets.min() ?? 0) >= starts[partition] ?? 0, "\(partition)")
        }
        await one.close(deadline: .seconds(10))
    }

    @Test("an absolute start offset counts, also against a committed one")
    func startOffsets() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 3)
        try await broker.fill("t", partitions: 3, count: 20)
        let partitions = Self.all.prefix(3)
        let delegate = RecordingDelegate { $0.starts = [partitions[0]: 7, partitions[1]: 20] }
        let consumer = try broker.consumer(delegate, topics: ["t"], overrides: ["statistics.interval.ms": "100"])
        try await eventually("the end of all") { delegate.read(\.ends.count) == 3 }
        try await eventually("statistics") { delegate.read(\.statistics) > 0 }
        #expect(delegate.offsets == [partitions[0]: Array(7..<20), partitions[2]: Array(0..<20)])

        // The hint shows as lag, and where nothing else is said it is the start.
        consumer.hintCommitted([partitions[0]: 12, partitions[2]: 15])
        let metadata = try KafkaMetadata(broker.configuration(), logger: testLogger)
        var committed: [TopicPartition: Int64] = [:]
        for _ in 0..<200 where committed.count < 2 {
            committed = try await metadata.committedOffsets(of: "group", partitions: Array(partitions))
        }
        #expect(committed == [partitions[0]: 12, partitions[2]: 15])
        await consumer.close(deadline: .seconds(10))

        let next = RecordingDelegate { $0.starts = [partitions[0]: 3] }
        let successor = try broker.consumer(next, topics: ["t"])
        try await eventually("the end of all") { next.read(\.ends.count) == 3 }
        #expect(
            next.offsets == [
                partitions[0]: Array(3..<20), partitions[1]: Array(0..<20), partitions[2]: Array(15..<20),
            ])
        await successor.close(deadline: .seconds(10))
        await metadata.close()
    }

    @Test("a delegate that cannot begin gives its partitions back, and gets them again")
    func assignmentFailure() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 2)
        try await broker.fill("t", partitions: 2, count: 10)
        let delegate = RecordingDelegate { $0.assignmentFailures = 2 }
        let consumer = try broker.consumer(delegate, topics: ["t"])
        try await eventually("all records in spite of two failures", within: .seconds(60)) { delegate.count == 20 }
        #expect(delegate.read(\.errors).filter { $0.operation == "assign" }.count == 2)
        #expect(delegate.read(\.errors).allSatisfy { !$0.isFatal })
        #expect(delegate.read(\.revocations).isEmpty)
        await consumer.close(deadline: .seconds(10))
    }

    @Test("a fenced member is told so, loses its partitions and is closed")
    func fenced() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 2)
        let delegate = RecordingDelegate()
        let consumer = try broker.consumer(delegate, topics: ["t"], instanceID: "member-1")
        try await eventually("assigned") { delegate.read(\.assigned.count) == 2 }
        // FENCED_INSTANCE_ID.
        try broker.pushErrors(api: EmbeddedBroker.API.heartbeat, errors: [82])
        try await eventually("the fatal error") {
            delegate.read(\.errors).contains { $0.isFatal && $0.code == .fenced }
        }
        try await eventually("the partitions are lost") { delegate.read(\.revocations.count) == 1 }
        #expect(delegate.read(\.revocations).map(\.lost) == [true])
        await consumer.close(deadline: .seconds(5))
    }

    @Test("closing under load keeps its deadline and gives the partitions back first")
    func closeUnderLoad() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: Self.partitions)
        let producer = try KafkaProducer(broker.configuration(), logger: testLogger)
        let load = Task {
            while !Task.isCancelled {
                // A full queue is part of the load.
                try? producer.enqueue(ProducerRecord(topic: "t", key: nil, value: [UInt8](repeating: 1, count: 200))) {
                    _ in
                }
                if producer.outstandingCount > 5_000 { try? await Task.sleep(for: .milliseconds(5)) }
            }
        }
        let delegate = RecordingDelegate()
        let consumer = try broker.consumer(delegate, topics: ["t"])
        try await eventually("records flow") { delegate.count > 5_000 }
        let start = ContinuousClock.now
        await consumer.close(deadline: .seconds(5))
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(delegate.read(\.revocations).map(\.partitions) == [Self.all])
        let count = delegate.count
        load.cancel()
        await load.value
        await producer.close(deadline: .seconds(10))
        #expect(delegate.count == count)
    }

    @Test("a consumer that never started closes at once")
    func neverStarted() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        let consumer = try KafkaConsumer(
            broker.configuration(), groupID: "g", instanceID: nil, topics: ["t"], sessionTimeout: shortSession,
            delegate: RecordingDelegate(), logger: testLogger)
        let start = ContinuousClock.now
        await consumer.close(deadline: .seconds(5))
        #expect(ContinuousClock.now - start < .seconds(4))
    }
}
