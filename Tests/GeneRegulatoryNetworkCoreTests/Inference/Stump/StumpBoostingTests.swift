import Testing

@testable import GeneRegulatoryNetworkCore

@Suite("Boosted stumps find who explains whom, the same on any number of threads and in any order")
struct StumpBoostingTests {
    @Test("a copy is explained by its original, a mirror image with the opposite sign, and noise by little")
    func known() throws {
        var random = SeededGenerator(seed: 3, name: "known")
        let source = (0..<64).map { _ in Float(random.uniform()) }
        let noise = (0..<64).map { _ in Float(random.uniform()) }
        let matrix = try ExpressionMatrix(
            genes: ["SOURCE", "COPY", "MIRROR", "NOISE"], samples: (0..<64).map { "S\($0)" },
            columns: [source, source.map { $0 * $0 }, source.map { -$0 }, noise])
        let scores = try StumpBoosting().infer(matrix, regulators: [0, 3], runner: SerialRunner())
        #expect(scores.regulators == [0, 3])
        #expect(scores.signs[scores.index(regulator: 0, target: 1)] == 1)
        #expect(scores.signs[scores.index(regulator: 0, target: 2)] == -1)
        for target in [1, 2] {
            let (signal, other) = (
                scores.values[scores.index(regulator: 0, target: target)],
                scores.values[scores.index(regulator: 1, target: target)]
            )
            #expect(signal > 5 * other)
        }
        #expect(scores.values[scores.index(regulator: 0, target: 0)] == 0)
        #expect(scores.values[scores.index(regulator: 1, target: 3)] == 0)
    }

    @Test("one stump takes its share of the variance: worked by hand")
    func oneStump() throws {
        // Eight samples, the regulator half low and half high; the target is the regulator's stump itself, so that round k takes
        // 0.19 * 0.81^(k - 1) of the variance: 1 - 0.81^30 in 30 rounds, and the marginal adds 0.02 of 1.
        let low: [Float] = [0, 0, 0, 0, 1, 1, 1, 1]
        let matrix = try ExpressionMatrix(
            genes: ["R", "T"], samples: (0..<8).map { "S\($0)" }, columns: [low, low.map { 5 - $0 }])
        let settings = StumpSettings(balancesTargets: false, directionsCompete: false)
        let scores = try StumpBoosting(settings).infer(matrix, regulators: [0], runner: SerialRunner())
        let expected = (0..<30).reduce(0.02) { sum, round in
            sum + 0.19 * (0..<round).reduce(1.0) { power, _ in power * 0.81 }
        }
        #expect(abs(scores.values[1] - expected) < 1e-4)
        #expect(scores.signs[1] == -1)
    }

    @Test("coefficient space gives what sample space gives, with and without missing levels", arguments: [0, 0.15])
    func sampleSpace(missing: Double) throws {
        let matrix = try StumpData.random(genes: 14, samples: 70, missing: missing, seed: 21)
        let settings = StumpSettings(
            cuts: 7, rounds: 25, marginalWeight: 0, sharesCredit: false, balancesTargets: false,
            directionsCompete: false)
        let regulators = Array(0..<11)
        let scores = try StumpBoosting(settings).infer(matrix, regulators: regulators, runner: SerialRunner())
        let dictionary = try StumpDictionary(matrix, regulators: regulators, settings: settings)
        let reference = SampleSpaceBoosting(matrix: matrix, dictionary: dictionary)
        for target in 0..<14 {
            for (row, gain) in reference.gains(of: target).enumerated() {
                let value = scores.values[scores.index(regulator: dictionary.regulators[row], target: target)]
                #expect(abs(value - gain) < 2e-4, "target \(target), regulator \(dictionary.regulators[row])")
            }
        }
    }

    @Test("1, 2, 4 and 8 threads give the same network, bit for bit", arguments: [0, 0.1])
    func threads(missing: Double) throws {
        let matrix = try StumpData.random(genes: 70, samples: 50, missing: missing, seed: 4)
        let serial = try StumpBoosting().infer(matrix, regulators: Array(0..<70), runner: SerialRunner())
        for threads in [1, 2, 4, 8] {
            let parallel = try StumpBoosting().infer(
                matrix, regulators: Array(0..<70), runner: ThreadedRunner(threads: threads))
            #expect(parallel == serial)
        }
    }

