public import AlertEngineCore
public import Domain

/// What is left of an observation event once it is known to matter: the processor's input.
public struct ObservedVital: Sendable, Equatable {
    /// What is to be done.
    public enum Act: Sendable, Equatable {
        /// Take this reading.
        case take(VitalReading)
        /// Withdraw the reading of this code's parameter that was made at the observation's time.
        case retract(ObservationCode)
    }

    /// Whose it is.
    public let patient: PatientPseudonym
    /// When the observation was made.
    public let effectiveAt: Timestamp
    /// When the fleet received it.
    public let receivedAt: Timestamp
    /// What is to be done.
    public let act: Act
}
