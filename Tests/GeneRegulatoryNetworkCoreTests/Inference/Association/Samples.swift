import GeneRegulatoryNetworkCore

/// Made-up expression for tests.
enum Samples {
    /// A chain G00 -> G01 -> G02... of noisy copies (correlation .9), where every third link is a repression.
    static func chain(genes: Int, samples: Int, seed: UInt64, missing: Double = 0) throws -> ExpressionMatrix {
        var random = SeededGenerator(seed: seed)
        func noise() -> Float { Float((0..<6).reduce(-3) { sum, _ in sum + random.uniform() }) }
        var columns: [[Float]] = []
        for gene in 0..<genes {
            columns.append(
                (0..<samples).map { sample in
                    guard gene > 0 else { return noise() }
                    return (gene % 3 == 0 ? -0.9 : 0.9) * columns[gene - 1][sample] + 0.436 * noise()
                })
        }
        for gene in columns.indices where missing > 0 {
            for sample in 0..<samples where random.uniform() < missing { columns[gene][sample] = .nan }
        }
        return try ExpressionMatrix(
            genes: (0..<genes).map { "G\($0 / 10)\($0 % 10)" }, samples: (0..<samples).map { "S\($0)" },
            columns: columns)
    }

    /// The matrix with genes and samples in another order; the samples' names stay where they are, as in a file without names.
    static func shuffled(_ expression: ExpressionMatrix, seed: UInt64) throws -> ExpressionMatrix {
        var random = SeededGenerator(seed: seed)
        let genes = expression.genes.indices.shuffled(using: &random)
        let samples = expression.samples.indices.shuffled(using: &random)
        let other = expression.select(genes: genes).select(samples: samples)
        return try ExpressionMatrix(genes: other.genes, samples: expression.samples, values: other.values)
    }

    /// The scores and signs of a matrix by the names of its pairs.
    static func named(_ scores: ScoreMatrix, _ genes: [String]) -> [String: [Double]] {
        var result: [String: [Double]] = [:]
        for (row, regulator) in scores.regulators.enumerated() {
            for target in 0..<scores.geneCount {
                let index = scores.index(regulator: row, target: target)
                result["\(genes[regulator])>\(genes[target])"] = [scores.values[index], Double(scores.signs[index])]
            }
        }
        return result
    }

    /// The score of a pair of gene numbers, all genes being regulators.
    static func score(_ scores: ScoreMatrix, _ regulator: Int, _ target: Int) -> Double {
        scores.values[scores.index(regulator: regulator, target: target)]
    }

    /// Every method of the rooms Forest, Association and Consensus, small enough for tests.
    static let methods: [any InferenceMethod] = [
        AbsoluteCorrelation(.pearson), AbsoluteCorrelation(.spearman), MutualInformation(),
        MutualInformation(isCorrected: true), MutualInformation(.clr), MutualInformation(.aracne(tolerance: 0.1)),
        PartialCorrelation(), Genie3(ForestSettings(trees: 4)),
        Genie3(ForestSettings(ensemble: .extraTrees, candidates: .third, trees: 4)),
        RankConsensus([.init(AbsoluteCorrelation()), .init(MutualInformation(.clr), weight: 0.5)]),
        AccurateMode(trees: 3),
    ]
}

/// Runs the last body first.
struct BackwardRunner: ParallelRunner {
    func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
        for index in (0..<count).reversed() { body(index) }
    }

    func forEach<Cell>(
        _ count: Int, writing cells: UnsafeMutableBufferPointer<Cell>,
        _ body: @Sendable (Int, UnsafeMutableBufferPointer<Cell>) -> Void
    ) {
        for index in (0..<count).reversed() { body(index, cells) }
    }
}
