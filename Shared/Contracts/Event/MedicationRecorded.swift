import CHealthContracts
public import Domain

/// A medication prescribed, planned, dispensed, given or taken.
public struct MedicationRecorded: HealthEvent {
    /// What kind of record tells it.
    public enum Kind: String, CaseIterable, Sendable {
        /// A prescription (FHIR MedicationRequest).
        case request
        /// What somebody says is taken (FHIR MedicationStatement).
        case statement
        /// A dose given, or not given (FHIR MedicationAdministration).
        case administration
        /// A supply handed out (FHIR MedicationDispense).
        case dispense
        /// An order to the pharmacy (HL7 v2 RDE, ORM).
        case order
    }

    /// State of what the record tells (FHIR R4 medicationrequest-status, medication-statement-status, medication-admin-status and
    /// medicationdispense-status; the raw value is FHIR's code).
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
        /// May be taken in the future.
        case intended
        /// Was not taken.
        case notTaken = "not-taken"
        /// Being given.
        case inProgress = "in-progress"
        /// Was not given.
        case notDone = "not-done"
        /// Being prepared for dispensing.
        case preparation
        /// Was not dispensed.
        case declined
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
    /// State of what the record tells.
    public var status: Status
    /// Why the record exists.
    public var intent: Intent
    /// When the record was written: prescribed, stated, given or dispensed.
    public var authoredAt: Timestamp
    /// The dosage instruction; may be empty.
    public var dosageText: String
    /// What kind of record tells it.
    public var kind: Kind
    /// When it was, is or will be taken, or the start of that period.
    public var effectiveStartAt: Timestamp?
    /// The end of that period; not before ``effectiveStartAt``.
    public var effectiveEndAt: Timestamp?
    /// The amount of one dose, in ``doseUnit``; finite.
    public var doseQuantity: Double?
    /// UCUM unit of ``doseQuantity``, or the form that is counted, e.g. `mg`, `{tablet}`; empty without a quantity.
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

    /// A medication with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, code: String, codeSystem: String, display: String = "",
        status: Status, intent: Intent, authoredAt: Timestamp, dosageText: String = "", kind: Kind = .request,
        effectiveStartAt: Timestamp? = nil, effectiveEndAt: Timestamp? = nil, doseQuantity: Double? = nil,
        doseUnit: String = "", resourceID: String = "", source: String, receivedAt: Timestamp, modelVersion: String,
        producedAt: Timestamp, unknownFields: [UInt8] = []
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
        self.kind = kind
        self.effectiveStartAt = effectiveStartAt
        self.effectiveEndAt = effectiveEndAt
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

extension MedicationRecorded.Kind: WireEnumeration {
    static let wireOrder: [Self] = [.request, .statement, .administration, .dispense, .order]
    static var protoPrefix: String { "MEDICATION_KIND_" }
}

extension MedicationRecorded.Status: WireEnumeration {
    static let wireOrder: [Self] = [
        .active, .onHold, .cancelled, .completed, .enteredInError, .stopped, .draft, .unknown, .intended, .notTaken,
        .inProgress, .notDone, .preparation, .declined,
    ]
    static var protoPrefix: String { "MEDICATION_STATUS_" }
}

extension MedicationRecorded.Intent: WireEnumeration {
    static let wireOrder: [Self] = [
        .proposal, .plan, .order, .originalOrder, .reflexOrder, .fillerOrder, .instanceOrder, .option, .unknown,
    ]
    static var protoPrefix: String { "MEDICATION_INTENT_" }
}
