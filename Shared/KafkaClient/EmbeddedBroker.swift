import CKafka
import Logging
import Synchronization

/// A Kafka cluster in this process, over real TCP on loopback: librdkafka's mock cluster.
///
/// For development and tests. What it keeps is in memory, about 5 MB or 100,000 batches per partition (the oldest go
/// first); there is no replication, no admin API, no compaction, no transactions to speak of, and no authentication.
/// The ports are the system's choice.
///
/// Fetches: one batch per partition and request; a request that finds nothing is held for the whole
/// `fetch.wait.max.ms`, even when a record comes meanwhile. Give its clients ``clientOverrides`` when latency
/// matters.
///
/// Topics: any client that names a topic in a metadata request, a subscriber included, makes it with 4 partitions; so
/// create topics before their clients start. Keys, headers, tombstones and create times are kept; kcat can read,
/// write and join groups.
///
/// Groups (measured with librdkafka 2.0.2, session of 6 s): a first join takes 3.0 s; every later join or leave takes
/// the session timeout less one second, because the cluster waits that long for all members; a member that vanishes
/// costs up to twice the session timeout (10.9 s when it was the leader). A session of 3 s or less never comes up,
/// because it ends during the first join. Static membership is accepted but not kept: a member that returns with its
/// `group.instance.id` counts as a new one, and the old one lingers until its session ends, because static members do
/// not say goodbye. So leave the instance id out here. All members of a group must name the same assignor first, or
/// the cluster aborts the process.
public final class EmbeddedBroker: Sendable {
    /// Kafka's numbers of requests, for ``EmbeddedBroker/pushErrors(api:errors:)``.
    public enum API {
        /// Produce.
        public static let produce: Int16 = 0
        /// Fetch.
        public static let fetch: Int16 = 1
        /// ListOffsets.
        public static let listOffsets: Int16 = 2
        /// Metadata.
        public static let metadata: Int16 = 3
        /// OffsetCommit.
        public static let offsetCommit: Int16 = 8
        /// OffsetFetch.
        public static let offsetFetch: Int16 = 9
        /// FindCoordinator.
        public static let findCoordinator: Int16 = 10
        /// JoinGroup.
        public static let joinGroup: Int16 = 11
        /// Heartbeat.
        public static let heartbeat: Int16 = 12
        /// LeaveGroup.
        public static let leaveGroup: Int16 = 13
        /// SyncGroup.
        public static let syncGroup: Int16 = 14
        /// InitProducerId.
        public static let initProducerID: Int16 = 22
    }

    /// Safety: the library serves every call on a mock cluster on the cluster's own thread.
    private struct Cluster: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// Overrides for clients of an embedded broker: they ask again soon, because it does not answer early.
    public static let clientOverrides = ["fetch.wait.max.ms": "10"]

    /// Where clients connect: `host:port` of each broker, separated by commas.
    public let bootstrapServers: String
    private let client: ClientHandle
    private let cluster: Mutex<Cluster?>

    /// Starts a cluster of `brokers` brokers, with ids from 1. Its own messages go to `logger` at debug level or below.
    public init(brokers: Int = 1, logger: Logger) throws(KafkaError) {
        client = try ClientHandle(.producer, ClientSettings(), logger: logger, loudest: .debug)
        let cluster = try client.use("start broker") { handle throws(KafkaError) in
            guard let cluster = rd_kafka_mock_cluster_new(handle, Int32(clamping: brokers)) else {
                throw KafkaError(code: .other, operation: "start broker", detail: "no mock cluster")
            }
            return Cluster(pointer: cluster)
        }
        bootstrapServers = String(cString: rd_kafka_mock_cluster_bootstraps(cluster.pointer))
        self.cluster = Mutex(cluster)
    }

    deinit { close() }

    /// Makes `topic` with `partitions` partitions. Topics that clients ask for unannounced have 4.
    public func createTopic(_ topic: String, partitions: Int) throws(KafkaError) {
        try tell("create topic \(topic)") { rd_kafka_mock_topic_create($0, topic, Int32(clamping: partitions), 1) }
    }

    /// Stops a broker's listening and cuts its connections, or lets it listen again.
    public func setBroker(_ id: Int32, up: Bool) throws(KafkaError) {
        try tell("set broker") { up ? rd_kafka_mock_broker_set_up($0, id) : rd_kafka_mock_broker_set_down($0, id) }
    }

    /// Makes broker `id` the coordinator of `group`.
    public func moveCoordinator(group: String, to id: Int32) throws(KafkaError) {
        try tell("move coordinator") { rd_kafka_mock_coordinator_set($0, "group", group, id) }
    }

    /// Makes broker `id` the leader of `partition`.
    public func setLeader(_ partition: TopicPartition, to id: Int32) throws(KafkaError) {
        try tell("set leader") {
            rd_kafka_mock_partition_set_leader($0, partition.topic, partition.partition, id)
        }
    }

    /// Delays the answers of broker `id`.
    public func setRoundTrip(_ id: Int32, milliseconds: Int) throws(KafkaError) {
        try tell("set round trip") { rd_kafka_mock_broker_set_rtt($0, id, Int32(clamping: milliseconds)) }
    }

    /// Lets the next requests of kind `api` (see ``API``) fail with `errors`, Kafka's error codes, one each.
    public func pushErrors(api: Int16, errors: [Int32]) throws(KafkaError) {
        let codes = errors.map { rd_kafka_resp_err_t(rawValue: $0) }
        try tell("push errors") { cluster in
            rd_kafka_mock_push_request_errors_array(cluster, api, codes.count, codes)
            return RD_KAFKA_RESP_ERR_NO_ERROR
        }
    }

    /// Forgets the errors still waiting for requests of kind `api`.
    public func clearErrors(api: Int16) throws(KafkaError) {
        try tell("clear errors") { cluster in
            rd_kafka_mock_clear_request_errors(cluster, api)
            return RD_KAFKA_RESP_ERR_NO_ERROR
        }
    }

    /// Stops the cluster and forgets everything. Blocks for a moment; a second call does nothing.
    public func close() {
        let taken = cluster.withLock { cluster in
            defer { cluster = nil }
            return cluster
        }
        guard let taken else { return }
        client.destroy(before: { _ in rd_kafka_mock_cluster_destroy(taken.pointer) })
    }

    private func tell(
        _ operation: String, _ command: (OpaquePointer) -> rd_kafka_resp_err_t
    ) throws(KafkaError) {
        let result = cluster.withLock { cluster in cluster.map { command($0.pointer) } }
        guard let result else { throw KafkaError(code: .closed, operation: operation, detail: "the broker is closed") }
        try check(result, operation)
    }
}
