/// What is done to a gene: its level is held, and what regulates it no longer matters (Pearl's do-operation).
public struct Perturbation: Sendable, Hashable {
    /// The gene.
    public let gene: String
    /// The level it is held at, as a change from normal: -1 knocked out, +1 over-expressed.
    public let level: Double

    /// A perturbation to any level.
    public init(gene: String, level: Double) {
        self.gene = gene
        self.level = level
    }

    /// The gene is silenced.
    public static func knockOut(_ gene: String) -> Perturbation { Perturbation(gene: gene, level: -1) }

    /// The gene is driven.
    public static func overExpression(_ gene: String) -> Perturbation { Perturbation(gene: gene, level: 1) }
}

/// What a perturbation does to the other genes.
public struct PerturbationEffect: Sendable, Equatable {
    /// One gene's change.
    public struct Change: Sendable, Hashable {
        /// The gene.
        public let gene: String
        /// The change in the steady state, in units of the perturbation: above 0 it rises.
        public let effect: Double
    }

    /// The genes that change, the perturbed ones left out: the greatest effect first, then by name.
    public let changes: [Change]
    /// How many times the network was walked.
    public let iterations: Int
    /// A proven bound of how far any effect is from the steady state.
    public let error: Double
    /// The genes that were to be perturbed and are not in the network.
    public let ignored: [String]
}
