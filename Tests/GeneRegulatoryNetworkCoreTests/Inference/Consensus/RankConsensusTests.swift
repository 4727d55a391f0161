import GeneRegulatoryNetworkCore
import Testing

@Suite("A consensus is the mean of the ranks")
struct RankConsensusTests {
    private func matrix(_ values: [Double], signs: [Int8]? = nil) -> ScoreMatrix {
        var matrix = ScoreMatrix(regulators: [0, 1], geneCount: 3)
        matrix.values = values
        if let signs { matrix.signs = signs }
        return matrix
    }

    @Test("Places run evenly from 1; equal scores share the mean, scores of 0 have the last place (by hand)")
    func places() {
        // Four pairs: 0>1, 0>2, 1>0, 1>2.
        #expect(matrix([0, 9, 2, 5, 0, 1]).rankScores() == [0, 1, 0.5, 0.75, 0, 0.25])
        #expect(matrix([0, 9, 5, 5, 0, 0]).rankScores() == [0, 1, 0.625, 0.625, 0, 0])
    }

    @Test("Weights count, signs are the majority's, self pairs stay 0 (by hand)")
    func combined() throws {
        let one = matrix([0, 9, 2, 5, 0, 1], signs: [0, 1, 1, 1, 0, 1])
        let other = matrix([0, 1, 2, 3, 0, 4], signs: [0, -1, 1, -1, 0, 0])
        let both = try RankConsensus.combine([(one, weight: 3), (other, weight: 1)])
        #expect(both.values == [0, 0.75 + 0.0625, 0.375 + 0.125, 0.5625 + 0.1875, 0, 0.1875 + 0.25])
        #expect(both.signs == [0, 1, 1, 1, 0, 1])
        let alone = try RankConsensus.combine([(one, weight: 2)])
        #expect(alone.values == one.rankScores())
    }

    @Test("No method, a weight of 0 and matrices of other genes are refused")
    func refused() {
        #expect(throws: InferenceError.self) { try RankConsensus.combine([]) }
        #expect(throws: InferenceError.self) {
            try RankConsensus.combine([(ScoreMatrix(regulators: [0], geneCount: 2), weight: 0)])
        }
        #expect(throws: InferenceError.self) {
            try RankConsensus.combine([
                (ScoreMatrix(regulators: [0], geneCount: 2), weight: 1),
                (ScoreMatrix(regulators: [0], geneCount: 3), weight: 1),
            ])
        }
    }

    @Test("Balancing divides by the root of a target's best; directions keep the root of twice their share")
    func balance() {
        var scores = matrix([0, 8, 4, 2, 0, 1])
        scores.balanceTargets()
        #expect(scores.values == [0, 8 / 8.0.squareRoot(), 2, 2 / 2.0.squareRoot(), 0, 0.5])
        scores = matrix([0, 9, 4, 3, 0, 1])
        scores.competeDirections()
        #expect(scores.values == [0, 9 * 1.5.squareRoot(), 4, 3 * 0.5.squareRoot(), 0, 1])
    }

    @Test("Normal scores keep the order, share ties and forget the scale")
    func normalScores() throws {
        let plain = try ExpressionMatrix(
            genes: ["A", "B"], samples: ["1", "2", "3", "4"], columns: [[3, 1, 2, 100], [5, 5, .nan, 1]])
        let scored = plain.normalScored()
        let a = Array(scored.levels(of: 0))
        // The quantiles of 5/8 and 7/8: .3186 and 1.1503 (Fisher and Yates).
        for (found, wanted) in zip(a, [0.31864, -1.15035, -0.31864, 1.15035] as [Float]) {
            #expect(abs(found - wanted) < 1e-4)
        }
        let b = Array(scored.levels(of: 1))
        #expect(b[0] == b[1] && b[2].isNaN && b[3] < b[0])
    }
}
