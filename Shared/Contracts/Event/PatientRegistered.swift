import CHealthContracts
public import Domain

/// A person became known, under a pseudonym: no name, address or full birth date.
public struct PatientRegistered: HealthEvent {
    /// Gender for administrative purposes (FHIR R4 administrative-gender; the raw value is FHIR's code).
    public enum AdministrativeGender: String, CaseIterable, Sendable {
        /// Male.
        case male
        /// Female.
        case female
        /// Other.
        case other
        /// The source does not say.
        case unknown
    }

    /// ``Topic/patientRegistered``.
    public static let topic = Topic.patientRegistered

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// Gender for administrative purposes.
    public var administrativeGender: AdministrativeGender
    /// Year of birth, 1 to 9999; 0 when unknown.
    public var birthYear: Int32
    /// Whether the person has died.
    public var deceased: Bool
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

    /// A registration with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, administrativeGender: AdministrativeGender, birthYear: Int32 = 0,
        deceased: Bool = false, resourceID: String = "", source: String, receivedAt: Timestamp, modelVersion: String,
        producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.administrativeGender = administrativeGender
        self.birthYear = birthYear
        self.deceased = deceased
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

extension PatientRegistered.AdministrativeGender: WireEnumeration {
    static let wireOrder: [Self] = [.male, .female, .other, .unknown]
    static var protoPrefix: String { "ADMINISTRATIVE_GENDER_" }
}
