import Testing

@testable import GeneRegulatoryNetworkCore

@Suite("The search for a cut finds the best there is")
struct NodeSamplesTests {
    @Test(
        "It equals trying every cut by the definition, with ties, weights and few or many samples"
    )
    func bruteForce() throws {
        let seed: UInt64 = 51
        var random = SeededGenerator(seed: seed)
        for round in 0..<60 {
            let (samples, levels) = (5 + random.index(below: 120), 2 + random.index(below: 90))
            let column = (0..<samples).map { _ in Float(random.index(below: levels)) }
            let expression = try ExpressionMatrix(
                genes: ["A", "B"], samples: (0..<samples).map { "S\($0)" },
                columns: [column, (0..<samples).map { _ in Float(random.uniform()) }])
            let canonical = try CanonicalExpression(expression, regulators: [0], atLeast: 3)
            let values = (0..<samples).map { _ in Int64(random.index(below: 2001)) - 1000 }
            var weights = Array(repeating: Int64(0), count: samples)
            for _ in 0..<samples { weights[random.index(below: samples)] += 1 }
            var nodes = NodeSamples(SharedBins(canonical))
            let total = nodes.fill(values, weights)
            var best = TreeSplit(regulator: -1, bin: 0, sum: 0, score: -1)
            nodes.search(from: 0, to: nodes.count, sum: total, 0, &best)

            let levelsOf = Array(canonical.levels(of: 0))
            func score(_ isIn: (Float) -> Bool) -> Double? {
                let chosen = (0..<samples).filter { weights[$0] > 0 && isIn(levelsOf[$0]) }
                let count = chosen.reduce(0) { $0 + weights[$1] }
                let sum = chosen.reduce(0) { $0 + weights[$1] * values[$1] }
                return count == 0 ? nil : Double(sum) * Double(sum) / Double(count)
            }
            var wanted: Double?
            for cut in Set(levelsOf) {
                guard let left = score({ $0 <= cut }), let right = score({ $0 > cut }) else { continue }
                wanted = max(wanted ?? -1, left + right)
            }
            guard let wanted else {
                #expect(best.regulator < 0, "seed \(seed), round \(round)")
                continue
            }
            #expect(abs(best.score - wanted) <= 1e-9 * max(wanted, 1), "seed \(seed), round \(round)")
            // The left side is what the split's bin says, and both sides keep their samples.
            let middle = nodes.part(from: 0, to: nodes.count, best)
            #expect(middle > 0 && middle < nodes.count)
            #expect(best.sum & 0xfffff < total & 0xfffff)
        }
    }

    @Test("Bins keep the order of levels: one for each up to 256 levels, at most 256 beyond, none empty")
    func bins() throws {
        for samples in [40, 256, 257, 3000] {
            var random = SeededGenerator(seed: 52)
            let expression = try ExpressionMatrix(
                genes: ["A"], samples: (0..<samples).map { "S\($0)" },
                columns: [(0..<samples).map { _ in Float(random.uniform()) }])
            let canonical = try CanonicalExpression(expression, regulators: [0], atLeast: 3)
            let bins = SharedBins(canonical)
            let distinct = Set(canonical.values).count
            #expect(samples > 256 ? bins.tops[0].count <= 256 : bins.tops[0].count == distinct)
            #expect(Set(bins.codes).count == bins.tops[0].count && bins.tops[0].count > min(200, distinct - 1))
            for (level, code) in zip(canonical.values, bins.codes) {
                #expect(level <= bins.tops[0][Int(code)])
                #expect(code == 0 || level > bins.tops[0][Int(code) - 1])
            }
        }
    }
}
