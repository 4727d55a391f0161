import GeneRegulatoryNetworkCore

/// The methods of inference, by the names that `--mode` takes.
public enum InferenceMode: String, Sendable, CaseIterable {
    /// Boosted stumps; see ``GeneRegulatoryNetworkCore/StumpBoosting``.
    case fast
    /// The fast mode with two forests; see ``GeneRegulatoryNetworkCore/AccurateMode``.
    case accurate
    /// GENIE3 with a random forest.
    case genie3RandomForest = "genie3-rf"
    /// GENIE3 with extra trees.
    case genie3ExtraTrees = "genie3-et"
    /// CLR.
    case clr
    /// ARACNE, without tolerance.
    case aracne
    /// Mutual information.
    case mutualInformation = "mi"
    /// Absolute correlation of levels.
    case pearson
    /// Absolute correlation of ranks.
    case spearman
    /// Partial correlation with shrinkage.
    case partialCorrelation = "pcor"
    /// The mean rank of fast, genie3-rf, clr, spearman and pcor.
    case consensus

    /// A mode by its name; `genie3` is the random forest, as published first.
    public init?(named name: String) {
        guard let mode = Self(rawValue: name == "genie3" ? "genie3-rf" : name) else { return nil }
        self = mode
    }

    /// The method.
    func method(seed: UInt64, hubPrior: Bool) -> any InferenceMethod {
        let stumps = StumpSettings(hubPrior: hubPrior)
        return switch self {
        case .fast: StumpBoosting(stumps)
        case .accurate: AccurateMode(fast: stumps, seed: seed)
        case .genie3RandomForest: Genie3(ForestSettings(ensemble: .randomForest, seed: seed))
        case .genie3ExtraTrees: Genie3(ForestSettings(ensemble: .extraTrees, seed: seed))
        case .clr: MutualInformation(.clr)
        case .aracne: MutualInformation(.aracne(tolerance: 0))
        case .mutualInformation: MutualInformation()
        case .pearson: AbsoluteCorrelation(.pearson)
        case .spearman: AbsoluteCorrelation(.spearman)
        case .partialCorrelation: PartialCorrelation()
        case .consensus:
            RankConsensus(
                [Self.fast, .genie3RandomForest, .clr, .spearman, .partialCorrelation].map {
                    RankConsensus.Member($0.method(seed: seed, hubPrior: hubPrior))
                })
        }
    }
}
