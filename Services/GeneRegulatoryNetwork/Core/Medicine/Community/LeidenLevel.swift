/// One level of Leiden: a network whose nodes are sets of nodes of the level below.
///
/// Both qualities have the same gain: merging A and B gains w(A, B) - γ' S_A S_B, where S is the strength and γ' = γ /
/// 2m for modularity, and S the number of nodes and γ' = γ for the constant Potts model.
struct LeidenLevel: Sendable {
    /// The edges between different nodes, both ways.
    let adjacency: Adjacency
    /// S of each node.
    let size: [Double]
    /// γ'.
    let penalty: Double
    /// What a gain must pass to be no rounding error.
    let threshold: Double
    /// The typical weight of an edge, against which randomness is measured.
    let scale: Double

    var nodeCount: Int { size.count }

    /// The level of single nodes; `graph` is undirected.
    init(_ graph: Graph, quality: CommunityQuality) {
        var entries: [(row: Int32, column: Int32, weight: Double)] = []
        entries.reserveCapacity(2 * graph.edgeCount)
        for edge in graph.edges where edge.source != edge.target {
            entries.append((Int32(edge.source), Int32(edge.target), edge.weight))
            entries.append((Int32(edge.target), Int32(edge.source), edge.weight))
        }
        adjacency = Adjacency(nodeCount: graph.nodeCount, entries: entries)
        let strengths = graph.outStrengths()
        let doubleWeight = strengths.reduce(0, +)
        switch quality {
        case .modularity(let resolution):
            size = strengths
            penalty = doubleWeight > 0 ? resolution / doubleWeight : 0
        case .constantPotts(let resolution):
            size = Array(repeating: 1, count: graph.nodeCount)
            penalty = resolution
        }
        scale = entries.isEmpty ? 1 : doubleWeight / Double(entries.count)
        threshold = scale * 1e-10
    }

    private init(_ below: LeidenLevel, adjacency: Adjacency, size: [Double]) {
        self.adjacency = adjacency
        self.size = size
        penalty = below.penalty
        threshold = below.threshold
        scale = below.scale
    }

    /// The level whose nodes are the communities `membership`, numbered 0..<`count`.
    func aggregated(_ membership: [Int32], count: Int) -> LeidenLevel {
        var sizes = Array(repeating: 0.0, count: count)
        var entries: [(row: Int32, column: Int32, weight: Double)] = []
        for node in 0..<nodeCount {
            let community = membership[node]
            sizes[Int(community)] += size[node]
            for index in adjacency.row(node) {
                let other = membership[Int(adjacency.neighbours[index])]
                if other != community { entries.append((community, other, adjacency.weights[index])) }
            }
        }
        return LeidenLevel(self, adjacency: Adjacency(nodeCount: count, entries: entries), size: sizes)
    }

    /// Numbers in order of first use: 0, 1, 2...
    static func renumbered(_ membership: [Int32]) -> (membership: [Int32], count: Int) {
        var number = Array(repeating: Int32(-1), count: Int(membership.max() ?? -1) + 1)
        var count: Int32 = 0
        let renumbered = membership.map { community -> Int32 in
            if number[Int(community)] < 0 {
                number[Int(community)] = count
                count += 1
            }
            return number[Int(community)]
        }
        return (renumbered, Int(count))
    }
}
