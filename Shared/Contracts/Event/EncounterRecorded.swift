import CHealthContracts
public import Domain

/// A contact of a person with a provider of care: a visit, a stay, a call.
public struct EncounterRecorded: HealthEvent {
    /// How far the encounter has come (FHIR R4 encounter-status; the raw value is FHIR's code).
    public enum Status: String, CaseIterable, Sendable {
        /// Not begun.
        case planned
        /// The person is there and waits.
        case arrived
        /// The person has been judged for urgency.
        case triaged
        /// Under way.
        case inProgress = "in-progress"
        /// Under way, the person is away for a while.
        case onLeave = "onleave"
        /// Ended.
        case finished
        /// Ended before it began.
        case cancelled
        /// The record should never have existed.
        case enteredInError = "entered-in-error"
        /// The source does not say.
        case unknown
    }

    /// ``Topic/encounterRecorded``.
    public static let topic = Topic.encounterRecorded

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// The setting: a code of HL7 v3 ActCode, e.g. `AMB`, `EMER`, `IMP`; may be empty.
    public var encounterClass: String
    /// What the encounter was, in ``codeSystem``; may be empty.
    public var code: String
    /// URI of the code system of ``code``; empty without one.
    public var codeSystem: String
    /// The code's name for people; may be empty.
    public var display: String
    /// How far it has come.
    public var status: Status
    /// When it began.
    public var startedAt: Timestamp?
    /// When it ended; not before ``startedAt``.
    public var endedAt: Timestamp?
    /// Why it took place, in ``reasonSystem``; may be empty.
    public var reasonCode: String
    /// URI of the code system of ``reasonCode``; empty without one.
    public var reasonSystem: String
    /// Opaque or hashed name of the sender's record; may be empty.
    public var resourceID: String
    /// The feed that it came from; not empty.
    public var source: String
    /// When the fleet received it.
    public var receivedAt: Timestamp
    /// Version of the logic that made the event; not empty.
    public var modelVersion: String
    /// When the event was made.
    public var producedAt: Timestamp
    /// Fields unknown to this version of the contract, as raw protobuf; written again by ``encoded()``.
    public var unknownFields: [UInt8]

    /// An encounter with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, encounterClass: String = "", code: String = "",
        codeSystem: String = "", display: String = "", status: Status, startedAt: Timestamp? = nil,
        endedAt: Timestamp? = nil, reasonCode: String = "", reasonSystem: String = "", resourceID: String = "",
        source: String, receivedAt: Timestamp, modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.encounterClass = encounterClass
        self.code = code
        self.codeSystem = codeSystem
        self.display = display
        self.status = status
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.reasonCode = reasonCode
        self.reasonSystem = reasonSystem
        self.resourceID = resourceID
        self.source = source
        self.receivedAt = receivedAt
        self.modelVersion = modelVersion
        self.producedAt = producedAt
        self.unknownFields = unknownFields
    }

    /// The record's key: the patient's pseudonym.
    public var key: String { patient.rawValue }
}

extension EncounterRecorded.Status: WireEnumeration {
    static let wireOrder: [Self] = [
        .planned, .arrived, .triaged, .inProgress, .onLeave, .finished, .cancelled, .enteredInError, .unknown,
    ]
    static var protoPrefix: String { "ENCOUNTER_STATUS_" }
}
