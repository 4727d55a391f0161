/// A phenotype that one gene of a person may have, with how much of the candidate set it covers.
public struct PhenotypeOutcome: Sendable, Hashable {
    /// The gene.
    public let gene: GeneSymbol
    /// CPIC's standard term (`Poor Metabolizer`); `Indeterminate` when the rules give none. For HLA genes the presence of every
    /// allele that a guideline asks about, joined by `; `. For genes without a published phenotype the diplotype itself.
    public let phenotype: String
    /// The activity score, for genes that have one and diplotypes of which all values are known.
    public let activityScore: Double?
    /// The share of all candidates (listed or not) that has this outcome: 0...1, one gene's outcomes sum to 1.
    public let weight: Double
    /// The diplotypes that lead here, best first; at most ``diplotypeLimit``.
    public let diplotypes: [String]
    /// How many diplotypes lead here, named or not.
    public let diplotypeCount: Int
    /// Where a source names the phenotype differently: its term by source, in the order of the sources.
    public let otherTerms: [SourceTerm]
    /// The alleles that a guideline asks about and whether they are there (HLA); empty for other genes.
    public let alleles: [AllelePresence]
    /// A hash of all this, equal on every machine and in every run.
    public let contentHash: UInt64

    /// How many diplotypes an outcome names.
    public static let diplotypeLimit = 8
    /// The term for a diplotype whose phenotype the rules do not give.
    public static let indeterminate = "Indeterminate"

    init(
        gene: GeneSymbol, phenotype: String, activityScore: Double?, weight: Double, diplotypes: [String],
        diplotypeCount: Int, otherTerms: [SourceTerm] = [], alleles: [AllelePresence] = []
    ) {
        self.gene = gene
        self.phenotype = phenotype
        self.activityScore = activityScore
        self.weight = weight
        self.diplotypes = diplotypes
        self.diplotypeCount = diplotypeCount
        self.otherTerms = otherTerms
        self.alleles = alleles
        var hash = ContentHash()
        hash.mix(gene.rawValue)
        hash.mix(phenotype)
        hash.mix(activityScore ?? -1)
        hash.mix(weight)
        hash.mix(diplotypeCount)
        for diplotype in diplotypes { hash.mix(diplotype) }
        for term in otherTerms { hash.mix(term.phenotype) }
        for allele in alleles { hash.mix(allele.text ?? allele.name) }
        contentHash = hash.value
    }

    /// What a guideline's table is asked: the activity score where the gene has one (`1.5`), otherwise the phenotype.
    public var lookupKey: String { activityScore.map { "\($0)" } ?? phenotype }

    /// The term that `source` uses.
    public func phenotype(by source: GuidelineSource) -> String {
        otherTerms.first { $0.source == source }?.phenotype ?? phenotype
    }
}

/// A phenotype in the terms of one source.
public struct SourceTerm: Sendable, Hashable {
    /// Who calls it so.
    public let source: GuidelineSource
    /// The source's phenotype.
    public let phenotype: String
}

/// Whether an allele is carried.
public struct AllelePresence: Sendable, Hashable {
    /// The allele as the guideline writes it (`*57:01`).
    public let name: String
    /// True with at least one copy; nil when it is not known.
    public let isPresent: Bool?

    /// `*57:01 positive`, `*57:01 negative`, or nil when it is not known.
    public var text: String? { isPresent.map { "\(name) \($0 ? "positive" : "negative")" } }
}
