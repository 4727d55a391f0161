import GeneRegulatoryNetworkCore
import Testing

@Suite("Every method gives the same network, bit for bit, whatever the threads and the order of columns")
struct MethodPromiseTests {
    @Test("1, 2, 4 and 8 threads, and the last target first, change nothing", arguments: Samples.methods.indices)
    func threads(_ number: Int) throws {
        let method = Samples.methods[number]
        let expression = try Samples.chain(genes: 9, samples: 41, seed: 5, missing: 0.03)
        let regulators = [0, 1, 2, 4, 5, 8]
        let serial = try method.infer(expression, regulators: regulators, runner: SerialRunner())
        #expect(serial.values.contains { $0 > 0 })
        for threads in [2, 4, 8] {
            #expect(
                try method.infer(expression, regulators: regulators, runner: ThreadedRunner(threads: threads))
                    == serial,
                "\(method.name), \(threads) threads")
        }
        #expect(try method.infer(expression, regulators: regulators, runner: BackwardRunner()) == serial)
    }

    @Test("The order of genes and of unnamed samples changes nothing", arguments: Samples.methods.indices)
    func permutation(_ number: Int) throws {
        let method = Samples.methods[number]
        let expression = try Samples.chain(genes: 9, samples: 41, seed: 6, missing: 0.03)
        let names = ["G00", "G02", "G03", "G04", "G07"]
        func named(_ expression: ExpressionMatrix) throws -> [String: [Double]] {
            let scores = try method.infer(
                expression, regulators: expression.regulators(named: names).genes, runner: SerialRunner())
            return Samples.named(scores, expression.genes)
        }
        let plain = try named(expression)
        for seed: UInt64 in 1...3 {
            #expect(try named(try Samples.shuffled(expression, seed: seed)) == plain, "\(method.name), seed \(seed)")
        }
    }

    @Test(
        "Self pairs, constant genes and the lesser of two columns of one name score 0; all is finite",
        arguments: Samples.methods.indices)
    func unusualGenes(_ number: Int) throws {
        let chain = try Samples.chain(genes: 5, samples: 30, seed: 8)
        let width = chain.sampleCount
        let flat = Array(repeating: Float(2), count: width)
        var thin = Array(chain.levels(of: 1))
        thin[0] = .nan
        let expression = try ExpressionMatrix(
            genes: chain.genes + ["FLAT", "G01"], samples: chain.samples, values: chain.values + flat + thin)
        #expect(expression.duplicates == [6])
        let scores = try Samples.methods[number].infer(
            expression, regulators: Array(expression.genes.indices), runner: SerialRunner())
        #expect(scores.values.allSatisfy { $0.isFinite && $0 >= 0 })
        for gene in expression.genes.indices {
            #expect(Samples.score(scores, gene, gene) == 0)
            for unusual in [5, 6] {
                #expect(Samples.score(scores, unusual, gene) == 0 && Samples.score(scores, gene, unusual) == 0)
            }
        }
        #expect(scores.values.contains { $0 > 0 })
    }

    @Test("Too few samples and no regulator are refused", arguments: Samples.methods.indices)
    func refused(_ number: Int) throws {
        let method = Samples.methods[number]
        let few = try Samples.chain(genes: 3, samples: 2, seed: 1)
        #expect(throws: InferenceError.self) { try method.infer(few, regulators: [0, 1], runner: SerialRunner()) }
        let enough = try Samples.chain(genes: 3, samples: 20, seed: 1)
        #expect(throws: InferenceError.self) { try method.infer(enough, regulators: [], runner: SerialRunner()) }
    }
}
