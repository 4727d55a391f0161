import Foundation
import PostgresClient
import Testing

@testable import ServiceKit

@Suite("A wrong setting is refused with its name, its source and what is allowed")
struct ConfigurationErrorTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var flags: [String] = []
        var environment: [String: String] = [:]
        var file: String?
        var code: ServiceKitError.Code
        var mentions: [String]
        var testDescription: String { "\(flags) \(environment) \(file ?? "")" }
    }

    static let cases: [Case] = [
        Case(
            flags: ["--http-port", "eighty"], code: .wrongValue,
            mentions: ["http.port", "\"eighty\"", "flag --http-port", "a whole number from 0 to 65535"]),
        Case(
            environment: ["VITALSTREAM_HTTP_PORT": "70000"], code: .wrongValue,
            mentions: ["http.port", "70000", "environment VITALSTREAM_HTTP_PORT", "65535"]),
        Case(
            file: #"{"http": {"port": true}}"#, code: .wrongValue,
            mentions: ["http.port", "true", "key http.port", "file "]),
        Case(flags: ["--profile", "prod"], code: .wrongValue, mentions: ["profile", "development | production"]),
        Case(flags: ["--stream-drain-deadline", "30"], code: .wrongValue, mentions: ["its unit", "30s"]),
        Case(
            flags: ["--stream-drain-deadline", "99999999999999h"], code: .wrongValue,
            mentions: ["stream.drain-deadline"]),
        Case(flags: ["--stream-byte-budget", "1KiB"], code: .wrongValue, mentions: ["from 1MiB to 64GiB"]),
        Case(flags: ["--tracing-sample-ratio", "nan"], code: .wrongValue, mentions: ["from 0.0 to 1.0"]),
        Case(flags: ["--kafka-bootstrap", "a:1,,b:2"], code: .wrongValue, mentions: ["host:port pairs"]),
        Case(flags: ["--kafka-bootstrap", "a:0"], code: .wrongValue, mentions: ["host:port pairs"]),
        Case(flags: ["--tracing-otlp-endpoint", "ftp://x"], code: .wrongValue, mentions: ["http:// or https://"]),
        Case(flags: ["--htp-port", "80"], code: .unknownKey, mentions: ["--htp-port", "did you mean http.port?"]),
        Case(flags: ["serve"], code: .unknownKey, mentions: ["\"serve\""]),
        Case(flags: ["--http-port"], code: .missingValue, mentions: ["--http-port needs a value"]),
        Case(
            flags: ["--http-port", "--profile", "production"], code: .missingValue,
            mentions: ["--http-port needs a value"]),
        Case(
            file: #"{"htttp": {"port": 1}, "stream": {"batch": {"max": 1}}}"#, code: .unknownKey,
            mentions: ["unknown keys", "htttp.port; did you mean http.port?", "stream.batch.max"]),
        Case(file: "{", code: .unreadableFile, mentions: ["is not JSON"]),
        Case(file: "[1]", code: .unreadableFile, mentions: ["must be an object"]),
        Case(environment: ["VITALSTREAM_KAFKA_OVERRIDES": "linger"], code: .wrongValue, mentions: ["name=value"]),
        Case(
            environment: ["VITALSTREAM_CONFIG": "/nowhere/x.json"], code: .unreadableFile,
            mentions: ["/nowhere/x.json", "there is no such file"]),
    ]

    @Test("the error says what is wrong and where", arguments: cases)
    func wrongValues(example: Case) throws {
        let error = try #require(throws: ServiceKitError.self) {
            if let file = example.file {
                try withTemporaryFile(file) { path in
                    _ = try ServiceConfiguration(flags: example.flags, environment: example.environment, file: path)
                }
            } else {
                _ = try ServiceConfiguration(flags: example.flags, environment: example.environment)
            }
        }
        #expect(error.code == example.code)
        #expect(!error.isRetriable)
        for text in example.mentions { #expect(error.description.contains(text), "\(error)") }
        #expect(!error.description.contains("\n"))
    }

    @Test("all wrong settings are named at once")
    func all() throws {
        let error = try #require(throws: ServiceKitError.self) {
            _ = try ServiceConfiguration(flags: ["--http-port", "x", "--profile", "y"], environment: [:])
        }
        #expect(error.detail.contains("http.port:") && error.detail.contains("profile:"))
    }

    @Test("a missing value names the ways to give it")
    func missing() throws {
        let configuration = try ServiceConfiguration(environment: [:])
        let error = try #require(throws: ServiceKitError.self) {
            _ = try configuration.require(ServiceKeys.pseudonymKey)
        }
        #expect(error.code == .missingValue)
        #expect(
            error.detail.contains("--crypto-pseudonym-key") && error.detail.contains("VITALSTREAM_CRYPTO_PSEUDONYM_KEY")
        )
    }
}

@Suite("A secret is never shown")
struct ConfigurationSecretTests {
    static let secret = "hunter2-\u{e9}"

    @Test("a secret comes from a file, without its last newline, from every source")
    func files() throws {
        try withTemporaryFile(Self.secret + "\n") { path in
            try withTemporaryFile(#"{"postgres": {"password-file": "\#(path)"}}"#) { file in
                for configuration in [
                    try ServiceConfiguration(flags: ["--postgres-password-file", path], environment: [:]),
                    try ServiceConfiguration(environment: ["VITALSTREAM_POSTGRES_PASSWORD_FILE": path]),
                    try ServiceConfiguration(environment: [:], file: file),
                ] {
                    #expect(configuration.value(ServiceKeys.postgresPassword) == Self.secret)
                    #expect(try configuration.postgres(applicationName: "test").password == Self.secret)
                    #expect(!configuration.effectiveText.contains(Self.secret))
                }
            }
        }
    }

    @Test("a secret given both ways in one place is refused")
    func conflict() throws {
        let error = try #require(throws: ServiceKitError.self) {
            _ = try ServiceConfiguration(
                environment: ["VITALSTREAM_POSTGRES_PASSWORD": Self.secret, "VITALSTREAM_POSTGRES_PASSWORD_FILE": "/x"])
        }
        #expect(error.code == .conflict)
        #expect(!error.description.contains(Self.secret))
    }

    @Test("a wrong secret is not quoted")
    func wrong() throws {
        let error = try #require(throws: ServiceKitError.self) {
            _ = try ServiceConfiguration(flags: ["--crypto-payload-key", Self.secret], environment: [:])
        }
        #expect(!error.description.contains(Self.secret))
        #expect(error.description.contains("32 bytes as hexadecimal or Base64"))
    }

    @Test("the settings in effect are listed with their sources, secrets redacted")
    func effective() throws {
        let configuration = try ServiceConfiguration(
            flags: [
                "--postgres-url", "postgresql://u:\(Self.secret)@h/d", "--kafka.overrides.sasl.password", Self.secret,
                "--http-port", "81",
            ], environment: ["VITALSTREAM_KAFKA_SECURITY_PASSWORD": Self.secret])
        let text = configuration.effectiveText
        #expect(!text.contains(Self.secret))
        #expect(text.contains("http.port = 81  # flag --http-port"))
        #expect(text.contains("http.host = 127.0.0.1  # default"))
        #expect(text.contains("postgres.url = <redacted>  # flag --postgres-url"))
        #expect(
            text.contains("kafka.security.password = <redacted>  # environment VITALSTREAM_KAFKA_SECURITY_PASSWORD"))
        #expect(text.contains("crypto.payload-key =   # not given"))
        #expect(text.contains("kafka.overrides.sasl.password = <redacted>"))
    }
}
