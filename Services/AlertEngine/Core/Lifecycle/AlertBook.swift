public import Domain

/// All alerts of one patient: at most one open alert for each rule.
public struct AlertBook: Equatable, Sendable {
    /// The tracks that remember something, in no order; most patients have none.
    public internal(set) var tracks: [AlertTrack] = []

    /// An empty book.
    public init() {}

    /// The open alert of a rule, if any.
    public func open(rule: UInt8) -> AlertTrack.OpenAlert? {
        for track in tracks where track.rule == rule { return track.open }
        return nil
    }

    /// Hands a signal to the track of `rule`.
    ///
    /// - Returns: the step, and the alert as it is after it (as it last was, with the version of its end, when it was resolved); nil when
    ///   nothing happened.
    public mutating func advance(
        rule: UInt8, _ signal: AlertSignal, at time: Timestamp, isContinuous: Bool = true, lifecycle: AlertLifecycle,
        identity: () -> EventID
    ) -> (step: AlertStep, alert: AlertTrack.OpenAlert)? {
        var position = tracks.count - 1
        while position >= 0, tracks[position].rule != rule { position -= 1 }
        if position < 0 {
            guard case .breach = signal else { return nil }
            position = tracks.count
            tracks.append(AlertTrack(rule: rule))
        }
        let before = tracks[position].open
        let step = tracks[position].advance(
            signal, at: time, isContinuous: isContinuous, lifecycle: lifecycle, identity: identity)
        let after = tracks[position].open
        if tracks[position].isIdle { tracks.remove(at: position) }
        switch step {
        case .none:
            return nil
        case .raised, .escalated:
            return after.map { (step, $0) }
        case .resolved:
            guard var ended = before else { return nil }
            ended.version += 1
            return (step, ended)
        }
    }

    /// Notes which parameters made the open alert of `rule`, at its opening or escalation.
    mutating func note(rule: UInt8, contributors: VitalParameterSet, threes: VitalParameterSet) {
        for position in tracks.indices where tracks[position].rule == rule {
            tracks[position].open?.contributors.formUnion(contributors)
            tracks[position].open?.threes.formUnion(threes)
        }
    }
}
