/// A medication that the person takes and that a guideline speaks strongly against.
public struct SafetyFinding: Sendable, Equatable {
    /// How urgent it is.
    public enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
        /// The guideline advises another drug or dose; or speaks against the drug without much weight.
        case warning
        /// The guideline says strongly that the drug is to be avoided or is contraindicated.
        case critical

        /// Less urgent first.
        public static func < (one: Self, other: Self) -> Bool { one == .warning && other == .critical }
    }

    /// The drug.
    public let drug: String
    /// How urgent it is.
    public let severity: Severity
    /// Why, as codes: `action:avoid`, `risk:toxicity-high`, `strength:strong`, `phenoconverted:paroxetine:CYP2D6`, `possible` (not all
    /// candidates agree), `partial`, `population:...`.
    public let reasons: [String]
    /// What it rests on.
    public let recommendation: DrugRecommendation
}
