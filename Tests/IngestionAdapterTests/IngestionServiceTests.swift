import Contracts
import Foundation
import Hummingbird
import IngestionAdapter
import KafkaClient
import Logging
import PostgresClient
import ServiceKit
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("The service as it is put together serves, and stops when it is told to")
struct IngestionServiceTests {
    /// Runs `body`, then stops the service.
    private struct Visitor: Service {
        let body: @Sendable () async throws -> Void
        func run() async throws { try await body() }
    }

    @Test("It migrates, becomes ready, takes a Bundle over HTTP and knows it again")
    func serving() async throws {
        let broker = try EmbeddedBroker(logger: Logger(label: "test"))
        for topic in Topic.all { try broker.createTopic(topic, partitions: 2) }
        let database = try await TemporaryPostgres.shared.makeDatabase()
        let configuration = try ServiceConfiguration(
            table: IngestionKeys.table,
            flags: [
                "--http-port", "0", "--kafka-bootstrap", broker.bootstrapServers, "--postgres-host", database.host,
                "--postgres-port", "\(database.port)", "--postgres-user", database.user, "--postgres-database",
                database.database,
                "--crypto-pseudonym-key", String(repeating: "0a", count: 32), "--crypto-payload-key",
                String(repeating: "0b", count: 32),
                "--service-instance", "test-1", "--log-level", "error",
            ], environment: [:])
        let port = Mutex(0)
        let statuses = Mutex<[Int]>([])
        try await ServiceHost.run(name: "ingestion", configuration: configuration) { bound in
            port.withLock { $0 = bound }
        } components: { host, router in
            let visitor = Visitor {
                let base = "http://127.0.0.1:\(port.withLock { $0 })"
                try await eventually("readiness") { try await Self.status("GET", "\(base)/readyz") == 200 }
                let bundle = Fixture.bundle([Fixture.patient("1"), Fixture.weight(70, patient: "1")])
                for _ in 0..<2 {
                    let status = try await Self.status(
                        "POST", "\(base)/fhir", type: "application/fhir+json", body: bundle)
                    statuses.withLock { $0.append(status) }
                }
                let duplicate = try await Self.status(
                    "POST", "\(base)/fhir/Observation", body: Fixture.weight(70, patient: "1"))
                statuses.withLock { $0.append(duplicate) }
            }
            return try await IngestionService.components(host, router)
                + [ServiceComponent("visitor", visitor, earlyEnd: .stopsService)]
        }
        #expect(statuses.withLock { $0 } == [200, 200, 200])
        var check = database
        check.searchPath = [IngestionMigrations.schema]
        let pool = PostgresPool(check, logger: Logger(label: "test"))
        let count = try await pool.withConnection { try $0.execute("SELECT count(*) FROM observation").int64(0, 0) }
        #expect(count == 1)
        await pool.close()
        broker.close()
    }

    @Test("Without its keys it does not start, and says which one is missing")
    func missingKeys() async throws {
        let configuration = try ServiceConfiguration(
            table: IngestionKeys.table, flags: ["--http-port", "0"], environment: [:])
        let error = await #expect(throws: ServiceKitError.self) {
            try await ServiceHost.run(name: "ingestion", configuration: configuration) { host, router in
                try await IngestionService.components(host, router)
            }
        }
        #expect("\(error.map { "\($0)" } ?? "")".contains("crypto.payload-key"))
    }

    private static func status(
        _ method: String, _ address: String, type: String = "application/json", body: String? = nil
    ) async throws -> Int {
        var request = URLRequest(url: try #require(URL(string: address)))
        request.httpMethod = method
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        request.httpBody = body.map { Data($0.utf8) }
        let (_, response) = try await URLSession.shared.data(for: request)
        return (response as? HTTPURLResponse)?.statusCode ?? 0
    }
}
