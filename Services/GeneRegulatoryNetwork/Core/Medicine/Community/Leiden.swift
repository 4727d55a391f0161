/// Communities by the Leiden algorithm (Traag, Waltman and van Eck, Sci Rep 9:5233, 2019): local moving with a queue,
/// refinement, aggregation by the refined parts, again until nothing changes; every community hangs together.
///
/// Written from the paper. The result is decided by the seed and the names, on any machine and for any number of
/// threads. The whole run is repeated from several beginnings and the best is kept; of equal ones the first.
public struct Leiden: Sendable {
    /// What is sought.
    public var quality: CommunityQuality
    /// How many beginnings are tried.
    public var restarts: Int
    /// θ of the refinement, in units of the mean weight of an edge. The paper's 0.01 is nearly greedy; 0.2 found better
    /// divisions of sparse networks, of both qualities, at the same cost.
    public var randomness: Double
    /// Decides the order of nodes and the draws of the refinement.
    public var seed: UInt64

    /// A search.
    public init(
        quality: CommunityQuality = .modularity(resolution: 1), restarts: Int = 10, randomness: Double = 0.2,
        seed: UInt64 = 1
    ) {
        self.quality = quality
        self.restarts = restarts
        self.randomness = randomness
        self.seed = seed
    }

    /// The communities of a graph; direction is left aside, the weights of both directions added.
    ///
    /// - Throws: `bad-setting` when the resolution or the randomness is not above 0 and finite, or `restarts` is below
    ///   1.
    public func communities(
        of graph: Graph, runner: any ParallelRunner = SerialRunner()
    ) throws(MedicineError) -> Communities {
        guard quality.resolution > 0, quality.resolution.isFinite, randomness > 0, restarts > 0 else {
            throw MedicineError(
                .badSetting, operation: "Leiden",
                detail: "resolution, randomness and restarts must be above 0")
        }
        let undirected = graph.undirected
        let base = LeidenLevel(undirected, quality: quality)
        let found = runner.gather(restarts, startingWith: Communities?.none) { restart in
            var generator = SeededGenerator(seed: seed, name: "leiden-\(restart)")
            return bestFrom(base, undirected, generator: &generator)
        }
        var best = Communities(graph: undirected, raw: Array(0..<graph.nodeCount), quality: quality)
        for case let candidate? in found where candidate.quality > best.quality + tolerance(best) { best = candidate }
        return best
    }

    /// Runs from single nodes, then again from what was found, until runs gain nothing.
    private func bestFrom(
        _ base: LeidenLevel, _ graph: Graph, generator: inout SeededGenerator
    ) -> Communities {
        var membership = (0..<Int32(base.nodeCount)).map { $0 }
        var best = Communities(graph: graph, raw: membership.map(Int.init), quality: quality)
        var idle = 0
        while idle < 4 {
            membership = run(base, from: membership, generator: &generator)
            let next = Communities(graph: graph, raw: membership.map(Int.init), quality: quality)
            idle = next.quality > best.quality + tolerance(best) ? 0 : idle + 1
            if next.quality > best.quality { best = next }
            membership = best.membership.map(Int32.init)
        }
        return best
    }

    /// What a quality must gain to be no rounding error.
    private func tolerance(_ found: Communities) -> Double { 1e-12 * max(1, abs(found.quality)) }

    /// One run over all levels.
    private func run(
        _ base: LeidenLevel, from start: [Int32], generator: inout SeededGenerator
    ) -> [Int32] {
        var level = base
        var communities = start
        var place = (0..<Int32(base.nodeCount)).map { $0 }
        while true {
            _ = level.moveNodes(&communities, generator: &generator)
            let moved = LeidenLevel.renumbered(communities)
            guard moved.count < level.nodeCount else { break }
            let parts = LeidenLevel.renumbered(
                level.refined(moved.membership, randomness: randomness, generator: &generator))
            guard parts.count < level.nodeCount else { break }
            // A part begins in the community its nodes were moved to.
            var next = Array(repeating: Int32(0), count: parts.count)
            for node in 0..<level.nodeCount { next[Int(parts.membership[node])] = moved.membership[node] }
            for node in place.indices { place[node] = parts.membership[Int(place[node])] }
            level = level.aggregated(parts.membership, count: parts.count)
            communities = next
        }
        return place.map { communities[Int($0)] }
    }
}
