import Domain
import Foundation
import ServiceLifecycle
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends spans in batches to an OpenTelemetry collector (OTLP/HTTP with JSON).
///
/// Taking a span costs one short lock. The queue is bounded: a collector that is slow or gone costs spans, never memory or time, and
/// every lost span is counted. 429, 502, 503, 504 and lost connections are tried again with growing pauses; other answers drop the batch.
public final class OTLPHTTPExporter: SpanExporter, Service {
    /// The limits of an exporter.
    public struct Limits: Sendable {
        /// The largest number of spans that wait.
        public var queue = 8192
        /// The largest number of spans in one request.
        public var batch = 512
        /// The longest time that a span waits for its batch to fill.
        public var interval: Duration = .seconds(2)
        /// The number of times that a batch is sent before it is given up.
        public var attempts = 5
        /// The first pause between two attempts; each further one is twice as long, up to 30 s.
        public var firstPause: Duration = .milliseconds(500)
        /// How long the last spans may take after the stop was asked for.
        public var flushDeadline: Duration = .seconds(3)

        /// The usual limits.
        public init() {}
    }

    /// What became of the spans so far.
    public struct Counts: Sendable, Equatable {
        /// Accepted by the collector.
        public var exported = 0
        /// Lost: no room, or a batch given up.
        public var dropped = 0
    }

    private struct State {
        var queue: [Span] = []
        var counts = Counts()
        var isStopping = false
    }

    private let state = Mutex(State())
    private let wake = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let endpoint: URL
    private let resource: OTLPRequest.Resource
    private let limits: Limits
    private let session: URLSession

    /// An exporter to `endpoint`, e.g. `http://127.0.0.1:4318` (the path `/v1/traces` is added where there is none), or nil when that is no URL.
    public init?(
        endpoint: String, service: String, instance: String, version: String = "development", limits: Limits = Limits()
    ) {
        guard var components = URLComponents(string: endpoint), components.host?.isEmpty == false else { return nil }
        if components.path.isEmpty || components.path == "/" { components.path = "/v1/traces" }
        guard let url = components.url else { return nil }
        self.endpoint = url
        self.limits = limits
        resource = OTLPRequest.Resource(service: service, instance: instance, version: version)
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 10
        configuration.httpCookieStorage = nil
        session = URLSession(configuration: configuration)
    }

    /// What became of the spans so far.
    public var counts: Counts { state.withLock { $0.counts } }

    /// Takes `span` when it is sampled; drops and counts it when the queue is full.
    public func export(_ span: Span) {
        guard span.context.isSampled else { return }
        let isFull = state.withLock { state in
            guard state.queue.count < limits.queue, !state.isStopping else {
                state.counts.dropped += 1
                return false
            }
            state.queue.append(span)
            return state.queue.count >= limits.batch
        }
        if isFull { wake.continuation.yield() }
    }

    /// Exports until the service stops; then sends what waits, within the flush deadline.
    public func run() async throws {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await self.exportUntilStopped() }
            group.addTask {
                while (try? await Task.sleep(for: self.limits.interval)) != nil { self.wake.continuation.yield() }
                return false
            }
            group.addTask {
                try? await gracefulShutdown()
                self.state.withLock { $0.isStopping = true }
                self.wake.continuation.yield()
                try? await Task.sleep(for: self.limits.flushDeadline)
                return true
            }
            // Whichever comes first, the end of the queue or the deadline, ends the rest.
            for await isEnd in group where isEnd { break }
            group.cancelAll()
        }
        state.withLock { state in
            state.counts.dropped += state.queue.count
            state.queue.removeAll()
        }
        session.invalidateAndCancel()
    }

    private func exportUntilStopped() async -> Bool {
        for await _ in wake.stream {
            while let batch = nextBatch() {
                let isDelivered = await deliver(batch)
                state.withLock { state in
                    if isDelivered {
                        state.counts.exported += batch.count
                    } else {
                        state.counts.dropped += batch.count
                    }
                }
            }
            if state.withLock({ $0.isStopping }) || Task.isCancelled { return true }
        }
        return true
    }

    private func nextBatch() -> [Span]? {
        state.withLock { state in
            guard !state.queue.isEmpty else { return nil }
            let batch = Array(state.queue.prefix(limits.batch))
            state.queue.removeFirst(batch.count)
            return batch
        }
    }

    /// Sends `batch` until it is accepted; false when it is given up.
    private func deliver(_ batch: [Span]) async -> Bool {
        var request = URLRequest(url: endpoint)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(OTLPRequest.body(batch, from: resource))
        var pause = limits.firstPause
        for attempt in 1...max(1, limits.attempts) {
            var wait = pause
            if let (_, response) = try? await session.data(for: request), let answer = response as? HTTPURLResponse {
                if (200..<300).contains(answer.statusCode) { return true }
                guard [429, 502, 503, 504].contains(answer.statusCode) else { return false }
                if let text = answer.value(forHTTPHeaderField: "Retry-After"), let seconds = Int(text), seconds >= 0 {
                    wait = .seconds(min(seconds, 30))
                }
            }
            guard attempt < limits.attempts, (try? await Task.sleep(for: wait)) != nil else { return false }
            pause = min(pause * 2, .seconds(30))
        }
        return false
    }
}
