/// How a recommendation came about, in coded steps and in plain sentences: from positions to diplotypes to phenotype to action.
public struct Explanation: Sendable, Equatable {
    /// One step of the way.
    public struct Step: Sendable, Hashable {
        /// What the step is about.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// Which positions were seen and which were missing.
            case positions
            /// Which diplotypes are consistent with them.
            case diplotypes
            /// What they mean.
            case phenotype
            /// What the present medication makes of it.
            case phenoconversion
            /// What the guideline says.
            case action
            /// What would settle what is open.
            case settling
            /// Where other sources differ.
            case conflict
            /// Sources and versions.
            case evidence
        }

        /// What the step is about.
        public let kind: Kind
        /// The gene, where it concerns one.
        public let gene: GeneSymbol?
        /// The facts as codes: names and values in a fixed order.
        public let codes: [Code]
        /// The step as one plain English sentence.
        public let sentence: String
    }

    /// A named value.
    public struct Code: Sendable, Hashable {
        /// The name: `status`, `diplotype`, `weight`...
        public let name: String
        /// The value as text.
        public let value: String
    }

    /// The drug.
    public let drug: String
    /// The steps in order.
    public let steps: [Step]

    /// The steps' sentences.
    public var sentences: [String] { steps.map(\.sentence) }
}
