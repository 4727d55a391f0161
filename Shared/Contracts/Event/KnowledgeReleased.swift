import CHealthContracts
public import Domain

/// A new version of the tables that a service works with.
///
/// It is about no patient; the record's key is the subject.
public struct KnowledgeReleased: HealthEvent {
    /// ``Topic/knowledgeReleased``.
    public static let topic = Topic.knowledgeReleased

    /// The event's identity.
    public var eventID: EventID
    /// The service that works with the tables, e.g. `pharmacogenomics`; not empty.
    public var subject: String
    /// Version of the tables; not empty.
    public var knowledgeVersion: String
    /// SHA-256 of the tables: 64 lower-case hexadecimal digits over each file in the order of the names: name, 00, content, 00.
    public var digest: String
    /// The files, at most ``ContractLimits/listEntries``, in the order of their names.
    public var files: [KnowledgeFile]
    /// When the version was released.
    public var releasedAt: Timestamp
    /// Who released it; may be empty.
    public var source: String
    /// Version of the logic that made the event; not empty.
    public var modelVersion: String
    /// When the event was made.
    public var producedAt: Timestamp
    /// Fields unknown to this version of the contract, as raw protobuf; written again by ``encoded()``.
    public var unknownFields: [UInt8]

    /// An event with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, subject: String, knowledgeVersion: String, digest: String, files: [KnowledgeFile],
        releasedAt: Timestamp, source: String = "", modelVersion: String, producedAt: Timestamp,
        unknownFields:
            [UInt8] = []
    ) {
        self.eventID = eventID
        self.subject = subject
        self.knowledgeVersion = knowledgeVersion
        self.digest = digest
        self.files = files
        self.releasedAt = releasedAt
        self.source = source
        self.modelVersion = modelVersion
        self.producedAt = producedAt
        self.unknownFields = unknownFields
    }

    /// The record's key: the subject.
    public var key: String { subject }
}
