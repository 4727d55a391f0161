import CHealthContracts
public import Domain

/// Something done to or for a person: an operation, a therapy, an examination.
public struct ProcedureRecorded: HealthEvent {
    /// How far the procedure has come (FHIR R4 event-status; the raw value is FHIR's code).
    public enum Status: String, CaseIterable, Sendable {
        /// Being prepared.
        case preparation
        /// Under way.
        case inProgress = "in-progress"
        /// Did not take place.
        case notDone = "not-done"
        /// Paused.
        case onHold = "on-hold"
        /// Ended before completion.
        case stopped
        /// Done.
        case completed
        /// The record should never have existed.
        case enteredInError = "entered-in-error"
        /// The source does not say.
        case unknown
    }

    /// ``Topic/procedureRecorded``.
    public static let topic = Topic.procedureRecorded

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// The procedure, in ``codeSystem``; not empty.
    public var code: String
    /// URI of the code system; not empty.
    public var codeSystem: String
    /// The code's name for people; may be empty.
    public var display: String
    /// How far it has come.
    public var status: Status
    /// When it began.
    public var startedAt: Timestamp?
    /// When it ended; not before ``startedAt``.
    public var endedAt: Timestamp?
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

    /// A procedure with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, code: String, codeSystem: String, display: String = "",
        status: Status, startedAt: Timestamp? = nil, endedAt: Timestamp? = nil, resourceID: String = "", source: String,
        receivedAt: Timestamp, modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.code = code
        self.codeSystem = codeSystem
        self.display = display
        self.status = status
        self.startedAt = startedAt
        self.endedAt = endedAt
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

extension ProcedureRecorded.Status: WireEnumeration {
    static let wireOrder: [Self] = [
        .preparation, .inProgress, .notDone, .onHold, .stopped, .completed, .enteredInError, .unknown,
    ]
    static var protoPrefix: String { "PROCEDURE_STATUS_" }
}
