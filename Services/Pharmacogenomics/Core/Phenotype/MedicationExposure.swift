import Domain

/// One medication of a person and the time over which it is taken.
public struct MedicationExposure: Sendable, Hashable {
    /// The drug by the dictionary's name (lower case).
    public var drug: String
    /// When it began; nil: it has always been taken.
    public var startedAt: Timestamp?
    /// When it ended; nil: it is still taken.
    public var endedAt: Timestamp?
    /// The event that told it.
    public var eventID: EventID?

    /// An exposure.
    public init(drug: String, startedAt: Timestamp? = nil, endedAt: Timestamp? = nil, eventID: EventID? = nil) {
        self.drug = drug
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.eventID = eventID
    }

    /// Whether the drug is taken at a time: from its start up to, not including, its end. Without a time: when no end is known.
    public func isActive(at time: Timestamp?) -> Bool {
        guard let time else { return endedAt == nil }
        if let startedAt, time < startedAt { return false }
        if let endedAt, time >= endedAt { return false }
        return true
    }
}
