import Testing

@testable import GeneRegulatoryNetworkCore

/// Distances and random means come from the published program (github.com/emreg00/toolbox of 2022-04-02, its functions
/// carried to Python 3), run on the edges of `Fixtures.small`: bins of 10, 20,000 random sets.
@Suite("Proximity is that of the published program")
struct ProximityTests {
    struct Case: Sendable {
        let from: [String]
        let to: [String]
        let rows: [(measure: SetDistance, distance: Double, mean: Double, deviation: Double)]
    }

    static let cases: [Case] = [
        Case(
            from: ["G01", "G03"], to: ["G05", "G08", "G20"],
            rows: [
                (.closest, 2, 1.935400, 0.588134),
                (.shortest, 2.1666666666667, 2.704400, 0.377328),
                (.kernel, 3.1183087423049, 3.441514, 0.460133),
                (.centre, 2, 2.656642, 0.577448),
                (.separation, -0.16666666666667, -0.457988, 0.737038),
            ]),
        Case(
            from: ["G30"], to: ["G01", "G31", "G45", "G55"],
            rows: [
                (.closest, 2, 1.960400, 0.648484),
                (.shortest, 2.3333333333333, 2.649017, 0.462162),
                (.kernel, 3.2366174846099, 3.428479, 0.502893),
                (.centre, 2, 2.612608, 0.687486),
                (.separation, 1.4166666666667, 1.350788, 0.561404),
            ]),
        Case(
            from: ["G02", "G17", "G33", "G50"], to: ["G02", "G40"],
            rows: [
                (.closest, 1.5, 2.197412, 0.413847),
                (.shortest, 2.125, 2.696900, 0.324467),
                (.kernel, 2.8780809580189, 3.512094, 0.359627),
                (.centre, 2.125, 2.696900, 0.324467),
                (.separation, -0.95833333333333, -0.330123, 0.661450),
            ]),
    ]

    @Test("Distances of all kinds", arguments: cases.indices)
    func distances(index: Int) throws {
        let proximity = NetworkProximity(graph: Fixtures.small, minimumBinSize: 10)
        let sets = Self.cases[index]
        for row in sets.rows {
            let distance = try proximity.distance(from: sets.from, to: sets.to, as: row.measure)
            #expect(abs(distance - row.distance) < 1e-12, "\(row.measure)")
        }
    }

    @Test("Random sets have the published mean and spread", arguments: cases.indices)
    func nulls(index: Int) throws {
        let proximity = NetworkProximity(graph: Fixtures.small, minimumBinSize: 10)
        let sets = Self.cases[index]
        for row in sets.rows {
            let outcome = try proximity.proximity(
                from: sets.from, to: sets.to, as: row.measure, randomSets: 4000, seed: 3)
            // Five standard errors of 4000 draws.
            #expect(abs(outcome.mean - row.mean) < 5 * row.deviation / 63, "\(row.measure)")
            #expect(abs(outcome.standardDeviation / row.deviation - 1) < 0.08, "\(row.measure)")
            #expect(
                abs(outcome.zScore - (outcome.distance - outcome.mean) / outcome.standardDeviation) < 1e-12)
        }
    }

    @Test("Bins hold the least number of nodes, whole degrees, and every node once")
    func bins() {
        let seed: UInt64 = 12
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let graph = Fixtures.random(nodes: 80, edges: 160, generator: &generator)
            let size = 1 + generator.index(below: 30)
            let bins = DegreeBins(graph: graph, minimumSize: size).bins
            #expect(bins.flatMap { $0 }.sorted() == Array(0..<graph.nodeCount))
            #expect(bins.allSatisfy { $0.count >= min(size, graph.nodeCount) })
            let degrees = graph.outDegrees()
            let ranges = bins.map { bin in bin.map { degrees[$0] } }
            for (low, high) in zip(ranges, ranges.dropFirst()) {
                #expect((low.max() ?? 0) < (high.min() ?? 0))
            }
        }
    }

    @Test("A random set has as many genes as the true one, of the same bins, and a gene never stands for itself")
    func matchedSets() {
        let seed: UInt64 = 41
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let graph = Fixtures.random(nodes: 400, edges: 1500, generator: &generator)
        let bins = DegreeBins(graph: graph, minimumSize: 60)
        for _ in 0..<200 {
            let node = generator.index(below: graph.nodeCount)
            let bin = bins.bins.first { $0.contains(node) } ?? []
            let drawn = bins.matched(to: [node], generator: &generator)
            #expect(drawn.count == 1 && drawn[0] != node && bin.contains(drawn[0]))
            let nodes = Array(Set((0..<8).map { _ in generator.index(below: graph.nodeCount) })).sorted()
            #expect(bins.matched(to: nodes, generator: &generator).count == nodes.count)
        }
    }

    @Test("Threads change no bit, the seed does")
    func threads() throws {
        let proximity = NetworkProximity(graph: Fixtures.small, minimumBinSize: 10)
        let sets = Self.cases[0]
        for measure in SetDistance.allCases {
            let one = try proximity.proximity(from: sets.from, to: sets.to, as: measure, randomSets: 200)
            for threads in [2, 4, 8] {
                let runner = ThreadedRunner(threads: threads)
                #expect(
                    try proximity.proximity(
                        from: sets.from, to: sets.to, as: measure, randomSets: 200, runner: runner) == one)
            }
            #expect(
                try proximity.proximity(from: sets.from, to: sets.to, as: measure, randomSets: 200, seed: 2) != one)
        }
    }

    @Test("Distances equal a search from each node, on random graphs of more than 64 nodes")
    func definition() throws {
        let seed: UInt64 = 5
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<10 {
            let graph = Fixtures.random(nodes: 150, edges: 300, generator: &generator).largestComponent
            let proximity = NetworkProximity(graph: graph)
            let from = graph.names.shuffled(using: &generator).prefix(70)
            let to = graph.names.shuffled(using: &generator).prefix(5)
            // Breadth first, level by level, from all of `to` at once.
            var level = Set(to.compactMap(graph.node))
            var hops = [Int: Int](uniqueKeysWithValues: level.map { ($0, 0) })
            var depth = 0
            while !level.isEmpty {
                depth += 1
                level = Set(level.flatMap(graph.neighbours)).subtracting(hops.keys)
                for node in level { hops[node] = depth }
            }
            let sum = from.reduce(0) { $0 + (graph.node($1).flatMap { hops[$0] } ?? 0) }
            #expect(
                abs(try proximity.distance(from: from, to: to) - Double(sum) / Double(from.count)) < 1e-12)
        }
    }

    @Test("Only the largest piece counts; sets outside it are refused")
    func outside() throws {
        let proximity = NetworkProximity(graph: Graph(pairs: [("a", "b"), ("b", "c"), ("x", "y")]))
        #expect(try proximity.distance(from: ["a", "x"], to: ["c"]) == 2)
        #expect(throws: MedicineError.self) { try proximity.distance(from: ["x"], to: ["c"]) }
        #expect(throws: MedicineError.self) { try proximity.proximity(from: ["a"], to: ["c"], randomSets: 1) }
    }
}
