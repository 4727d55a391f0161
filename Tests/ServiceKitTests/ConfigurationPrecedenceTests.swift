import Foundation
import KafkaClient
import Testing

@testable import ServiceKit

@Suite("A setting comes from its flag, else its variable, else the file, else its default")
struct ConfigurationPrecedenceTests {
    static let file = #"{"http": {"host": "file.example", "port": 1}, "stream": {"batch": {"max-records": 7}}}"#

    @Test("each source wins over the weaker ones")
    func precedence() throws {
        try withTemporaryFile(Self.file) { path in
            let weakest = try ServiceConfiguration(environment: [:])
            #expect(weakest.value(ServiceKeys.httpPort) == 8080)
            let fromFile = try ServiceConfiguration(environment: [:], file: path)
            #expect(fromFile.value(ServiceKeys.httpPort) == 1)
            let fromEnvironment = try ServiceConfiguration(environment: ["VITALSTREAM_HTTP_PORT": "2"], file: path)
            #expect(fromEnvironment.value(ServiceKeys.httpPort) == 2)
            let fromFlag = try ServiceConfiguration(
                flags: ["--http-port", "3"], environment: ["VITALSTREAM_HTTP_PORT": "2"], file: path)
            #expect(fromFlag.value(ServiceKeys.httpPort) == 3)
            #expect(fromFlag.value(ServiceKeys.httpHost) == "file.example")
            #expect(fromFlag.value(ServiceKeys.batchMaxRecords) == 7)
        }
    }

    @Test("the file may be named by VITALSTREAM_CONFIG, and an empty variable counts as unset")
    func fileFromEnvironment() throws {
        try withTemporaryFile(Self.file) { path in
            let configuration = try ServiceConfiguration(
                environment: ["VITALSTREAM_CONFIG": path, "VITALSTREAM_HTTP_PORT": ""])
            #expect(configuration.value(ServiceKeys.httpPort) == 1)
        }
    }

    @Test(
        "a flag may be written in every common way",
        arguments: [
            ["--http-port", "9"], ["--http-port=9"], ["--http.port", "9"], ["--http.port=9"],
            ["--http-port", "1", "--http-port", "9"],
        ])
    func spellings(flags: [String]) throws {
        #expect(try ServiceConfiguration(flags: flags, environment: [:]).value(ServiceKeys.httpPort) == 9)
    }

    @Test("a list of brokers keeps its commas from every source")
    func commas() throws {
        let brokers = "a.example:9092,b.example:9093,[::1]:9094"
        try withTemporaryFile(#"{"kafka": {"bootstrap": ["a.example:9092", "b.example:9093", "[::1]:9094"]}}"#) {
            path in
            for configuration in [
                try ServiceConfiguration(flags: ["--kafka-bootstrap", brokers], environment: [:]),
                try ServiceConfiguration(environment: ["VITALSTREAM_KAFKA_BOOTSTRAP": brokers]),
                try ServiceConfiguration(environment: [:], file: path),
            ] {
                #expect(configuration.value(ServiceKeys.kafkaBootstrap) == brokers)
            }
        }
    }

    @Test("typed values are parsed: durations, byte counts, choices, truth values, keys")
    func types() throws {
        let flag = ConfigurationKey.boolean("test.flag", default: false, "A test.")
        let hexadecimal = String(repeating: "0f", count: 32)
        let configuration = try ServiceConfiguration(
            table: .standard(adding: [flag]),
            flags: [
                "--test-flag", "--stream-drain-deadline", "1500ms", "--stream-byte-budget", "128MiB", "--profile",
                "production",
                "--crypto-pseudonym-key", hexadecimal, "--crypto-payload-key",
                Data(repeating: 7, count: 32).base64EncodedString(),
            ], environment: [:])
        #expect(configuration.value(flag))
        #expect(configuration.value(ServiceKeys.drainDeadline) == .milliseconds(1500))
        #expect(configuration.value(ServiceKeys.streamByteBudget) == 128 * 1024 * 1024)
        #expect(configuration.value(ServiceKeys.profile) == .production)
        #expect(try configuration.require(ServiceKeys.pseudonymKey) == [UInt8](repeating: 15, count: 32))
        #expect(try configuration.require(ServiceKeys.payloadKey) == [UInt8](repeating: 7, count: 32))
    }

    @Test("handed-on properties are merged by name, the stronger source first")
    func passThrough() throws {
        try withTemporaryFile(
            #"{"kafka": {"overrides": {"linger.ms": 1, "batch.size": 2, "acks": {"x": "deep"}}}}"#
        ) { path in
            let configuration = try ServiceConfiguration(
                flags: ["--kafka.overrides.linger.ms", "3"],
                environment: ["VITALSTREAM_KAFKA_OVERRIDES": "linger.ms=2,fetch.min.bytes=5"], file: path)
            #expect(
                try configuration.kafka().overrides == [
                    "linger.ms": "3", "fetch.min.bytes": "5", "batch.size": "2", "acks.x": "deep",
                ])
        }
    }

    @Test("a service's own entry replaces the fleet's of the same name")
    func ownDefault() throws {
        let port = ConfigurationKey.integer("http.port", default: 8443, in: 1...65_535, "Its own default.")
        let table = ConfigurationTable.standard(adding: [port])
        let configuration = try ServiceConfiguration(table: table, environment: [:])
        #expect(configuration.value(port) == 8443)
        #expect(table.entries.filter { $0.name == "http.port" }.count == 1)
        #expect(table.help.contains("Its own default. Default: 8443."))
    }
}

/// Runs `body` with the path of a file that holds `text` and is removed afterwards.
func withTemporaryFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("vitalstream-test-\(UUID().uuidString)")
        .path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
}
