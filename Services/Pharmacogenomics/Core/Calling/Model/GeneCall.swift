/// What a sample's data say about one gene: the set of all diplotypes that are consistent with them.
public struct GeneCall: Sendable, Equatable {
    /// How far the data went.
    public enum Status: String, Sendable, CaseIterable {
        /// One diplotype.
        case called
        /// Several diplotypes are consistent with the data.
        case ambiguous
        /// The gene was observed, and no pair of named alleles fits.
        case noMatch = "no-match"
        /// Nothing, or too little, of the gene was observed.
        case notCallable = "not-callable"
        /// A laboratory's report was taken instead of the variants.
        case outside
    }

    /// The gene.
    public var gene: GeneSymbol
    /// How far the data went.
    public var status: Status
    /// The diplotypes, best first (score descending, then natural order of names); at most ``listingLimit``, but for laboratories'
    /// reports, all of which are listed.
    public var candidates: [DiplotypeCandidate]
    /// How many diplotypes are consistent with the data, listed or not.
    public var diplotypeCount: Int
    /// The weight of what is not listed, by the pair of functions (the two in ascending order) of its members; sums with the candidates' to 1.
    public var unlisted: [UnlistedDiplotypes]
    /// For genes whose haplotypes cannot be told apart (lowest-function genes, unphased): the alleles found, in place of a pair.
    public var haplotypes: [HaplotypeCall]
    /// Indices (in the gene) of the positions of which at least one copy is unknown.
    public var missingPositions: [Int]
    /// Bases at this gene's positions that no definition lists.
    public var novel: [NovelAllele]
    /// The fraction of the function-altering positions at which both copies were observed: 0...1.
    public var coverage: Double
    /// True when every heterozygous position was phased with the others.
    public var isPhased: Bool
    /// What the caller has to say besides: codes such as `treated-as-reference`, `hapb3-exonic-only`, `rs4149056-fallback`, `nat2-unphased-priority`.
    public var remarks: [String]
    /// What the laboratory reported beside the diplotype, where ``status`` is `outside`.
    public var outside: OutsideCall?
    /// What the variants say where a laboratory's report stands above them; empty otherwise.
    public var replaced: [DiplotypeCandidate]
    /// The pair by which the published rules look the phenotype up where that is not the first candidate itself: the two
    /// lowest functions of DPYD and RYR1, the pair that rs4149056 stands for in SLCO1B1. Nil otherwise.
    public var lookup: DiplotypeCandidate?
    /// What was seen at the positions that are reported but not matched (rs12777823 beside CYP2C9).
    public var extraSites: [ReportedSite]

    /// How many candidates are listed.
    public static let listingLimit = 64

    /// A call of `gene` without candidates.
    public init(gene: GeneSymbol, status: Status) {
        self.gene = gene
        self.status = status
        candidates = []
        diplotypeCount = 0
        unlisted = []
        haplotypes = []
        missingPositions = []
        novel = []
        coverage = 0
        isPhased = false
        remarks = []
        extraSites = []
        replaced = []
    }

    /// The candidates that share the highest score, or the one that a published priority prefers to them.
    public var topCandidates: ArraySlice<DiplotypeCandidate> {
        guard let first = candidates.first else { return [] }
        if remarks.contains(CallRemark.unphasedPriority) { return candidates.prefix(1) }
        return candidates.prefix { $0.score == first.score }
    }
}

/// Diplotypes that are consistent with the data but not listed one by one.
public struct UnlistedDiplotypes: Sendable, Equatable {
    /// Indices of two named alleles that stand for all with the same functions and activity values; the second is -1
    /// where there is one copy. For lowest-function genes the alleles by which the two strands are looked up.
    public let representative: (first: Int, second: Int)
    /// How many there are.
    public let count: Int
    /// Their weight together.
    public let weight: Double

    /// A group of diplotypes.
    public init(representative: (first: Int, second: Int), count: Int, weight: Double) {
        self.representative = representative
        self.count = count
        self.weight = weight
    }

    /// Whether representatives, numbers and weights agree.
    public static func == (one: Self, other: Self) -> Bool {
        one.representative == other.representative && one.count == other.count && one.weight == other.weight
    }
}
