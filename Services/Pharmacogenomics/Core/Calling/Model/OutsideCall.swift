/// A laboratory's or another caller's statement about one gene of one sample. It stands above the service's own call of that gene.
public struct OutsideCall: Sendable, Hashable {
    /// The gene.
    public var gene: GeneSymbol
    /// `*1/*4`, `*1x2/*41`, `*57:01/*58:01`, `m.1555A>G`; empty when only a phenotype was reported.
    public var diplotype: String
    /// `Poor Metabolizer`, `*31:01 positive`; empty when none was reported.
    public var phenotype: String
    /// The activity score, where one was reported.
    public var activityScore: Double?
    /// True when the laboratory could not call it.
    public var isNoCall: Bool

    /// A statement.
    public init(
        gene: GeneSymbol, diplotype: String = "", phenotype: String = "", activityScore: Double? = nil,
        isNoCall: Bool = false
    ) {
        self.gene = gene
        self.diplotype = diplotype
        self.phenotype = phenotype
        self.activityScore = activityScore
        self.isNoCall = isNoCall
    }
}
