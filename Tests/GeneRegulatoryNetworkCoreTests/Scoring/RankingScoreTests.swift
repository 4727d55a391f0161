import GeneRegulatoryNetworkCore
import Testing

@Suite("A ranking's score is its area under the curves, with ties as one step")
struct RankingScoreTests {
    @Test("The areas equal scikit-learn 1.9's average_precision_score and roc_auc_score, and those by hand")
    func knownAnswers() {
        // By hand: hits at ranks 1 and 3 of 4 give (1/1 + 2/3) / 2 and 3 of 4 true-false orders right.
        let plain = RankingScore([(4, true), (3, false), (2, true), (1, false)])
        #expect(abs(plain.aupr - 5.0 / 6) < 1e-15)
        #expect(plain.auroc == 0.75)
        // By hand: all tied is chance.
        let tied = RankingScore([(1, true), (1, false), (1, false), (1, false)])
        #expect(tied.aupr == 0.25 && tied.auroc == 0.5 && tied.chance == 0.25)
        // scikit-learn: y = 1 0 1 0 0 1 0 1, s = .9 .8 .8 .8 .5 .5 .1 0.
        let mixed = RankingScore(
            zip([0.9, 0.8, 0.8, 0.8, 0.5, 0.5, 0.1, 0], [true, false, true, false, false, true, false, true])
                .map { ($0, $1) })
        #expect(abs(mixed.aupr - 0.625) < 1e-12)
        #expect(abs(mixed.auroc - 0.53125) < 1e-12)
    }

    @Test("The order in which pairs come changes nothing, and a negated ranking has the mirrored AUROC")
    func order() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<50 {
            let ranked = (0..<60).map { _ in (weight: Double(random.index(below: 12)), isTrue: random.uniform() < 0.2) }
            guard ranked.contains(where: { $0.isTrue }) else { continue }
            let one = RankingScore(ranked)
            let other = RankingScore(ranked.shuffled(using: &random))
            #expect(one == other, "seed 7")
            let mirrored = RankingScore(ranked.map { (-$0.weight, $0.isTrue) })
            #expect(abs(one.auroc + mirrored.auroc - 1) < 1e-12, "seed 7")
        }
    }

    @Test("What cannot be told is NaN: no true pair, no false pair, no pair")
    func nothing() {
        #expect(RankingScore([(1, false)]).aupr.isNaN)
        #expect(RankingScore([(1, true)]).auroc.isNaN)
        #expect(RankingScore([]).chance.isNaN)
        #expect(RankingScore([(.nan, true), (0, false)]).auroc == 0)
    }
}
