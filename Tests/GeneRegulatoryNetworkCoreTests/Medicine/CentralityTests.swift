import GeneRegulatoryNetworkCore
import Testing

/// Known answers come from networkx 3.6.1, on the same graphs, unless said otherwise.
@Suite("Centralities are those of the definitions, also in pieces, with ties, loops and dead ends")
struct CentralityTests {
    static let asked = [0, 1, 2, 8, 11, 16, 31, 33]

    private func asked(_ values: [Double]) -> [Double] { Self.asked.map { values[$0] } }

    @Test("Karate club: harmonic closeness and betweenness")
    func karatePaths() {
        #expect(
            Fixtures.agree(
                asked(Fixtures.karate.harmonicCloseness()),
                [
                    23.1666666666667, 19.1666666666667, 21, 18.5, 13.5, 11.1, 19.3333333333333, 23.25,
                ], within: 1e-13))
        #expect(
            Fixtures.agree(
                asked(Fixtures.karate.betweenness()),
                [
                    231.071428571429, 28.4785714285714, 75.8507936507937, 29.5293650793651, 0, 0, 73.0095238095238,
                    160.551587301587,
                ], within: 1e-13))
    }

    @Test("Karate club: PageRank, eigenvector and Katz")
    func karateSpectra() throws {
        let pageRank = try Fixtures.karate.pageRank()
        #expect(pageRank.isConverged)
        #expect(abs(pageRank.values.reduce(0, +) - 1) < 1e-12)
        #expect(
            Fixtures.agree(
                asked(pageRank.values),
                [
                    0.0969972853883041, 0.0528769240611484, 0.0570785094884618, 0.029766056081016, 0.00956474549213619,
                    0.0167840054441928, 0.0371580870691428, 0.100919182332617,
                ], within: 1e-11))
        let eigenvector = Fixtures.karate.eigenvectorCentrality()
        #expect(eigenvector.isConverged)
        #expect(
            Fixtures.agree(
                asked(eigenvector.values),
                [
                    0.355491444524566, 0.265959919552492, 0.317192504486432, 0.2274039071254, 0.0528556974935212,
                    0.023635628104591, 0.191033841406544, 0.373363470291483,
                ], within: 1e-9))
        let katz = try Fixtures.karate.katz()
        #expect(katz.isConverged)
        #expect(
            Fixtures.agree(
                asked(katz.values),
                [
                    2.08070168608825, 1.65669795797291, 1.75516663913427, 1.45815158136892, 1.10403508430441,
                    1.12862720852325, 1.48632920154274, 2.12810475921869,
                ], within: 1e-10))
    }

    @Test("A directed, weighted network with a dead end and a loop")
    func directed() throws {
        let graph = try Fixtures.directed()
        let pageRank = try graph.pageRank().values
        #expect(
            Fixtures.agree(
                pageRank,
                [
                    0.148310506715925, 0.129495650988447, 0.236180720031124, 0.17928877186706, 0.0454530305160896,
                    0.19784848660309, 0.0634228332782646,
                ], within: 1e-11))
        #expect(graph.betweenness() == [6, 0, 11, 5, 0, 0, 0])
        #expect(
            Fixtures.agree(
                graph.betweenness(length: .reciprocalWeight, isNormalised: true),
                [0.2, 0, 0.366666666666667, 0.166666666666667, 0, 0, 0], within: 1e-13))
        #expect(
            Fixtures.agree(
                graph.harmonicCloseness(), [3, 2.33333333333333, 3.5, 2.83333333333333, 0, 2.75, 0], within: 1e-13))
        #expect(
            Fixtures.agree(
                graph.harmonicCloseness(length: .reciprocalWeight),
                [4.475, 4.31868131868132, 3.16666666666667, 5.47402597402597, 0, 1.18509253903991, 0], within: 1e-13))
        #expect(graph.outDegrees() == [2, 1, 2, 1, 1, 0, 2])
        #expect(graph.inDegrees() == [2, 1, 3, 1, 0, 1, 1])
        #expect(graph.outStrengths() == [3, 0.5, 4.5, 0.25, 1, 0, 3])
        #expect(graph.undirected.outDegrees() == [3, 2, 4, 2, 1, 1, 3])
    }

    @Test("A star of n leaves: the hub lies between all pairs of leaves", arguments: [1, 2, 7])
    func star(leaves: Int) {
        let graph = Graph(pairs: (0..<leaves).map { ("hub", "leaf\($0)") })
        #expect(graph.betweenness()[0] == Double(leaves * (leaves - 1)) / 2)
        #expect(graph.harmonicCloseness(isNormalised: true)[0] == 1)
    }

    @Test("The stated bound of PageRank and Katz holds: a rough answer is as near to a fine one as it says")
    func statedBounds() throws {
        let seed: UInt64 = 8
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let graph = Fixtures.random(nodes: 25, edges: 40, generator: &generator)
            for (rough, fine) in [
                (try graph.pageRank(tolerance: 1e-3), try graph.pageRank()),
                (try graph.katz(tolerance: 1e-2), try graph.katz(tolerance: 1e-13)),
            ] {
                let distance = zip(rough.values, fine.values).reduce(0) { $0 + abs($1.0 - $1.1) }
                #expect(rough.isConverged && distance <= rough.error + 1e-12)
            }
        }
    }

    @Test("A graph without cycles has no eigenvector centrality, and that is said")
    func noCycle() {
        let chain = Graph(pairs: [("a", "b"), ("b", "c")], isDirected: true)
        #expect(!chain.eigenvectorCentrality(maximumIterations: 500).isConverged)
    }

    @Test("Threads change no bit")
    func threads() {
        let seed: UInt64 = 31
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let graph = Fixtures.random(nodes: 150, edges: 400, generator: &generator)
        for threads in [2, 4, 8] {
            let runner = ThreadedRunner(threads: threads)
            #expect(graph.betweenness(runner: runner) == graph.betweenness())
            #expect(graph.harmonicCloseness(runner: runner) == graph.harmonicCloseness())
        }
    }

    @Test("An empty graph and a damping outside 0..<1")
    func edges() throws {
        let empty = Graph(pairs: [])
        #expect(try empty.pageRank().values.isEmpty)
        #expect(empty.betweenness().isEmpty)
        #expect(throws: MedicineError.self) { try empty.pageRank(damping: 1) }
        #expect(throws: MedicineError.self) { try empty.katz(attenuation: 1) }
    }
}