    @Test(
        "any order of genes and of samples gives the same network, bit for bit; equal genes are told apart by name",
        arguments: [StumpSettings(), StumpSettings(response: .levels, sharesCredit: false, hubPrior: true)])
    func permutation(settings: StumpSettings) throws {
        let seed: UInt64 = 12
        var random = SeededGenerator(seed: seed, name: "order")
        let source = try StumpData.random(genes: 30, samples: 45, missing: 0.05, seed: seed)
        // Three genes that say the same, two of one name, and one that says nothing.
        let twins = source.levels(of: 7)
        let matrix = try ExpressionMatrix(
            genes: source.genes + ["Z", "B", "G3", "FLAT"], samples: source.samples,
            values: source.values + twins + twins + source.levels(of: 5)
                + Array(repeating: 1, count: source.sampleCount))
        let regulators = ["G7", "B", "Z"] + (0..<20).map { "G\($0)" } + ["FLAT"]
        func infer(_ matrix: ExpressionMatrix) throws -> [[String]: [UInt64]] {
            let scores = try StumpBoosting(settings).infer(
                matrix, regulators: matrix.regulators(named: regulators).genes, runner: ThreadedRunner(threads: 2))
            return StumpData.named(scores, matrix)
        }
        let once = matrix.withoutDuplicates()
        let expected = try infer(once)
        for _ in 0..<4 {
            let turned = once.select(genes: once.genes.indices.shuffled(using: &random))
                .select(samples: once.samples.indices.shuffled(using: &random))
            #expect(try infer(turned) == expected, "seed \(seed)")
        }
        let full = try StumpBoosting(settings).infer(
            matrix, regulators: matrix.regulators(named: regulators).genes, runner: SerialRunner())
        for duplicate in matrix.duplicates {
            for row in full.regulators.indices {
                #expect(full.values[full.index(regulator: row, target: duplicate)] == 0)
            }
        }
        let flat = matrix.geneCount - 1
        for target in 0..<matrix.geneCount {
            #expect(full.values[full.index(regulator: full.regulators.count - 1, target: target)] == 0)
        }
        for row in full.regulators.indices { #expect(full.values[full.index(regulator: row, target: flat)] == 0) }
    }

    @Test("regulators that say the same share alike, whatever their names and places")
    func sharing() throws {
        let source = try StumpData.random(genes: 3, samples: 40, missing: 0, seed: 14)
        let twins = source.levels(of: 0)
        let matrix = try ExpressionMatrix(
            genes: ["T", "A", "R", "Z"], samples: source.samples,
            values: twins.map { $0 * 3 } + twins + source.levels(of: 1) + twins)
        let scores = try StumpBoosting().infer(matrix, regulators: [1, 2, 3], runner: SerialRunner())
        let (one, other) = (
            scores.values[scores.index(regulator: 0, target: 0)], scores.values[scores.index(regulator: 2, target: 0)]
        )
        #expect(one == other && one > 0.3)
        #expect(scores.values[scores.index(regulator: 1, target: 0)] < 0.2 * one)
    }

    @Test("scores are finite and not negative, and no gene regulates itself")
    func range() throws {
        let matrix = try StumpData.random(genes: 25, samples: 9, missing: 0.4, seed: 31)
        let scores = try StumpBoosting().infer(matrix, regulators: Array(0..<25), runner: SerialRunner())
        #expect(scores.values.allSatisfy { $0.isFinite && $0 >= 0 })
        for row in scores.regulators.indices { #expect(scores.values[scores.index(regulator: row, target: row)] == 0) }
    }

    @Test("more samples than the narrow whole numbers hold give the same network", arguments: [300, 70_000])
    func wide(samples: Int) throws {
        let matrix = try StumpData.random(genes: 4, samples: 60, missing: 0, seed: 2)
        let repeats = samples / 60 + 1
        let many = matrix.select(samples: (0..<repeats * 60).map { $0 % 60 })
        let settings = StumpSettings(cuts: 5, response: .levels)
        let few = try StumpBoosting(settings).infer(matrix, regulators: [0, 1, 2], runner: SerialRunner())
        let all = try StumpBoosting(settings).infer(many, regulators: [0, 1, 2], runner: SerialRunner())
        for (one, other) in zip(few.values, all.values) { #expect(abs(one - other) < 1e-4) }
    }

    @Test("what cannot be inferred from is refused, with the reason")
    func refused() throws {
        let matrix = try StumpData.random(genes: 3, samples: 4, missing: 0, seed: 1)
        let runner = SerialRunner()
        #expect(throws: InferenceError(.tooFewSamples, "stumps need at least 5 samples, not 4")) {
            try StumpBoosting().infer(matrix, regulators: [0], runner: runner)
        }
        #expect(throws: InferenceError(.noRegulators, "none of 0 regulators is among the genes")) {
            try StumpBoosting().infer(matrix, regulators: [], runner: runner)
        }
        #expect(throws: InferenceError(.mismatch, "regulator number 3 is not among 3 genes")) {
            try StumpBoosting().infer(matrix, regulators: [0, 3], runner: runner)
        }
        for settings in [
            StumpSettings(cuts: 0), StumpSettings(cuts: 255), StumpSettings(rounds: 0), StumpSettings(shrinkage: 0),
            StumpSettings(shrinkage: .nan), StumpSettings(marginalWeight: -1),
        ] {
            #expect(throws: InferenceError.self) {
                try StumpBoosting(settings).infer(matrix, regulators: [0], runner: runner)
            }
        }
    }

    @Test("constant genes alone leave nothing to find")
    func allConstant() throws {
        let matrix = try ExpressionMatrix(
            genes: ["A", "B"], samples: (0..<6).map { "S\($0)" }, values: Array(repeating: 2, count: 12))
        let scores = try StumpBoosting().infer(matrix, regulators: [0, 1], runner: SerialRunner())
        #expect(scores.values == [0, 0, 0, 0])
        #expect(scores.signs == [0, 0, 0, 0])
    }

    @Test("quantiles of the normal distribution are those of the tables")
    func normalScores() {
        // Abramowitz and Stegun, table 26.5 and 26.6.
        for (probability, quantile) in [
            (0.975, 1.959_964), (0.5, 0), (0.1, -1.281_552), (0.001, -3.090_232), (1e-12, -7.034_484),
        ] {
            #expect(abs(NormalScore.quantile(probability) - quantile) < 2e-6)
        }
        let table = NormalScore.table(count: 3)
        // Ranks 1 to 3 of 3 are the quantiles of 1/6, 1/2, 5/6: 0.967422 standard deviations of 32,767 / 6.
        #expect(table[1] == -5_283 && table[3] == 0 && table[5] == 5_283)
    }
}
