import CHealthContracts
public import Domain

/// One measured or asserted fact about a person.
public struct ObservationRecorded: HealthEvent {
    /// What was observed.
    public enum Value: Equatable, Sendable {
        /// A finite number in ``ObservationRecorded/unit``.
        case quantity(Double)
        /// A text.
        case text(String)
        /// A code of the code system with the URI `system` (may be empty).
        case coded(code: String, system: String)
        /// Yes or no.
        case boolean(Bool)
        /// No value, for a reason of the FHIR data-absent-reason codes.
        case absent(reason: String)
    }

    /// How far the observation has been confirmed (FHIR R4 ObservationStatus; the raw value is FHIR's code).
    public enum Status: String, CaseIterable, Sendable {
        /// The existence is registered, there is no result yet.
        case registered
        /// An interim result.
        case preliminary
        /// Complete and verified.
        case final
        /// Changed after it was final.
        case amended
        /// Changed after it was final, to mend an error.
        case corrected
        /// The measurement did not take place.
        case cancelled
        /// It should never have existed.
        case enteredInError = "entered-in-error"
        /// The source does not say.
        case unknown
    }

    /// ``Topic/observationRecorded``.
    public static let topic = Topic.observationRecorded

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// What was observed, in ``codeSystem``; not empty.
    public var code: String
    /// URI of the code system, e.g. `http://loinc.org`; not empty.
    public var codeSystem: String
    /// The code's name for people; may be empty.
    public var display: String
    /// The value.
    public var value: Value
    /// Canonical UCUM unit of a quantity; empty for everything else.
    public var unit: String
    /// The value as it was sent; empty when it is the same.
    public var originalValue: String
    /// The unit as it was sent; empty when it is the same.
    public var originalUnit: String
    /// The code as it was sent, when ``code`` is a canonical one that it was mapped to; else empty.
    public var originalCode: String
    /// URI of the code system of ``originalCode``; empty without one.
    public var originalCodeSystem: String
    /// How far the value has been confirmed.
    public var status: Status
    /// When it was true for the person, or the start of that period.
    public var effectiveAt: Timestamp
    /// The end of the period, when it covers one; not before ``effectiveAt``.
    public var effectiveEndAt: Timestamp?
    /// When the fleet received it.
    public var receivedAt: Timestamp
    /// The feed that it came from; not empty.
    public var source: String
    /// Opaque name of the device; may be empty.
    public var deviceID: String
    /// Opaque or hashed name of the sender's record; may be empty.
    public var resourceID: String
    /// Version of the logic that made the event; not empty.
    public var modelVersion: String
    /// When the event was made.
    public var producedAt: Timestamp
    /// Fields unknown to this version of the contract, as raw protobuf; written again by ``encoded()``.
    public var unknownFields: [UInt8]

    /// An observation with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, code: String, codeSystem: String, display: String = "",
        value: Value,
        unit: String = "", originalValue: String = "", originalUnit: String = "", originalCode: String = "",
        originalCodeSystem: String = "", status: Status, effectiveAt: Timestamp,
        effectiveEndAt: Timestamp? = nil, receivedAt: Timestamp, source: String, deviceID: String = "",
        resourceID: String = "", modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.code = code
        self.codeSystem = codeSystem
        self.display = display
        self.value = value
        self.unit = unit
        self.originalValue = originalValue
        self.originalUnit = originalUnit
        self.originalCode = originalCode
        self.originalCodeSystem = originalCodeSystem
        self.status = status
        self.effectiveAt = effectiveAt
        self.effectiveEndAt = effectiveEndAt
        self.receivedAt = receivedAt
        self.source = source
        self.deviceID = deviceID
        self.resourceID = resourceID
        self.modelVersion = modelVersion
        self.producedAt = producedAt
        self.unknownFields = unknownFields
    }

    /// The record's key: the patient's pseudonym.
    public var key: String { patient.rawValue }
}

extension ObservationRecorded.Status: WireEnumeration {
    static let wireOrder: [Self] = [
        .registered, .preliminary, .final, .amended, .corrected, .cancelled, .enteredInError, .unknown,
    ]
    static var protoPrefix: String { "OBSERVATION_STATUS_" }
}
