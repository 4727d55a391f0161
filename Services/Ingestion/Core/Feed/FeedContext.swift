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

    /// A context. `patientSystem` is one for all feeds of a deployment unless their ids mean different people.
    public init(
        source: String, receivedAt: Timestamp, patientSystem: String = FeedContext.sharedPatientSystem,
        serverBase: String? = nil
    ) {
        self.source = source
        self.receivedAt = receivedAt
        self.patientSystem = patientSystem
        self.serverBase = serverBase
    }

    /// The id space that all feeds share by default.
    public static let sharedPatientSystem = "urn:vitalstream:patient"

    /// The version of the mapping from feeds to events; part of every event.
    public static let modelVersion = "ingestion-1"
}
