/// The accurate mode: the ranks of the fast mode, of a random forest and of extra trees together (``RankConsensus``); the random forest, the
/// best of the three alone, counts twice.
///
/// The forests are those of ``Genie3`` on normal scores (``ExpressionMatrix/normalScored()``: no odd sample leads) without splits of fewer than
/// twenty samples, which explain noise. The random forest tries a third of the regulators at a split, so that weak ones are seldom taken
/// for want of a better one; the extra trees try the square root and cut at random, which keeps the order of the weak ones. Their scores are
/// balanced between targets, and the two directions of a pair compete (``ScoreMatrix/balanceTargets()``, ``ScoreMatrix/competeDirections()``).
///
/// One set of settings for all data, chosen by leave-one-network-out on DREAM4 multifactorial 1-3. Nothing prefers hubs.
public struct AccurateMode: InferenceMethod {
    /// How the fast mode works.
    public var fast: StumpSettings
    /// How many trees each forest has for a target; nil for the rule: 500 for small problems, falling to 100 for large ones
    /// (``trees(regulators:genes:samples:)``).
    public var trees: Int?
    /// A node of fewer distinct samples is not split.
    public var leastSplit: Int
    /// What decides the randomness of the forests.
    public var seed: UInt64

    /// The accurate mode.
    public init(fast: StumpSettings = StumpSettings(), trees: Int? = nil, leastSplit: Int = 20, seed: UInt64 = 1) {
        self.fast = fast
        self.trees = trees
        self.leastSplit = leastSplit
        self.seed = seed
    }

    /// `accurate`.
    public var name: String { "accurate" }

    /// The mean ranks; the sign is that of the majority.
    /// - Throws: ``InferenceError`` as ``StumpBoosting`` and ``Genie3`` do.
    public func infer(
        _ expression: ExpressionMatrix, regulators: [Int], runner: any ParallelRunner
    ) throws(InferenceError) -> ScoreMatrix {
        var voices = [(try StumpBoosting(fast).infer(expression, regulators: regulators, runner: runner), weight: 1.0)]
        let scored = expression.normalScored()
        let trees =
            trees
            ?? Self.trees(
                regulators: regulators.count, genes: expression.geneCount, samples: expression.sampleCount)
        let forests: [(ForestSettings.Ensemble, ForestSettings.Candidates, weight: Double)] = [
            (.randomForest, .third, 2), (.extraTrees, .squareRoot, 1),
        ]
        for (ensemble, candidates, weight) in forests {
            let settings = ForestSettings(
                ensemble: ensemble, candidates: candidates, trees: trees, leastSplit: leastSplit, seed: seed)
            var scores = try Genie3(settings).infer(scored, regulators: regulators, runner: runner)
            scores.balanceTargets()
            scores.competeDirections()
            voices.append((scores, weight: weight))
        }
        return try RankConsensus.combine(voices)
    }

    /// How many trees are grown for each target: 500 up to five million regulators x genes x samples, beyond that so many less that the
    /// work stays the same, down to 100.
    public static func trees(regulators: Int, genes: Int, samples: Int) -> Int {
        let size = Double(regulators) * Double(genes) * Double(samples)
        return max(100, Int((500 * min(1, 5e6 / max(size, 1))).rounded(.down)))
    }
}
