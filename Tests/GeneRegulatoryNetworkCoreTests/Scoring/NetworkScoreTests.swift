import GeneRegulatoryNetworkCore
import Testing

@Suite("A network is scored over the pairs of its universe, and what the gold standard has beyond is reported")
struct NetworkScoreTests {
    @Test("A gold table is read with or without header, with signs, weights, quotes and remarks")
    func tables() throws {
        let signed = try GoldStandard(table: "regulator\ttarget\tsign\nA\tB\t+\nB\tC\t-\nA\tA\t+\nA\tB\t+\n")
        #expect(
            signed.edges == [
                GoldEdge(regulator: "A", target: "B", sign: 1), GoldEdge(regulator: "B", target: "C", sign: -1),
            ])
        #expect(signed.selfPairs == 1 && signed.repeats == 1)
        let dream = try GoldStandard(table: "# remark\r\nG1\tG2\t1\r\n\r\nG2\tG1\t0\r\n")
        #expect(dream.edges == [GoldEdge(regulator: "G1", target: "G2")])
        let commas = try GoldStandard(table: "\"Gene1\",\"Gene2\"\n\"A\",\"B\"")
        #expect(commas.edges == [GoldEdge(regulator: "A", target: "B")])
    }

    @Test("A line that cannot be read is named", arguments: ["A\tB\nC\n", "A\tB\nC\t\t1\n", "A\tB\nC\tD\tx\n"])
    func malformed(_ table: String) {
        #expect {
            try GoldStandard(table: table)
        } throws: { error in
            guard let error = error as? ScoringError else { return false }
            return error.code == .malformed && error.detail.hasPrefix("line 2")
        }
    }

    @Test("All pairs of distinct genes count, those without a score share the last place, unknown names are told")
    func allPairs() throws {
        // By hand: 6 pairs; A>B found first, C>A among the four tied last ones at precision 2/6.
        let gold = GoldStandard([
            GoldEdge(regulator: "A", target: "B"), GoldEdge(regulator: "C", target: "A"),
            GoldEdge(regulator: "A", target: "X"),
        ])
        let edges = [
            (regulator: "A", target: "B", weight: 2.0), (regulator: "A", target: "C", weight: 1),
            (regulator: "A", target: "A", weight: 9),
        ]
        let score = try NetworkScore(genes: ["A", "B", "C"], edges: edges, gold: gold)
        #expect(score.ranking.pairs == 6 && score.ranking.positives == 2)
        #expect(abs(score.ranking.aupr - (1 + 2.0 / 6) / 2) < 1e-15)
        #expect(abs(score.ranking.auroc - (4 + 1.5) / 8) < 1e-15)
        #expect(score.unknown == ["X"] && score.unreachable == 1)
    }

    @Test("Matrix, network and list of edges score alike, in all three universes")
    func alike() throws {
        var random = SeededGenerator(seed: 3)
        let genes = (0..<8).map { "G\($0)" }
        var matrix = ScoreMatrix(regulators: [0, 2, 5], geneCount: 8)
        for (row, regulator) in matrix.regulators.enumerated() {
            for target in 0..<8 where target != regulator {
                matrix.values[matrix.index(regulator: row, target: target)] = Double(random.index(below: 5))
            }
        }
        let gold = GoldStandard(
            [("G0", "G1"), ("G2", "G3"), ("G5", "G6"), ("G1", "G2")].map { GoldEdge(regulator: $0.0, target: $0.1) })
        let network = RegulatoryNetwork(genes: genes, scores: matrix)
        for universe in [.allPairs, .studied(in: gold), PairUniverse(regulators: ["G0", "G2", "G5"])] {
            let one = try NetworkScore(matrix, genes: genes, gold: gold, universe: universe)
            let other = try NetworkScore(network, gold: gold, universe: universe)
            #expect(one == other)
        }
        let studied = try NetworkScore(network, gold: gold, universe: .studied(in: gold))
        #expect(studied.ranking.pairs == 4 * 6 - 4)
    }

    @Test("A universe without a true pair is refused")
    func refused() {
        #expect(throws: ScoringError.self) {
            try NetworkScore(
                genes: ["A", "B"], edges: [], gold: GoldStandard([GoldEdge(regulator: "A", target: "Z")]))
        }
    }
}
