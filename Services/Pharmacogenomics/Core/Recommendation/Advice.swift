/// What one guideline comes to for one person: the action for every candidate, and how far they agree.
///
/// Immutable and shared, so that what a change does not touch costs nothing.
public final class Advice: Sendable {
    /// How far the candidates agree.
    public let status: ConsensusStatus
    /// The combinations of phenotypes, heaviest first, equal weights the gravest action first.
    public let candidates: [CandidateAction]
    /// What to do: the action that all candidates share, or for unphased data of lowest-function genes that of the published
    /// worst case. Empty when the candidates differ or nothing is known.
    public let actions: [RecommendedAction]
    /// How strongly the source stands behind it; of the row that gives `actions`, otherwise of the gravest candidate.
    public let strength: RecommendationStrength
    /// The class of side-effect risk: of the row that gives `actions`, otherwise of the gravest candidate; empty when unknown.
    public let risk: String
    /// The genes that the guideline needs and that have no result.
    public let missingGenes: [GeneSymbol]
    /// True when a row for fewer genes than the guideline knows was taken.
    public let isPartial: Bool
    /// What would settle it, best first; empty when nothing is open.
    public let settledBy: [SettlingTest]
    /// A hash of the content: equal on every machine and in every run.
    public let contentHash: UInt64
    /// The severity of what is to be done: of `actions`, or of the gravest candidate when they differ.
    public let severity: Int
    /// For comparing sources: 0 as usual, 1 watch or test, 2 another dose, 3 another drug; -1 when there is no one action.
    let band: Int
    /// The gravest action, of `actions` or of the gravest candidate, where it is to take another drug or worse; otherwise nil.
    let graveAction: RecommendedAction?
    /// A hash of the actions.
    let actionsHash: UInt64

    init(
        status: ConsensusStatus, candidates: [CandidateAction], actions: [RecommendedAction],
        strength: RecommendationStrength, risk: String, missingGenes: [GeneSymbol], isPartial: Bool,
        settledBy: [SettlingTest], contentHash: UInt64, actionsHash: UInt64
    ) {
        self.status = status
        self.candidates = candidates
        self.actions = actions
        self.strength = strength
        self.risk = risk
        self.missingGenes = missingGenes
        self.isPartial = isPartial
        self.settledBy = settledBy
        self.contentHash = contentHash
        self.actionsHash = actionsHash
        let severity =
            actions.isEmpty
            ? candidates.reduce(0) { max($0, $1.severity) } : actions.reduce(0) { max($0, $1.code.severity) }
        self.severity = severity
        graveAction = severity >= 4 ? Self.gravest(actions, candidates) : nil
        band = Self.band(status, actions, severity, isPartial: isPartial)
    }

    /// The candidate with the gravest action; nil when there is no candidate.
    public var gravest: CandidateAction? { Self.gravest(candidates) }

    private static func gravest(_ candidates: [CandidateAction]) -> CandidateAction? {
        candidates.max { ($0.severity, $0.weight) < ($1.severity, $1.weight) }
    }

    private static func gravest(
        _ actions: [RecommendedAction], _ candidates: [CandidateAction]
    ) -> RecommendedAction? {
        let shown = actions.isEmpty ? gravest(candidates)?.actions ?? [] : actions
        return shown.count == 1 ? shown[0] : shown.max()
    }

    /// True when something is to be done otherwise than usual, or may have to be.
    public var changesTherapy: Bool { severity >= 2 }
}

extension Advice: Equatable {
    /// By content.
    public static func == (one: Advice, other: Advice) -> Bool {
        one === other
            || one.contentHash == other.contentHash && one.status == other.status && one.actions == other.actions
                && one.candidates == other.candidates && one.missingGenes == other.missingGenes
                && one.settledBy == other.settledBy
    }
}
