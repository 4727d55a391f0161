import Domain

extension AlertChange.Transition {
    /// The transition that `step` is; nil for none.
    init?(_ step: AlertStep) {
        switch step {
        case .none: return nil
        case .raised: self = .raised
        case .escalated: self = .escalated
        case .resolved: self = .resolved
        }
    }
}

extension AlertChange {
    /// The transition of a threshold rule's alert.
    init(_ transition: Transition, rule: ThresholdRule, alert: AlertTrack.OpenAlert, reading: VitalReading) {
        let level = rule.escalate.flatMap { alert.severity >= $0.severity ? $0 : nil } ?? rule.raise
        let limit = transition == .resolved ? rule.clear : level.threshold
        let words =
            transition == .resolved
            ? (rule.comparator.isHigh ? "at or below" : "at or above") : rule.comparator.rawValue
        let count = transition == .resolved ? rule.lifecycle.clearAfter : rule.lifecycle.raiseAfter
        let unit = rule.parameter.unit
        self.init(
            transition: transition, ruleNumber: rule.number, rule: rule.id, alertID: alert.id, version: alert.version,
            severity: alert.severity, score: reading.value, threshold: limit,
            summary: "\(rule.parameter.name) \(words) \(AlertEvidence.number(limit)) \(unit)"
                + " in \(count == 1 ? "1 reading" : "\(count) readings in a row")"
                + (transition == .resolved ? ": over" : " (\(level.severity.name))"),
            evidence: AlertEvidence.reading(reading), effectiveAt: reading.effectiveAt, raisedAt: alert.raisedAt,
            triggerEventID: reading.eventID)
    }

    /// The transition of a NEWS2 alert.
    init(
        _ transition: Transition, policy: NEWS2Policy, score: NEWS2Score, isApplicable: Bool,
        alert: AlertTrack.OpenAlert, reading: VitalReading, evidence: String
    ) {
        let threshold =
            switch (transition, alert.severity) {
            case (.resolved, _): policy.clearTotal
            case (_, .high): NEWS2Risk.highThreshold
            case (_, .medium): NEWS2Risk.mediumThreshold
            default: 3
            }
        self.init(
            transition: transition, ruleNumber: NEWS2Policy.number, rule: NEWS2Policy.id, alertID: alert.id,
            version: alert.version, severity: alert.severity, score: Double(score.total), threshold: Double(threshold),
            summary: isApplicable
                ? Self.summary(score, isOver: transition == .resolved)
                : "NEWS2 does not apply to this person (under 16 or pregnant): over",
            evidence: evidence, effectiveAt: reading.effectiveAt, raisedAt: alert.raisedAt,
            triggerEventID: reading.eventID)
    }

    private static func summary(_ score: NEWS2Score, isOver: Bool) -> String {
        let partials = score.scoring.parameters.map { "\($0.name) \(score.partial($0) ?? 0)" }
        let missing = VitalParameterSet.measured.subtracting(score.observed).parameters.map(\.name)
        return "NEWS2 \(missing.isEmpty ? "" : "at least ")\(score.total) (\(score.risk.rawValue))"
            + (partials.isEmpty ? "" : ": " + partials.joined(separator: ", "))
            + (missing.isEmpty ? "" : "; not observed: " + missing.joined(separator: ", "))
            + (isOver ? ": over" : "")
    }
}
