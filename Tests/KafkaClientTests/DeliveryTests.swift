import KafkaClient
import Synchronization
import Testing

@Suite("Every record that is taken is reported once")
struct DeliveryTests {
    @Test("a missing partition is refused or reported, with headers, and frees nothing twice")
    func missingPartition() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 2)
        let producer = try KafkaProducer(broker.configuration(), logger: testLogger)
        let headers = (0..<8).map { KafkaHeader(name: "h\($0)", value: [UInt8](repeating: 1, count: 100)) }
        // The first is taken before the topic's metadata is known; its failure is in the report. The others are
        // refused.
        for _ in 0..<200 {
            let error = await #expect(throws: KafkaError.self) {
                try await producer.send(
                    ProducerRecord(topic: "t", partition: 99, key: [1], value: [2], headers: headers))
            }
            #expect(error?.code == .unknownTopic)
        }
        let position = try await producer.send(
            ProducerRecord(topic: "t", partition: 1, key: nil, value: [2], headers: headers))
        #expect(position.offset == 0)
        await producer.close(deadline: .seconds(5))
    }

    @Test("a record beyond message.max.bytes is refused at once")
    func tooLarge() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        let producer = try KafkaProducer(broker.configuration(["message.max.bytes": "10000"]), logger: testLogger)
        let error = #expect(throws: KafkaError.self) {
            try producer.enqueue(
                ProducerRecord(
                    topic: "t", value: [UInt8](repeating: 0, count: 20_000),
                    headers: [KafkaHeader(name: "a", value: "b")])
            ) { _ in Issue.record("reported although refused") }
        }
        #expect(error?.code == .messageTooLarge)
        #expect(error?.isRetriable == false)
        await producer.close(deadline: .seconds(5))
    }

    @Test("a full queue refuses, and takes again when deliveries have made room")
    func queueFull() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 1)
        try broker.setBroker(1, up: false)
        let producer = try KafkaProducer(
            broker.configuration(["queue.buffering.max.messages": "10", "reconnect.backoff.max.ms": "200"]),
            logger: testLogger)
        let reports = Atomic<Int>(0)
        let record = ProducerRecord(topic: "t", value: [1], headers: [KafkaHeader(name: "a", value: "b")])
        for _ in 0..<10 { try producer.enqueue(record) { _ in reports.add(1, ordering: .relaxed) } }
        #expect(producer.outstandingCount == 10)
        let error = #expect(throws: KafkaError.self) { try producer.enqueue(record) { _ in } }
        #expect(error?.code == .queueFull)
        #expect(error?.isRetriable == true)
        try broker.setBroker(1, up: true)
        try await eventually("room") { producer.outstandingCount == 0 }
        #expect(reports.load(ordering: .relaxed) == 10)
        let position = try await producer.send(record)
        #expect(position.offset == 10)
        await producer.close(deadline: .seconds(5))
    }

    @Test("a producer that closes without its broker reports what it could not deliver, in time")
    func closeWithoutBroker() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 1)
        let producer = try KafkaProducer(broker.configuration(), logger: testLogger)
        _ = try await producer.send(ProducerRecord(topic: "t", value: [1]))
        try broker.setBroker(1, up: false)
        let reports = Mutex<[KafkaError.Code]>([])
        for _ in 0..<500 {
            try producer.enqueue(ProducerRecord(topic: "t", value: [1])) { result in
                if case .failure(let error) = result { reports.withLock { $0.append(error.code) } }
            }
        }
        let start = ContinuousClock.now
        await producer.close(deadline: .milliseconds(300))
        #expect(ContinuousClock.now - start < .seconds(4))
        #expect(reports.withLock(\.count) == 500)
        #expect(reports.withLock { Set($0) } == [.closed])
        let error = #expect(throws: KafkaError.self) {
            try producer.enqueue(ProducerRecord(topic: "t", value: [1])) { _ in }
        }
        #expect(error?.code == .closed)
    }

    @Test("errors of the broker on produce are retried, without loss, repetition or disorder")
    func produceErrors() async throws {
        let broker = try EmbeddedBroker(brokers: 3, logger: testLogger)
        try broker.createTopic("t", partitions: 1)
        // REQUEST_TIMED_OUT, NOT_LEADER_FOR_PARTITION, NOT_ENOUGH_REPLICAS, twice each.
        try broker.pushErrors(api: EmbeddedBroker.API.produce, errors: [7, 6, 19, 7, 6, 19])
        let producer = try KafkaProducer(broker.configuration(["retry.backoff.ms": "20"]), logger: testLogger)
        var deliveries: [Task<RecordPosition, any Error>] = []
        for number in 0..<1_000 {
            deliveries.append(
                try producer.enqueued(ProducerRecord(topic: "t", partition: 0, value: Array("\(number)".utf8))))
        }
        for (number, delivery) in deliveries.enumerated() { #expect(try await delivery.value.offset == Int64(number)) }
        await producer.close(deadline: .seconds(5))
    }
}
