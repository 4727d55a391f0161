/// Keeps a publisher from overrunning a log that keeps little: the embedded broker drops the oldest records of a partition beyond about
/// 5 MB or 100,000 message sets, whether they were read or not.
///
/// It counts, per partition, what was published behind the group's position, and looks at what waits further down: in the outbox, and on
/// the topics of events.
public struct PublishThrottle: Sendable {
    /// How much may wait.
    public struct Limits: Equatable, Sendable {
        /// Bytes of one feed partition that the group has not handled. The default is 3 MB of the 5 MB.
        public var unreadBytes = 3_000_000
        /// Records of one feed partition that the group has not handled.
        public var unreadRecords = 50_000
        /// Records of one partition of an event topic that its consumers have not handled: 2,500 of about 1 kB.
        public var downstreamRecords: Int64 = 2_500
        /// Rows that have been decided and not yet published, over all services.
        public var unsentRows: Int64 = 20_000

        /// The limits for the embedded broker.
        public init() {}
    }

    /// A feed partition.
    public struct Partition: Hashable, Sendable {
        /// The topic.
        public let topic: String
        /// The partition's number.
        public let number: Int32

        /// Partition `number` of `topic`.
        public init(topic: String, number: Int32) {
            self.topic = topic
            self.number = number
        }
    }

    /// What a publisher should do next.
    public enum Decision: Equatable, Sendable {
        /// Publish on.
        case publish
        /// Wait until more has been handled; the text says for what.
        case wait(reason: String)
    }

    private struct Backlog: Sendable {
        var position: Int64 = 0
        var unread: [(offset: Int64, bytes: Int)] = []
        var head = 0
        var bytes = 0

        var count: Int { unread.count - head }

        mutating func drop(before position: Int64) {
            self.position = max(self.position, position)
            while head < unread.count, unread[head].offset < self.position {
                bytes -= unread[head].bytes
                head += 1
            }
            if head > 4096, head * 2 > unread.count {
                unread.removeFirst(head)
                head = 0
            }
        }
    }

    /// How much may wait.
    public let limits: Limits
    private var backlogs: [Partition: Backlog] = [:]
    private var downstream: (name: String, records: Int64) = ("", 0)
    private var unsentRows: Int64 = 0

    /// A throttle that has seen nothing.
    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Notes a record of `bytes` bytes that the log has taken at `offset`. Reports may come out of order.
    public mutating func published(to partition: Partition, offset: Int64, bytes: Int) {
        var backlog = backlogs[partition] ?? Backlog()
        defer { backlogs[partition] = backlog }
        guard offset >= backlog.position else { return }
        if let last = backlog.unread.last, last.offset > offset, backlog.count > 0 {
            let place = backlog.unread[backlog.head...].firstIndex { $0.offset > offset } ?? backlog.unread.endIndex
            backlog.unread.insert((offset, bytes), at: place)
        } else {
            backlog.unread.append((offset, bytes))
        }
        backlog.bytes += bytes
    }

    /// Notes that the group has handled everything before `position`.
    public mutating func handled(_ partition: Partition, upTo position: Int64) {
        backlogs[partition, default: Backlog()].drop(before: position)
    }

    /// Notes what waits behind the feed: the fullest partition of the event topics, and the rows of all outboxes that have not left.
    public mutating func waiting(downstream name: String, records: Int64, unsentRows: Int64) {
        downstream = (name, records)
        self.unsentRows = unsentRows
    }

    /// Bytes published and not known to be handled.
    public var unreadBytes: Int { backlogs.values.reduce(0) { $0 + $1.bytes } }

    /// What to do now.
    public var decision: Decision {
        for (partition, backlog) in backlogs {
            if backlog.bytes >= limits.unreadBytes {
                return .wait(reason: "\(partition.topic)[\(partition.number)] holds \(backlog.bytes) unread bytes")
            }
            if backlog.count >= limits.unreadRecords {
                return .wait(reason: "\(partition.topic)[\(partition.number)] holds \(backlog.count) unread records")
            }
        }
        if downstream.records >= limits.downstreamRecords {
            return .wait(reason: "\(downstream.name) holds \(downstream.records) unread records")
        }
        if unsentRows >= limits.unsentRows { return .wait(reason: "\(unsentRows) outbox rows have not left") }
        return .publish
    }
}
