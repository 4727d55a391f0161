import GeneRegulatoryNetworkCore
import Testing

@Suite("Enrichment is exact")
struct EnrichmentTests {
    /// ln P(X >= x) from exact rational sums (Python's Fraction and comb; the last two from 60-digit arithmetic of
    /// mpmath).
    @Test(
        "The upper tail agrees with exact arithmetic, also for millions of genes and at e^-677",
        arguments: [
            (50, 5, 10, 4, -5.5007957827908218), (13_329, 17, 188, 3, -6.42338755258995309),
            (13_329, 188, 200, 60, -148.103548068610842), (20_000, 500, 1000, 25, -0.635571780607744411),
            (20_000, 500, 1000, 26, -0.805184932305404715), (20_000, 500, 1000, 10, -0.000146237057066475348),
            (20_000, 2000, 3000, 900, -597.441266752718926), (1000, 500, 500, 499, -677.038041371014797),
            (200_000, 5000, 4000, 400, -279.55488575420794), (5_000_000, 40_000, 30_000, 400, -48.0958796131008185),
            (5_000_000, 40_000, 30_000, 241, -0.728068791134228886), (10, 3, 4, 0, 0), (10, 9, 9, 8, 0),
        ])
    func exactTails(population: Int, marked: Int, drawn: Int, count: Int, expected: Double) throws {
        let tail = try Hypergeometric(population: population, marked: marked, drawn: drawn).logUpperTail(count)
        // A relative error of the chance itself is an absolute one of its logarithm.
        #expect(abs(tail - expected) <= 5e-13 + 2e-15 * abs(expected))
    }

    @Test("For all small numbers the tail is the count of draws, in whole numbers")
    func smallNumbers() throws {
        func choose(_ n: Int, _ k: Int) -> Int {
            guard k >= 0, k <= n else { return 0 }
            return (0..<k).reduce(1) { $0 * (n - $1) / ($1 + 1) }
        }
        for population in 0...12 {
            for marked in 0...population {
                for drawn in 0...population {
                    let chance = try Hypergeometric(population: population, marked: marked, drawn: drawn)
                    for count in 0...(drawn + 1) {
                        var ways = 0
                        for inside in count..<max(count, drawn + 1) {
                            ways += choose(marked, inside) * choose(population - marked, drawn - inside)
                        }
                        let exact = Double(ways) / Double(choose(population, drawn))
                        #expect(abs(chance.upperTail(count) - exact) <= 4e-15)
                    }
                }
            }
        }
    }

    @Test("Numbers that do not fit are refused")
    func refused() {
        #expect(throws: MedicineError.self) { try Hypergeometric(population: 5, marked: 6, drawn: 1) }
        #expect(throws: MedicineError.self) { try Hypergeometric(population: 5, marked: 1, drawn: -1) }
    }

    @Test("Benjamini-Hochberg and Benjamini-Yekutieli agree with SciPy 1.17 (false_discovery_control)")
    func falseDiscovery() {
        let pValues = [0.01, 0.02, 0.03, 0.04, 0.05, 0.5, 0.9, 1e-6]
        #expect(
            Fixtures.agree(
                FalseDiscovery.benjaminiHochberg.adjusted(pValues),
                [
                    0.04, 0.05333333333333333, 0.06, 0.064, 0.06666666666666667, 0.5714285714285714, 0.9, 8e-06,
                ], within: 1e-14))
        #expect(
            Fixtures.agree(
                FalseDiscovery.benjaminiYekutieli.adjusted(pValues),
                [
                    0.10871428571428571, 0.14495238095238092, 0.16307142857142853, 0.17394285714285712,
                    0.18119047619047618, 1, 1, 2.174285714285714e-05,
                ], within: 1e-14))
        #expect(FalseDiscovery.benjaminiHochberg.adjusted([]).isEmpty)
        let partial = FalseDiscovery.benjaminiHochberg.adjusted([0.02, .nan, 0.5])
        #expect(partial[0] == 0.04 && partial[1].isNaN && partial[2] == 0.5)
    }

    @Test("Genes outside the background count nowhere")
    func background() throws {
        let analysis = EnrichmentAnalysis(background: Set((0..<50).map { "g\($0)" }))
        let list = (0..<10).map { "g\($0)" } + ["unmeasured"]
        let found = try analysis.enrichment(
            of: list,
            in: [
                "hit": ["g0", "g1", "g2", "g3", "g40", "unmeasured"], "miss": ["g45", "g46"], "outside": ["x", "y"],
            ])
        #expect(found.map(\.set) == ["hit", "miss"])
        #expect(found[0].shared == ["g0", "g1", "g2", "g3"])
        #expect(found[0].setSize == 5)
        #expect(found[0].expected == 1)
        // (50, 5, 10, 4) of the table above.
        #expect(abs(found[0].logPValue + 5.5007957827908218) < 1e-12)
        #expect(abs(found[0].qValue - 2 * found[0].pValue) < 1e-15)
        #expect(found[1].pValue == 1)
        #expect(throws: MedicineError.self) { try analysis.enrichment(of: ["unmeasured"], in: [:]) }
    }
}
