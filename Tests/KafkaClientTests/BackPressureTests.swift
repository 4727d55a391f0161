import KafkaClient
import Testing

@testable import struct KafkaClient.Assignment

@Suite("Without room nothing is delivered, and with room everything is, once and in order", .timeLimit(.minutes(3)))
struct BackPressureTests {
    static let count = 3_000

    @Test("the tap is closed before the first record, and again in the middle, beyond the pause")
    func closeAndOpen() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 3)
        try await broker.fill("t", partitions: 3, count: Self.count)
        let delegate = TapDelegate(room: 0)
        let consumer = try KafkaConsumer(
            broker.configuration(), groupID: "g", instanceID: nil, topics: ["t"], sessionTimeout: shortSession,
            delegate: delegate, logger: testLogger)
        consumer.start()
        try await eventually("assigned") { delegate.isAssigned }
        for room in [1, 1_000, 1_500, 10_000] {
            // Long enough to be paused: asked again and again without room, for more than the second that it is held.
            let closed = ContinuousClock.now
            let before = delegate.records.count
            try await eventually("paused") { closed.duration(to: .now) > .milliseconds(1300) }
            #expect(delegate.records.count == before)
            delegate.add(room: room)
            consumer.wake()
            let expected = min(before + room, 3 * Self.count)
            try await eventually("\(expected) records") { delegate.records.count == expected }
        }
        #expect(delegate.askedWithoutRoom)
        let offsets = Dictionary(grouping: delegate.records, by: \.topicPartition).mapValues { $0.map(\.offset) }
        for partition in 0..<Int32(3) {
            #expect(
                offsets[TopicPartition(topic: "t", partition: partition)] == Array(0..<Int64(Self.count)),
                "partition \(partition)")
        }
        #expect(delegate.errors.isEmpty)
        await consumer.close(deadline: .seconds(10))
    }

    @Test("a rebalance is served while partitions are paused, and none stays silent after it")
    func rebalanceWhilePaused() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        let all = (0..<Int32(4)).map { TopicPartition(topic: "t", partition: $0) }
        try broker.createTopic("t", partitions: all.count)
        try await broker.fill("t", partitions: all.count, count: 200)
        let first = RecordingDelegate { $0.starts = Dictionary(uniqueKeysWithValues: all.map { ($0, 0) }) }
        let one = try broker.consumer(first, topics: ["t"])
        try await eventually("records flow") { first.count == 800 }
        first.change { $0.acceptsRecords = false }
        let closed = ContinuousClock.now
        try await eventually("paused") { closed.duration(to: .now) > .milliseconds(1500) }

        let second = RecordingDelegate { $0.starts = Dictionary(uniqueKeysWithValues: all.map { ($0, 0) }) }
        let two = try broker.consumer(second, topics: ["t"])
        try await eventually("shared while paused") {
            first.read(\.assigned.count) == 2 && second.read(\.assigned.count) == 2
        }
        // These come back to the first member, which had paused them before.
        try await eventually("paused again") { closed.duration(to: .now) > .seconds(1) }
        first.change {
            $0.acceptsRecords = true
            $0.records = []
        }
        one.wake()
        try await eventually("the first member reads its own from the start") {
            let offsets = first.offsets
            return first.read(\.assigned).allSatisfy { offsets[$0] == Array(0..<200) }
        }
        try await eventually("the second too") {
            let offsets = second.offsets
            return second.read(\.assigned).allSatisfy { offsets[$0] == Array(0..<200) }
        }
        await two.close(deadline: .seconds(10))
        await one.close(deadline: .seconds(10))
    }

    @Test("a prefetch that was full is refilled while it drains, not a second later")
    func refill() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 2)
        let producer = try KafkaProducer(broker.configuration(), logger: testLogger)
        var deliveries: [Task<RecordPosition, any Error>] = []
        for number in 0..<8_000 {
            let value = [UInt8](repeating: 1, count: 400)
            deliveries.append(
                try producer.enqueued(ProducerRecord(topic: "t", partition: Int32(number % 2), value: value)))
        }
        for delivery in deliveries { _ = try await delivery.value }
        await producer.close(deadline: .seconds(5))

        // 3.2 MB through a prefetch of 64 kB: without refilling that is some 50 waits of up to a second.
        let delegate = RecordingDelegate()
        let consumer = try broker.consumer(
            delegate, topics: ["t"],
            overrides: ["queued.max.messages.kbytes": "64", "fetch.message.max.bytes": "32768"])
        try await eventually("assigned") { delegate.read(\.assignmentCount) == 1 }
        try await eventually("all records", within: .seconds(8)) { delegate.count == 8_000 }
        await consumer.close(deadline: .seconds(10))
    }

    @Test("an offset below the expected one is dropped, and told unless a resume explains it")
    func rewindGuard() throws {
        let partition = TopicPartition(topic: "t", partition: 0)
        let topic = OpaquePointer(bitPattern: 64)
        var assignment = Assignment()
        func verdict(_ offset: Int64, partition: Int32 = 0) -> String {
            let key = Assignment.Key(topic: topic, partition: partition)
            return switch assignment.advance(past: offset, of: key, name: { _ in "t" }) {
            case .deliver: "deliver"
            case .notAssigned: "not ours"
            case .below(_, let expected, let isFirst): "below \(expected)\(isFirst ? ", told" : "")"
            }
        }
        assignment.begin([partition], from: [partition: 5])
        #expect(
            [4, 5, 7, 6, 7, 8].map { verdict($0) } == [
                "below 5, told", "deliver", "deliver", "below 8", "below 8", "deliver",
            ])
        #expect(verdict(0, partition: 1) == "not ours")
        assignment.begin([partition], from: [partition: 5])
        assignment.markPaused()
        #expect(assignment.takePaused() == [partition])
        #expect(assignment.takePaused().isEmpty)
        #expect([4, 5].map { verdict($0) } == ["below 5", "deliver"])
        assignment.removeAll()
        #expect(verdict(6) == "not ours")
    }
}
