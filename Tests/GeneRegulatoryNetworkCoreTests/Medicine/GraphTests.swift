import GeneRegulatoryNetworkCore
import Testing

@Suite("A graph is the same however its edges are listed")
struct GraphTests {
    @Test("The order of names and edges changes nothing")
    func orderIndependence() throws {
        let seed: UInt64 = 20_261_121
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let names = (0..<30).map { "N\($0)" }
        let edges = (0..<200).map { _ in
            Graph.Edge(generator.index(below: 30), generator.index(below: 30), weight: generator.uniform() + 0.1)
        }
        for isDirected in [false, true] {
            let graph = try Graph(names: names, edges: edges, isDirected: isDirected)
            let order = (0..<30).shuffled(using: &generator)
            var place = Array(repeating: 0, count: 30)
            for (index, node) in order.enumerated() { place[node] = index }
            let other = try Graph(
                names: order.map { names[$0] },
                edges: edges.shuffled(using: &generator).map {
                    Graph.Edge(place[$0.source], place[$0.target], weight: $0.weight)
                }, isDirected: isDirected)
            #expect(graph == other)
        }
    }

    @Test("Edges of a pair are one edge, of summed weight; both directions of an undirected pair are the same pair")
    func parallelEdges() throws {
        let edges = [Graph.Edge(0, 1, weight: 2), Graph.Edge(1, 0, weight: 3), Graph.Edge(0, 1)]
        let undirected = try Graph(names: ["x", "y"], edges: edges, isDirected: false)
        #expect(undirected.edgeCount == 1)
        #expect(undirected.weight(from: 0, to: 1) == 6)
        let directed = try Graph(names: ["x", "y"], edges: edges, isDirected: true)
        #expect(directed.edgeCount == 2)
        #expect(directed.weight(from: 0, to: 1) == 3)
        #expect(directed.undirected == undirected)
        #expect(Graph(pairs: [("x", "y"), ("y", "x"), ("x", "y")]).weight(from: 0, to: 1) == 1)
    }

    @Test("An edge outside the names or without a weight is refused", arguments: [-1.0, 0, .infinity, .nan])
    func badEdges(weight: Double) {
        #expect(throws: MedicineError.self) {
            try Graph(names: ["x", "y"], edges: [Graph.Edge(0, 1, weight: weight)], isDirected: false)
        }
        #expect(throws: MedicineError.self) {
            try Graph(names: ["x", "y"], edges: [Graph.Edge(0, 2)], isDirected: false)
        }
    }

    @Test("The largest piece is found, also of a directed graph, and names lead to nodes")
    func pieces() throws {
        let graph = Graph(
            pairs: [("b", "a"), ("c", "a"), ("x", "y"), ("z", "z")], isDirected: true)
        #expect(graph.components() == [[0, 1, 2], [3, 4], [5]])
        #expect(graph.largestComponent.names == ["a", "b", "c"])
        #expect(graph.largestComponent.edgeCount == 2)
        #expect(graph.node("x") == 3)
        #expect(graph.node("w") == nil)
        #expect(graph.nodes(["z", "a", "nothing", "a"]) == [0, 5])
    }

    @Test("An inferred network gives its best edges, with their direction")
    func fromNetwork() throws {
        let network = RegulatoryNetwork(
            genes: ["t", "r", "u"],
            edges: [
                RegulatoryEdge(regulator: 1, target: 0, weight: 0.9),
                RegulatoryEdge(regulator: 1, target: 2, weight: 0.5),
                RegulatoryEdge(regulator: 2, target: 0, weight: 0),
            ])
        let graph = try Graph(network: network)
        #expect(graph.edges == [Graph.Edge(0, 1, weight: 0.9), Graph.Edge(0, 2, weight: 0.5)])
        #expect(try Graph(network: network, best: 1).edgeCount == 1)
        #expect(try Graph(network: network, minimumWeight: 0.6).edgeCount == 1)
    }

    @Test("The files of the published programs are read as they stand")
    func texts() throws {
        let expected = Graph(pairs: [("3920", "5476"), ("3920", "17")])
        for mark in [",", "\t", ";", "  "] {
            let text = "# links\n3920\(mark)5476\(mark)0.7\r\n\n17\(mark)3920\n5476\(mark)3920\n"
            #expect(try Graph(edgeList: text) == expected)
        }
        let toy = try Graph(edgeList: "A 1 B C\nD\nC 1 A\n", layout: .sif)
        #expect(toy.names == ["A", "B", "C", "D"])
        #expect(toy.edges == [Graph.Edge(0, 1), Graph.Edge(0, 2)])
        for text in ["a\tb\nc\n", "a\tb\nc\t\t0.5\n", "a\tb\n\tc\n"] {
            let error = #expect(throws: MedicineError.self) { try Graph(edgeList: text) }
            #expect(error?.detail.contains("line 2") == true)
        }
        #expect(throws: MedicineError.self) { try Graph(edgeList: "A 1 B\nC 1\n", layout: .sif) }
    }
}
