/// The kinds of action that the tables of guidelines know.
public enum ActionCode: String, Sendable, Hashable, CaseIterable {
    /// Never give the drug.
    case contraindicated
    /// Do not give the drug; what follows in the list is the fall-back.
    case avoid
    /// Choose or consider another drug; the detail says which kind.
    case alternative
    /// Give a share of the standard dose: `50`, `25-50`.
    case dosePercent = "dose-percent"
    /// Start at a share of the standard starting dose.
    case doseStartPercent = "dose-start-percent"
    /// Do not exceed this dose.
    case doseMaximum = "dose-maximum"
    /// Give this dose.
    case dose
    /// Give more than usual.
    case doseIncrease = "dose-increase"
    /// Give less than usual.
    case doseDecrease = "dose-decrease"
    /// Compute the dose by a published algorithm.
    case algorithm
    /// Raise the dose slowly or fast.
    case titrate
    /// Change the time of a step.
    case delay
    /// Change how long the drug is given.
    case duration
    /// Watch a level, a count or a sign.
    case monitor
    /// Do a test before the drug is given.
    case testFirst = "test-first"
    /// What the label says, as the source classes it.
    case label
    /// Nothing changes.
    case standard
    /// The source knows the case and gives no recommendation.
    case noRecommendation = "no-recommendation"

    /// How much the action weighs, 0 (no recommendation) to 6 (contraindicated).
    public var severity: Int {
        switch self {
        case .contraindicated: 6
        case .avoid: 5
        case .alternative: 4
        case .dosePercent, .doseStartPercent, .doseMaximum, .dose, .doseIncrease, .doseDecrease, .algorithm, .titrate,
            .delay, .duration:
            3
        case .monitor, .testFirst: 2
        case .standard, .label: 1
        case .noRecommendation: 0
        }
    }

    var isPercentage: Bool { self == .dosePercent || self == .doseStartPercent }

    var needsDetail: Bool {
        switch self {
        case .dosePercent, .doseStartPercent, .doseMaximum, .dose, .algorithm, .titrate, .delay, .duration, .monitor,
            .testFirst, .label:
            true
        case .contraindicated, .avoid, .alternative, .doseIncrease, .doseDecrease, .standard, .noRecommendation: false
        }
    }
}
