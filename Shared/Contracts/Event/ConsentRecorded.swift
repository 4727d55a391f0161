import CHealthContracts
public import Domain

/// A person's decision on what may be done with their data: one provision, flat.
///
/// A list that is empty restricts nothing.
public struct ConsentRecorded: HealthEvent {
    /// Whether the decision holds (FHIR R4 consent-state-codes; the raw value is FHIR's code).
    public enum Status: String, CaseIterable, Sendable {
        /// Not yet signed.
        case draft
        /// Put before the person.
        case proposed
        /// Holds.
        case active
        /// Refused by one of the parties.
        case rejected
        /// Held once.
        case inactive
        /// The record should never have existed.
        case enteredInError = "entered-in-error"
    }

    /// ``Topic/consentRecorded``.
    public static let topic = Topic.consentRecorded

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// Whether it holds.
    public var status: Status
    /// What it is about: a code of FHIR R4 consentscope, e.g. `patient-privacy`, `research`; may be empty.
    public var scope: String
    /// True when what the lists name is allowed, false when it is denied.
    public var isPermit: Bool
    /// From when it holds; nil: always did.
    public var startsAt: Timestamp?
    /// Until when it holds, not before ``startsAt``; nil: until revoked.
    public var endsAt: Timestamp?
    /// FHIR resource types that it covers; empty: all.
    public var resourceTypes: [String]
    /// Codes that it covers, as `system|code`; empty: all.
    public var codes: [String]
    /// Purposes of use that it covers: codes of HL7 v3 PurposeOfUse, e.g. `TREAT`; empty: all.
    public var purposes: [String]
    /// Feeds or opaque names of actors that it covers; empty: all.
    public var sources: [String]
    /// When the decision was made.
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

    /// A consent with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, status: Status, scope: String = "", isPermit: Bool,
        startsAt: Timestamp? = nil, endsAt: Timestamp? = nil, resourceTypes: [String] = [], codes: [String] = [],
        purposes: [String] = [], sources: [String] = [], recordedAt: Timestamp? = nil, resourceID: String = "",
        source: String, receivedAt: Timestamp, modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.status = status
        self.scope = scope
        self.isPermit = isPermit
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.resourceTypes = resourceTypes
        self.codes = codes
        self.purposes = purposes
        self.sources = sources
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

extension ConsentRecorded.Status: WireEnumeration {
    static let wireOrder: [Self] = [.draft, .proposed, .active, .rejected, .inactive, .enteredInError]
    static var protoPrefix: String { "CONSENT_STATUS_" }
}
