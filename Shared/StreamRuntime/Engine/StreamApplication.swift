public import Cryptography
public import Domain
import Foundation
public import KafkaClient
public import Logging
public import PostgresClient

/// A processor and everything that runs it: consumes the topics, takes submissions, commits, relays.
///
/// ```swift
/// let application = try StreamApplication(
///     processor: AlertProcessor(), service: "alert-engine", configuration: configuration,
///     kafka: kafka, pool: pool, documents: store, keyring: keyring, logger: logger)
/// try await application.run()      // until stop(), or until it fails
/// ```
public final class StreamApplication<Processor: StreamProcessor>: Sendable {
    private let configuration: StreamConfiguration
    private let engine: StreamEngine<Processor>
    private let director: PartitionDirector<Processor>
    private let requests: RequestLanes<Processor>
    private let consumer: KafkaConsumer?
    private let producer: KafkaProducer
    private let relay: Relay<Processor.State>
    private let metrics: StreamMetrics
    private let clock: any WallClock
    // In a class of its own: a mutex as a stored property of this generic class crashes the optimiser (Swift 6.3.1).
    private let ending = EndSignal()

    /// Puts an application together; nothing runs and nothing is connected yet.
    ///
    /// - Parameters:
    ///   - processor: what the service does.
    ///   - service: the service's name in kebab case: the source of its events and the prefix of its metrics.
    ///   - configuration: how it runs. With `requestLane` set it takes submissions; with no topics it consumes nothing.
    ///   - kafka: how to reach the log.
    ///   - pool: the database, its search path at the service's schema, with `workers` + 3 connections or more.
    ///   - documents: the document store; nil when the processor writes none.
    ///   - keyring: seals dead letters and parked records.
    ///   - spans: takes a span for each event whose sender traces it; nil when nobody wants spans.
    ///   - probe: told of named points; tests only.
    /// - Throws: ``StreamError`` or `KafkaError` on a configuration that cannot work.
    public init(
        processor: Processor, service: String, configuration: StreamConfiguration, kafka: KafkaConfiguration,
        pool: PostgresPool, documents: (any DocumentStore)? = nil, keyring: Keyring, logger: Logger,
        clock: any WallClock = SystemClock(), spans: (any SpanExporter)? = nil, probe: (any RuntimeProbe)? = nil
    ) throws {
        self.configuration = configuration
        self.clock = clock
        metrics = StreamMetrics(service: service)
        producer = try KafkaProducer(kafka, logger: logger)
        relay = Relay(
            producer: producer, documents: documents, pool: pool, service: service, limit: configuration.relayBudget,
            metrics: metrics, probe: probe, logger: logger)
        let links = Links<Processor>()
        engine = StreamEngine(
            configuration: configuration,
            handler: BatchHandler(
                processor: processor, configuration: configuration, service: service, isTracing: spans != nil,
                keyring: keyring),
            pool: pool, relay: relay, metrics: metrics, clock: clock, probe: probe, spans: spans ?? NoSpanExporter(),
            logger: logger,
            owner: configuration.instanceID ?? "\(service)-\(ProcessInfo.processInfo.processIdentifier)",
            madeRoom: { links.consumer?.wake() },
            fenced: { lane in
                links.director?.forget(lane)
                links.requests?.forget(lane)
                links.engine?.abandon(lane)
            },
            ended: { [ending] error in ending.end(.failure(error)) })
        director = PartitionDirector(engine: engine)
        requests = RequestLanes(engine: engine)
        if configuration.topics.isEmpty {
            consumer = nil
        } else {
            var strict = kafka
            // What the log deleted unread must be known, not skipped.
            strict.overrides["auto.offset.reset"] = "error"
            consumer = try KafkaConsumer(
                strict, groupID: configuration.consumerGroup, instanceID: configuration.instanceID,
                topics: configuration.topics, sessionTimeout: configuration.sessionTimeout, delegate: director,
                logger: logger)
        }
        links.set(engine: engine, director: director, requests: requests, consumer: consumer)
    }

