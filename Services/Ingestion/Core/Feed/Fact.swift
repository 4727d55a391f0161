public import Contracts
public import Domain

/// One fact of a feed as the event that Ingestion publishes.
public enum Fact: Equatable, Sendable {
    /// A measured or asserted fact.
    case observation(ObservationRecorded)
    /// A medication prescribed, dispensed, given or taken.
    case medication(MedicationRecorded)
    /// A diagnosis or problem.
    case condition(ConditionRecorded)
    /// A person.
    case patient(PatientRegistered)
    /// An allergy or intolerance.
    case allergy(AllergyRecorded)
    /// A contact with a provider of care.
    case encounter(EncounterRecorded)
    /// Something done to or for a person.
    case procedure(ProcedureRecorded)
    /// A vaccine given, or not given.
    case immunization(ImmunizationRecorded)
    /// The head of a diagnostic report or document.
    case report(ReportRecorded)
    /// A person's decision on their data.
    case consent(ConsentRecorded)
    /// A chunk of genotype calls.
    case genotypes(GenotypesRecorded)
    /// A chunk of an expression profile.
    case expression(ExpressionMeasured)
    /// A chunk of a polygenic score's definition; about no patient.
    case score(PolygenicScoreDefined)

    /// The event.
    public var event: any HealthEvent {
        switch self {
        case .observation(let event): event
        case .medication(let event): event
        case .condition(let event): event
        case .patient(let event): event
        case .allergy(let event): event
        case .encounter(let event): event
        case .procedure(let event): event
        case .immunization(let event): event
        case .report(let event): event
        case .consent(let event): event
        case .genotypes(let event): event
        case .expression(let event): event
        case .score(let event): event
        }
    }

    /// The event's identity.
    public var eventID: EventID { event.eventID }

    /// The event's key: the person's pseudonym, or the score's id.
    public var key: String { event.key }

    /// The person; nil for a score, which is about nobody.
    public var patient: PatientPseudonym? {
        switch self {
        case .observation(let event): event.patient
        case .medication(let event): event.patient
        case .condition(let event): event.patient
        case .patient(let event): event.patient
        case .allergy(let event): event.patient
        case .encounter(let event): event.patient
        case .procedure(let event): event.patient
        case .immunization(let event): event.patient
        case .report(let event): event.patient
        case .consent(let event): event.patient
        case .genotypes(let event): event.patient
        case .expression(let event): event.patient
        case .score: nil
        }
    }

    /// When it happened, or when it was received if it does not say.
    public var eventTime: Timestamp {
        switch self {
        case .observation(let event): event.effectiveAt
        case .medication(let event): event.effectiveStartAt ?? event.authoredAt
        case .condition(let event): event.recordedAt ?? event.onsetAt ?? event.receivedAt
        case .patient(let event): event.receivedAt
        case .allergy(let event): event.recordedAt ?? event.onsetAt ?? event.receivedAt
        case .encounter(let event): event.startedAt ?? event.endedAt ?? event.receivedAt
        case .procedure(let event): event.startedAt ?? event.endedAt ?? event.receivedAt
        case .immunization(let event): event.occurredAt
        case .report(let event): event.effectiveAt ?? event.issuedAt ?? event.receivedAt
        case .consent(let event): event.recordedAt ?? event.receivedAt
        case .genotypes(let event): event.collectedAt ?? event.receivedAt
        case .expression(let event): event.measuredAt ?? event.receivedAt
        case .score(let event): event.receivedAt
        }
    }

    /// When the fleet received it.
    public var receivedAt: Timestamp {
        switch self {
        case .observation(let event): event.receivedAt
        case .medication(let event): event.receivedAt
        case .condition(let event): event.receivedAt
        case .patient(let event): event.receivedAt
        case .allergy(let event): event.receivedAt
        case .encounter(let event): event.receivedAt
        case .procedure(let event): event.receivedAt
        case .immunization(let event): event.receivedAt
        case .report(let event): event.receivedAt
        case .consent(let event): event.receivedAt
        case .genotypes(let event): event.receivedAt
        case .expression(let event): event.receivedAt
        case .score(let event): event.receivedAt
        }
    }
}
