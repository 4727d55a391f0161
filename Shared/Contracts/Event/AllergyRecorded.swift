import CHealthContracts
public import Domain

/// An allergy or intolerance of a person.
public struct AllergyRecorded: HealthEvent {
    /// The mechanism (FHIR R4 allergy-intolerance-type; the raw value is FHIR's code).
    public enum Kind: String, CaseIterable, Sendable {
        /// An immune reaction.
        case allergy
        /// A reaction that is not immune.
        case intolerance
        /// The source does not say.
        case unknown
    }

    /// How bad a future reaction could be (FHIR R4 allergy-intolerance-criticality; the raw value is FHIR's code).
    public enum Criticality: String, CaseIterable, Sendable {
        /// Not expected to threaten life.
        case low
        /// Could threaten life.
        case high
        /// Cannot be judged from what is known.
        case unableToAssess = "unable-to-assess"
        /// The source does not say.
        case unknown
    }

    /// Whether the person reacts now (FHIR R4 allergyintolerance-clinical; the raw value is FHIR's code).
    public enum ClinicalStatus: String, CaseIterable, Sendable {
        /// A reaction is to be expected.
        case active
        /// A reaction is no longer expected.
        case inactive
        /// Re-exposure or testing has shown that it is gone.
        case resolved
        /// The source does not say.
        case unknown
    }

    /// How sure the assertion is (FHIR R4 allergyintolerance-verification; the raw value is FHIR's code).
    public enum VerificationStatus: String, CaseIterable, Sendable {
        /// Suspected.
        case unconfirmed
        /// Evidence is sufficient.
        case confirmed
        /// Ruled out.
        case refuted
        /// The record should never have existed.
        case enteredInError = "entered-in-error"
        /// The source does not say.
        case unknown
    }

    /// ``Topic/allergyRecorded``.
    public static let topic = Topic.allergyRecorded

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// The substance or the allergy, in ``codeSystem``; not empty.
    public var code: String
    /// URI of the code system; not empty.
    public var codeSystem: String
    /// The code's name for people; may be empty.
    public var display: String
    /// The mechanism.
    public var kind: Kind
    /// What kind of substance: `food`, `medication`, `environment` or `biologic`; may be empty.
    public var category: String
    /// How bad a future reaction could be.
    public var criticality: Criticality
    /// Whether the person reacts now.
    public var clinicalStatus: ClinicalStatus
    /// How sure the assertion is.
    public var verificationStatus: VerificationStatus
    /// When it was first seen.
    public var onsetAt: Timestamp?
    /// When the source recorded it.
    public var recordedAt: Timestamp?
    /// Code of the first manifestation, in ``reactionSystem``; may be empty.
    public var reaction: String
    /// URI of the code system of ``reaction``; empty without one.
    public var reactionSystem: String
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

    /// An allergy with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, code: String, codeSystem: String, display: String = "", kind: Kind,
        category: String = "", criticality: Criticality, clinicalStatus: ClinicalStatus,
        verificationStatus: VerificationStatus, onsetAt: Timestamp? = nil, recordedAt: Timestamp? = nil,
        reaction: String = "", reactionSystem: String = "", resourceID: String = "", source: String,
        receivedAt: Timestamp, modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.code = code
        self.codeSystem = codeSystem
        self.display = display
        self.kind = kind
        self.category = category
        self.criticality = criticality
        self.clinicalStatus = clinicalStatus
        self.verificationStatus = verificationStatus
        self.onsetAt = onsetAt
        self.recordedAt = recordedAt
        self.reaction = reaction
        self.reactionSystem = reactionSystem
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

extension AllergyRecorded.Kind: WireEnumeration {
    static let wireOrder: [Self] = [.allergy, .intolerance, .unknown]
    static var protoPrefix: String { "ALLERGY_KIND_" }
}

extension AllergyRecorded.Criticality: WireEnumeration {
    static let wireOrder: [Self] = [.low, .high, .unableToAssess, .unknown]
    static var protoPrefix: String { "ALLERGY_CRITICALITY_" }
}

extension AllergyRecorded.ClinicalStatus: WireEnumeration {
    static let wireOrder: [Self] = [.active, .inactive, .resolved, .unknown]
    static var protoPrefix: String { "ALLERGY_CLINICAL_STATUS_" }
}

extension AllergyRecorded.VerificationStatus: WireEnumeration {
    static let wireOrder: [Self] = [.unconfirmed, .confirmed, .refuted, .enteredInError, .unknown]
    static var protoPrefix: String { "ALLERGY_VERIFICATION_STATUS_" }
}
