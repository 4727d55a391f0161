import CKafka
import Logging
import Synchronization

/// The producer's handle, its topics, and the thread that hands out delivery reports.
///
/// It outlives the ``KafkaProducer`` in front of it until every report is out.
final class ProducerLoop: Sendable {
    private struct State {
        var topics: [String: SharedTopic] = [:]
        var isClosing = false
    }

    private let client: ClientHandle
    private let logger: Logger
    private let state = Mutex(State())
    private let isStopping = Atomic<Bool>(false)
    private let outstanding = Atomic<Int>(0)
    private let pollingEnded = Signal()
    /// Raised when the client is gone.
    let finished = Signal()

    init(_ client: ClientHandle, logger: Logger) {
        self.client = client
        self.logger = logger
    }

    func start() throws(KafkaError) {
        try DedicatedThread.start("kafka-deliver") { [self] in poll() }
    }

    /// Records taken and not reported yet. (The library's own count takes other events in.)
    var outstandingCount: Int { outstanding.load(ordering: .acquiring) }

    // MARK: - Any thread

    func enqueue(
        _ record: ProducerRecord, onDelivery: @escaping @Sendable (Result<RecordPosition, KafkaError>) -> Void
    ) throws(KafkaError) {
        let headers = try Self.headers(record.headers)
        let report = Unmanaged.passRetained(DeliveryReport(record.topic, onDelivery))
        do throws(KafkaError) {
            try client.use("produce") { handle throws(KafkaError) in
                try produce(record, headers, report.toOpaque(), handle)
            }
        } catch {
            // Nothing was taken: headers and report are still ours (see the shim).
            if let headers { rd_kafka_headers_destroy(headers) }
            report.release()
            throw error
        }
    }

