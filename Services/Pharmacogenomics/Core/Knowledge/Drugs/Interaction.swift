/// What a drug does to an enzyme while it is taken, and for some time after.
public struct Interaction: Sendable, Hashable {
    /// The direction.
    public enum Effect: String, Sendable, Hashable, CaseIterable {
        /// Less enzyme activity.
        case inhibitor
        /// More enzyme.
        case inducer
    }

    /// How strong it is, by the change of exposure of a sensitive substrate (FDA): inhibitors strong at 5-fold and more,
    /// moderate 2- to 5-fold, weak 1.25- to 2-fold; inducers strong at a loss of 80 % and more, moderate 50 to 80 %, weak 20
    /// to 50 %.
    public enum Strength: String, Sendable, Hashable, Comparable, CaseIterable {
        /// The weakest class.
        case weak
        /// The middle class.
        case moderate
        /// The strongest class.
        case strong

        /// Weaker first.
        public static func < (one: Strength, other: Strength) -> Bool { one.rank < other.rank }

        private var rank: Int {
            switch self {
            case .weak: 0
            case .moderate: 1
            case .strong: 2
            }
        }
    }

    /// The drug's name, as in ``DrugDictionary``.
    public let drug: String
    /// The gene of the enzyme.
    public let gene: GeneSymbol
    /// Inhibitor or inducer.
    public let effect: Effect
    /// Strong, moderate or weak.
    public let strength: Strength
    /// Days from the first dose until the effect is there.
    public let onsetDays: Double
    /// Days from the last dose until the effect is gone.
    public let washoutDays: Double
    /// Where class and times come from.
    public let source: String
}
