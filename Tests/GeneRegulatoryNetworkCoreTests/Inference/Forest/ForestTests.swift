import GeneRegulatoryNetworkCore
import Testing

@Suite("A forest's scores are the published reduction of variance, searched exactly")
struct ForestTests {
    private func infer(_ settings: ForestSettings, _ expression: ExpressionMatrix) throws -> ScoreMatrix {
        try Genie3(settings).infer(
            expression, regulators: Array(expression.genes.indices), runner: SerialRunner())
    }

    @Test("A tree over two-level regulators scores as scikit-learn 1.9's DecisionTreeRegressor, not normalised")
    func knownTree() throws {
        // A cut of a two-level regulator has one place, so extra trees that try all of them grow the one greedy tree.
        let expression = try ExpressionMatrix(
            genes: ["A", "B", "C", "T"], samples: (1...12).map { "S\($0)" },
            columns: [
                [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1], [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
                [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1],
                [0.3, 1.1, 0.2, 1.9, 0.7, 4.1, 2.2, 5.9, 2.5, 3.6, 3.3, 6.4],
            ])
        let settings = ForestSettings(ensemble: .extraTrees, candidates: .all, trees: 3)
        let scores = try Genie3(settings).infer(expression, regulators: [0, 1, 2], runner: SerialRunner())
        for (regulator, wanted) in [0.625574569, 0.231660342, 0.122682036].enumerated() {
            #expect(abs(scores.values[scores.index(regulator: regulator, target: 3)] - wanted) < 1e-4)
        }
    }

    @Test("Fully grown extra trees explain all of a target's variance, whatever the order of levels")
    func total() throws {
        let expression = try Samples.chain(genes: 6, samples: 50, seed: 31)
        let scores = try infer(ForestSettings(ensemble: .extraTrees, trees: 5), expression)
        for target in 0..<6 {
            let sum = (0..<6).reduce(0) { $0 + Samples.score(scores, $1, target) }
            #expect(abs(sum - 1) < 1e-9)
        }
    }

    @Test("A random forest of samples drawn with replacement explains 1 - 1/n of the variance on average")
    func bootstrap() throws {
        // The expected variance of a bootstrap sample is (1 - 1/n) of the whole's.
        let expression = try Samples.chain(genes: 3, samples: 20, seed: 32)
        let scores = try infer(ForestSettings(trees: 600), expression)
        for target in 0..<3 {
            let sum = (0..<3).reduce(0) { $0 + Samples.score(scores, $1, target) }
            #expect(abs(sum - 0.95) < 0.04, "seed 1")
        }
    }

    @Test("A monotone change of the regulators changes no bit of another target's scores: every split is searched")
    func monotone() throws {
        let expression = try Samples.chain(genes: 6, samples: 80, seed: 33)
        let width = expression.sampleCount
        var values = expression.values
        for place in 0..<5 * width { values[place] = values[place] * values[place] * values[place] + 2 * values[place] }
        let bent = try ExpressionMatrix(genes: expression.genes, samples: expression.samples, values: values)
        let settings = ForestSettings(candidates: .count(2), trees: 20)
        let (one, other) = (try infer(settings, expression), try infer(settings, bent))
        for regulator in 0..<5 {
            #expect(Samples.score(one, regulator, 5) == Samples.score(other, regulator, 5))
        }
        #expect(Samples.score(one, 0, 1) != Samples.score(other, 0, 1))
    }

    @Test("More than 256 distinct levels are searched at 256 quantiles and still find the regulator")
    func manyLevels() throws {
        let expression = try Samples.chain(genes: 4, samples: 700, seed: 34)
        let scores = try infer(ForestSettings(candidates: .all, trees: 2), expression)
        #expect(Samples.score(scores, 1, 0) > 0.6)
        #expect(Samples.score(scores, 1, 0) > 5 * Samples.score(scores, 3, 0))
    }

    @Test("Another seed is another forest, the same seed the same; more trees keep the trees there were")
    func seeds() throws {
        let expression = try Samples.chain(genes: 4, samples: 30, seed: 35)
        let one = try infer(ForestSettings(trees: 3, seed: 1), expression)
        #expect(try infer(ForestSettings(trees: 3, seed: 1), expression) == one)
        #expect(try infer(ForestSettings(trees: 3, seed: 2), expression) != one)
        let first = try infer(ForestSettings(trees: 1), expression)
        let both = try infer(ForestSettings(trees: 2), expression)
        // The mean of two trees holds half of the first.
        for (a, b) in zip(first.values, both.values) { #expect(b >= a / 2 - 1e-15) }
    }

    @Test("A node too small to be split is left: when all samples are needed, a random forest explains nothing")
    func leastSplit() throws {
        let expression = try Samples.chain(genes: 3, samples: 30, seed: 36)
        let scores = try infer(ForestSettings(trees: 5, leastSplit: 30), expression)
        #expect(scores.values.allSatisfy { $0 == 0 })
    }
}
