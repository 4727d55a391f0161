/// How far the candidates of a person agree on what to do with a drug.
public enum ConsensusStatus: String, Sendable, Hashable, CaseIterable {
    /// One candidate phenotype of every gene, one action.
    case determinate
    /// Several phenotypes are consistent with the data and all lead to the same action.
    case ambiguousSameAction = "ambiguous-same-action"
    /// Several phenotypes are consistent with the data and they lead to different actions.
    case ambiguousDifferentAction = "ambiguous-different-action"
    /// A gene that the guideline needs has no result.
    case notCallable = "not-callable"
    /// The genes have results, and the guideline has no row for them.
    case notCovered = "not-covered"
}
