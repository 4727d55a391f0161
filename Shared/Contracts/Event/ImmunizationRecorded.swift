import CHealthContracts
public import Domain

/// A vaccine given to a person, or not given.
public struct ImmunizationRecorded: HealthEvent {
    /// Whether the vaccine was given (FHIR R4 immunization-status; the raw value is FHIR's code).
    public enum Status: String, CaseIterable, Sendable {
        /// Given.
        case completed
        /// The record should never have existed.
        case enteredInError = "entered-in-error"
        /// Not given.
        case notDone = "not-done"
    }

    /// ``Topic/immunizationRecorded``.
    public static let topic = Topic.immunizationRecorded

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// The vaccine, in ``codeSystem``; not empty.
    public var code: String
    /// URI of the code system; not empty.
    public var codeSystem: String
    /// The code's name for people; may be empty.
    public var display: String
    /// Whether it was given.
    public var status: Status
    /// When it was given, or was to be given.
    public var occurredAt: Timestamp
    /// The amount given, in ``doseUnit``; finite.
    public var doseQuantity: Double?
    /// UCUM unit of ``doseQuantity``, e.g. `mL`; empty without a quantity.
    public var doseUnit: String
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

    /// An immunization with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, code: String, codeSystem: String, display: String = "",
        status: Status, occurredAt: Timestamp, doseQuantity: Double? = nil, doseUnit: String = "",
        resourceID: String = "", source: String, receivedAt: Timestamp, modelVersion: String, producedAt: Timestamp,
        unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.code = code
        self.codeSystem = codeSystem
        self.display = display
        self.status = status
        self.occurredAt = occurredAt
        self.doseQuantity = doseQuantity
        self.doseUnit = doseUnit
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

extension ImmunizationRecorded.Status: WireEnumeration {
    static let wireOrder: [Self] = [.completed, .enteredInError, .notDone]
    static var protoPrefix: String { "IMMUNIZATION_STATUS_" }
}
