/// What an inhibitor or inducer of a given strength makes of a genetic phenotype.
public struct PhenoconversionRule: Sendable, Hashable {
    /// The conversion.
    public enum Conversion: Sendable, Hashable {
        /// The activity score is multiplied (0 for a strong inhibitor); the phenotype follows from the new score.
        case activityScore(factor: Double)
        /// Every phenotype becomes this one.
        case phenotype(String)
        /// The phenotype moves along `PhenoconversionTable.ladder(for:)` by so many steps, up when positive, and stops at its
        /// ends. A poor metabolizer stays one: there is no enzyme to induce.
        case steps(Int)
        /// Nothing changes.
        case unchanged
    }

    /// The gene of the enzyme.
    public let gene: GeneSymbol
    /// Inhibitor or inducer.
    public let effect: Interaction.Effect
    /// Strong, moderate or weak.
    public let strength: Interaction.Strength
    /// What happens.
    public let conversion: Conversion
    /// Where the rule is published.
    public let source: String
}
