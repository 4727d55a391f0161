import Domain

/// One record for a feed topic, ready to publish.
public struct FeedRecord: Equatable, Sendable {
    /// The feed topic it belongs to.
    public var topic: FeedTopic
    /// The Kafka key: a stable hash of the sender's name for the person (see ``FeedKey``).
    public var key: String
    /// JSON, an Open mHealth data point or an array of them, or a FHIR R4 resource or Bundle; or what ``headers`` say.
    public var value: [UInt8]
    /// What the value is, when it is not what the topic carries as a rule.
    public var headers: [String: String]
    /// How many data points or resources are in it.
    public var itemCount: Int
    /// The time of the latest measurement in it; nil when nobody knows without reading it.
    public var eventTime: Timestamp?
    /// When the sender hands it over: later than ``eventTime`` for what a device held back.
    public var deliveredAt: Timestamp?

    /// A record of `itemCount` items.
    public init(
        topic: FeedTopic, key: String, value: [UInt8], itemCount: Int, eventTime: Timestamp? = nil,
        deliveredAt: Timestamp? = nil, headers: [String: String] = [:]
    ) {
        self.topic = topic
        self.key = key
        self.value = value
        self.headers = headers
        self.itemCount = itemCount
        self.eventTime = eventTime
        self.deliveredAt = deliveredAt
    }
}

/// The raw feed topics that the command publishes to.
public enum FeedTopic: String, CaseIterable, Sendable {
    /// Open mHealth data points.
    case wearable = "feed.wearable.v1"
    /// FHIR R4 resources and Bundles.
    case ehr = "feed.ehr.fhir.v1"
    /// HL7 v2 messages.
    case hl7v2 = "feed.ehr.hl7v2.v1"
    /// Genomic files.
    case genomics = "feed.genomics.v1"
}

/// The key of a feed record: 64 bits of FNV-1a (Fowler, Noll, Vo; draft-eastlake-fnv) of the sender's name for the person, in hexadecimal.
///
/// It keeps one person's records in order on one partition and spreads people; it hides nobody. A feed topic carries what the sender sent.
public enum FeedKey {
    /// The key for the sender's name of a person, or for a source when no person is known.
    public static func key(for name: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
