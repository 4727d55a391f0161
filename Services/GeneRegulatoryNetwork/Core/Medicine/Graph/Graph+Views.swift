extension Graph {
    /// A graph of the edges of an inferred network.
    ///
    /// - Parameters:
    ///   - network: the ranked edges; an edge without weight is left out.
    ///   - count: how many of the best edges are taken; nil for all.
    ///   - minimumWeight: edges below it are left out.
    ///   - isDirected: whether the direction is kept; otherwise the weights of both directions are added.
    public init(
        network: RegulatoryNetwork, best count: Int? = nil, minimumWeight: Double = 0, isDirected: Bool = true
    ) throws(MedicineError) {
        let edges = network.edges.prefix(max(0, count ?? network.edges.count))
            .filter { $0.weight > 0 && $0.weight >= minimumWeight }
            .map { Edge(Int($0.regulator), Int($0.target), weight: $0.weight) }
        try self.init(names: network.genes, edges: edges, isDirected: isDirected)
    }

    /// The edges, each undirected edge once, by source and target.
    public var edges: [Edge] {
        var edges: [Edge] = []
        edges.reserveCapacity(edgeCount)
        for node in 0..<nodeCount {
            for index in outgoing.row(node) where isDirected || outgoing.neighbours[index] >= node {
                edges.append(Edge(node, Int(outgoing.neighbours[index]), weight: outgoing.weights[index]))
            }
        }
        return edges
    }

    /// The graph without directions; the weights of both directions are added.
    public var undirected: Graph {
        guard isDirected else { return self }
        return (try? Graph(names: names, edges: edges, isDirected: false)) ?? self
    }

    /// The graph of some nodes and the edges among them.
    public func subgraph(of nodes: some Sequence<Int>) -> Graph {
        let kept = Set(nodes.filter { names.indices.contains($0) }).sorted()
        var place = Array(repeating: -1, count: nodeCount)
        for (number, node) in kept.enumerated() { place[node] = number }
        let inner = edges.compactMap { edge in
            place[edge.source] >= 0 && place[edge.target] >= 0
                ? Edge(place[edge.source], place[edge.target], weight: edge.weight) : nil
        }
        return (try? Graph(names: kept.map { names[$0] }, edges: inner, isDirected: isDirected)) ?? self
    }

    /// The sets of nodes that hang together, direction left aside: the largest first, then by the first node; each
    /// ascending.
    public func components() -> [[Int]] {
        var component = Array(repeating: -1, count: nodeCount)
        var found: [[Int]] = []
        for seed in 0..<nodeCount where component[seed] < 0 {
            component[seed] = found.count
            var members = [seed]
            var head = 0
            while head < members.count {
                let node = members[head]
                head += 1
                for adjacency in isDirected ? [outgoing, incoming] : [outgoing] {
                    for index in adjacency.row(node) {
                        let next = Int(adjacency.neighbours[index])
                        if component[next] < 0 {
                            component[next] = found.count
                            members.append(next)
                        }
                    }
                }
            }
            found.append(members.sorted())
        }
        return found.sorted { $0.count != $1.count ? $0.count > $1.count : $0[0] < $1[0] }
    }

    /// The largest set of nodes that hang together, as a graph of its own; of equal ones that of the first name.
    public var largestComponent: Graph {
        let components = components()
        return components.count <= 1 ? self : subgraph(of: components[0])
    }
}
