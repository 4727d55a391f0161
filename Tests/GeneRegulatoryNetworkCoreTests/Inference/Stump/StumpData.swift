@testable import GeneRegulatoryNetworkCore

/// Matrices for tests.
enum StumpData {
    /// Genes of which each, from the fourth, follows two earlier ones with noise.
    static func random(genes: Int, samples: Int, missing: Double, seed: UInt64) throws -> ExpressionMatrix {
        var random = SeededGenerator(seed: seed, name: "matrix")
        var columns: [[Float]] = []
        for gene in 0..<genes {
            var column: [Float] = []
            for sample in 0..<samples {
                var level = random.uniform()
                if gene >= 3 {
                    level += 2 * Double(columns[gene / 2][sample]) - Double(columns[gene / 3][sample])
                }
                column.append(Float(level))
            }
            columns.append(column)
        }
        for gene in 0..<genes {
            for sample in 0..<samples where random.uniform() < missing { columns[gene][sample] = .nan }
        }
        return try ExpressionMatrix(
            genes: (0..<genes).map { "G\($0)" }, samples: (0..<samples).map { "S\($0)" }, columns: columns)
    }

    /// A dictionary of a matrix and its samples by it.
    static func encoded(
        _ matrix: ExpressionMatrix, _ regulators: [Int], cuts: Int
    ) throws -> (StumpDictionary, EncodedSamples) {
        let (dictionary, responses) = try StumpDictionary.fitted(
            matrix, regulators: regulators, settings: StumpSettings(cuts: cuts), runner: SerialRunner())
        return (
            dictionary,
            EncodedSamples(matrix, dictionary: dictionary, responses: responses, runner: SerialRunner())
        )
    }

    /// Sample by sample the levels of all genes.
    static func samples(_ matrix: ExpressionMatrix) -> [[Float]] {
        matrix.samples.indices.map { sample in
            matrix.genes.indices.map { matrix.values[$0 * matrix.sampleCount + sample] }
        }
    }

    /// A score by the names of regulator and target.
    static func named(_ scores: ScoreMatrix, _ matrix: ExpressionMatrix) -> [[String]: [UInt64]] {
        var named: [[String]: [UInt64]] = [:]
        for (row, regulator) in scores.regulators.enumerated() {
            for target in 0..<scores.geneCount {
                let place = scores.index(regulator: row, target: target)
                named[[matrix.genes[regulator], matrix.genes[target]]] =
                    [scores.values[place].bitPattern, UInt64(bitPattern: Int64(scores.signs[place]))]
            }
        }
        return named
    }
}