    /// Runs until ``stop()`` or a failure; returns after everything taken is committed and sent, within the drain deadline.
    ///
    /// - Throws: the ``StreamError`` that ended it.
    public func run() async throws {
        ending.begin()
        engine.start()
        consumer?.start()
        let outcome = await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.writeDocuments() }
            group.addTask { await self.keepHouse() }
            let outcome = await ending.wait()
            await drain()
            group.cancelAll()
            return outcome
        }
        await producer.close(deadline: configuration.drainDeadline)
        ending.finish()
        try outcome.get()
    }

    /// Asks ``run()`` to drain and return.
    public func stop() {
        ending.end(.success(()))
    }

    /// Hands in a record and waits until its effect is durable.
    ///
    /// - Parameters:
    ///   - value: the record's value.
    ///   - key: its key.
    ///   - topic: the feed that the record would have come on; the processor reads it as the record's topic.
    /// - Returns: what became of each part, in order.
    /// - Throws: ``StreamError`` `.busy` or `.stopped`: nothing happened, or the answer was lost; sending again is safe.
    public func submit(
        _ value: [UInt8], key: [UInt8]? = nil, topic: String, headers: [KafkaHeader] = []
    ) async throws -> [ItemOutcome] {
        try await withCheckedThrowingContinuation { continuation in
            requests.submit(value: value, key: key, topic: topic, headers: headers) { result in
                continuation.resume(with: result.mapError { $0 as any Error })
            }
        }
    }

    /// How the application is.
    public var status: StreamStatus {
        let now = clock.now()
        let owned = director.owned
        let combined = CombinedWatermark(idleTimeout: configuration.idleTimeout).value(
            of: owned.map { lane in lane.flow.withLock { ($0.watermark, $0.lastRecordAt) } }, now: now)
        return StreamStatus(
            isRunning: ending.isRunning, hasAssignment: consumer == nil || engine.hasAssignment,
            takesSubmissions: configuration.requestLane == nil || requests.isOpen,
            ownedPartitions: owned.count, bufferedBytes: engine.budget.usedBytes, unsentBytes: relay.waitingBytes,
            stuckPartitions: owned.filter { $0.isStuck(now: now) }.map(\.topicPartition).sorted(), watermark: combined)
    }

    // MARK: - The application's own tasks

    private func writeDocuments() async {
        var failures = 0
        while !Task.isCancelled {
            do {
                let written = try await relay.writeDocuments()
                failures = 0
                if written == 0 { try await Task.sleep(for: .milliseconds(20)) }
            } catch is CancellationError {
                return
            } catch let error as StreamError {
                return engine.end(error)
            } catch {
                failures += 1
                metrics.relayFailures.increment()
                if failures == 1 || failures.isMultiple(of: 20) {
                    engine.logger.warning("documents wait for their store", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .milliseconds(min(5_000, 50 << min(failures, 7))))
            }
        }
    }

    private func keepHouse() async {
        var nextLease = ContinuousClock.now
        var nextPrune = ContinuousClock.now + .seconds(60)
        var hinted: [TopicPartition: Int64] = [:]
        while !Task.isCancelled {
            await OffPool.run { self.relay.tick() }
            if ContinuousClock.now >= nextLease {
                nextLease = ContinuousClock.now + configuration.leaseDuration / 3
                await OffPool.run { self.keepLanes() }
            }
            if ContinuousClock.now >= nextPrune {
                nextPrune = ContinuousClock.now + .seconds(3600)
                await OffPool.run { self.prune() }
            }
            hintPositions(&hinted)
            measure()
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    private func keepLanes() {
        do {
            try requests.keep()
        } catch {
            metrics.storeFailures.increment()
            engine.logger.warning("the leases of the request lanes were not renewed", metadata: ["error": "\(error)"])
        }
    }

    private func prune() {
        do {
            try relay.prune(retention: configuration.retention)
            try engine.pool.blockingWithConnection { connection in
                try InboxStore.prune(retention: configuration.retention, on: connection)
            }
        } catch {
            metrics.storeFailures.increment()
        }
    }

    /// Tells the group where we are; a hint for operators and autoscalers, no more.
    private func hintPositions(_ hinted: inout [TopicPartition: Int64]) {
        var moved: [TopicPartition: Int64] = [:]
        for lane in director.owned {
            let next = lane.flow.withLock { $0.nextOffset }
            if next > 0, hinted[lane.topicPartition] != next { moved[lane.topicPartition] = next }
        }
        guard !moved.isEmpty else { return }
        consumer?.hintCommitted(moved)
        hinted.merge(moved) { $1 }
    }

    private func measure() {
        metrics.bufferedBytes.record(engine.budget.usedBytes)
        metrics.unsentBytes.record(relay.waitingBytes)
        if let watermark = status.watermark {
            metrics.watermarkAge.record(Double(clock.now().since(watermark).microseconds) / 1e6)
        }
    }

    private func drain() async {
        let deadline = configuration.drainDeadline
        // The consumer gives its partitions back, which drains them; then the request lanes; then what they committed leaves.
        await consumer?.close(deadline: deadline)
        await OffPool.run {
            self.requests.close()
            self.engine.release(self.director.owned, waitsForRelay: true)
            for worker in self.engine.workers { worker.stop(until: Date(timeIntervalSinceNow: 5)) }
        }
    }
}
