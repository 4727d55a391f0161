/// How genes are called.
public struct CallingOptions: Sendable, Hashable {
    /// Whether combinations of named alleles and single variants of no named allele are sought where no pair fits.
    /// Genes that are called by their lowest function (DPYD, RYR1) always seek them.
    public var combinations: Bool
    /// Whether CYP2D6 is matched from variants. Its structural alleles stay invisible.
    public var callsCYP2D6: Bool
    /// The fraction of function-altering positions that must be observed, 0...1; below it a gene is not callable.
    public var minimumCoverage: Double
    /// The population whose allele frequencies weigh the candidates; nil: all weigh the same.
    public var population: String?
    /// The frequencies for ``population``; without them all candidates weigh the same.
    public var frequencies: AlleleFrequencies?

    /// Options; by default no combinations, no CYP2D6, no minimum and no prior.
    public init(
        combinations: Bool = false, callsCYP2D6: Bool = false, minimumCoverage: Double = 0,
        population: String? = nil, frequencies: AlleleFrequencies? = nil
    ) {
        self.combinations = combinations
        self.callsCYP2D6 = callsCYP2D6
        self.minimumCoverage = minimumCoverage
        self.population = population
        self.frequencies = frequencies
    }
}
