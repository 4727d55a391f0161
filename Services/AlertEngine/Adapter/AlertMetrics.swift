import AlertEngineCore
import Metrics

/// What the alert engine counts. Counters count handling, so a batch that is rolled back and handled again counts twice.
struct AlertMetrics: Sendable {
    private static let prefix = "vitalstream_alert_engine"

    private let evaluated: Counter
    private let observations: [EvaluationOutcome: Counter]
    private let raised: [UInt8: Counter]
    private let escalated: [UInt8: Counter]
    private let resolved: [UInt8: Counter]

    init(rules: RuleSet) {
        let observations = Dictionary(
            uniqueKeysWithValues: EvaluationOutcome.allCases.map { outcome in
                (
                    outcome,
                    Counter(label: "\(Self.prefix)_observations_total", dimensions: [("outcome", outcome.rawValue)])
                )
            })
        self.observations = observations
        evaluated =
            observations[.evaluated]
            ?? Counter(label: "\(Self.prefix)_observations_total", dimensions: [("outcome", "evaluated")])
        let names = [(NEWS2Policy.number, NEWS2Policy.id)] + rules.thresholds.map { ($0.number, $0.id) }
        func counters(_ transition: AlertChange.Transition) -> [UInt8: Counter] {
            Dictionary(
                uniqueKeysWithValues: names.map { number, name in
                    (
                        number,
                        Counter(
                            label: "\(Self.prefix)_alerts_\(transition.rawValue)_total", dimensions: [("rule", name)])
                    )
                })
        }
        raised = counters(.raised)
        escalated = counters(.escalated)
        resolved = counters(.resolved)
    }

    func count(_ outcome: EvaluationOutcome) {
        outcome == .evaluated ? evaluated.increment() : observations[outcome]?.increment()
    }

    func count(_ change: AlertChange) {
        switch change.transition {
        case .raised: raised[change.ruleNumber]?.increment()
        case .escalated: escalated[change.ruleNumber]?.increment()
        case .resolved: resolved[change.ruleNumber]?.increment()
        }
    }
}
