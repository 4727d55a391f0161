import CHealthContracts
public import Domain

/// A person is to be evaluated again, though nothing new is known of that person; or the next page of such persons is to be found.
public struct ReevaluationRequested: HealthEvent {
    /// ``Topic/reevaluationRequested``.
    public static let topic = Topic.reevaluationRequested

    /// The event's identity.
    public var eventID: EventID
    /// The service that is asked, e.g. `pharmacogenomics`; not empty.
    public var subject: String
    /// The person; nil: the persons after ``after`` are to be found and asked for.
    public var patient: PatientPseudonym?
    /// Why, e.g. `knowledge-released`, `washout-ended`; not empty.
    public var reason: String
    /// Version of the tables to evaluate with; may be empty.
    public var knowledgeVersion: String
    /// SHA-256 of those tables; may be empty.
    public var digest: String
    /// SHA-256 of the tables before them; may be empty.
    public var previousDigest: String
    /// The last person of the page before; may be empty.
    public var after: String
    /// The number of the page, from 0.
    public var page: Int64
    /// When the reason arose.
    public var dueAt: Timestamp?
    /// Version of the logic that made the event; not empty.
    public var modelVersion: String
    /// When the event was made.
    public var producedAt: Timestamp
    /// Fields unknown to this version of the contract, as raw protobuf; written again by ``encoded()``.
    public var unknownFields: [UInt8]

    /// An event with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, subject: String, patient: PatientPseudonym? = nil, reason: String,
        knowledgeVersion:
            String = "", digest: String = "", previousDigest: String = "", after: String = "", page: Int64 = 0,
        dueAt: Timestamp? = nil, modelVersion: String, producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.subject = subject
        self.patient = patient
        self.reason = reason
        self.knowledgeVersion = knowledgeVersion
        self.digest = digest
        self.previousDigest = previousDigest
        self.after = after
        self.page = page
        self.dueAt = dueAt
        self.modelVersion = modelVersion
        self.producedAt = producedAt
        self.unknownFields = unknownFields
    }

    /// The record's key: the patient's pseudonym, or the subject when there is no patient.
    public var key: String { patient?.rawValue ?? subject }
}