    private func produce(
        _ record: ProducerRecord, _ headers: OpaquePointer?, _ report: UnsafeMutableRawPointer, _ handle: OpaquePointer
    ) throws(KafkaError) {
        let call = ProduceCall(handle: handle, headers: headers, report: report)
        let failure: KafkaError? = state.withLock { state in
            // Under the lock, so that no record slips in after closing has begun to count the outstanding ones.
            if state.isClosing {
                return KafkaError(code: .closed, operation: "produce", detail: "the producer is closing")
            }
            let topic: SharedTopic
            if let known = state.topics[record.topic] {
                topic = known
            } else {
                guard let pointer = rd_kafka_topic_new(call.handle, record.topic, nil) else {
                    return KafkaError(rd_kafka_last_error(), operation: "produce")
                }
                topic = SharedTopic(pointer: pointer)
                state.topics[record.topic] = topic
            }
            // Before the call: the report may come before the call returns.
            outstanding.add(1, ordering: .releasing)
            let result = withBytes(record.key) { key in
                withBytes(record.value) { value in
                    vs_kafka_produce(
                        call.handle, topic.pointer, record.partition ?? -1, key.baseAddress, key.count,
                        value.baseAddress, value.count, call.headers, (record.timestampMicroseconds ?? 0) / 1000,
                        call.report)
                }
            }
            guard result == RD_KAFKA_RESP_ERR_NO_ERROR else {
                outstanding.subtract(1, ordering: .releasing)
                return Self.error(result, operation: "produce", call.handle)
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// Starts closing on a thread of its own; a second call does nothing.
    func closeInBackground(deadline: Duration) {
        let isFirst = state.withLock { state in
            defer { state.isClosing = true }
            return !state.isClosing
        }
        guard isFirst else { return }
        do throws(KafkaError) {
            try DedicatedThread.start("kafka-close") { [self] in close(deadline: deadline) }
        } catch {
            logger.error("cannot close the producer: \(error)")
        }
    }

    private static func headers(_ headers: [KafkaHeader]) throws(KafkaError) -> OpaquePointer? {
        guard !headers.isEmpty else { return nil }
        guard let list = rd_kafka_headers_new(headers.count) else { return nil }
        for header in headers {
            let result = withBytes(header.value) { value in
                rd_kafka_header_add(list, header.name, header.name.utf8.count, value.baseAddress, value.count)
            }
            if result != RD_KAFKA_RESP_ERR_NO_ERROR {
                rd_kafka_headers_destroy(list)
                throw KafkaError(result, operation: "add header")
            }
        }
        return list
    }

    /// The error of `result`; after a fatal error the library answers with one code to everything, so we ask for the
    /// cause.
    private static func error(
        _ result: rd_kafka_resp_err_t, operation: String, _ handle: OpaquePointer
    ) -> KafkaError {
        guard result == RD_KAFKA_RESP_ERR__FATAL else { return KafkaError(result, operation: operation) }
        var reason = [CChar](repeating: 0, count: 512)
        let cause = rd_kafka_fatal_error(handle, &reason, reason.count)
        return KafkaError(cause, operation: operation, detail: text(reason), isFatal: true)
    }

    // MARK: - The polling thread

    private func poll() {
        defer { pollingEnded.raise() }
        _ = try? client.use("poll") { handle in
            let queue = rd_kafka_queue_get_main(handle)
            defer { rd_kafka_queue_destroy(queue) }
            while !isStopping.load(ordering: .acquiring) {
                guard let event = rd_kafka_queue_poll(queue, 200) else { continue }
                serve(event)
                rd_kafka_event_destroy(event)
            }
        }
    }

    private func serve(_ event: OpaquePointer) {
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_DR:
            while let message = rd_kafka_event_message_next(event) {
                DeliveryReport.complete(message)
                outstanding.subtract(1, ordering: .releasing)
            }
        case RD_KAFKA_EVENT_ERROR:
            // Failures of connections come here as they happen; what matters to a record is in its own report.
            let error = KafkaError(
                rd_kafka_event_error(event), operation: "produce",
                detail: rd_kafka_event_error_string(event).map { String(cString: $0) },
                isFatal: rd_kafka_event_error_is_fatal(event) != 0)
            if error.isFatal { logger.error("\(error)") } else { logger.debug("\(error)") }
        default:
            break
        }
    }

    // MARK: - The closing thread

    private func close(deadline: Duration) {
        _ = try? client.use("flush") { handle in
            if rd_kafka_flush(handle, deadline.wholeMilliseconds) != RD_KAFKA_RESP_ERR_NO_ERROR {
                logger.warning("the producer closes with \(outstandingCount) records undelivered")
                // Every record gets its report: the purged ones as failures, the library's own threads willing.
                rd_kafka_purge(handle, Int32(RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT))
                rd_kafka_flush(handle, 5_000)
            }
        }
        isStopping.store(true, ordering: .releasing)
        pollingEnded.wait(atMost: .seconds(60))
        let topics = state.withLock { state in
            defer { state.topics = [:] }
            return state.topics
        }
        client.destroy(before: { _ in topics.values.forEach { rd_kafka_topic_destroy($0.pointer) } })
        finished.raise()
    }
}

/// Safety: the library's topic object is thread-safe; it lives until the producer is closed.
private struct SharedTopic: @unchecked Sendable {
    let pointer: OpaquePointer
}

/// The addresses of one call to the library, on their way into the lock's closure.
///
/// Safety: used by one thread, within one call.
private struct ProduceCall: @unchecked Sendable {
    let handle: OpaquePointer
    let headers: OpaquePointer?
    let report: UnsafeMutableRawPointer
}

/// What travels with a record through the library and back.
private final class DeliveryReport: Sendable {
    private let topic: String
    private let onDelivery: @Sendable (Result<RecordPosition, KafkaError>) -> Void

    init(_ topic: String, _ onDelivery: @escaping @Sendable (Result<RecordPosition, KafkaError>) -> Void) {
        self.topic = topic
        self.onDelivery = onDelivery
    }

    /// Calls back for a message that the library is done with, and frees the report.
    static func complete(_ message: UnsafePointer<rd_kafka_message_t>) {
        guard let opaque = message.pointee._private else { return }
        let report = Unmanaged<DeliveryReport>.fromOpaque(opaque).takeRetainedValue()
        if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
            let partition = TopicPartition(topic: report.topic, partition: message.pointee.partition)
            report.onDelivery(.success(RecordPosition(topicPartition: partition, offset: message.pointee.offset)))
        } else {
            report.onDelivery(.failure(KafkaError(message.pointee.err, operation: "deliver")))
        }
    }
}

/// The bytes of an array, with an address even when it is empty: to the library a null address means "none".
private func withBytes<Value>(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    guard let bytes else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    if bytes.isEmpty {
        return withUnsafeBytes(of: 0 as UInt8) { body(UnsafeRawBufferPointer(start: $0.baseAddress, count: 0)) }
    }
    return bytes.withUnsafeBytes(body)
}
