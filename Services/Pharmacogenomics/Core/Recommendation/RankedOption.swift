/// A drug for an indication with its place among the alternatives and every reason for it.
public struct RankedOption: Sendable, Equatable {
    /// One part of the score.
    public struct Component: Sendable, Hashable {
        /// What it judges.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// The place of the drug among the drugs for the indication.
            case line
            /// Whether it can be expected to work, by the person's phenotypes.
            case efficacy
            /// Whether it can be expected to be tolerated, by the person's phenotypes.
            case tolerability
            /// Interactions with the present medication.
            case interaction
            /// What is not known.
            case uncertainty
        }

        /// What it judges.
        public let kind: Kind
        /// The points: negative when it speaks against the drug.
        public let points: Int
        /// Why, as a code: `CPIC:avoid:CYP2D6`, `raises:codeine:CYP2D6`.
        public let reason: String
    }

    /// The drug.
    public let drug: String
    /// The place, from 1; nil for a drug that is vetoed.
    public let rank: Int?
    /// The sum of the components' points; 0 is a usual drug without any finding.
    public let score: Int
    /// The parts of the score, in the order of the kinds.
    public let components: [Component]
    /// Why the drug is ruled out, as codes; empty when it is not.
    public let vetoes: [String]
    /// The recommendations that were looked at.
    public let recommendations: [DrugRecommendation]
}
