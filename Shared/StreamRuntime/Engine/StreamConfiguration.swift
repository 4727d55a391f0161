/// How a stream application runs.
public struct StreamConfiguration: Sendable {
    /// The consumer group, by custom the service's name.
    public var consumerGroup: String
    /// The topics to consume.
    public var topics: [String]
    /// The stable name of this instance (`group.instance.id`), or nil for dynamic membership.
    public var instanceID: String?
    /// How long the group waits for a silent member.
    public var sessionTimeout: Duration = .seconds(10)
    /// How many threads run batches, each on a database connection of its own.
    public var workers = 2
    /// The bytes held between the log and the transactions.
    public var byteBudget = 32 << 20
    /// The bytes of committed outbox rows that may wait for the log or the document store before batches wait too.
    public var relayBudget = 16 << 20
    /// The most records of one transaction.
    public var maximumBatchRecords = 16_384
    /// The most bytes of one transaction.
    public var maximumBatchBytes = 8 << 20
    /// How long a worker lets records gather before it begins a transaction.
    public var linger: Duration = .milliseconds(4)
    /// How long a revoked partition may take to finish its batch.
    public var drainDeadline: Duration = .seconds(8)
    /// A partition with records that has not moved for this long fails the liveness check.
    public var progressPatience: Duration = .seconds(120)
    /// How far out of order event times may come.
    public var allowedLateness: Duration = .seconds(3600)
    /// A partition without records for this long does not hold the combined watermark back.
    public var idleTimeout: Duration = .seconds(60)
    /// What to do with late events.
    public var latePolicy = LatePolicy.handle
    /// When parked events are tried again.
    public var retry = RetryPolicy()
    /// The keys whose state is held in memory, over all partitions.
    public var stateCacheCapacity = 200_000
    /// How long inbox and outbox rows are kept after they have served.
    public var retention: Duration = .seconds(7 * 86_400)
    /// The name of the request lane (such as `http`), or nil when nothing is submitted from inside the process.
    public var requestLane: String?
    /// How long a request lane belongs to an instance that has fallen silent.
    public var leaseDuration: Duration = .seconds(15)
    /// The topic of the dead-letter events.
    public var deadLetterTopic = "health.deadletter.v1"

    /// A configuration with the defaults above.
    public init(consumerGroup: String, topics: [String], instanceID: String? = nil) {
        self.consumerGroup = consumerGroup
        self.topics = topics
        self.instanceID = instanceID
    }
}
