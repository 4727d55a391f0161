import GeneRegulatoryNetworkCore
import Testing

@Suite("An edge's stability is how often half of the samples shows it")
struct SubsampleStabilityTests {
    @Test("Links of a chain are mostly there, far pairs seldom; the order of columns changes nothing")
    func chain() throws {
        let expression = try Samples.chain(genes: 6, samples: 60, seed: 41)
        let stability = SubsampleStability(rounds: 5, best: 10, seed: 3)
        func named(_ expression: ExpressionMatrix) throws -> [String: [Double]] {
            var matrix = ScoreMatrix(regulators: Array(0..<6), geneCount: 6)
            matrix.values = try stability.frequencies(
                of: AbsoluteCorrelation(), expression, regulators: Array(0..<6), runner: SerialRunner())
            return Samples.named(matrix, expression.genes)
        }
        let plain = try named(expression)
        for link in ["G01>G02", "G02>G03", "G05>G04"] { #expect(try #require(plain[link]?.first) > 0.8) }
        // Halves differ: some pair is in some of them only.
        #expect(plain.values.contains { $0[0] > 0.05 && $0[0] < 0.95 })
        #expect(try #require(plain["G00>G05"]?.first) < 0.2)
        #expect(try named(try Samples.shuffled(expression, seed: 4)) == plain)
    }

    @Test("A network carries the frequencies, and a list of another length is refused")
    func network() throws {
        var scores = ScoreMatrix(regulators: [1], geneCount: 3)
        scores.values = [2, 0, 5]
        let network = try SubsampleStability.network(
            genes: ["A", "B", "C"], scores: scores, frequencies: [0.25, 0, 1])
        #expect(network.edges.map(\.stability) == [1, 0.25])
        #expect(throws: InferenceError.self) {
            try SubsampleStability.network(genes: ["A", "B", "C"], scores: scores, frequencies: [1])
        }
    }

    @Test("No round or no edge is refused")
    func refused() throws {
        let expression = try Samples.chain(genes: 3, samples: 20, seed: 1)
        for stability in [SubsampleStability(rounds: 0, best: 1), SubsampleStability(rounds: 1, best: 0)] {
            #expect(throws: InferenceError.self) {
                try stability.frequencies(
                    of: AbsoluteCorrelation(), expression, regulators: [0], runner: SerialRunner())
            }
        }
    }
}
