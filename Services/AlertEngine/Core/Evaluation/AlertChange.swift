public import Domain

/// A transition of an alert, with what it rests on.
public struct AlertChange: Equatable, Sendable {
    /// What happened.
    public enum Transition: String, Sendable {
        /// A new alert was opened.
        case raised
        /// The open alert became graver.
        case escalated
        /// The alert was closed.
        case resolved
    }

    /// What happened.
    public let transition: Transition
    /// The rule's number.
    public let ruleNumber: UInt8
    /// The rule's name.
    public let rule: String
    /// The alert's identity, the same in all of its transitions.
    public let alertID: EventID
    /// 1, 2, 3, ... within the alert.
    public let version: Int64
    /// The gravest severity that the alert has reached.
    public let severity: Severity
    /// The NEWS2 total, or the value that was compared (in the parameter's unit).
    public let score: Double
    /// What the score was compared with.
    public let threshold: Double
    /// One line for people, without identifying detail.
    public let summary: String
    /// A canonical JSON array of the readings that count.
    public let evidence: String
    /// When the observation that caused the transition was made.
    public let effectiveAt: Timestamp
    /// When the observation that opened the alert was made.
    public let raisedAt: Timestamp
    /// The observation that caused the transition.
    public let triggerEventID: EventID
}

/// What evaluating one observation came to.
public struct Evaluation: Equatable, Sendable {
    /// What became of the observation.
    public var outcome: EvaluationOutcome
    /// The transitions that it caused, by rule number.
    public var changes: [AlertChange]

    /// What an observation came to.
    public init(outcome: EvaluationOutcome, changes: [AlertChange] = []) {
        self.outcome = outcome
        self.changes = changes
    }

    /// Whether the patient's state was changed.
    public var stateChanged: Bool {
        switch outcome {
        case .evaluated, .retracted: true
        case .notWatched, .notUsable, .unknownUnit, .implausible, .fromFuture, .superseded: false
        }
    }
}
