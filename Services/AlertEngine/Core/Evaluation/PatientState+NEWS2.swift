import Domain

extension PatientState {
    /// What NEWS2 is scored from: the newest readings that are fresh as of `asOf` (microseconds).
    @inline(__always)
    func news2Observations(asOf: Int64, rules: borrowing RuleSet) -> NEWS2Observations {
        func fresh(_ parameter: VitalParameter) -> Double? {
            vitals.fresh(parameter, asOf: asOf, window: rules.windows[Int(parameter.rawValue)])
        }
        return NEWS2Observations(
            respirationRate: fresh(.respirationRate), oxygenSaturation: fresh(.oxygenSaturation),
            oxygenScale: facts.oxygenScale, onOxygen: fresh(.supplementalOxygen).map { $0 > 0 },
            systolicPressure: fresh(.systolicPressure), pulse: fresh(.pulse),
            consciousness: fresh(.consciousness).flatMap { Consciousness(rawValue: UInt8($0)) },
            temperature: fresh(.temperature))
    }

    /// Whether NEWS2 is made for this person as of `asOf`: not known to be under 16 and not known to be pregnant.
    @inline(__always)
    func isInNEWS2Population(asOf: Int64, rules: borrowing RuleSet) -> Bool {
        if let sixteenFrom = facts.sixteenFrom, asOf < sixteenFrom.microseconds { return false }
        let window = rules.windows[Int(VitalParameter.pregnancy.rawValue)]
        return vitals.fresh(.pregnancy, asOf: asOf, window: window) != 1
    }
}

extension NEWS2Policy {
    /// The severity that `score` calls for now; nil when it is at low risk.
    @inline(__always)
    func severity(of score: NEWS2Score) -> Severity? {
        if needsCompleteSet, !score.isComplete { return score.hasSingleThree ? .lowMedium : nil }
        return score.risk.severity
    }

    /// What a score at low risk says to the alert that is open.
    ///
    /// It is calm only when every parameter that made the alert was observed again within its window, when those that scored 3 score 1 or
    /// less, and when the total is at or below ``clearTotal``. Only readings of those parameters count: that the pulse is normal three
    /// times says nothing about the temperature.
    func calm(_ score: NEWS2Score, trigger: VitalParameter, open: AlertTrack.OpenAlert?) -> AlertSignal {
        guard let open, open.contributors.contains(VitalParameterSet(trigger)),
            score.observed.isSuperset(of: open.contributors)
        else { return .unproven }
        let isCalm =
            score.total <= clearTotal && open.threes.parameters.allSatisfy { (score.partial($0) ?? 0) <= 1 }
        return isCalm ? .clear : .between
    }
}
