import CHealthContracts
public import Domain

/// A diagnosis or problem of a person.
public struct ConditionRecorded: HealthEvent {
    /// Whether the condition is present now (FHIR R4 condition-clinical; the raw value is FHIR's code).
    public enum ClinicalStatus: String, CaseIterable, Sendable {
        /// Symptoms or evidence are present.
        case active
        /// It has come back after it had resolved.
        case recurrence
        /// It has worsened again after improvement.
        case relapse
        /// It is no longer present.
        case inactive
        /// Inactive, with a risk of return.
        case remission
        /// Inactive, with a negligible risk of return.
        case resolved
        /// The source does not say.
        case unknown
    }

    /// How sure the assertion is (FHIR R4 condition-ver-status; the raw value is FHIR's code).
    public enum VerificationStatus: String, CaseIterable, Sendable {
        /// Evidence is not sufficient.
        case unconfirmed
        /// Tentative, still being evaluated.
        case provisional
        /// One of several candidates.
        case differential
        /// Evidence is sufficient.
        case confirmed
        /// Ruled out.
        case refuted
        /// The record should never have existed.
        case enteredInError = "entered-in-error"
        /// The source does not say.
        case unknown
    }

    /// ``Topic/conditionRecorded``.
    public static let topic = Topic.conditionRecorded

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// The condition, in ``codeSystem``; not empty.
    public var code: String
    /// URI of the code system; not empty.
    public var codeSystem: String
    /// The condition's name for people; may be empty.
    public var display: String
    /// Whether it is present now.
    public var clinicalStatus: ClinicalStatus
    /// How sure the assertion is.
    public var verificationStatus: VerificationStatus
    /// When it began.
    public var onsetAt: Timestamp?
    /// When it ended.
    public var abatedAt: Timestamp?
    /// When the source recorded it.
    public var recordedAt: Timestamp?
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

    /// A condition with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, code: String, codeSystem: String, display: String = "",
        clinicalStatus: ClinicalStatus, verificationStatus: VerificationStatus, onsetAt: Timestamp? = nil,
        abatedAt: Timestamp? = nil, recordedAt: Timestamp? = nil, resourceID: String = "", source: String,
        receivedAt: Timestamp, modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.code = code
        self.codeSystem = codeSystem
        self.display = display
        self.clinicalStatus = clinicalStatus
        self.verificationStatus = verificationStatus
        self.onsetAt = onsetAt
        self.abatedAt = abatedAt
        self.recordedAt = recordedAt
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

extension ConditionRecorded.ClinicalStatus: WireEnumeration {
    static let wireOrder: [Self] = [.active, .recurrence, .relapse, .inactive, .remission, .resolved, .unknown]
    static var protoPrefix: String { "CONDITION_CLINICAL_STATUS_" }
}

extension ConditionRecorded.VerificationStatus: WireEnumeration {
    static let wireOrder: [Self] = [
        .unconfirmed, .provisional, .differential, .confirmed, .refuted, .enteredInError, .unknown,
    ]
    static var protoPrefix: String { "CONDITION_VERIFICATION_STATUS_" }
}
