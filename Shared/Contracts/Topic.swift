/// The names of the fleet's topics: `health.<noun>.<past participle>.v<major>`.
public enum Topic {
    /// Raw Open mHealth data points in JSON, as gateways send them.
    public static let wearableFeed = "feed.wearable.v1"
    /// Raw FHIR R4 resources and bundles in JSON, as gateways send them.
    public static let ehrFeed = "feed.ehr.fhir.v1"
    /// ``ObservationRecorded``.
    public static let observationRecorded = "health.observation.recorded.v1"
    /// ``MedicationRecorded``.
    public static let medicationRecorded = "health.medication.recorded.v1"
    /// ``ConditionRecorded``.
    public static let conditionRecorded = "health.condition.recorded.v1"
    /// ``PatientRegistered``.
    public static let patientRegistered = "health.patient.registered.v1"
    /// ``Alert`` that was opened or escalated.
    public static let alertRaised = "health.alert.raised.v1"
    /// ``Alert`` that was closed.
    public static let alertResolved = "health.alert.resolved.v1"
    /// ``DeadLetter``.
    public static let deadLetter = "health.deadletter.v1"

    /// The topics that gateways publish raw feeds to.
    public static let feeds = [wearableFeed, ehrFeed]
    /// The topics of events.
    public static let events = [
        observationRecorded, medicationRecorded, conditionRecorded, patientRegistered, alertRaised, alertResolved,
        deadLetter,
    ]
    /// Every topic of the fleet.
    public static let all = feeds + events

    /// The topic of the JSON mirror of `topic`.
    public static func jsonMirror(of topic: String) -> String { topic + ".json" }
}
