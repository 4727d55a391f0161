import Domain
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import ServiceKit

extension OverASocket {
    @Suite("Spans reach an OpenTelemetry collector")
    struct OTLPTests {
        /// A collector that checks the shape of what it gets, and answers from a list of statuses (then 200).
        final class Collector: Sendable {
            struct State {
                var answers: [HTTPResponse.Status] = []
                var requests = 0
                var spans: [[String: String]] = []
                var problems: [String] = []
            }

            let state: Mutex<State>

            init(answers: [HTTPResponse.Status] = []) { state = Mutex(State(answers: answers)) }

            /// Runs the collector and, beside it, an exporter to it, until `body` returns; then stops the exporter first.
            func whileRunning(
                limits: OTLPHTTPExporter.Limits, _ body: @escaping @Sendable (OTLPHTTPExporter) async throws -> Void
            ) async throws -> OTLPHTTPExporter.Counts {
                let router = Router()
                router.post("/v1/traces") { request, _ in
                    let buffer = try await request.body.collect(upTo: 16 << 20)
                    let isJSON = request.headers[.contentType] == "application/json"
                    return Response(status: self.take(Data(String(buffer: buffer).utf8), isJSON: isJSON))
                }
                let (ports, portFound) = AsyncStream<Int>.makeStream()
                let application = Application(
                    router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                    onServerRunning: { portFound.yield($0.localAddress?.port ?? 0) },
                    logger: Logger(label: "collector") { _ in SwiftLogNoOpLogHandler() })
                let group = ServiceGroup(
                    configuration: ServiceGroupConfiguration(services: [application], logger: application.logger))
                return try await withThrowingTaskGroup(of: Void.self) { tasks in
                    tasks.addTask { try await group.run() }
                    var iterator = ports.makeAsyncIterator()
                    let port = try #require(await iterator.next())
                    let exporter = try #require(
                        OTLPHTTPExporter(
                            endpoint: "http://127.0.0.1:\(port)", service: "test", instance: "i", limits: limits))
                    let own = ServiceGroup(
                        configuration: ServiceGroupConfiguration(services: [exporter], logger: application.logger))
                    tasks.addTask { try await own.run() }
                    try await body(exporter)
                    await own.triggerGracefulShutdown()
                    try await tasks.next()
                    await group.triggerGracefulShutdown()
                    try await tasks.waitForAll()
                    return exporter.counts
                }
            }

            private func take(_ body: Data, isJSON: Bool) -> HTTPResponse.Status {
                state.withLock { state in
                    state.requests += 1
                    guard state.answers.isEmpty else { return state.answers.removeFirst() }
                    if !isJSON { state.problems.append("content type") }
                    do {
                        state.spans += try Self.validate(body)
                    } catch {
                        state.problems.append("\(error)")
                    }
                    return .ok
                }
            }

            struct Malformed: Error, CustomStringConvertible {
                let description: String
            }

