import GeneRegulatoryNetworkCore
import Testing

@Suite("Partial correlations are those of the inverse of the shrunk correlations")
struct PartialCorrelationTests {
    private func infer(_ method: PartialCorrelation, _ expression: ExpressionMatrix) throws -> ScoreMatrix {
        try method.infer(expression, regulators: Array(expression.genes.indices), runner: SerialRunner())
    }

    @Test("Intensity and result equal numpy 2.4's by the formulas of corpcor's estimate.lambda and cor2pcor")
    func knownAnswers() throws {
        let expression = try ExpressionMatrix(
            genes: ["A", "B", "C", "D"], samples: (1...6).map { "S\($0)" },
            columns: [[1, 2, 3, 4, 5, 9], [2, 1, 4, 3, 6, 5], [5, 5, 3, 2, 2, 0], [0, 3, 1, 3, 0, 2]])
        #expect(abs(PartialCorrelation.intensity(expression.values, sampleCount: 6) - 0.405930713920024) < 1e-12)
        let scores = try infer(PartialCorrelation(), expression)
        for (pair, r) in [
            ((0, 1), 0.25487003859818), ((0, 2), -0.423772722339246), ((1, 3), -0.348052943213217),
            ((2, 3), -0.133857745939827),
        ] {
            #expect(abs(Samples.score(scores, pair.0, pair.1) - abs(r)) < 1e-10)
            #expect(scores.signs[scores.index(regulator: pair.0, target: pair.1)] == (r > 0 ? 1 : -1))
        }
    }

    @Test("Three genes with little shrinkage: (r12 - r13 r23) / sqrt((1 - r13^2)(1 - r23^2)) of the textbook")
    func textbook() throws {
        let expression = try Samples.chain(genes: 3, samples: 50, seed: 21)
        let r = try AbsoluteCorrelation().infer(expression, regulators: [0, 1, 2], runner: SerialRunner())
        func signed(_ one: Int, _ other: Int) -> Double {
            Samples.score(r, one, other) * Double(r.signs[r.index(regulator: one, target: other)])
        }
        let (a, b, c) = (signed(0, 2), signed(0, 1), signed(1, 2))
        let wanted = (a - b * c) / ((1 - b * b) * (1 - c * c)).squareRoot()
        let found = try infer(PartialCorrelation(intensity: 1e-6), expression)
        #expect(abs(Samples.score(found, 0, 2) - abs(wanted)) < 1e-4)
    }

    @Test("The way through samples gives what the way through genes gives, as doubled samples show")
    func woodbury() throws {
        // 30 genes x 20 samples goes through samples; each sample twice, 40 samples, goes through genes.
        let expression = try Samples.chain(genes: 30, samples: 20, seed: 22)
        let twice = expression.select(samples: Array(0..<20) + Array(0..<20))
        let one = try infer(PartialCorrelation(intensity: 0.3), expression)
        let other = try infer(PartialCorrelation(intensity: 0.3), twice)
        for (a, b) in zip(one.values, other.values) { #expect(abs(a - b) < 1e-9) }
        #expect(one.signs == other.signs)
    }
}
