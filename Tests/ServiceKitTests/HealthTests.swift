import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import ServiceKit

enum SystemClockSeconds {
    static var now: Int64 { SystemClock().now().microseconds / 1_000_000 }
}

extension OverASocket {
    @Suite("Probes tell the orchestrator what it must know")
    struct HealthTests {
        @Test("a service is first starting, then ready, then stopping, over a real socket")
        func transitions() async throws {
            let health = HealthRegistry()
            let database = Mutex(HealthRegistry.Status.failing("no connection to \"db\""))
            health.add(.readiness, "postgres") { database.withLock { $0 } }
            health.add(.liveness, "loop") { .passing }
            let router = Router()
            AdminRoutes.add(to: router, health: health, metrics: PrometheusRegistry(service: "test"))
            router.get("/own") { _, _ in "mine" }
            try await Application(router: router).test(.live) { client in
                func expect(_ path: String, _ status: HTTPResponse.Status, _ body: String) async throws {
                    let response = try await client.executeRequest(uri: path, method: .get, headers: [:], body: nil)
                    #expect(response.status == status)
                    #expect(String(buffer: response.body) == body + "\n")
                    #expect(response.headers[.contentType] == "application/json")
                    _ = try JSONSerialization.jsonObject(with: Data(String(buffer: response.body).utf8))
                }
                try await expect(
                    "/startupz", .serviceUnavailable,
                    #"{"status":"fail","checks":[{"name":"service","status":"fail","detail":"starting"}]}"#)
                try await expect("/livez", .ok, #"{"status":"pass","checks":[{"name":"loop","status":"pass"}]}"#)
                health.markStarted()
                try await expect("/startupz", .ok, #"{"status":"pass","checks":[{"name":"service","status":"pass"}]}"#)
                try await expect(
                    "/readyz", .serviceUnavailable,
                    #"{"status":"fail","checks":[{"name":"service","status":"pass"},"#
                        + #"{"name":"postgres","status":"fail","detail":"no connection to \"db\""}]}"#)
                database.withLock { $0 = .passing }
                try await expect(
                    "/readyz", .ok,
                    #"{"status":"pass","checks":[{"name":"service","status":"pass"},{"name":"postgres","status":"pass"}]}"#
                )
                health.markStopping()
                #expect(!health.isPassing(.readiness))
                health.remove(.readiness, "postgres")
                try await expect(
                    "/readyz", .serviceUnavailable,
                    #"{"status":"fail","checks":[{"name":"service","status":"fail","detail":"stopping"}]}"#)
                try await expect("/livez", .ok, #"{"status":"pass","checks":[{"name":"loop","status":"pass"}]}"#)

                let metrics = try await client.executeRequest(uri: "/metrics", method: .get, headers: [:], body: nil)
                #expect(metrics.status == .ok)
                #expect(metrics.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
                #expect(
                    String(buffer: metrics.body).contains(
                        "# TYPE vitalstream_test_metric_series_dropped_total counter\n"))
                let own = try await client.executeRequest(uri: "/own", method: .get, headers: [:], body: nil)
                #expect(String(buffer: own.body) == "mine")
            }
        }

        @Test("a check that is added again replaces the first")
        func replacement() {
            let health = HealthRegistry()
            health.add(.liveness, "x") { .failing("old") }
            health.add(.liveness, "x") { .passing }
            #expect(health.results(.liveness) == [HealthRegistry.Result(name: "x", status: .passing)])
        }
    }
}

/// Suites that listen, connect or stop by signals; one after the other, because a signal reaches the whole process.
@Suite("Over a socket", .serialized)
enum OverASocket {}
