import KafkaClient
import Testing

@Suite("A wrong setting is named")
struct ConfigurationTests {
    static let wrong: [([String: String], String)] = [
        (["no.such.property": "1"], "no.such.property"),
        (["socket.timeout.ms": "soon"], "socket.timeout.ms"),
        (["queue.buffering.max.messages": "-5"], "queue.buffering.max.messages"),
        (["enable.idempotence": "false"], "enable.idempotence"),
    ]

    @Test("a producer's error names the property", arguments: wrong)
    func producer(overrides: [String: String], key: String) {
        let error = #expect(throws: KafkaError.self) {
            try KafkaProducer(
                KafkaConfiguration(bootstrapServers: "127.0.0.1:1", overrides: overrides), logger: testLogger)
        }
        #expect(error?.code == .configuration)
        #expect(error?.detail.contains(key) == true)
        #expect(error?.isRetriable == false)
    }

    @Test(
        "a consumer refuses what would break its promises",
        arguments: [
            "partition.assignment.strategy", "enable.auto.commit", "enable.auto.offset.store", "group.id",
        ])
    func consumer(key: String) {
        let error = #expect(throws: KafkaError.self) {
            try KafkaConsumer(
                KafkaConfiguration(bootstrapServers: "127.0.0.1:1", overrides: [key: "true"]), groupID: "g",
                instanceID: nil, topics: ["t"], sessionTimeout: .seconds(6), delegate: RecordingDelegate(),
                logger: testLogger)
        }
        #expect(error?.code == .configuration)
        #expect(error?.detail.contains(key) == true)
    }

    @Test("security settings reach the library: a missing file of authorities is named, the password is nowhere")
    func security() {
        let sasl = KafkaConfiguration.SASL(mechanism: .scramSHA512, username: "u", password: "hunter2")
        let tls = KafkaConfiguration.TLS(caFile: "/does/not/exist.pem")
        let configuration = KafkaConfiguration(
            bootstrapServers: "127.0.0.1:1", security: .sasl(sasl, tls: tls))
        let error = #expect(throws: KafkaError.self) { try KafkaProducer(configuration, logger: testLogger) }
        #expect(error?.code == .configuration)
        #expect(error?.detail.contains("ssl.ca.location") == true)
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!"\(configuration) \(sasl) \(String(reflecting: sasl)) \(dumped) \(error as Any)".contains("hunter2"))
    }

    @Test("SASL clients of each mechanism can be made", arguments: KafkaConfiguration.SASL.Mechanism.allCases)
    func mechanisms(mechanism: KafkaConfiguration.SASL.Mechanism) async throws {
        let sasl = KafkaConfiguration.SASL(mechanism: mechanism, username: "u", password: "p")
        let producer = try KafkaProducer(
            KafkaConfiguration(bootstrapServers: "127.0.0.1:1", security: .sasl(sasl, tls: nil)), logger: testLogger)
        await producer.close(deadline: .zero)
    }
}
