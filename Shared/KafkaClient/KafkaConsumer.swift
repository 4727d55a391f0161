import CKafka
import Logging

/// A member of a consumer group, with one thread that receives everything.
///
/// Partitions are dealt out by the eager range assignor. Nothing is committed but by ``hintCommitted(_:)``. The
/// delegate is kept until the consumer has closed.
public final class KafkaConsumer: Sendable {
    /// As a start offset: wherever the partition begins.
    public static let beginningOffset = Int64(RD_KAFKA_OFFSET_BEGINNING)

    private let loop: ConsumerLoop

    /// Makes a consumer; ``start()`` sets it going.
    ///
    /// `instanceID` makes the membership static: a restart within `sessionTimeout` keeps the partitions and disturbs
    /// nobody, but a member that closes for good keeps them until then as well. Throws
    /// ``KafkaError/Code/configuration`` naming the property that is wrong.
    public init(
        _ configuration: KafkaConfiguration, groupID: String, instanceID: String?, topics: [String],
        sessionTimeout: Duration, delegate: any KafkaConsumerDelegate, logger: Logger
    ) throws(KafkaError) {
        let session = sessionTimeout.wholeMilliseconds
        var fixed = [
            ("group.id", groupID),
            ("session.timeout.ms", "\(session)"),
            // Cooperative rebalancing aborts the process when members come and go (confluentinc/librdkafka#4312).
            ("partition.assignment.strategy", "range"),
            ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"),
            ("enable.partition.eof", "true"),
        ]
        if let instanceID { fixed.append(("group.instance.id", instanceID)) }
        let settings = try ClientSettings(
            configuration,
            defaults: [
                ("heartbeat.interval.ms", "\(max(session / 6, 1))"),
                ("auto.offset.reset", "earliest"),
                // The first of the two that is reached bounds the prefetch of all partitions together.
                ("queued.max.messages.kbytes", "\(Prefetch.defaultKilobytes)"),
                ("queued.min.messages", "\(Prefetch.defaultRecords)"),
                ("fetch.message.max.bytes", "1048576"),
                ("fetch.wait.max.ms", "100"),
                ("fetch.error.backoff.ms", "100"),
                ("reconnect.backoff.max.ms", "2000"),
            ],
            fixed: fixed)
        settings.setEvents(
            RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_FETCH | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_OFFSET_COMMIT
                | RD_KAFKA_EVENT_STATS)
        let client = try ClientHandle(.consumer, settings, logger: logger)
        loop = ConsumerLoop(
            client, topics: topics, prefetch: Prefetch(configuration.overrides), delegate: delegate, logger: logger)
    }

    deinit { loop.stop(deadline: .seconds(10)) }

    /// Subscribes and begins to receive, on a thread of the consumer's own. A second call does nothing.
    public func start() { loop.start() }

    /// Says that the delegate has room again. Cheap; call it whenever `acceptsRecords` turns true.
    public func wake() { loop.wake() }

    /// Tells the group how far we are, as NEXT offsets, for those who watch the lag. Does not wait; a failure is
    /// logged only, because nothing rests on it.
    public func hintCommitted(_ offsets: [TopicPartition: Int64]) { loop.hintCommitted(offsets) }

    /// Gives the partitions back (the delegate is told), leaves the group and frees the client. Returns when that is
    /// done, or after `deadline`; then the rest goes on in the background.
    public func close(deadline: Duration) async {
        loop.stop(deadline: deadline)
        await loop.finished.raisedOnThread(atMost: deadline)
    }
}
