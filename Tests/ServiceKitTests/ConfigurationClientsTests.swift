import ArgumentParser
import KafkaClient
import MongoClient
import PostgresClient
import ServiceKit
import Testing

@Suite("The settings become the clients' configurations")
struct ConfigurationClientsTests {
    @Test("PostgreSQL parts override the URL, and only those that are given")
    func postgres() throws {
        let configuration = try ServiceConfiguration(
            flags: ["--postgres-url", "postgresql://ann:pw@db.example:6543/vital", "--postgres-user", "bob"],
            environment: [:])
        let postgres = try configuration.postgres(applicationName: "alert-engine", searchPath: ["alert_engine"])
        #expect(postgres.host == "db.example" && postgres.port == 6543 && postgres.database == "vital")
        #expect(postgres.user == "bob" && postgres.password == "pw")
        #expect(postgres.applicationName == "alert-engine" && postgres.searchPath == ["alert_engine"])
    }

    @Test("verify-full needs its certificate")
    func verifyFull() throws {
        let without = try ServiceConfiguration(flags: ["--postgres-tls", "verify-full"], environment: [:])
        #expect(throws: ServiceKitError.self) { _ = try without.postgres(applicationName: "test") }
        let with = try ServiceConfiguration(
            flags: ["--postgres-tls", "verify-full", "--postgres-ca-file", "/ca.pem"], environment: [:])
        #expect(try with.postgres(applicationName: "test").tls == .verifyFull(rootCertificate: "/ca.pem"))
    }

    @Test("a URL that libpq refuses is named without being quoted")
    func wrongURL() throws {
        let configuration = try ServiceConfiguration(
            flags: ["--postgres-url", "postgresql://ann:pw@db.example:port/vital"], environment: [:])
        let error = try #require(throws: ServiceKitError.self) {
            _ = try configuration.postgres(applicationName: "test")
        }
        #expect(error.description.contains("postgres.url") && !error.description.contains("pw@"))
    }

    @Test("MongoDB needs a URI and takes its database")
    func mongo() throws {
        let without = try ServiceConfiguration(environment: [:])
        #expect(!without.isGiven(ServiceKeys.mongoURI))
        #expect(throws: ServiceKitError.self) { _ = try without.mongo(applicationName: "test") }
        let with = try ServiceConfiguration(
            flags: ["--mongo-uri", "mongodb://u:p@m.example/?tls=true", "--mongo-database", "vital"], environment: [:])
        let mongo = try with.mongo(applicationName: "alert-engine")
        #expect(mongo.uri == "mongodb://u:p@m.example/?tls=true" && mongo.database == "vital")
        #expect(mongo.applicationName == "alert-engine")
    }

    @Test("Kafka security passes through")
    func kafka() throws {
        let configuration = try ServiceConfiguration(
            flags: [
                "--kafka-security-protocol", "sasl-tls", "--kafka-security-mechanism", "SCRAM-SHA-256",
                "--kafka-security-username", "u",
                "--kafka-security-password", "p", "--kafka-security-ca-file", "/ca.pem", "--service-instance", "a-1",
            ], environment: [:])
        let kafka = try configuration.kafka()
        #expect(kafka.clientID == "a-1")
        guard case .sasl(let credentials, let tls) = kafka.security else {
            Issue.record("SASL was asked for")
            return
        }
        #expect(credentials.mechanism == .scramSHA256 && credentials.username == "u" && credentials.password == "p")
        #expect(tls?.caFile == "/ca.pem")
    }

    @Test("SASL without a user is refused")
    func saslWithoutUser() throws {
        let configuration = try ServiceConfiguration(
            flags: ["--kafka-security-protocol", "sasl-tls"], environment: [:])
        #expect(throws: ServiceKitError.self) { _ = try configuration.kafka() }
    }
}

@Suite("Every service's serve looks alike")
struct ServeOptionsTests {
    struct Serve: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve", abstract: "Run it.", discussion: ConfigurationTable.standard().help)
        @OptionGroup var options: ServeOptions
    }

    @Test("--help documents every setting with what is allowed and its default")
    func help() {
        let help = Serve.helpMessage(columns: 400)
        for entry in ServiceKeys.all {
            #expect(help.contains("\(entry.flag) (\(entry.allowed))"))
            #expect(help.contains(entry.documentation), "\(entry.name)")
            if let text = entry.defaultText, !text.isEmpty {
                #expect(help.contains("Default: \(text)."), "\(entry.name)")
            }
        }
        #expect(help.contains("--kafka.overrides.NAME"))
        #expect(help.contains("--print-configuration"))
    }

    @Test("settings are taken as flags beside --config, in any order")
    func parse() throws {
        let serve = try Serve.parse(
            [
                "--http-port", "81", "--config", "/x.json", "--kafka.overrides.linger.ms=5", "--print-configuration",
                "--log-level", "debug",
            ])
        #expect(serve.options.file == "/x.json")
        #expect(serve.options.printsConfiguration)
        #expect(
            serve.options.settings == ["--http-port", "81", "--kafka.overrides.linger.ms=5", "--log-level", "debug"])
    }

    @Test("a wrong setting surfaces as the module's error")
    func wrong() throws {
        let serve = try Serve.parse(["--http-prot", "81"])
        #expect(throws: ServiceKitError.self) {
            _ = try serve.options.configuration(table: .standard(), environment: [:])
        }
    }
}
