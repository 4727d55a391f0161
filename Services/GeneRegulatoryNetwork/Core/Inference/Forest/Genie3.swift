/// GENIE3 (Huynh-Thu et al. 2010, PLoS ONE 5:e12776): each gene is predicted from the regulators by a forest of regression trees, and a
/// regulator's score is the reduction of variance at the splits that use it, averaged over the trees, the target having unit variance.
///
/// The trees are grown on ``SharedBins`` with whole-number sums of the target, so that no sum depends on an order. Targets are sixteen-bit
/// whole numbers over their range. A regulator of more than 256 distinct levels is split at 256 quantiles only; with fewer the search
/// meets every split that a search over sorted levels meets.
///
/// Tree t of a target is decided by the seed, the target's name, t and the data: not by threads, nor by the order of genes or samples, whose
/// candidates are drawn in the order of names and whose bootstrap draws in the order of levels. Missing levels are the gene's median.
public struct Genie3: InferenceMethod {
    /// How the forests are grown.
    public var settings: ForestSettings

    /// The method.
    public init(_ settings: ForestSettings = ForestSettings()) {
        self.settings = settings
    }

    /// `genie3-rf` or `genie3-et`.
    public var name: String { "genie3-\(settings.ensemble.rawValue)" }

    /// The scores; signs are those of Pearson's correlation.
    /// - Throws: ``InferenceError`` for fewer than 3 or more than a million samples, no regulator, or no tree.
    public func infer(
        _ expression: ExpressionMatrix, regulators: [Int], runner: any ParallelRunner
    ) throws(InferenceError) -> ScoreMatrix {
        guard settings.trees > 0, settings.leastSplit >= 2 else {
            throw InferenceError(.badSetting, "a forest needs at least 1 tree and 2 samples to split")
        }
        guard expression.sampleCount < TargetLevels.mostSamples else {
            throw InferenceError(.badSetting, "a forest takes less than \(TargetLevels.mostSamples) samples")
        }
        let canonical = try CanonicalExpression(expression, regulators: regulators, atLeast: 3)
        let bins = SharedBins(canonical)
        let settings = settings
        let importance = runner.gather(canonical.geneCount, startingWith: []) { gene -> [Double] in
            guard let target = TargetLevels(canonical.levels(of: gene)) else { return [] }
            let own = canonical.regulators.firstIndex(of: gene)
            let candidates = canonical.regulators.indices.filter { $0 != own }.map(Int32.init)
            guard !candidates.isEmpty else { return [] }
            var grower = TreeGrower(bins, target, candidates: candidates, settings: settings)
            for tree in 0..<settings.trees {
                let mixed = settings.seed &+ UInt64(tree) &* 0xd134_2543_de82_ef95
                grower.grow(SeededGenerator(seed: mixed, name: canonical.names[gene]))
            }
            return grower.importance.map { $0 / Double(settings.trees) }
        }
        var matrix = canonical.matrix(expression, regulators: regulators) { place, gene in
            importance[gene].isEmpty ? 0 : importance[gene][place]
        }
        AbsoluteCorrelation.setSigns(&matrix, canonical, runner: runner)
        return matrix
    }
}
