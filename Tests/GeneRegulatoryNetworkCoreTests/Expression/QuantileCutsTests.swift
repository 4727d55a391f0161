import GeneRegulatoryNetworkCore
import Testing

@Suite("Cuts lie at quantiles, between levels")
struct QuantileCutsTests {
    @Test(
        "known cuts",
        arguments: [
            // Median of four, quartiles of eight: by hand.
            ([1, 2, 3, 4], 1, [2.5]),
            ([8, 1, 7, 2, 6, 3, 5, 4], 3, [2.5, 4.5, 6.5]),
            // More cuts than gaps: every gap once.
            ([1, 2, 4], 9, [1.5, 3]),
            // Dropout: the run of zeros is not parted, and is cut off once.
            ([0, 0, 0, 0, 0, 0, 1, 2], 3, [0.5]),
            ([0, 0, 0, 0, 1, 2, 3, 4], 3, [0.5, 2.5]),
            // A median inside a run moves to the nearer end.
            ([1, 2, 2, 2, 2, 3, 4, 5], 1, [2.5]),
            // Missing levels do not count; nothing to part, no cut.
            ([1, .nan, 2, .nan, 3, 4], 1, [2.5]), ([5, 5, 5], 4, []), ([], 4, []), ([.nan], 4, []), ([1, 2], 0, []),
        ] as [([Float], Int, [Float])])
    func known(levels: [Float], count: Int, cuts: [Float]) {
        #expect(QuantileCuts.cuts(of: levels, count: count) == cuts)
    }

    @Test("cuts do not depend on the order of samples, ascend, and part some level from some other")
    func properties() {
        let seed: UInt64 = 20_261_121
        var random = SeededGenerator(seed: seed, name: "cuts")
        for round in 0..<200 {
            let levels = (0..<random.index(below: 60) + 2).map { _ in Float(random.index(below: 20)) }
            let count = random.index(below: 30) + 1
            let cuts = QuantileCuts.cuts(of: levels, count: count)
            #expect(
                QuantileCuts.cuts(of: levels.shuffled(using: &random), count: count) == cuts, "seed \(seed), \(round)")
            #expect(cuts.count <= count && zip(cuts, cuts.dropFirst()).allSatisfy { $0 < $1 })
            #expect(cuts.allSatisfy { cut in levels.contains { $0 <= cut } && levels.contains { $0 > cut } })
        }
    }

    @Test("a cut between neighbouring floats parts them")
    func neighbours() {
        let low: Float = 1
        #expect(QuantileCuts.cuts(of: [low, low.nextUp], count: 1) == [low])
        let huge = Float.greatestFiniteMagnitude
        #expect(QuantileCuts.cuts(of: [-huge, huge], count: 1) == [0])
    }

    @Test("a level's bin is the number of cuts below it")
    func bins() throws {
        let matrix = try ExpressionMatrix(
            genes: ["A", "B"], samples: ["s", "t", "u", "v"], columns: [[1, 2, 3, 4], [1, 1, 1, 1]])
        let cuts = QuantileCuts(matrix, count: 3)
        #expect(cuts.cuts == [[1.5, 2.5, 3.5], []])
        #expect([0, 1.5, 1.6, 9].map { cuts.bin(of: $0, gene: 0) } == [0, 0, 1, 3])
        #expect(cuts.bin(of: .nan, gene: 0) == nil)
        #expect(QuantileCuts(matrix, of: [1], count: 3).cuts == [[], []])
    }

    @Test("sixteen bits over a gene's range, and what lies outside is its end")
    func fixedPoint() {
        let scale = FixedPointScale(spanning: [1, 3, .nan])
        #expect(scale.quantised(1) == -32_767)
        #expect(scale.quantised(2) == 0)
        #expect(scale.quantised(3) == 32_767)
        #expect(scale.quantised(99) == 32_767)
        #expect(scale.quantised(.nan) == nil)
        #expect(FixedPointScale(spanning: [7, 7]).quantised(9) == 0)
        let range = FixedPointScale(spanning: [-.greatestFiniteMagnitude, .greatestFiniteMagnitude])
        #expect(range.quantised(.greatestFiniteMagnitude) == 32_767)
    }
}
