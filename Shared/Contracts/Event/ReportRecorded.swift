import CHealthContracts
public import Domain

/// A diagnostic report or a clinical document about a person: its head, not its text.
///
/// Its results are observations of their own.
public struct ReportRecorded: HealthEvent {
    /// How far the report has come (FHIR R4 diagnostic-report-status; the raw value is FHIR's code).
    public enum Status: String, CaseIterable, Sendable {
        /// The existence is registered; there is nothing to read yet.
        case registered
        /// Some results are there, not all.
        case partial
        /// Verified early results, not all.
        case preliminary
        /// Complete and verified.
        case final
        /// Changed after it was final.
        case amended
        /// Changed after it was final, to mend an error.
        case corrected
        /// Added to after it was final.
        case appended
        /// Will not be made.
        case cancelled
        /// The record should never have existed.
        case enteredInError = "entered-in-error"
        /// The source does not say.
        case unknown
    }

    /// ``Topic/reportRecorded``.
    public static let topic = Topic.reportRecorded

    /// The event's identity.
    public var eventID: EventID
    /// The person.
    public var patient: PatientPseudonym
    /// What the report is, in ``codeSystem``; not empty.
    public var code: String
    /// URI of the code system; not empty.
    public var codeSystem: String
    /// The code's name for people; may be empty.
    public var display: String
    /// The department: a code of HL7 table 0074, e.g. `LAB`, `RAD`; may be empty.
    public var category: String
    /// How far it has come.
    public var status: Status
    /// The time that it is about, or the start of that period.
    public var effectiveAt: Timestamp?
    /// When this version was made available.
    public var issuedAt: Timestamp?
    /// Code of the first conclusion, in ``conclusionSystem``; may be empty.
    public var conclusionCode: String
    /// URI of the code system of ``conclusionCode``; empty without one.
    public var conclusionSystem: String
    /// How many results it names; not negative.
    public var resultCount: Int32
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

    /// A report with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, patient: PatientPseudonym, code: String, codeSystem: String, display: String = "",
        category: String = "", status: Status, effectiveAt: Timestamp? = nil, issuedAt: Timestamp? = nil,
        conclusionCode: String = "", conclusionSystem: String = "", resultCount: Int32 = 0, resourceID: String = "",
        source: String, receivedAt: Timestamp, modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.patient = patient
        self.code = code
        self.codeSystem = codeSystem
        self.display = display
        self.category = category
        self.status = status
        self.effectiveAt = effectiveAt
        self.issuedAt = issuedAt
        self.conclusionCode = conclusionCode
        self.conclusionSystem = conclusionSystem
        self.resultCount = resultCount
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

extension ReportRecorded.Status: WireEnumeration {
    static let wireOrder: [Self] = [
        .registered, .partial, .preliminary, .final, .amended, .corrected, .appended, .cancelled, .enteredInError,
        .unknown,
    ]
    static var protoPrefix: String { "REPORT_STATUS_" }
}
