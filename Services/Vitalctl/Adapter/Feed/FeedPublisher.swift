import Foundation
import KafkaClient
import Logging
import Synchronization
import VitalctlCore

/// Publishes feed records no faster than the log can keep what has not been handled.
///
/// A task of its own looks at the group's positions, at the lag of the topics behind it and at the outboxes, some five times a second;
/// between two looks the publisher's own counts hold.
final class FeedPublisher: Sendable {
    /// What has been published so far.
    struct Counts: Equatable, Sendable {
        var records = 0
        var items = 0
        var bytes = 0
        var failed = 0
        /// Why the publisher waits at the moment, nil when it does not.
        var waitingFor: String?
        /// How long it has waited in all.
        var waited = Duration.zero
    }

    private struct State {
        var throttle = PublishThrottle()
        var counts = Counts()
        var outstanding = 0
        var failure: KafkaError?
        var flowFailures = 0
        var reading = FlowReading()
    }

    private static let outstandingLimit = 2_000
    private let producer: KafkaProducer
    private let reader: FlowReader
    private let rate: Double?
    private let logger: Logger
    private let state = Mutex(State())
    private let startedAt = ContinuousClock.now

    /// A publisher to `endpoints`, at most `rate` records a second when given.
    init(_ endpoints: Endpoints, reader: FlowReader, rate: Double?) throws {
        producer = try KafkaProducer(endpoints.kafka, logger: endpoints.logger)
        self.reader = reader
        self.rate = rate
        logger = endpoints.logger
    }

    var counts: Counts { state.withLock { $0.counts } }
    /// What the last look at the flow has shown.
    var reading: FlowReading { state.withLock { $0.reading } }

    /// Runs `body` while the flow is watched; what it publishes through ``publish(_:)`` is durable when this returns.
    ///
    /// - Throws: what `body` throws; ``KafkaError`` when a record could not be delivered.
    func publishing(_ body: @escaping @Sendable (FeedPublisher) async throws -> Void) async throws {
        do {
            try await withThrowingTaskGroup { group in
                group.addTask { [self] in try await watch() }
                group.addTask { [self] in
                    try await body(self)
                    try await drain()
                }
                // The first to end is the body, or a failure.
                try await group.next()
                group.cancelAll()
            }
        } catch {
            await producer.close(deadline: .seconds(2))
            throw error
        }
        await producer.close(deadline: .seconds(10))
    }

    /// Publishes `record` when there is room.
    func publish(_ record: FeedRecord) async throws {
        try await makeRoom()
        if let rate {
            let due = startedAt + .seconds(Double(counts.records) / rate)
            if due > .now { try await Task.sleep(until: due) }
        }
        let message = ProducerRecord(
            topic: record.topic.rawValue, key: Array(record.key.utf8), value: record.value,
            headers: record.headers.sorted { $0.key < $1.key }.map { KafkaHeader(name: $0.key, value: $0.value) })
        let size = record.value.count + record.key.utf8.count + 32
        state.withLock { state in
            state.outstanding += 1
            state.counts.records += 1
            state.counts.items += record.itemCount
            state.counts.bytes += record.value.count
        }
        while true {
            do throws(KafkaError) {
                try producer.enqueue(message) { [self] in delivered($0, topic: record.topic.rawValue, size: size) }
                return
            } catch {
                guard error.code == .queueFull else {
                    state.withLock { $0.outstanding -= 1 }
                    throw error
                }
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Waits until every record is durable.
    private func drain() async throws {
        while state.withLock({ $0.outstanding > 0 && $0.failure == nil }) {
            try await Task.sleep(for: .milliseconds(5))
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    private func makeRoom() async throws {
        var since: ContinuousClock.Instant?
        while true {
            let mustWait = try state.withLock { state -> Bool in
                if let failure = state.failure { throw failure }
                if state.outstanding >= Self.outstandingLimit { return true }
                guard case .wait(let reason) = state.throttle.decision else {
                    state.counts.waitingFor = nil
                    return false
                }
                state.counts.waitingFor = reason
                return true
            }
            guard mustWait else { break }
            since = since ?? .now
            try await Task.sleep(for: .milliseconds(10))
        }
        if let since { state.withLock { $0.counts.waited += since.duration(to: .now) } }
    }

    private func delivered(_ result: Result<RecordPosition, KafkaError>, topic: String, size: Int) {
        state.withLock { state in
            state.outstanding -= 1
            switch result {
            case .success(let position):
                state.throttle.published(
                    to: .init(topic: topic, number: position.topicPartition.partition), offset: position.offset,
                    bytes: size)
            case .failure(let error):
                state.counts.failed += 1
                state.failure = state.failure ?? error
            }
        }
    }

    private func watch() async throws {
        while true {
            do {
                let reading = try await reader.read(thorough: false)
                state.withLock { note(reading, in: &$0) }
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                // Without news nothing is known to be handled, so that the publisher waits by itself.
                let count = state.withLock { state in
                    state.flowFailures += 1
                    return state.flowFailures
                }
                if count == 10 { logger.warning("the flow cannot be watched", metadata: ["error": "\(error)"]) }
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    private func note(_ reading: FlowReading, in state: inout State) {
        state.flowFailures = 0
        state.reading = reading
        var worst: (name: String, records: Int64) = ("", 0)
        for lag in reading.lags {
            if FeedTopic(rawValue: lag.topic) != nil {
                state.throttle.handled(.init(topic: lag.topic, number: lag.partition), upTo: lag.position ?? 0)
            } else if lag.records > worst.records {
                worst = ("\(lag.topic)[\(lag.partition)]", lag.records)
            }
        }
        state.throttle.waiting(
            downstream: worst.name, records: worst.records, unsentRows: reading.unsentEvents.values.reduce(0, +))
    }
}
