/// How long a breach must last before an alert is raised, and a calm before it is resolved.
public struct AlertLifecycle: Equatable, Sendable {
    /// Readings in a row that must breach; at least 1.
    public let raiseAfter: UInt8
    /// Microseconds of event time that the breach must span, from its first reading; 0 for none.
    public let sustainMicroseconds: Int64
    /// Readings in a row that must be calm; at least 1.
    public let clearAfter: UInt8

    /// A lifecycle; counts below 1 are taken as 1, a negative duration as none.
    public init(raiseAfter: UInt8 = 1, sustainedFor: Duration = .zero, clearAfter: UInt8 = 1) {
        self.raiseAfter = max(1, raiseAfter)
        let (seconds, attoseconds) = sustainedFor.components
        let bounded = max(0, min(seconds, 366 * 86_400))
        sustainMicroseconds = bounded * 1_000_000 + max(0, attoseconds / 1_000_000_000_000)
        self.clearAfter = max(1, clearAfter)
    }

    /// A lifecycle whose parts were checked before.
    init(raiseAfter: UInt8, sustainMicroseconds: Int64, clearAfter: UInt8) {
        self.raiseAfter = raiseAfter
        self.sustainMicroseconds = sustainMicroseconds
        self.clearAfter = clearAfter
    }
}

/// What a reading says to a rule.
public enum AlertSignal: Equatable, Sendable {
    /// Calm enough to count towards the end of an alert.
    case clear
    /// Between the clear and the raise threshold: ends both a breach and a calm.
    case between
    /// No breach, but no proof of calm either: ends a breach, leaves a calm as it is.
    case unproven
    /// A breach of this severity.
    case breach(Severity)
}

/// What a signal did to an alert.
public enum AlertStep: Equatable, Sendable {
    /// Nothing that anybody need know.
    case none
    /// A new alert was opened.
    case raised(Severity)
    /// The open alert became graver.
    case escalated(Severity)
    /// The open alert was closed.
    case resolved
}
