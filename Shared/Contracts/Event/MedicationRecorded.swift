import CHealthContracts
public import Domain

/// A medication prescribed, planned or taken.
public struct MedicationRecorded: HealthEvent {
    /// State of the prescription (FHIR R4 medicationrequest-status; the raw value is FHIR's code).
    public enum Status: String, CaseIterable, Sendable {
        /// To be acted upon.
        case active
        /// Paused.
        case onHold = "on-hold"
        /// Withdrawn before any administration.
        case cancelled
        /// All actions have taken place.
        case completed
        /// The record should never have existed.
        case enteredInError = "entered-in-error"
        /// Ended before completion.
        case stopped
        /// Not yet actionable.
        case draft
        /// The source does not say.
        case unknown
    }

    /// Why the record exists (FHIR R4 medicationrequest-intent; the raw value is FHIR's code).
    public enum Intent: String, CaseIterable, Sendable {
        /// A suggestion.
        case proposal
        /// An intention, not yet authorised.
        case plan
        /// An authorised request.
        case order
        /// The first authorisation of a chain.
        case originalOrder = "original-order"
        /// Added automatically because of another order.
        case reflexOrder = "reflex-order"
        /// The filler's view of an order.
        case fillerOrder = "filler-order"
        /// One instance of an order.
        case instanceOrder = "instance-order"
        /// One of several alternatives.
        case option
        /// The source does not say.
        case unknown
    }

    /// ``Topic/medicationRecorded``.
    public static let topic = Topic.medicationRecorded

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// The medication, in ``codeSystem``; not empty.
    public var code: String
    /// URI of the code system; not empty.
    public var codeSystem: String
    /// The medication's name for people; may be empty.
    public var display: String
    /// State of the prescription.
    public var status: Status
    /// Why the record exists.
    public var intent: Intent
    /// When the prescription was written.
    public var authoredAt: Timestamp
    /// The dosage instruction; may be empty.
    public var dosageText: String
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

    /// A medication with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, code: String, codeSystem: String, display: String = "",
        status: Status, intent: Intent, authoredAt: Timestamp, dosageText: String = "", resourceID: String = "",
        source: String, receivedAt: Timestamp, modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.code = code
        self.codeSystem = codeSystem
        self.display = display
        self.status = status
        self.intent = intent
        self.authoredAt = authoredAt
        self.dosageText = dosageText
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

extension MedicationRecorded.Status: WireEnumeration {
    static let wireOrder: [Self] = [
        .active, .onHold, .cancelled, .completed, .enteredInError, .stopped, .draft, .unknown,
    ]
    static var protoPrefix: String { "MEDICATION_STATUS_" }
}

extension MedicationRecorded.Intent: WireEnumeration {
    static let wireOrder: [Self] = [
        .proposal, .plan, .order, .originalOrder, .reflexOrder, .fillerOrder, .instanceOrder, .option, .unknown,
    ]
    static var protoPrefix: String { "MEDICATION_INTENT_" }
}
