import Testing

@testable import GeneRegulatoryNetworkCore

@Suite("Leiden finds good communities that hang together")
struct LeidenTests {
    @Test("Karate club: the greatest modularity there is, 0.4198, in four communities")
    func karate() throws {
        // The proven optimum is 0.419790 (Brandes and others, IEEE TKDE 20:172, 2008); leidenalg 0.12.0 finds it too.
        let found = try Leiden().communities(of: Fixtures.karate)
        #expect(abs(found.quality - 0.4197896120973044) < 1e-12)
        #expect(found.count == 4)
        #expect(found.members.map(\.count) == [12, 11, 6, 5])
    }

    @Test("Modularity and the Potts model of a division are those of the definitions")
    func qualityOfDivision() throws {
        // Two triangles joined by an edge: m = 7, e = 3 and K = 7 each.
        let graph = Graph(
            pairs: [("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f"), ("d", "f"), ("c", "d")])
        let halves = [0, 0, 0, 1, 1, 1]
        #expect(abs(try graph.quality(of: halves, as: .modularity(resolution: 1)) - (6.0 / 7 - 0.5)) < 1e-15)
        #expect(abs(try graph.quality(of: halves, as: .modularity(resolution: 2)) - (6.0 / 7 - 1)) < 1e-15)
        #expect(abs(try graph.quality(of: halves, as: .constantPotts(resolution: 0.1)) - (6 - 0.1 * 6)) < 1e-15)
    }

    @Test("Every community hangs together, for both qualities, sparse and dense graphs, with loops and pieces")
    func connected() throws {
        let seed: UInt64 = 1919
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for round in 0..<120 {
            // Large and sparse ones are those that local moving alone divides badly.
            let nodes = round % 6 == 0 ? 400 : 2 + generator.index(below: 60)
            let edges = round % 6 == 0 ? 480 : 1 + generator.index(below: 3 * nodes)
            let graph = Fixtures.random(nodes: nodes, edges: edges, generator: &generator)
            let resolution = round % 6 == 0 ? 0.05 : 0.05 + 2 * generator.uniform()
            let quality: CommunityQuality =
                round % 2 == 0 ? .modularity(resolution: resolution) : .constantPotts(resolution: resolution / 4)
            let found = try Leiden(quality: quality, restarts: 1, randomness: 0.01 + generator.uniform(), seed: seed)
                .communities(of: graph)
            for members in found.members {
                #expect(graph.subgraph(of: members).components().count == 1)
            }
            #expect(abs(try graph.quality(of: found.membership, as: quality) - found.quality) < 1e-9)
        }
    }

    @Test("Refinement cuts any communities, also torn ones, into parts that hang together and lie within one of them")
    func refinement() {
        let seed: UInt64 = 345
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let graph = Fixtures.random(nodes: 40, edges: 70, generator: &generator)
            let communities = (0..<graph.nodeCount).map { _ in Int32(generator.index(below: 3)) }
            let level = LeidenLevel(graph, quality: .constantPotts(resolution: 0.05))
            let parts = level.refined(communities, randomness: 0.5, generator: &generator)
            for (part, nodes) in Dictionary(grouping: 0..<graph.nodeCount, by: { parts[$0] }) {
                #expect(graph.subgraph(of: nodes).components().count == 1)
                #expect(nodes.allSatisfy { communities[$0] == communities[Int(part)] })
            }
        }
    }

    @Test("A torn community counts as its pieces, which are of better quality")
    func tornCommunities() {
        let graph = Graph(pairs: [("a", "b"), ("b", "c"), ("x", "y")])
        let found = Communities(graph: graph, raw: [7, 3, 7, 7, 7], quality: .modularity(resolution: 1))
        #expect(found.membership == [1, 2, 3, 0, 0])
        #expect(found.count == 4)
    }

    @Test("No single move makes the result better")
    func locallyBest() throws {
        let seed: UInt64 = 77
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let graph = Fixtures.random(nodes: 25, edges: 50, generator: &generator)
            let quality = CommunityQuality.modularity(resolution: 1)
            let found = try Leiden(restarts: 1).communities(of: graph)
            for node in 0..<graph.nodeCount {
                for community in 0...found.count {
                    var moved = found.membership
                    moved[node] = community
                    #expect(try graph.quality(of: moved, as: quality) <= found.quality + 1e-9)
                }
            }
        }
    }

    @Test("Cliques joined in a ring are found one by one at a fitting resolution")
    func cliques() throws {
        var pairs: [(String, String)] = []
        for clique in 0..<12 {
            for one in 0..<5 {
                for other in 0..<one { pairs.append(("C\(clique)-\(one)", "C\(clique)-\(other)")) }
            }
            pairs.append(("C\(clique)-0", "C\((clique + 1) % 12)-1"))
        }
        let graph = Graph(pairs: pairs)
        let found = try Leiden(quality: .constantPotts(resolution: 0.3)).communities(of: graph)
        #expect(found.count == 12)
        #expect(found.members.allSatisfy { $0.count == 5 })
    }

    @Test("The same seed gives the same communities, for any number of threads")
    func deterministic() throws {
        let one = try Leiden(seed: 5).communities(of: Fixtures.small)
        for threads in [2, 4, 8] {
            #expect(
                try Leiden(seed: 5).communities(of: Fixtures.small, runner: ThreadedRunner(threads: threads)) == one)
        }
    }

    @Test("The scale of the weights changes nothing")
    func scale() throws {
        let edges = Fixtures.small.edges
        let scaled = try Graph(
            names: Fixtures.small.names,
            edges: edges.map { Graph.Edge($0.source, $0.target, weight: $0.weight * 1024) }, isDirected: false)
        #expect(
            try Leiden().communities(of: scaled).membership == Leiden().communities(of: Fixtures.small).membership)
    }

    @Test("Settings without meaning are refused; a graph without edges is all single nodes")
    func bounds() throws {
        #expect(throws: MedicineError.self) {
            try Leiden(quality: .modularity(resolution: 0)).communities(of: Fixtures.karate)
        }
        #expect(throws: MedicineError.self) { try Leiden(restarts: 0).communities(of: Fixtures.karate) }
        #expect(throws: MedicineError.self) {
            try Fixtures.karate.quality(of: [0], as: .modularity(resolution: 1))
        }
        let apart = try Graph(names: ["a", "b", "c"], edges: [], isDirected: false)
        #expect(try Leiden().communities(of: apart).membership == [0, 1, 2])
    }

    @Test("Gold networks: modularity not below the best of ten runs of leidenalg", .enabled(if: SharedGRN.isPresent))
    func goldNetworks() throws {
        // leidenalg 0.12.0, ModularityVertexPartition, n_iterations=-1, seeds 0...9, on the undirected gold edges
        // without loops.
        for (path, best) in [("dream5/in_silico_gold_edges.tsv", 0.555789), ("bsubtilis/gold_edges.tsv", 0.733840)] {
            let graph = Graph(pairs: try SharedGRN.gold(path).map { ($0[0], $0[1]) })
            let found = try Leiden().communities(of: graph)
            print("\(path): modularity \(found.quality), \(found.count) communities; leidenalg \(best)")
            #expect(found.quality >= best - 5e-7)
        }
    }
}
