public import Domain

/// The life of one rule's alert for one patient: a state machine over ``AlertSignal``.
///
/// ```
///   idle --breach x raiseAfter, sustained--> open(severity) --clear x clearAfter--> idle
///                                            open(s) --breach of t > s x raiseAfter--> open(t)
/// ```
///
/// At most one alert is open. Its severity never falls while it is open; its versions are 1, 2, 3, ... without a gap.
public struct AlertTrack: Equatable, Sendable {
    /// The alert that is open.
    public struct OpenAlert: Equatable, Sendable {
        /// The identity of the alert.
        public internal(set) var id: EventID
        /// The version of its latest transition, from 1.
        public internal(set) var version: Int64
        /// The gravest severity that it has reached.
        public internal(set) var severity: Severity
        /// The event time of its opening.
        public internal(set) var raisedAt: Timestamp
        /// The parameters that made it: each must be known to be calm before it may end (NEWS2 only).
        public internal(set) var contributors: VitalParameterSet
        /// The parameters that scored 3 when it was raised or escalated (NEWS2 only).
        public internal(set) var threes: VitalParameterSet
    }

    /// The rule's number.
    public let rule: UInt8
    /// Breaches in a row of at least each severity, saturating.
    var runs: SIMD4<UInt8> = .zero
    /// The event time at which the present run of breaches began; 0 without a run.
    var runSince = Timestamp(microseconds: 0)
    /// Calm readings in a row while an alert is open, saturating.
    var calm: UInt8 = 0
    /// The open alert, if any.
    public internal(set) var open: OpenAlert?

    /// The track of a rule that nothing has happened to.
    public init(rule: UInt8) {
        self.rule = rule
    }

    /// Whether the track remembers nothing.
    public var isIdle: Bool { open == nil && runs == .zero }

    /// Takes one signal.
    ///
    /// - Parameters:
    ///   - time: the event time of the reading.
    ///   - isContinuous: false when the reading before it is too long ago to make one run with it.
    ///   - identity: gives the id of a new alert; called only when one is raised.
    public mutating func advance(
        _ signal: AlertSignal, at time: Timestamp, isContinuous: Bool = true, lifecycle: AlertLifecycle,
        identity: () -> EventID
    ) -> AlertStep {
        if case .breach(let severity) = signal {
            calm = 0
            return breach(severity, at: time, isContinuous: isContinuous, lifecycle: lifecycle, identity: identity)
        }
        runs = .zero
        runSince = Timestamp(microseconds: 0)
        switch signal {
        case .breach, .unproven:
            return .none
        case .between:
            calm = 0
            return .none
        case .clear:
            guard open != nil else { return .none }
            calm = calm == .max ? calm : calm + 1
            guard calm >= lifecycle.clearAfter else { return .none }
            open = nil
            calm = 0
            return .resolved
        }
    }

    private mutating func breach(
        _ severity: Severity, at time: Timestamp, isContinuous: Bool, lifecycle: AlertLifecycle,
        identity: () -> EventID
    ) -> AlertStep {
        if !isContinuous { runs = .zero }
        // Readings of several parameters may come out of order, so the run begins with the earliest of them.
        runSince = runs == .zero ? time : min(runSince, time)
        for level in 0..<4 {
            if level > Int(severity.rawValue) {
                runs[level] = 0
            } else if runs[level] < .max {
                runs[level] += 1
            }
        }
        guard time.since(runSince).microseconds >= lifecycle.sustainMicroseconds,
            let sustained = Severity.allCases.last(where: { runs[Int($0.rawValue)] >= lifecycle.raiseAfter })
        else { return .none }
        guard let severityNow = open?.severity else {
            open = OpenAlert(
                id: identity(), version: 1, severity: sustained, raisedAt: time, contributors: [], threes: [])
            return .raised(sustained)
        }
        guard sustained > severityNow else { return .none }
        open?.severity = sustained
        open?.version += 1
        return .escalated(sustained)
    }
}
