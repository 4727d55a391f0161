import Domain

/// A gene's phenotype as the present medication makes it appear (phenoconversion). It stands beside the genetic one and never
/// replaces it.
public struct ConvertedPhenotype: Sendable, Hashable {
    /// What the interacting drugs come to.
    public enum Effect: String, Sendable, Hashable {
        /// The inhibitor governs.
        case inhibited
        /// The inducer governs.
        case induced
        /// An inhibitor that is not strong meets an inducer: no rule is published, the genetic phenotype is kept and flagged.
        case opposed
        /// Only interactions too weak to change the phenotype.
        case unchanged
    }

    /// The outcomes after conversion; weights as of the genetic ones.
    public let outcomes: [PhenotypeOutcome]
    /// The places in ``outcomes`` of the candidates with the best score.
    public let leading: [Int]
    /// What the interacting drugs come to.
    public let effect: Effect
    /// The inhibitors in effect, strongest first, equal strengths by name.
    public let inhibitors: [InteractingDrug]
    /// The inducers in effect, strongest first, equal strengths by name.
    public let inducers: [InteractingDrug]
    /// When this result changes next by an onset or a washout that is already known; nil when none is.
    public let until: Timestamp?

    /// The phenotype, when all candidates agree.
    public var phenotype: String? { outcomes.count == 1 ? outcomes.first?.phenotype : nil }
    /// The activity score, when all candidates agree.
    public var activityScore: Double? { outcomes.count == 1 ? outcomes.first?.activityScore : nil }
}

/// A drug that inhibits or induces an enzyme at the time of the evaluation.
public struct InteractingDrug: Sendable, Hashable {
    /// The drug.
    public let drug: String
    /// How strong it is.
    public let strength: Interaction.Strength
    /// When its effect ends (end of the washout); nil while it is taken without a known end.
    public let until: Timestamp?
    /// The event that told the medication.
    public let eventID: EventID?
}
