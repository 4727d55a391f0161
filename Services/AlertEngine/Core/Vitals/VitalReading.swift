public import Domain

/// One usable reading of a parameter, in the parameter's canonical unit.
public struct VitalReading: Equatable, Sendable {
    /// What was observed; it fixes the parameter.
    public let code: ObservationCode
    /// The value in the parameter's canonical unit.
    public let value: Double
    /// When it was observed.
    public let effectiveAt: Timestamp
    /// The event that reported it.
    public let eventID: EventID

    /// A reading.
    @inlinable
    public init(code: ObservationCode, value: Double, effectiveAt: Timestamp, eventID: EventID) {
        self.code = code
        self.value = value
        self.effectiveAt = effectiveAt
        self.eventID = eventID
    }
}
