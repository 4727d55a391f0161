public import Contracts
public import Domain

/// One fact of a feed as the event that Ingestion publishes.
public enum Fact: Equatable, Sendable {
    /// A measured or asserted fact.
    case observation(ObservationRecorded)
    /// A medication prescribed.
    case medication(MedicationRecorded)
    /// A diagnosis or problem.
    case condition(ConditionRecorded)
    /// A person.
    case patient(PatientRegistered)

    /// The event.
    public var event: any HealthEvent {
        switch self {
        case .observation(let event): event
        case .medication(let event): event
        case .condition(let event): event
        case .patient(let event): event
        }
    }

    /// The event's identity.
    public var eventID: EventID { event.eventID }

    /// The person.
    public var patient: PatientPseudonym {
        switch self {
        case .observation(let event): event.patient
        case .medication(let event): event.patient
        case .condition(let event): event.patient
        case .patient(let event): event.patient
        }
    }

    /// When it happened, or when it was received if it does not say.
    public var eventTime: Timestamp {
        switch self {
        case .observation(let event): event.effectiveAt
        case .medication(let event): event.authoredAt
        case .condition(let event): event.recordedAt ?? event.onsetAt ?? event.receivedAt
        case .patient(let event): event.receivedAt
        }
    }
}
