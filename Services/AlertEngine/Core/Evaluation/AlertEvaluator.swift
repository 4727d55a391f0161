public import Contracts
public import Domain

/// Evaluates one observation against a patient's state: a pure function of the two.
public struct AlertEvaluator: Sendable {
    /// The rules.
    public let rules: RuleSet

    /// An evaluator of `rules`.
    public init(rules: RuleSet = RuleSet()) {
        self.rules = rules
    }

    /// Takes `observation` into `state` and tells what it changed.
    public func evaluate(_ observation: borrowing ObservationRecorded, state: inout PatientState) -> Evaluation {
        switch VitalIntake(observation, rules: rules) {
        case .reading(let reading):
            return evaluate(reading, of: observation.patient, state: &state)
        case .retraction(let code):
            return retract(code, at: observation.effectiveAt, state: &state)
        case .none(let outcome):
            return Evaluation(outcome: outcome)
        }
    }

    /// Takes `reading` of `patient` into `state`, evaluates the rules that watch its parameter, and tells what it changed.
    ///
    /// Everything is judged as of the reading's own time, so that feeds which run ahead of each other (a laboratory before a watch that was
    /// offline) hide nothing.
    public func evaluate(
        _ reading: VitalReading, of patient: PatientPseudonym, state: inout PatientState
    ) -> Evaluation {
        guard let previous = state.vitals.take(reading) else { return Evaluation(outcome: .superseded) }
        let parameter = reading.code.parameter
        let index = Int(parameter.rawValue)
        let time = reading.effectiveAt.microseconds
        var evaluation = Evaluation(outcome: .evaluated)
        if rules.news2 != nil, VitalParameterSet.news2.contains(VitalParameterSet(parameter)) {
            evaluateNEWS2(reading, of: patient, asOf: time, state: &state, into: &evaluation.changes)
        }
        let (gap, gapOverflow) = time.subtractingReportingOverflow(previous)
        let isContinuous = !gapOverflow && gap <= rules.windows[index]
        for place in rules.first[index]..<rules.first[index + 1] {
            evaluate(
                rules.limits[place], reading, of: patient, isContinuous: isContinuous, state: &state,
                into: &evaluation.changes)
        }
        return evaluation
    }

    /// Withdraws the reading of `code` that was made at `time`. It counts no longer; an alert that it opened stays open until other readings
    /// end it, so that a person looks.
    public func retract(_ code: ObservationCode, at time: Timestamp, state: inout PatientState) -> Evaluation {
        Evaluation(outcome: state.vitals.retract(code.parameter, at: time) ? .retracted : .superseded)
    }

    @inline(__always)
    private func evaluate(
        _ limits: ThresholdLimits, _ reading: VitalReading, of patient: PatientPseudonym, isContinuous: Bool,
        state: inout PatientState, into changes: inout [AlertChange]
    ) {
        let signal =
            applies(limits, to: state.facts, at: reading.effectiveAt) ? limits.signal(reading.value) : .clear
        if state.alerts.tracks.isEmpty {
            guard case .breach = signal else { return }
        }
        advance(limits, signal, reading, of: patient, isContinuous: isContinuous, state: &state, into: &changes)
    }

    private func advance(
        _ limits: ThresholdLimits, _ signal: AlertSignal, _ reading: VitalReading, of patient: PatientPseudonym,
        isContinuous: Bool, state: inout PatientState, into changes: inout [AlertChange]
    ) {
        guard let rule = rules.threshold(number: limits.number) else { return }
        let change = state.alerts.advance(
            rule: limits.number, signal, at: reading.effectiveAt, isContinuous: isContinuous,
            lifecycle: limits.lifecycle
        ) {
            Self.alertID(patient: patient, rule: rule.id, trigger: reading.eventID)
        }
        guard let change, let transition = AlertChange.Transition(change.step) else { return }
        changes.append(AlertChange(transition, rule: rule, alert: change.alert, reading: reading))
    }

    /// Whether the rule's thresholds are meant for this person: an adult's rule not for a child, the plain SpO2 rule not on scale 2.
    private func applies(_ limits: ThresholdLimits, to facts: PatientFacts, at time: Timestamp) -> Bool {
        if limits.isForAdults, facts.isUnder16(at: time) { return false }
        return limits.parameter != .oxygenSaturation || facts.oxygenScale == .scale1
    }

    private func evaluateNEWS2(
        _ reading: VitalReading, of patient: PatientPseudonym, asOf: Int64, state: inout PatientState,
        into changes: inout [AlertChange]
    ) {
        guard let policy = rules.news2 else { return }
        let score = NEWS2Score(state.news2Observations(asOf: asOf, rules: rules))
        let isApplicable = state.isInNEWS2Population(asOf: asOf, rules: rules)
        let signal: AlertSignal
        if isApplicable, let severity = policy.severity(of: score) {
            signal = .breach(severity)
        } else if state.alerts.tracks.isEmpty {
            return
        } else if isApplicable {
            signal = policy.calm(
                score, trigger: reading.code.parameter, open: state.alerts.open(rule: NEWS2Policy.number))
        } else {
            signal = .clear
        }
        let change = state.alerts.advance(
            rule: NEWS2Policy.number, signal, at: reading.effectiveAt, lifecycle: policy.lifecycle
        ) {
            Self.alertID(patient: patient, rule: NEWS2Policy.id, trigger: reading.eventID)
        }
        guard let change, let transition = AlertChange.Transition(change.step) else { return }
        if transition != .resolved {
            state.alerts.note(
                rule: NEWS2Policy.number, contributors: score.scoring.subtracting(.init(.supplementalOxygen)),
                threes: score.threes)
        }
        changes.append(
            AlertChange(
                transition, policy: policy, score: score, isApplicable: isApplicable, alert: change.alert,
                reading: reading,
                evidence: AlertEvidence.news2(score, vitals: state.vitals)))
    }

    /// The identity of the alert that `trigger` opens: a function of the three alone.
    static func alertID(patient: PatientPseudonym, rule: String, trigger: EventID) -> EventID {
        EventID.hashing("alert", patient.rawValue, rule, trigger.description)
    }
}
