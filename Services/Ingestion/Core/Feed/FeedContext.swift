public import Domain

/// What is known about a submission besides its bytes.
public struct FeedContext: Sendable {
    /// The feed's name; part of every event's identity and of every event.
    public let source: String
    /// When the fleet received it. The clock of every event made from it.
    public let receivedAt: Timestamp
    /// The system in which the feed's own patient ids (FHIR logical ids, Open mHealth user ids) are one id space.
    public let patientSystem: String
    /// The base URL of the sending FHIR server, when known: absolute references under it are the feed's own ids.
    public let serverBase: String?
    /// The person, by id in ``patientSystem``, for formats that name none (a wearable's export, a consumer's genotypes).
    public let subject: PHI<String>?
    /// The IANA name of the zone of local times that say none, e.g. `Europe/Oslo`; nil when the sender has not declared one.
    public let timeZone: String?
    /// What the sender declares about a file that the file itself does not say: `file` (its name), and for expression `cohort`, `tissue`,
    /// `orientation` and `unit`.
    public let options: [String: String]

    /// A context. `patientSystem` is one for all feeds of a deployment unless their ids mean different people.
    public init(
        source: String, receivedAt: Timestamp, patientSystem: String = FeedContext.sharedPatientSystem,
        serverBase: String? = nil, subject: PHI<String>? = nil, timeZone: String? = nil, options: [String: String] = [:]
    ) {
        self.source = source
        self.receivedAt = receivedAt
        self.patientSystem = patientSystem
        self.serverBase = serverBase
        self.subject = subject
        self.timeZone = timeZone
        self.options = options
    }

    /// The id space that all feeds share by default.
    public static let sharedPatientSystem = "urn:vitalstream:patient"

    /// The version of the mapping from feeds to events; part of every event.
    public static let modelVersion = "ingestion-2"
}
