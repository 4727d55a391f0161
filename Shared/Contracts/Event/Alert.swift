import CHealthContracts
public import Domain

/// A rule opened, escalated or closed an alert about a person.
public struct Alert: HealthEvent {
    /// How urgent the alert is.
    public enum Severity: String, CaseIterable, Sendable {
        /// Routine.
        case low
        /// One vital sign alone is far out of range.
        case lowMedium = "low-medium"
        /// Urgent.
        case medium
        /// Emergency.
        case high
    }

    /// What happened to the alert.
    public enum Transition: String, CaseIterable, Sendable {
        /// It was opened.
        case raised
        /// It is open and became more severe.
        case escalated
        /// It was closed.
        case resolved
    }

    /// ``Topic/alertRaised``; a resolved alert goes to ``Topic/alertResolved``.
    public static let topic = Topic.alertRaised

    /// The event's identity.
    public var eventID: EventID
    /// The alert that this event is about; the same from raised to resolved.
    public var alertID: EventID
    /// Place of this event within its alert: 1, 2, ...
    public var version: Int64
    /// The person.
    public var patient: PatientPseudonym
    /// Name of the rule, e.g. `news2`; not empty.
    public var rule: String
    /// How urgent it is.
    public var severity: Severity
    /// What happened.
    public var transition: Transition
    /// The rule's score or the measured value, in the rule's own unit; finite.
    public var score: Double
    /// The bound that the score was compared with, in the same unit; finite.
    public var threshold: Double
    /// One line for people, without identifying detail.
    public var summary: String
    /// A JSON array of `{code, value, unit, score, event_id, effective_at_us}`; may be empty.
    public var evidence: String
    /// Event time of the observation that caused this event.
    public var effectiveAt: Timestamp
    /// Event time at which the alert was opened.
    public var raisedAt: Timestamp
    /// The observation that caused this event.
    public var triggerEventID: EventID
    /// Version of the logic that made the event; not empty.
    public var modelVersion: String
    /// When the event was made.
    public var producedAt: Timestamp
    /// Fields unknown to this version of the contract, as raw protobuf; written again by ``encoded()``.
    public var unknownFields: [UInt8]

    /// An alert event with these fields; ``HealthEvent/validate()`` checks them.
    public init(
        eventID: EventID, alertID: EventID, version: Int64, patient: PatientPseudonym, rule: String, severity: Severity,
        transition: Transition, score: Double, threshold: Double, summary: String = "", evidence: String = "",
        effectiveAt: Timestamp, raisedAt: Timestamp, triggerEventID: EventID, modelVersion: String,
        producedAt: Timestamp, unknownFields: [UInt8] = []
    ) {
        self.eventID = eventID
        self.alertID = alertID
        self.version = version
        self.patient = patient
        self.rule = rule
        self.severity = severity
        self.transition = transition
        self.score = score
        self.threshold = threshold
        self.summary = summary
        self.evidence = evidence
        self.effectiveAt = effectiveAt
        self.raisedAt = raisedAt
        self.triggerEventID = triggerEventID
        self.modelVersion = modelVersion
        self.producedAt = producedAt
        self.unknownFields = unknownFields
    }

    /// The record's key: the patient's pseudonym.
    public var key: String { patient.rawValue }

    /// ``Topic/alertRaised`` or, when it was closed, ``Topic/alertResolved``.
    public var topic: String { transition == .resolved ? Topic.alertResolved : Topic.alertRaised }
}

extension Alert.Severity: WireEnumeration {
    static let wireOrder: [Self] = [.low, .lowMedium, .medium, .high]
    static var protoPrefix: String { "ALERT_SEVERITY_" }
}

extension Alert.Transition: WireEnumeration {
    static let wireOrder: [Self] = [.raised, .escalated, .resolved]
    static var protoPrefix: String { "ALERT_TRANSITION_" }
}