            /// The spans of an ExportTraceServiceRequest (opentelemetry-proto 1.x in its JSON mapping), checked field by field.
            static func validate(_ body: Data) throws -> [[String: String]] {
                func list(_ object: [String: Any], _ key: String) throws -> [[String: Any]] {
                    guard let list = object[key] as? [[String: Any]] else {
                        throw Malformed(description: "no list \(key)")
                    }
                    return list
                }
                func text(_ object: [String: Any], _ key: String, _ pattern: Regex<Substring>) throws -> String {
                    guard let text = object[key] as? String, text.wholeMatch(of: pattern) != nil else {
                        throw Malformed(description: "\(key): \(object[key] ?? "missing")")
                    }
                    return text
                }
                guard let root = try JSONSerialization.jsonObject(with: body) as? [String: Any] else {
                    throw Malformed(description: "not an object")
                }
                var spans: [[String: String]] = []
                for resourceSpans in try list(root, "resourceSpans") {
                    let resource = resourceSpans["resource"] as? [String: Any] ?? [:]
                    let names = try list(resource, "attributes").compactMap { $0["key"] as? String }
                    guard names.contains("service.name") else {
                        throw Malformed(description: "no service.name in \(names)")
                    }
                    for scopeSpans in try list(resourceSpans, "scopeSpans") {
                        for span in try list(scopeSpans, "spans") {
                            var fields = [
                                "traceId": try text(span, "traceId", /[0-9a-f]{32}/),
                                "spanId": try text(span, "spanId", /[0-9a-f]{16}/),
                                "start": try text(span, "startTimeUnixNano", /[0-9]+/),
                                "end": try text(span, "endTimeUnixNano", /[0-9]+/),
                                "name": try text(span, "name", /(?s:.+)/),
                            ]
                            if span["parentSpanId"] != nil {
                                fields["parent"] = try text(span, "parentSpanId", /[0-9a-f]{16}/)
                            }
                            fields["kind"] = "\(try #require(span["kind"] as? Int))"
                            fields["status"] = "\((span["status"] as? [String: Any])?["code"] as? Int ?? 0)"
                            for attribute in span["attributes"] as? [[String: Any]] ?? [] {
                                let value = try #require(attribute["value"] as? [String: Any])
                                guard value.count == 1, let kind = value.keys.first else {
                                    throw Malformed(description: "attribute")
                                }
                                let key = try #require(attribute["key"] as? String)
                                let flag = kind == "boolValue" ? value[kind] as? Bool : nil
                                fields[key] = flag.map { "\(kind) \($0)" } ?? "\(kind) \(value[kind] ?? "")"
                            }
                            for link in span["links"] as? [[String: Any]] ?? [] {
                                fields["link"] = try text(link, "traceId", /[0-9a-f]{32}/)
                            }
                            spans.append(fields)
                        }
                    }
                }
                return spans
            }
        }

