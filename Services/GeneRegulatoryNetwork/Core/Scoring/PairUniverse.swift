/// Which ordered pairs of distinct genes are scored.
public struct PairUniverse: Sendable, Hashable {
    /// The genes that may regulate in it; nil for all genes.
    public let regulators: Set<String>?
    /// The genes that may be regulated in it; nil for all genes.
    public let targets: Set<String>?

    /// A universe of the genes named; names that are no genes are left out when it is used.
    public init(regulators: Set<String>? = nil, targets: Set<String>? = nil) {
        self.regulators = regulators
        self.targets = targets
    }

    /// All ordered pairs of distinct genes, as in DREAM4.
    public static let allPairs = PairUniverse()

    /// The pairs of a regulator and a target of the gold standard, as in DREAM5: the rest was never studied, so nobody knows it false.
    ///
    /// DREAM5 takes every gene of the gold standard as a target, its regulators included.
    public static func studied(in gold: GoldStandard) -> PairUniverse {
        PairUniverse(regulators: gold.regulators, targets: gold.regulators.union(gold.targets))
    }

    /// Whether a pair of names belongs to the universe.
    public func contains(regulator: String, target: String) -> Bool {
        regulator != target && regulators?.contains(regulator) ?? true && targets?.contains(target) ?? true
    }
}
