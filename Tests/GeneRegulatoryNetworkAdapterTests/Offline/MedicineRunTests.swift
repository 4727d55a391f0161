import GeneRegulatoryNetworkCore
import Testing

@testable import GeneRegulatoryNetworkAdapter

@Suite("The commands of network medicine read a network and print what Core says")
struct MedicineRunTests {
    /// Two triangles, joined by an edge.
    private static let triangles = "A\tB\nB\tC\nA\tC\nC\tD\nD\tE\nE\tF\nD\tF\n"

    private static func rows(_ run: (OfflineOutput, OfflineOutput) throws -> Void) throws -> (
        rows: [[String]], errors: [String]
    ) {
        let (output, errors) = (Gathered(), Gathered())
        try run(output.output, errors.output)
        return (output.rows, errors.lines)
    }

    @Test("communities of two joined triangles are the triangles")
    func communities() throws {
        let files = try Files()
        let network = NetworkFile(try files.file("n", Self.triangles))
        let (rows, errors) = try Self.rows { try CommunitiesRun(network, errors: $1).run(output: $0) }
        #expect(
            rows == [
                ["gene", "community"], ["A", "1"], ["B", "1"], ["C", "1"], ["D", "2"], ["E", "2"], ["F", "2"],
            ])
        // By hand: 2 (3/7 - (7/14)^2).
        #expect(errors.first?.hasSuffix("2 communities, modularity \(2 * (3.0 / 7 - 0.25))") == true)
    }

    @Test("a module grows from its seeds; a seed outside the network is told")
    func module() throws {
        let files = try Files()
        let network = NetworkFile(try files.file("n", Self.triangles))
        let seeds = try files.file("s", "seed\nA\nB\nnowhere\n")
        let (rows, errors) = try Self.rows {
            try ModuleRun(network, seeds: seeds, count: 2, errors: $1).run(output: $0)
        }
        #expect(rows.dropFirst().map { $0[1] } == ["C", "D"])
        #expect(errors == ["\(seeds): not in the network: nowhere"])
        let outside = try files.file("o", "X\n")
        #expect(throws: OfflineError.self) {
            try Self.rows { try ModuleRun(network, seeds: outside, count: 2, errors: $1).run(output: $0) }
        }
    }

    @Test("proximity prints the distance, the same for any number of threads")
    func proximity() throws {
        let files = try Files()
        let network = NetworkFile(try files.file("n", Self.triangles))
        let (from, to) = (try files.file("f", "A\nB\n"), try files.file("t", "E\nD\n"))
        var run = ProximityRun(network, from: from, to: to, errors: Gathered().output)
        run.randomSets = 50
        run.binSize = 3
        let one = try Self.rows { output, _ in try run.run(output: output) }.rows
        #expect(one[1][0...1] == ["closest", "2.0"])
        run.threads = 4
        #expect(try Self.rows { output, _ in try run.run(output: output) }.rows == one)
    }

    @Test("centralities have a line for each gene; degrees are those of the drawing")
    func centralities() throws {
        let files = try Files()
        let path = try files.file("n", Self.triangles)
        let rows = try Self.rows { try CentralitiesRun(NetworkFile(path), errors: $1).run(output: $0) }.rows
        #expect(rows.map { $0[0] } == ["gene", "A", "B", "C", "D", "E", "F"])
        #expect(rows.dropFirst().map { $0[1] } == ["2", "2", "3", "3", "2", "2"])
        // C lies between A, B and D, E, F: 2 x 3 pairs.
        #expect(rows[3][5] == "6.0")
        let directed = try Self.rows {
            try CentralitiesRun(NetworkFile(path, isDirected: true), errors: $1).run(output: $0)
        }.rows
        #expect(directed[1][1...2] == ["2", "0"])
    }

    @Test("enrichment against a background finds the set; p by hand")
    func enrichment() throws {
        let files = try Files()
        let network = NetworkFile(try files.file("n", Self.triangles))
        let sets = try files.file("s.gmt", "left\tthe first triangle\tA\tB\tC\tZ\nright\t\tD\tE\tF\n")
        let run = EnrichRun(network: network, background: nil, genes: try files.file("g", "A\nB\nC\nQ\n"), sets: sets)
        let rows = try Self.rows { output, _ in try run.run(output: output) }.rows
        #expect(rows[1][0...2] == ["left", "3", "3"])
        // One of the 20 ways to take 3 of 6.
        #expect(abs((Double(rows[1][4]) ?? 0) - 0.05) < 1e-12)
        #expect(rows[1][6] == "A,B,C")
        #expect(rows[2][0...2] == ["right", "3", "0"])
        let broken = try files.file("b.gmt", "left\tx\tA\nleft\tx\tB\n")
        let twice = #expect(throws: OfflineError.self) {
            let run = EnrichRun(network: network, background: nil, genes: files.path("g"), sets: broken)
            _ = try Self.rows { output, _ in try run.run(output: output) }
        }
        #expect(twice?.line == 2)
    }

    @Test("of a weighted network the heaviest edges are taken; edges of weight 0 are none")
    func weighted() throws {
        let files = try Files()
        let text =
            "regulator\ttarget\tweight\tsign\tevidence\na\\tb\tB\t3\t+\tassociation\nB\tC\t2\t-\tassociation\nC\tD\t0\t?\tassociation\n"
        let path = try files.file("n", text)
        #expect(try NetworkFile(path).graph().edgeCount == 2)
        let best = try NetworkFile(path, best: 1).graph()
        #expect(best.edgeCount == 1)
        #expect(best.weight(from: try #require(best.node("a\tb")), to: try #require(best.node("B"))) == 3)
        #expect(try NetworkFile(path, leastWeight: 2.5).graph().edgeCount == 1)
        let negative = try files.file("m", "source\ttarget\tweight\nA\tB\t-1\n")
        #expect(throws: OfflineError.self) { try NetworkFile(negative, leastWeight: -2).graph() }
    }

    @Test("the simple interaction format is read, and what infer exports in it")
    func interactions() throws {
        let files = try Files()
        var bytes: [UInt8] = []
        RegulatoryNetwork(
            genes: ["A", "B", "C", "D"],
            edges: [
                RegulatoryEdge(regulator: 0, target: 1, weight: 1, sign: -1),
                RegulatoryEdge(regulator: 2, target: 1, weight: 2),
            ]
        ).export(as: .sif) { bytes += $0 }
        let graph = try NetworkFile(try files.file("n.sif", bytes), layout: .sif, isDirected: true).graph()
        #expect(graph.names == ["A", "B", "C", "D"])
        #expect(graph.edgeCount == 2)
        #expect(graph.neighbours(of: 2) == [1])
    }
}
