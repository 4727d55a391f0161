extension Graph {
    /// Betweenness of each node: the sum over pairs s, t of the share of the shortest paths from s to t that pass
    /// through the node, ends left out (Freeman 1977), by the accumulation of dependencies (Brandes, J Math Sociol
    /// 25:163, 2001): O(nodes x edges).
    ///
    /// Equal paths share the pair; a pair without a path counts nothing. An undirected pair counts once.
    /// - Parameters:
    ///   - length: what an edge counts; with weights, lengths equal up to a relative 1e-12 are equal.
    ///   - isNormalised: whether the sum is divided by the number of pairs without the node.
    ///   - runner: threads; the result does not depend on them.
    public func betweenness(
        length: PathLength = .hops, isNormalised: Bool = false, runner: any ParallelRunner = SerialRunner()
    ) -> [Double] {
        let blocks = blocksOfNodes()
        let partial = runner.gather(blocks.count, startingWith: []) {
            length == .hops ? dependenciesByHops(of: blocks[$0]) : dependencies(of: blocks[$0], length: length)
        }
        var scale = isDirected ? 1 : 0.5
        if isNormalised { scale = nodeCount > 2 ? 1 / (Double(nodeCount - 1) * Double(nodeCount - 2)) : 0 }
        var sum = Array(repeating: 0.0, count: nodeCount)
        for block in partial {
            for node in sum.indices { sum[node] += block[node] }
        }
        return sum.map { $0 * scale }
    }

    private func dependencies(of sources: Range<Int>, length: PathLength) -> [Double] {
        var total = Array(repeating: 0.0, count: nodeCount)
        var pathCount = total
        var dependency = total
        var paths = ShortestPaths(adjacency: outgoing, nodeCount: nodeCount, length: length)
        for source in sources {
            paths.search(from: source)
            for node in paths.order {
                pathCount[Int(node)] = 0
                dependency[Int(node)] = 0
            }
            pathCount[source] = 1
            for node in paths.order.dropFirst() {
                let node = Int(node)
                for index in incoming.row(node) {
                    let previous = Int(incoming.neighbours[index])
                    if paths.isOnShortestPath(previous, node, weight: incoming.weights[index]) {
                        pathCount[node] += pathCount[previous]
                    }
                }
            }
            for node in paths.order.dropFirst().reversed() {
                let node = Int(node)
                let share = (1 + dependency[node]) / pathCount[node]
                for index in incoming.row(node) {
                    let previous = Int(incoming.neighbours[index])
                    if paths.isOnShortestPath(previous, node, weight: incoming.weights[index]) {
                        dependency[previous] += pathCount[previous] * share
                    }
                }
                total[node] += dependency[node]
            }
        }
        return total
    }

    /// The same where every edge is 1: the levels of the search tell which edges are on shortest paths.
    private func dependenciesByHops(of sources: Range<Int>) -> [Double] {
        var search = LevelSearch(nodeCount: nodeCount)
        outgoing.start.withUnsafeBufferPointer { start in
            outgoing.neighbours.withUnsafeBufferPointer { neighbours in
                for source in sources { search.accumulate(from: source, start: start, neighbours: neighbours) }
            }
        }
        return search.total
    }
}

/// Brandes' accumulation over a breadth-first search.
private struct LevelSearch {
    /// What is known of a node in one search.
    private struct Visit {
        /// Edges from the source; -1 before it is reached.
        var level: Int32 = -1
        /// The number of shortest paths.
        var paths = 0.0
        /// (1 + dependency) / paths.
        var share = 0.0
    }

    private(set) var total: [Double]
    private var visits: [Visit]
    private var order: [Int32] = []

    init(nodeCount: Int) {
        total = Array(repeating: 0, count: nodeCount)
        visits = Array(repeating: Visit(), count: nodeCount)
        order.reserveCapacity(nodeCount)
    }

    mutating func accumulate(
        from source: Int, start: UnsafeBufferPointer<Int>, neighbours: UnsafeBufferPointer<Int32>
    ) {
        for node in order { visits[Int(node)].level = -1 }
        order.removeAll(keepingCapacity: true)
        order.append(Int32(source))
        visits[source] = Visit(level: 0, paths: 1)
        visits.withUnsafeMutableBufferPointer { visits in
            var head = 0
            while head < order.count {
                let node = Int(order[head])
                head += 1
                let (next, paths) = (visits[node].level + 1, visits[node].paths)
                for index in start[node]..<start[node + 1] {
                    let neighbour = Int(neighbours[index])
                    if visits[neighbour].level < 0 {
                        visits[neighbour] = Visit(level: next, paths: paths)
                        order.append(neighbours[index])
                    } else if visits[neighbour].level == next {
                        visits[neighbour].paths += paths
                    }
                }
            }
            for node in order.reversed() {
                let node = Int(node)
                let next = visits[node].level + 1
                var sum = 0.0
                for index in start[node]..<start[node + 1] {
                    let visit = visits[Int(neighbours[index])]
                    sum += visit.level == next ? visit.share : 0
                }
                let dependency = visits[node].paths * sum
                visits[node].share = (1 + dependency) / visits[node].paths
                if node != source { total[node] += dependency }
            }
        }
    }
}
