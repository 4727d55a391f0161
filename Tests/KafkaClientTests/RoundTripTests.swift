import KafkaClient
import Testing

@Suite("What is published is what is consumed")
struct RoundTripTests {
    @Test("key, value, headers and time come back, and none, empty and tombstone stay different")
    func roundTrip() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 1)
        let headers = [
            KafkaHeader(name: "ce_id", value: "1"), KafkaHeader(name: "empty", value: []),
            KafkaHeader(name: "binary", value: [0, 255, 0]), KafkaHeader(name: "ce_id", value: "2"),
        ]
        let published: [(key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader])] = [
            ([1, 0, 2], [3, 4, 0, 5], headers), (nil, [6], []), ([], [], []), ([7], nil, headers), (nil, nil, []),
        ]
        let producer = try KafkaProducer(broker.configuration(), logger: testLogger)
        let time: Int64 = 1_700_000_000_123_000
        for (index, record) in published.enumerated() {
            let position = try await producer.send(
                ProducerRecord(
                    topic: "t", partition: 0, key: record.key, value: record.value, headers: record.headers,
                    timestampMicroseconds: time + 456))
            #expect(position.offset == Int64(index))
            #expect(position.topicPartition == TopicPartition(topic: "t", partition: 0))
        }

        let delegate = RecordingDelegate()
        let consumer = try broker.consumer(delegate, topics: ["t"])
        try await eventually("all records") { delegate.count == published.count }
        for (record, expected) in zip(delegate.read(\.records), published) {
            #expect(record.key.map(Array.init) == expected.key)
            #expect(record.value.map(Array.init) == expected.value)
            #expect(record.headers == expected.headers)
            #expect(record.header("ce_id").map(Array.init) == (expected.headers.isEmpty ? nil : Array("2".utf8)))
            #expect(record.header("absent") == nil)
            // Kafka keeps milliseconds.
            #expect(record.timestampMicroseconds == time)
        }
        try await eventually("the end") { delegate.read(\.ends)[TopicPartition(topic: "t", partition: 0)] == 5 }
        await consumer.close(deadline: .seconds(10))
        await producer.close(deadline: .seconds(5))
        #expect(producer.outstandingCount == 0)
    }

    @Test("a record made by hand reads as one that has travelled")
    func recordByHand() {
        let headers = [KafkaHeader(name: "a", value: "x"), KafkaHeader(name: "a", value: "y")]
        let record = ConsumedRecord(
            topicPartition: TopicPartition(topic: "t", partition: 3), offset: 9, timestampMicroseconds: 1, key: [1, 2],
            value: nil, headers: headers)
        #expect(record.key.map(Array.init) == [1, 2])
        #expect(record.value == nil)
        #expect(record.headers == headers)
        #expect(record.header("a").map(Array.init) == Array("y".utf8))
        #expect(record.byteCount == 2 + 2 * (8 + 2))
    }

    @Test("the records of one key stay on one partition, in order")
    func orderPerKey() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 5)
        let producer = try KafkaProducer(broker.configuration(), logger: testLogger)
        var deliveries: [Task<RecordPosition, any Error>] = []
        for number in 0..<2_000 {
            deliveries.append(
                try producer.enqueued(
                    ProducerRecord(
                        topic: "t", key: Array("patient-\(number % 37)".utf8), value: Array("\(number)".utf8))))
        }
        for delivery in deliveries { _ = try await delivery.value }

        let delegate = RecordingDelegate()
        let consumer = try broker.consumer(delegate, topics: ["t"])
        try await eventually("all records") { delegate.count == 2_000 }
        await consumer.close(deadline: .seconds(10))
        await producer.close(deadline: .seconds(5))
        let byKey = Dictionary(grouping: delegate.read(\.records)) { String(decoding: $0.key ?? [], as: UTF8.self) }
        #expect(byKey.count == 37)
        #expect(Set(delegate.read(\.records).map(\.topicPartition)).count == 5)
        for (key, records) in byKey {
            #expect(Set(records.map(\.topicPartition)).count == 1, "\(key)")
            let numbers = records.compactMap { Int(String(decoding: $0.value ?? [], as: UTF8.self)) }
            #expect(numbers == numbers.sorted(), "\(key)")
        }
    }

    @Test("a key meets the partition that Java's clients choose")
    func javaPartitioner() async throws {
        let broker = try EmbeddedBroker(logger: testLogger)
        try broker.createTopic("t", partitions: 1000)
        let producer = try KafkaProducer(broker.configuration(), logger: testLogger)
        // murmur2 values from Apache Kafka's own UtilsTest.testMurmur2, made positive, modulo 1000.
        let known: [(String, Int32)] = [
            ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
        ]
        for (key, hash) in known {
            let position = try await producer.send(ProducerRecord(topic: "t", key: Array(key.utf8), value: []))
            #expect(position.topicPartition.partition == (hash & 0x7fff_ffff) % 1000, "\(key)")
        }
        await producer.close(deadline: .seconds(5))
    }
}
