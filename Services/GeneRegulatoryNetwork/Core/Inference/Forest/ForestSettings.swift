/// How a forest is grown.
public struct ForestSettings: Sendable, Hashable {
    /// The kinds of forest.
    public enum Ensemble: String, Sendable, CaseIterable {
        /// Breiman 2001: each tree sees a bootstrap sample, each split is the best of its candidates.
        case randomForest = "rf"
        /// Geurts, Ernst and Wehenkel 2006: each tree sees all samples, each candidate is cut at random.
        case extraTrees = "et"
    }

    /// How many regulators are tried at a split.
    public enum Candidates: Sendable, Hashable {
        /// The square root of their number, rounded down.
        case squareRoot
        /// A third of their number, rounded down, as Breiman advises for regression.
        case third
        /// All of them.
        case all
        /// A number of them; as many as there are when it is larger.
        case count(Int)

        /// How many of `total` that is.
        func number(of total: Int) -> Int {
            switch self {
            case .squareRoot: max(1, Int(Double(total).squareRoot()))
            case .third: max(1, total / 3)
            case .all: total
            case .count(let count): max(1, min(count, total))
            }
        }
    }

    /// The kind of forest.
    public var ensemble: Ensemble
    /// How many regulators are tried at a split.
    public var candidates: Candidates
    /// The number of trees for each target.
    public var trees: Int
    /// A node of fewer distinct samples is not split.
    public var leastSplit: Int
    /// What decides all randomness.
    public var seed: UInt64

    /// The settings of the published method: 1,000 trees, grown until nothing is left to split.
    public init(
        ensemble: Ensemble = .randomForest, candidates: Candidates = .squareRoot, trees: Int = 1000,
        leastSplit: Int = 2, seed: UInt64 = 1
    ) {
        self.ensemble = ensemble
        self.candidates = candidates
        self.trees = trees
        self.leastSplit = leastSplit
        self.seed = seed
    }
}
