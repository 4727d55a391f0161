import Testing

@testable import GeneRegulatoryNetworkCore

@Suite("A target's levels become the same whole numbers whenever they come")
struct ResponseScaleTests {
    @Test("samples are ordered by level: negative ones first, both zeros equal, missing ones left out")
    func order() {
        let levels: [Float] = [3, -0.0, .nan, 0, -2, -7.5, 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
        #expect(LevelOrder(levels[...]).samples == [5, 4, 1, 3, 7, 0, 6, 8])
        #expect(LevelOrder(levels[4...]).samples == [1, 0, 3, 2, 4])
        #expect(LevelOrder([]).samples.isEmpty)
        #expect(LevelOrder([1, 1, 1]).samples == [0, 1, 2])
    }

    @Test("the order is that of a sort", arguments: [1, 40, 900])
    func sorted(count: Int) {
        let seed: UInt64 = 6
        var random = SeededGenerator(seed: seed, name: "order")
        let levels = (0..<count).map { _ in Float(random.uniform() - 0.5) * 1e3 }
        let order = LevelOrder(levels[...]).samples
        #expect(order.map { levels[Int($0)] } == levels.sorted(), "seed \(seed)")
    }

    @Test(
        "a level met again has the number it had, with ties and missing levels",
        arguments: StumpSettings.Response.allCases)
    func frozen(response: StumpSettings.Response) {
        let seed: UInt64 = 16
        var random = SeededGenerator(seed: seed, name: "ties")
        let levels = (0..<80).map { _ in random.uniform() < 0.1 ? Float.nan : Float(random.index(below: 30)) - 9 }
        let fitted = ResponseScale.fitted(response, levels: levels[...], table: NormalScore.table(count: levels.count))
        for (level, number) in zip(levels, fitted.numbers) {
            #expect(fitted.scale.quantised(level) ?? StumpSample.missing == number, "seed \(seed)")
        }
        // What was never seen lies between its neighbours.
        let numbers = [-100, -9, -8.5, -8, 19, 20, 100].map { fitted.scale.quantised($0) ?? 0 }
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test("ranks become normal scores, and equal levels share one")
    func scores() {
        let fitted = ResponseScale.fitted(.normalScores, levels: [5, 1, 5, 9], table: NormalScore.table(count: 4))
        // Probabilities 1/8, 1/2 and 7/8: 1.150349 standard deviations of 32,767 / 6.
        #expect(fitted.numbers == [0, -6_282, 0, 6_282])
    }
}
