/// What a guideline says for one combination of phenotypes that is consistent with a person's data.
public struct CandidateAction: Sendable, Equatable {
    /// The share of all candidates that has this combination.
    public let weight: Double
    /// The outcome of each gene that the guideline asks about and that has one, in the order of the guideline's genes.
    public let results: [PhenotypeOutcome]
    /// The rows of the guideline that hold, the one whose actions are taken first; empty when none does.
    public let rules: [GuidelineRule]
    /// The actions in the guideline's order; empty when no row holds.
    public let actions: [RecommendedAction]
    /// True when the row is a fall-back for a gene without a result.
    public let isPartial: Bool
    /// True when every outcome is one of those with the best score: what a program that shows the top candidate would give.
    public let isLeading: Bool

    /// The severity of the gravest action: 0 (none) to 6 (contraindicated).
    public var severity: Int { actions.reduce(0) { max($0, $1.code.severity) } }
}
