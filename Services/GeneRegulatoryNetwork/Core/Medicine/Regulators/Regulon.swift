/// The targets of one regulator, with the direction and the confidence of each.
public struct Regulon: Sendable, Equatable {
    /// One target.
    public struct Target: Sendable, Hashable {
        /// The gene.
        public let gene: String
        /// Mode of regulation, -1 (represses) ... 1 (activates); 0 when the direction is not known.
        public let mode: Double
        /// Confidence, above 0; only its proportion to that of the other targets counts.
        public let likelihood: Double

        /// A target.
        public init(gene: String, mode: Double, likelihood: Double) {
            self.gene = gene
            self.mode = mode
            self.likelihood = likelihood
        }
    }

    /// The regulator.
    public let regulator: String
    /// Its targets, by name, each once.
    public let targets: [Target]

    /// A regulon; a target without confidence is left out, a mode is cut to -1...1, and of a target named twice the
    /// surer counts.
    public init(regulator: String, targets: [Target]) {
        self.regulator = regulator
        let sure = targets.filter { $0.likelihood > 0 && $0.likelihood.isFinite && !$0.mode.isNaN }
            .map { Target(gene: $0.gene, mode: min(1, max(-1, $0.mode)), likelihood: $0.likelihood) }
            .sorted { ($0.gene, -$0.likelihood, $0.mode) < ($1.gene, -$1.likelihood, $1.mode) }
        var kept: [Target] = []
        for target in sure where kept.last?.gene != target.gene { kept.append(target) }
        self.targets = kept
    }

    /// The regulons of an inferred network: mode is the sign of an edge, likelihood its weight.
    ///
    /// - Parameters:
    ///   - network: the ranked edges.
    ///   - count: how many of the best edges are taken; nil for all.
    /// - Returns: by regulator's name.
    public static func regulons(of network: RegulatoryNetwork, best count: Int? = nil) -> [Regulon] {
        var targets: [String: [Target]] = [:]
        for edge in network.edges.prefix(max(0, count ?? network.edges.count)) where edge.weight > 0 {
            targets[network.genes[Int(edge.regulator)], default: []].append(
                Target(
                    gene: network.genes[Int(edge.target)], mode: Double(edge.sign.signum()), likelihood: edge.weight))
        }
        return targets.sorted { $0.key < $1.key }.map { Regulon(regulator: $0.key, targets: $0.value) }
    }
}
