/// One drug as an option for an indication.
public struct TherapyOption: Sendable, Hashable {
    /// The code of the indication, as in `Indication.code`.
    public let indication: String
    /// The drug's name, as in ``DrugDictionary``.
    public let drug: String
    /// Line of therapy in the guideline named by `source`: 1 is tried first.
    public let line: Int
    /// What narrows the option (`focal seizures`, `not in women who can become pregnant`); empty when nothing does.
    public let note: String
    /// How well it works, where a meta-analysis that covers the indication says so.
    public let efficacy: EffectEstimate?
    /// How well it is borne, likewise.
    public let tolerability: EffectEstimate?
    /// The guideline for the line, and the meta-analysis for the estimates.
    public let source: String
}