        private func span(_ number: UInt64, sampled: Bool = true) throws -> Span {
            let context = try #require(
                TraceContext(traceID: TraceID(high: 0, low: number), spanID: SpanID(number), isSampled: sampled))
            return Span(
                context: context, parent: SpanID(0xabc), name: "handle \"feed\"\n\u{e9}", kind: .consumer,
                start: Timestamp(microseconds: 1_714_545_000_000_001),
                end: Timestamp(microseconds: 1_714_545_000_000_002),
                attributes: [
                    "count": .integer(.max), "ratio": .double(0.5), "nan": .double(.nan), "ok": .boolean(true),
                    "topic": .string("t\\"),
                ], links: [context], status: .error("no \"room\""))
        }

        private var quick: OTLPHTTPExporter.Limits {
            var limits = OTLPHTTPExporter.Limits()
            limits.interval = .milliseconds(10)
            limits.firstPause = .milliseconds(5)
            return limits
        }

        @Test("every field arrives in the form that the collector wants")
        func fields() async throws {
            let collector = Collector()
            let span = try span(0x1f)
            let unsampled = try self.span(2, sampled: false)
            let counts = try await collector.whileRunning(limits: quick) {
                $0.export(span)
                $0.export(unsampled)
            }
            #expect(counts == OTLPHTTPExporter.Counts(exported: 1, dropped: 0))
            collector.state.withLock { state in
                #expect(state.problems.isEmpty)
                #expect(
                    state.spans == [
                        [
                            "traceId": "0000000000000000000000000000001f", "spanId": "000000000000001f",
                            "parent": "0000000000000abc",
                            "name": "handle \"feed\"\n\u{e9}", "kind": "5", "status": "2",
                            "start": "1714545000000001000",
                            "end": "1714545000000002000", "count": "intValue 9223372036854775807",
                            "ratio": "doubleValue 0.5",
                            "ok": "boolValue true", "topic": "stringValue t\\",
                            "link": "0000000000000000000000000000001f",
                        ]
                    ])
            }
        }

        @Test("the last spans are flushed when the service stops, in batches of the limit")
        func flush() async throws {
            let collector = Collector()
            var limits = quick
            limits.interval = .seconds(3600)
            limits.batch = 10
            let spans = try (1...25).map { try span(UInt64($0)) }
            let counts = try await collector.whileRunning(limits: limits) { exporter in
                for span in spans { exporter.export(span) }
            }
            #expect(counts == OTLPHTTPExporter.Counts(exported: 25, dropped: 0))
            collector.state.withLock { state in
                #expect(Set(state.spans.compactMap { $0["spanId"] }).count == 25)
                #expect(state.requests >= 3)
                #expect(state.problems.isEmpty)
            }
        }

        @Test("429 and 503 are tried again, and nothing arrives twice")
        func retries() async throws {
            let collector = Collector(answers: [.tooManyRequests, .serviceUnavailable])
            let span = try span(1)
            let counts = try await collector.whileRunning(limits: quick) { $0.export(span) }
            #expect(counts == OTLPHTTPExporter.Counts(exported: 1, dropped: 0))
            collector.state.withLock { state in #expect(state.requests == 3 && state.spans.count == 1) }
        }

        @Test("a refused batch is dropped and counted, without another try")
        func refused() async throws {
            let collector = Collector(answers: [.badRequest])
            let span = try span(1)
            let counts = try await collector.whileRunning(limits: quick) { $0.export(span) }
            #expect(counts == OTLPHTTPExporter.Counts(exported: 0, dropped: 1))
            collector.state.withLock { state in #expect(state.requests == 1) }
        }

        @Test("a batch is given up after the last attempt")
        func givenUp() async throws {
            let collector = Collector(answers: Array(repeating: .serviceUnavailable, count: 50))
            var limits = quick
            limits.attempts = 3
            let span = try span(1)
            let counts = try await collector.whileRunning(limits: limits) { $0.export(span) }
            #expect(counts == OTLPHTTPExporter.Counts(exported: 0, dropped: 1))
            collector.state.withLock { state in #expect(state.requests == 3) }
        }

        @Test("a full queue drops and counts instead of growing")
        func bounded() throws {
            var limits = quick
            limits.queue = 10
            let exporter = try #require(
                OTLPHTTPExporter(endpoint: "http://127.0.0.1:9", service: "test", instance: "i", limits: limits))
            for number in 1...15 { exporter.export(try span(UInt64(number))) }
            #expect(exporter.counts == OTLPHTTPExporter.Counts(exported: 0, dropped: 5))
        }

        @Test("without a collector the stop is not held up past the flush deadline")
        func deadline() async throws {
            var limits = quick
            limits.firstPause = .seconds(30)
            limits.flushDeadline = .milliseconds(100)
            let exporter = try #require(
                OTLPHTTPExporter(endpoint: "http://127.0.0.1:9", service: "test", instance: "i", limits: limits))
            exporter.export(try span(1))
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [exporter], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
            let start = ContinuousClock.now
            await group.triggerGracefulShutdown()
            try await group.run()
            #expect(ContinuousClock.now - start < .seconds(5))
            #expect(exporter.counts == OTLPHTTPExporter.Counts(exported: 0, dropped: 1))
        }

        @Test("an endpoint keeps its own path, and must name a host")
        func endpoints() {
            #expect(OTLPHTTPExporter(endpoint: "http://", service: "t", instance: "i") == nil)
            #expect(OTLPHTTPExporter(endpoint: "not a url", service: "t", instance: "i") == nil)
            #expect(
                OTLPHTTPExporter(endpoint: "http://h:1/custom", service: "t", instance: "i")?.endpoint.path == "/custom"
            )
            #expect(
                OTLPHTTPExporter(endpoint: "http://h:1/", service: "t", instance: "i")?.endpoint.path == "/v1/traces")
        }
    }
}
