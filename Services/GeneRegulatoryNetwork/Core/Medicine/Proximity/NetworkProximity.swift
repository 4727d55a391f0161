/// Whether two sets of genes are closer in a network than sets of the same size and degrees are by chance (Guney,
/// Menche, Vidal and Barabási, Nat Commun 7:10331, 2016).
public struct NetworkProximity: Sendable {
    /// A distance and what chance makes of it.
    public struct Outcome: Sendable, Equatable {
        /// The distance of the two sets, in hops.
        public let distance: Double
        /// (distance - mean) / standard deviation of the random sets; 0 when they do not vary. Below -0.15 a drug
        /// counts as close to a disease in the paper.
        public let zScore: Double
        /// The mean over random sets.
        public let mean: Double
        /// The standard deviation over random sets (of the whole, not of a sample).
        public let standardDeviation: Double
        /// (1 + random sets at most as far) / (1 + random sets).
        public let pValue: Double
        /// The genes of the first set that are in the network.
        public let from: [String]
        /// The genes of the second set that are in the network.
        public let to: [String]
    }

    /// The largest piece of the network, without direction, as published: no path is missing in it.
    public let graph: Graph
    /// The bins of the random sets.
    public let bins: DegreeBins

    /// Measures in the largest piece of `graph`; direction and weights are left aside.
    ///
    /// - Parameters:
    ///   - graph: the network.
    ///   - minimumBinSize: nodes per bin of degrees, 100 as published.
    public init(graph: Graph, minimumBinSize: Int = 100) {
        self.graph = graph.undirected.largestComponent
        bins = DegreeBins(graph: self.graph, minimumSize: minimumBinSize)
    }

    /// The distance from one set to another.
    ///
    /// - Throws: `empty-set` when nothing of a set is in the largest piece.
    public func distance(
        from: some Sequence<String>, to: some Sequence<String>, as measure: SetDistance = .closest
    ) throws(MedicineError) -> Double {
        let (from, to) = try nodes(Array(from), Array(to))
        let table = table(for: [(from, to)], measure: measure, runner: SerialRunner())
        return measure.value(from: from, to: to, in: table)
    }

    /// The distance from one set to another against random sets of the same degrees.
    ///
    /// - Parameters:
    ///   - from: T, for example the targets of a drug.
    ///   - to: S, for example the genes of a disease.
    ///   - measure: the distance.
    ///   - randomSets: how many pairs of random sets are drawn, 1000 as published; below 2 there is no z-score.
    ///   - seed: decides the draws; each has a stream of its own, so that threads change nothing.
    ///   - runner: threads.
    /// - Throws: `empty-set` when nothing of a set is in the largest piece; `bad-setting` for fewer than 2 random sets.
    public func proximity(
        from: some Sequence<String>, to: some Sequence<String>, as measure: SetDistance = .closest,
        randomSets: Int = 1000, seed: UInt64 = 1, runner: any ParallelRunner = SerialRunner()
    ) throws(MedicineError) -> Outcome {
        guard randomSets >= 2 else {
            throw MedicineError(
                .badSetting, operation: "proximity", detail: "\(randomSets) random sets; at least 2 are needed")
        }
        let (from, to) = try nodes(Array(from), Array(to))
        var pairs = [(from: from, to: to)]
        for draw in 0..<randomSets {
            var targets = SeededGenerator(seed: seed, name: "proximity-from-\(draw)")
            var genes = SeededGenerator(seed: seed, name: "proximity-to-\(draw)")
            pairs.append((bins.matched(to: from, generator: &targets), bins.matched(to: to, generator: &genes)))
        }
        let table = table(for: pairs, measure: measure, runner: runner)
        let drawn = pairs
        let distances = runner.gather(drawn.count, startingWith: 0.0) {
            measure.value(from: drawn[$0].from, to: drawn[$0].to, in: table)
        }
        let random = distances.dropFirst()
        let mean = random.reduce(0, +) / Double(randomSets)
        let deviation = (random.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(randomSets)).squareRoot()
        let distance = distances[0]
        return Outcome(
            distance: distance, zScore: deviation > 0 ? (distance - mean) / deviation : 0, mean: mean,
            standardDeviation: deviation,
            pValue: Double(1 + random.count { $0 <= distance }) / Double(1 + randomSets),
            from: from.map { graph.names[$0] }, to: to.map { graph.names[$0] })
    }

    private func nodes(_ from: [String], _ to: [String]) throws(MedicineError) -> (from: [Int], to: [Int]) {
        let nodes = (from: graph.nodes(from), to: graph.nodes(to))
        guard !nodes.from.isEmpty, !nodes.to.isEmpty else {
            throw MedicineError(
                .emptySet, operation: "proximity",
                detail: "nothing of the \(nodes.from.isEmpty ? "first" : "second") set is in the largest piece")
        }
        return nodes
    }

    /// Rows of distances for the sets that need them.
    private func table(
        for pairs: [(from: [Int], to: [Int])], measure: SetDistance, runner: any ParallelRunner
    ) -> HopTable {
        var isNeeded = Array(repeating: false, count: graph.nodeCount)
        for pair in pairs {
            if measure.rows.from { for node in pair.from { isNeeded[node] = true } }
            if measure.rows.to { for node in pair.to { isNeeded[node] = true } }
        }
        return HopTable(graph, sources: isNeeded.indices.filter { isNeeded[$0] }, runner: runner)
    }
}
