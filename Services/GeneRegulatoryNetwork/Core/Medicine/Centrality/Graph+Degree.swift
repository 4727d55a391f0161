extension Graph {
    /// The number of edges that leave each node. Undirected: the edges of each node, a loop twice, as in networkx.
    public func outDegrees() -> [Int] { degrees(outgoing) }

    /// The number of edges that enter each node; the same as ``outDegrees()`` when undirected.
    public func inDegrees() -> [Int] { degrees(incoming) }

    /// The sum of the weights of the edges that leave each node; a loop twice when undirected.
    public func outStrengths() -> [Double] { strengths(outgoing) }

    /// The sum of the weights of the edges that enter each node.
    public func inStrengths() -> [Double] { strengths(incoming) }

    private func degrees(_ adjacency: Adjacency) -> [Int] {
        (0..<nodeCount).map { adjacency.row($0).count + (!isDirected && hasLoop($0) ? 1 : 0) }
    }

    private func strengths(_ adjacency: Adjacency) -> [Double] {
        (0..<nodeCount).map { adjacency.strength($0) + (isDirected ? 0 : weight(from: $0, to: $0)) }
    }
}
