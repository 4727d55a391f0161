/// The result of a published meta-analysis for one drug: an estimate with its 95 % interval.
public struct EffectEstimate: Sendable, Hashable {
    /// What the estimate is.
    public enum Measure: String, Sendable, Hashable, CaseIterable {
        /// Odds ratio of response against placebo: more is better.
        case responseOddsRatio = "response-or"
        /// Odds ratio of stopping for any cause against placebo: less is better.
        case dropoutOddsRatio = "dropout-or"
        /// Standardised mean difference of overall symptoms against placebo: less is better.
        case symptomDifference = "symptom-smd"
        /// Risk ratio of stopping for any cause against placebo: less is better.
        case dropoutRiskRatio = "dropout-rr"
    }

    /// What the estimate is.
    public let measure: Measure
    /// The point estimate.
    public let value: Double
    /// The lower end of the interval (95 %; credible or confidence, as the source computes it).
    public let lower: Double
    /// The upper end.
    public let upper: Double

    /// The estimate as a benefit on one scale for all measures, more is better: the logarithm of a ratio, or the difference,
    /// with the sign turned where less is better. Compare it within one measure only.
    public var benefit: Double {
        switch measure {
        case .responseOddsRatio: Self.logarithm(value)
        case .dropoutOddsRatio, .dropoutRiskRatio: -Self.logarithm(value)
        case .symptomDifference: -value
        }
    }
}
