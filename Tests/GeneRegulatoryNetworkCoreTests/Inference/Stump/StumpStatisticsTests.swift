import Testing

@testable import GeneRegulatoryNetworkCore

@Suite("Statistics of stumps are whole numbers: in any order the same, and what was added can be taken out")
struct StumpStatisticsTests {
    @Test("after 10,000 random adds and removes the statistics and the network equal a rebuild, bit for bit")
    func addAndRemove() throws {
        let seed: UInt64 = 77
        var random = SeededGenerator(seed: seed, name: "window")
        let matrix = try StumpData.random(genes: 12, samples: 40, missing: 0.05, seed: seed)
        let dictionary = try StumpDictionary(matrix, regulators: Array(0..<9), settings: StumpSettings(cuts: 6))
        let pool = try StumpData.samples(matrix).map { try dictionary.encode($0) }
        var statistics = StumpStatistics(dictionary)
        var held: [Int] = []
        for _ in 0..<10_000 {
            if held.isEmpty || (held.count < 60 && random.uniform() < 0.5) {
                held.append(random.index(below: pool.count))
                try statistics.add(pool[held[held.count - 1]])
            } else {
                let place = random.index(below: held.count)
                try statistics.remove(pool[held.remove(at: place)])
            }
        }
        while held.count < 8 {
            held.append(random.index(below: pool.count))
            try statistics.add(pool[held[held.count - 1]])
        }
        let rebuilt = try StumpStatistics(dictionary, samples: held.shuffled(using: &random).map { pool[$0] })
        #expect(statistics == rebuilt, "seed \(seed)")
        #expect(
            try StumpBoosting.infer(from: statistics, runner: SerialRunner())
                == StumpBoosting.infer(from: rebuilt, runner: ThreadedRunner(threads: 2)))
    }

    @Test(
        "co-counts are the population count of the AND of two stumps' bits, and those of the statistics",
        arguments: [0, 0.1])
    func coCounts(missing: Double) throws {
        let matrix = try StumpData.random(genes: 11, samples: 300, missing: missing, seed: 5)
        let (dictionary, samples) = try StumpData.encoded(matrix, [10, 0, 2, 3, 4, 5, 6, 7, 8, 9], cuts: 5)
        let counts = CoCounts<UInt16>(samples, runner: ThreadedRunner(threads: 4))
        let statistics = try StumpStatistics(
            dictionary, samples: StumpData.samples(matrix).map { try dictionary.encode($0) })
        #expect(statistics.coCounts(as: UInt16.self, runner: SerialRunner()) == counts)
        let bits = dictionary.regulators.indices.map { row in
            ([-Float.infinity] + dictionary.cuts[row]).map { cut in
                matrix.levels(of: dictionary.regulators[row]).map { $0 > cut }.chunked().map { $0 }
            }
        }
        var empty = counts.width * counts.width
        for row in bits.indices {
            for other in bits.indices {
                for (entry, one) in bits[row].enumerated() {
                    for (otherEntry, two) in bits[other].enumerated() {
                        let shared = zip(one, two).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
                        let cell = dictionary.place(row, entry) * counts.width + dictionary.place(other, otherEntry)
                        #expect(Int(counts.counts[cell]) == shared)
                        empty -= 1
                    }
                }
            }
        }
        #expect(counts.counts.filter { $0 == 0 }.count >= empty)
    }

    @Test("sums of targets are those of the statistics", arguments: [0, 0.1])
    func sums(missing: Double) throws {
        let matrix = try StumpData.random(genes: 40, samples: 90, missing: missing, seed: 6)
        let (dictionary, samples) = try StumpData.encoded(matrix, Array(0..<7), cuts: 4)
        let statistics = try StumpStatistics(
            dictionary, samples: StumpData.samples(matrix).map { try dictionary.encode($0) })
        let sums = samples.responseSums(of: 3..<39, as: Int32.self)
        for target in 3..<39 { #expect(statistics.responseSums(of: target) == sums[target - 3]) }
        #expect(samples.responseSums(of: 3..<39, as: Int64.self) == sums)
    }

    @Test("the network of statistics is the network of the matrix, bit for bit", arguments: [0, 0.1])
    func sameNetwork(missing: Double) throws {
        let matrix = try StumpData.random(genes: 20, samples: 60, missing: missing, seed: 8)
        let batch = try StumpBoosting().infer(matrix, regulators: Array(0..<20), runner: SerialRunner())
        let dictionary = try StumpDictionary(matrix, regulators: Array(0..<20))
        let statistics = try StumpStatistics(
            dictionary, samples: StumpData.samples(matrix).reversed().map { try dictionary.encode($0) })
        #expect(try StumpBoosting.infer(from: statistics, runner: ThreadedRunner(threads: 4)) == batch)
    }

    @Test("a sample of another dictionary, or one that cannot have been added, changes nothing")
    func refused() throws {
        let matrix = try StumpData.random(genes: 4, samples: 20, missing: 0, seed: 9)
        let dictionary = try StumpDictionary(matrix, regulators: [0, 1], settings: StumpSettings(cuts: 3))
        var statistics = StumpStatistics(dictionary)
        let sample = try dictionary.encode([9, 9, 9, 9])
        #expect(throws: InferenceError(.mismatch, "a sample to be removed was never added")) {
            try statistics.remove(sample)
        }
        #expect(throws: InferenceError(.mismatch, "a sample was encoded by another dictionary")) {
            try statistics.add(StumpSample(bins: [9, 0], responses: [0, 0, 0, 0]))
        }
        #expect(throws: InferenceError.self) { try dictionary.encode([1]) }
        #expect(statistics == StumpStatistics(dictionary))
        #expect(throws: InferenceError(.tooFewSamples, "stumps need at least 5 samples, not 0")) {
            try StumpBoosting.infer(from: statistics, runner: SerialRunner())
        }
    }
}

extension Array where Element == Bool {
    /// 64 bits a word.
    fileprivate func chunked() -> [UInt64] {
        var words = [UInt64](repeating: 0, count: (count + 63) / 64)
        for (place, bit) in enumerated() where bit { words[place / 64] |= 1 << UInt64(place % 64) }
        return words
    }
}
