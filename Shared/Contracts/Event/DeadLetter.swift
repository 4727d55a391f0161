import CHealthContracts
public import Domain

/// A record that a service could not take, kept for a person to look at and replay.
public struct DeadLetter: HealthEvent {
    /// ``Topic/deadLetter``.
    public static let topic = Topic.deadLetter

    /// The event's identity.
    public var eventID: EventID
    /// The service that gave up; not empty.
    public var service: String
    /// Stable machine-readable cause; not empty.
    public var reasonCode: String
    /// Where in the record the cause is; may be empty.
    public var place: String
    /// What to do about it; never a value out of the record.
    public var detail: String
    /// How many times the record was tried, at least 1.
    public var attempts: Int32
    /// Topic, or lane, of the record; not empty.
    public var sourceTopic: String
    /// Partition of the record.
    public var sourcePartition: Int32
    /// Offset of the record.
    public var sourceOffset: Int64
    /// SHA-256 of the payload: 64 lower-case hexadecimal digits.
    public var payloadSHA256: String
    /// The sealed payload; empty when it is kept in the service's table only.
    public var payloadCiphertext: [UInt8]
    /// Name of the key that sealed the payload; may be empty.
    public var keyID: String
    /// Version of the logic that made the event; not empty.
    public var modelVersion: String
    /// When the event was made.
    public var producedAt: Timestamp
    /// Fields unknown to this version of the contract, as raw protobuf; written again by ``encoded()``.
    public var unknownFields: [UInt8]

    /// A dead letter with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, service: String, reasonCode: String, place: String = "", detail: String = "", attempts: Int32,
        sourceTopic: String, sourcePartition: Int32, sourceOffset: Int64, payloadSHA256: String,
        payloadCiphertext: [UInt8] = [], keyID: String = "", modelVersion: String, producedAt: Timestamp,
        unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.service = service
        self.reasonCode = reasonCode
        self.place = place
        self.detail = detail
        self.attempts = attempts
        self.sourceTopic = sourceTopic
        self.sourcePartition = sourcePartition
        self.sourceOffset = sourceOffset
        self.payloadSHA256 = payloadSHA256
        self.payloadCiphertext = payloadCiphertext
        self.keyID = keyID
        self.modelVersion = modelVersion
        self.producedAt = producedAt
        self.unknownFields = unknownFields
    }

    /// The record's key: the event id, for it is about no patient.
    public var key: String { eventID.description }
}
