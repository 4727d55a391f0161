extension Graph {
    /// Harmonic closeness of each node: the sum over all other nodes u of 1 / d(u, v), where no path counts 0
    /// (Marchiori and Latora, Physica A 285:539, 2000), so that a graph in pieces needs no special rule. Directed: over
    /// the paths that lead to the node.
    ///
    /// - Parameters:
    ///   - length: what an edge counts.
    ///   - isNormalised: whether the sum is divided by the number of other nodes; the result is then 0...1 for hops.
    ///   - runner: threads; the result does not depend on them.
    public func harmonicCloseness(
        length: PathLength = .hops, isNormalised: Bool = false, runner: any ParallelRunner = SerialRunner()
    ) -> [Double] {
        let scale = isNormalised && nodeCount > 1 ? 1 / Double(nodeCount - 1) : 1
        if length == .hops { return harmonicClosenessByHops(runner).map { $0 * scale } }
        let blocks = blocksOfNodes()
        return runner.gather(blocks.count, startingWith: []) { block in
            var paths = ShortestPaths(adjacency: incoming, nodeCount: nodeCount, length: length)
            return blocks[block].map { node in
                paths.search(from: node)
                var sum = 0.0
                for other in paths.order.dropFirst() { sum += 1 / paths.distance[Int(other)] }
                return sum * scale
            }
        }.flatMap { $0 }
    }

    private func harmonicClosenessByHops(_ runner: any ParallelRunner) -> [Double] {
        let starts = Array(stride(from: 0, to: nodeCount, by: 64))
        return runner.gather(starts.count, startingWith: []) { batch in
            let sources = Array(starts[batch]..<min(starts[batch] + 64, nodeCount))
            var sums = Array(repeating: 0.0, count: sources.count)
            incoming.searchTogether(from: sources) { source, _, level in
                if level > 0 { sums[source] += 1 / Double(level) }
            }
            return sums
        }.flatMap { $0 }
    }

    /// The nodes cut into at most 64 runs, whatever the number of threads, so that sums are put together in one order.
    func blocksOfNodes() -> [Range<Int>] {
        let size = max(1, (nodeCount + 63) / 64)
        return stride(from: 0, to: nodeCount, by: size).map { $0..<min($0 + size, nodeCount) }
    }
}
