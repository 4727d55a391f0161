import Foundation
import Hummingbird
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension OverASocket {
    @Suite("A service starts in order and stops in the reverse order")
    struct ServiceHostTests {
        /// What happened, in order; tests wait for an entry.
        final class Journal: Sendable {
            private struct State {
                var entries: [String] = []
                var waiting: [(text: String, continuation: CheckedContinuation<Void, Never>)] = []
            }

            private let state = Mutex(State())

            var entries: [String] { state.withLock { $0.entries } }

            func write(_ text: String) {
                let ready = state.withLock { state in
                    state.entries.append(text)
                    let ready = state.waiting.filter { $0.text == text }
                    state.waiting.removeAll { $0.text == text }
                    return ready
                }
                for waiter in ready { waiter.continuation.resume() }
            }

            func wait(for text: String) async {
                await withCheckedContinuation { continuation in
                    let isThere = state.withLock { state in
                        if state.entries.contains(text) { return true }
                        state.waiting.append((text, continuation))
                        return false
                    }
                    if isThere { continuation.resume() }
                }
            }
        }

        struct Failure: Error, CustomStringConvertible {
            var description: String { "no table\nhere" }
        }

        /// A part that writes down what happens to it.
        struct Part: Service {
            let name: String
            let journal: Journal
            var end: (@Sendable () async throws -> Void)?

            func run() async throws {
                journal.write("\(name) runs")
                if let end { try await end() } else { try await gracefulShutdown() }
                journal.write("\(name) ends")
            }

            func component(_ earlyEnd: ServiceComponent.EarlyEnd = .isFailure) -> ServiceComponent {
                ServiceComponent(
                    name, self, earlyEnd: earlyEnd, onStart: { journal.write("\(name) starts") },
                    onStop: { journal.write("\(name) stops") })
            }
        }

        private func configuration(_ flags: [String] = []) throws -> ServiceConfiguration {
            try ServiceConfiguration(
                flags: ["--http-port", "0", "--stream-drain-deadline", "5s"] + flags, environment: [:])
        }

        @Test("SIGTERM stops the last part first, and ends without an error")
        func order() async throws {
            let journal = Journal()
            let health = Mutex<HealthRegistry?>(nil)
            let configuration = try configuration()
            async let service: Void = ServiceHost.run(name: "test", configuration: configuration) { host, _ in
                health.withLock { $0 = host.health }
                return ["a", "b", "c"].map { Part(name: $0, journal: journal).component() }
            }
            await journal.wait(for: "c runs")
            let registry = try #require(health.withLock { $0 })
            try await eventually { registry.isPassing(.startup) && registry.isPassing(.readiness) }
            kill(getpid(), SIGTERM)
            try await service
            let starts = journal.entries.filter { $0.hasSuffix("starts") }
            #expect(starts == ["a starts", "b starts", "c starts"])
            let stops = journal.entries.filter { $0.hasSuffix("ends") || $0.hasSuffix("stops") }
            #expect(stops == ["c ends", "c stops", "b ends", "b stops", "a ends", "a stops"])
            #expect(!registry.isPassing(.readiness))
        }

        @Test("a part waits until the one before it has started, while probes are answered")
        func waits() async throws {
            let journal = Journal()
            let ports = Journal()
            let configuration = try configuration()
            let release = AsyncStream<Void>.makeStream()
            let migration = ServiceComponent(
                "migration",
                onStart: {
                    journal.write("migration begins")
                    for await _ in release.stream {}
                    journal.write("migration done")
                })
            let port = Mutex(0)
            async let service: Void = ServiceHost.run(
                name: "test", configuration: configuration,
                onListening: { number in
                    port.withLock { $0 = number }
                    ports.write("listening")
                },
                components: { _, router in
                    router.get("/own") { _, _ in "mine" }
                    return [
                        migration,
                        Part(name: "b", journal: journal, end: { await journal.wait(for: "go") }).component(
                            .stopsService),
                    ]
                })
            await ports.wait(for: "listening")
            await journal.wait(for: "migration begins")
            #expect(try await status("/startupz", port) == 503)
            #expect(try await status("/livez", port) == 200)
            #expect(try await status("/own", port) == 200)
            release.continuation.finish()
            await journal.wait(for: "b runs")
            try await eventually { try await self.status("/startupz", port) == 200 }
            #expect(try await status("/metrics", port) == 200)
            journal.write("go")
            try await service
            #expect(
                journal.entries == [
                    "migration begins", "migration done", "b starts", "b runs", "go", "b ends", "b stops",
                ])
        }

        @Test("a part that fails stops the others in order, and its cause is the error, in one line")
        func failure() async throws {
            let journal = Journal()
            let configuration = try configuration()
            let error = await #expect(throws: ServiceKitError.self) {
                try await ServiceHost.run(name: "test", configuration: configuration) { _, _ in
                    [
                        Part(name: "a", journal: journal).component(),
                        Part(
                            name: "b", journal: journal,
                            end: {
                                await journal.wait(for: "c runs"); throw Failure()
                            }
                        ).component(),
                        Part(name: "c", journal: journal).component(),
                    ]
                }
            }
            #expect(error?.code == .componentFailed)
            #expect(error?.description == #"component "b" failed: no table here"#)
            let stops = journal.entries.filter { $0.hasSuffix("ends") || $0.hasSuffix("stops") }
            #expect(stops == ["c ends", "c stops", "b stops", "a ends", "a stops"])
        }

        @Test("a part that cannot start keeps the later ones from starting")
        func startFailure() async throws {
            let journal = Journal()
            let configuration = try configuration()
            let error = await #expect(throws: ServiceKitError.self) {
                try await ServiceHost.run(name: "test", configuration: configuration) { _, _ in
                    [
                        Part(name: "a", journal: journal).component(),
                        ServiceComponent("migration", onStart: { throw Failure() }, onStop: { journal.write("never") }),
                        Part(name: "c", journal: journal).component(),
                    ]
                }
            }
            #expect(error?.description == #"component "migration" did not start: no table here"#)
            #expect(journal.entries.filter { $0.hasPrefix("c") || $0 == "never" }.isEmpty)
            #expect(journal.entries.suffix(2) == ["a ends", "a stops"])
        }

        @Test("an end that nobody asked for is a failure unless the part says otherwise")
        func earlyEnds() async throws {
            let journal = Journal()
            let configuration = try configuration()
            let error = await #expect(throws: ServiceKitError.self) {
                try await ServiceHost.run(name: "test", configuration: configuration) { _, _ in
                    [Part(name: "a", journal: journal, end: {}).component()]
                }
            }
            #expect(error?.code == .componentFinished)
            try await ServiceHost.run(name: "test", configuration: configuration) { _, _ in
                [
                    Part(name: "fine", journal: journal, end: {}).component(.isFine),
                    Part(name: "last", journal: journal, end: { await journal.wait(for: "fine ends") }).component(
                        .stopsService),
                ]
            }
        }

        @Test("a part that will not stop is cancelled at the deadline, and that is a failure")
        func deadline() async throws {
            let journal = Journal()
            let configuration = try configuration(["--stream-drain-deadline", "200ms"])
            let start = ContinuousClock.now
            let error = await #expect(throws: ServiceKitError.self) {
                try await ServiceHost.run(name: "test", configuration: configuration) { _, _ in
                    [
                        Part(name: "stuck", journal: journal, end: { try await Task.sleep(for: .seconds(600)) })
                            .component(),
                        Part(name: "last", journal: journal, end: { await journal.wait(for: "stuck runs") }).component(
                            .stopsService),
                    ]
                }
            }
            #expect(error?.code == .drainDeadline)
            #expect(error?.description.contains("stream.drain-deadline = 200ms") == true)
            #expect(ContinuousClock.now - start < .seconds(10))
            #expect(journal.entries.contains("stuck stops"))
        }

        @Test("a port in use is a failure with a cause")
        func portInUse() async throws {
            let journal = Journal()
            let outer = try configuration()
            try await ServiceHost.run(
                name: "test", configuration: outer, onListening: { journal.write("\($0)") },
                components: { _, _ in
                    let second = Part(
                        name: "second", journal: journal,
                        end: {
                            let port = try #require(journal.entries.first { Int($0) != nil })
                            let inner = try self.configuration(["--http-port", port])
                            let error = await #expect(throws: ServiceKitError.self) {
                                try await ServiceHost.run(name: "inner", configuration: inner) { _, _ in [] }
                            }
                            #expect(error?.description.contains(#"component "http" failed"#) == true)
                        })
                    return [second.component(.stopsService)]
                })
        }

        private func status(_ path: String, _ port: borrowing Mutex<Int>) async throws -> Int {
            let number = port.withLock { $0 }
            let url = try #require(URL(string: "http://127.0.0.1:\(number)\(path)"))
            let (_, response) = try await URLSession.shared.data(from: url)
            return (response as? HTTPURLResponse)?.statusCode ?? 0
        }
    }
}
