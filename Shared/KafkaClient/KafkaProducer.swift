import CKafka
import Logging

/// Publishes records: idempotently, acknowledged by all in-sync replicas, in the order of the calls per partition.
///
/// Reports arrive on one thread of the producer's own. The queue is bounded by librdkafka's
/// `queue.buffering.max.messages` and `.kbytes` (100,000 records and 64 MiB here); beyond it ``enqueue(_:onDelivery:)``
/// throws ``KafkaError/Code/queueFull``.
public final class KafkaProducer: Sendable {
    private let loop: ProducerLoop

    /// Makes a producer and starts its thread. Connects in the background: an unreachable cluster shows in the
    /// deliveries, after `delivery.timeout.ms`. Throws ``KafkaError/Code/configuration`` naming the property that is
    /// wrong.
    public init(_ configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        let settings = try ClientSettings(
            configuration,
            defaults: [
                ("linger.ms", "5"),
                ("compression.type", "lz4"),
                // What Java's clients use, so that a key meets the same partition whoever writes it.
                ("partitioner", "murmur2_random"),
                ("queue.buffering.max.messages", "100000"),
                ("queue.buffering.max.kbytes", "65536"),
            ],
            fixed: [("enable.idempotence", "true"), ("acks", "all")])
        settings.setEvents(RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR)
        loop = ProducerLoop(try ClientHandle(.producer, settings, logger: logger), logger: logger)
        try loop.start()
    }

    deinit { loop.closeInBackground(deadline: .zero) }

    /// Takes `record` for delivery without waiting.
    ///
    /// When it returns, `onDelivery` is called exactly once, on the producer's thread, which it must not block: with
    /// the record's position after it is durable, or with the failure. When it throws, `onDelivery` is never called.
    /// ``KafkaError/Code/queueFull`` says: wait for deliveries.
    public func enqueue(
        _ record: ProducerRecord, onDelivery: @escaping @Sendable (Result<RecordPosition, KafkaError>) -> Void
    ) throws(KafkaError) {
        try loop.enqueue(record, onDelivery: onDelivery)
    }

    /// Publishes `record` and answers its position when it is durable.
    public func send(_ record: ProducerRecord) async throws(KafkaError) -> RecordPosition {
        let result: Result<RecordPosition, KafkaError> = await withCheckedContinuation { continuation in
            do throws(KafkaError) {
                try loop.enqueue(record) { continuation.resume(returning: $0) }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        return try result.get()
    }

    /// Records taken whose delivery has not been reported yet.
    public var outstandingCount: Int { loop.outstandingCount }

    /// Takes no more records, waits for the outstanding ones until `deadline` from now, reports the rest as
    /// ``KafkaError/Code/closed``, and frees the client. Returns shortly after the deadline at the latest.
    public func close(deadline: Duration) async {
        loop.closeInBackground(deadline: deadline)
        await loop.finished.raisedOnThread(atMost: deadline + .seconds(5))
    }
}
