import GeneRegulatoryNetworkCore
import Testing

@Suite("Association methods give the published figures")
struct AssociationTests {
    /// Six samples of four genes, from which the answers below were reckoned with numpy 2.4 and scipy 1.17.
    private func small() throws -> ExpressionMatrix {
        try ExpressionMatrix(
            genes: ["A", "B", "C", "D"], samples: (1...6).map { "S\($0)" },
            columns: [[1, 2, 3, 4, 5, 9], [2, 1, 4, 3, 6, 5], [5, 5, 3, 2, 2, 0], [0, 3, 1, 3, 0, 2]])
    }

    private func infer(_ method: any InferenceMethod, _ expression: ExpressionMatrix) throws -> ScoreMatrix {
        try method.infer(expression, regulators: Array(expression.genes.indices), runner: SerialRunner())
    }

    @Test("Pearson and Spearman equal numpy's corrcoef and scipy's spearmanr, with ties, and carry their sign")
    func correlations() throws {
        let pearson = try infer(AbsoluteCorrelation(.pearson), small())
        let spearman = try infer(AbsoluteCorrelation(.spearman), small())
        for (pair, r, rho) in [
            ((0, 1), 0.718132498717532, 0.828571428571429), ((0, 2), -0.947283026736657, -0.971008312455225),
            ((1, 3), -0.426561703881215, -0.441367414752375), ((2, 3), -0.112141370622636, -0.090909090909091),
        ] {
            #expect(abs(Samples.score(pearson, pair.0, pair.1) - abs(r)) < 1e-12)
            #expect(abs(Samples.score(spearman, pair.1, pair.0) - abs(rho)) < 1e-12)
            #expect(pearson.signs[pearson.index(regulator: pair.0, target: pair.1)] == (r > 0 ? 1 : -1))
        }
    }

    @Test("Mutual information over two bins is that of the table of counts, reckoned by hand")
    func information() throws {
        // Halves of A: 1 2 3 | 4 5 9; of B: 2 1 3 | 4 6 5. Counts 2 1 / 1 2 of 6: 2/6 ln(4/3) * 2 + 1/6 ln(2/3) * 2.
        let two = try infer(MutualInformation(bins: 2), small())
        #expect(abs(Samples.score(two, 0, 1) - 0.056_633_012_265_132_426) < 1e-9)
        // Miller and Madow: (1 + 1 - 3) / 12 less.
        let corrected = try infer(MutualInformation(bins: 2, isCorrected: true), small())
        #expect(Samples.score(corrected, 0, 1) == 0)
        // Two genes that fall into the same halves: ln 2, less 1 / 12 of bias.
        let same = try ExpressionMatrix(
            genes: ["A", "B"], samples: (1...6).map { "S\($0)" }, columns: [[1, 2, 3, 4, 5, 6], [1, 1, 1, 7, 7, 7]])
        #expect(abs(Samples.score(try infer(MutualInformation(bins: 2), same), 0, 1) - 0.693_147_180_559_945_3) < 1e-9)
        let less = try infer(MutualInformation(bins: 2, isCorrected: true), same)
        #expect(abs(Samples.score(less, 0, 1) - (0.693_147_180_559_945_3 + 1.0 / 12)) < 1e-9)
    }

    @Test("CLR is the root of the squared z-scores of both genes, as its definition reckons it from the information")
    func relatedness() throws {
        let expression = try Samples.chain(genes: 6, samples: 60, seed: 11)
        let information = try infer(MutualInformation(), expression)
        let clr = try infer(MutualInformation(.clr), expression)
        func z(_ one: Int, _ other: Int) -> Double {
            let row = (0..<6).filter { $0 != one }.map { Samples.score(information, one, $0) }
            let mean = row.reduce(0, +) / 5
            let deviation = (row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5).squareRoot()
            return max(0, (Samples.score(information, one, other) - mean) / deviation)
        }
        for one in 0..<6 {
            for other in 0..<6 where other != one {
                let wanted = (z(one, other) * z(one, other) + z(other, one) * z(other, one)).squareRoot()
                #expect(abs(Samples.score(clr, one, other) - wanted) < 1e-9)
            }
        }
    }

    @Test("ARACNE takes away the far ends of a chain and keeps its links; a tolerance of 1 keeps all")
    func aracne() throws {
        let expression = try Samples.chain(genes: 5, samples: 300, seed: 12)
        let strict = try infer(MutualInformation(.aracne(tolerance: 0), bins: 6), expression)
        for gene in 0..<4 { #expect(Samples.score(strict, gene, gene + 1) > 0) }
        for gene in 0..<3 { #expect(Samples.score(strict, gene, gene + 2) == 0) }
        let open = try infer(MutualInformation(.aracne(tolerance: 1), bins: 6), expression)
        #expect(open.values == (try infer(MutualInformation(bins: 6), expression)).values)
    }

    @Test("A weight outside what a method can do is refused")
    func settings() throws {
        let expression = try small()
        #expect(throws: InferenceError.self) { try infer(MutualInformation(bins: 1), expression) }
        #expect(throws: InferenceError.self) { try infer(MutualInformation(.aracne(tolerance: -0.1)), expression) }
        #expect(throws: InferenceError.self) { try infer(PartialCorrelation(intensity: 0), expression) }
        #expect(throws: InferenceError.self) { try infer(Genie3(ForestSettings(trees: 0)), expression) }
    }
}
