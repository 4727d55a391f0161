/// What one gene's diplotypes mean: every phenotype that is consistent with the data, with its weight.
public struct GenePhenotype: Sendable, Equatable {
    /// What the phenotypes were found from.
    public var call: GeneCall { source.call }
    /// The phenotypes, heaviest first, equal weights the lower score or the earlier term first. Empty when the gene was not
    /// called. Merged by phenotype and activity score; the weights sum to 1.
    public let outcomes: [PhenotypeOutcome]
    /// What the diplotype means by the rules where a laboratory's reported phenotype or score was taken instead, and differs.
    public let contradicted: PhenotypeOutcome?
    /// The outcome that the published rule takes for unphased, complete data of a lowest-function gene (DPYD, RYR1): the two
    /// lowest functions lie on different chromosomes. Nil for all other data.
    public let worstCase: PhenotypeOutcome?
    /// The places in ``outcomes`` of the candidates with the best score: what a program that shows the top candidate alone
    /// would give. The order of the score says nothing about how probable a candidate is.
    public let leading: [Int]
    /// What the present medication makes of it; nil when no drug interacts with this gene's enzyme.
    public internal(set) var converted: ConvertedPhenotype?
    /// Codes of what the assigner has to say: `reported-phenotype`, `reported-differs`, `worst-case`, `copies-not-scored`...
    public let remarks: [String]

    private let source: Source

    /// The call, held once: phenotypes are copied whenever a medication changes.
    private final class Source: Sendable, Equatable {
        let call: GeneCall

        init(_ call: GeneCall) {
            self.call = call
        }

        static func == (one: Source, other: Source) -> Bool { one === other || one.call == other.call }
    }

    /// What the guidelines' questions are answered from, finer than the outcomes.
    let states: [GeneState]
    /// The same after conversion; nil when it is as the genetic ones.
    var convertedStates: [GeneState]?

    init(
        call: GeneCall, outcomes: [PhenotypeOutcome] = [], contradicted: PhenotypeOutcome? = nil,
        worstCase: PhenotypeOutcome? = nil, leading: [Int] = [], remarks: [String] = [], states: [GeneState] = []
    ) {
        source = Source(call)
        self.outcomes = outcomes
        self.contradicted = contradicted
        self.worstCase = worstCase
        self.leading = leading
        self.remarks = remarks
        self.states = states
    }

    /// The gene.
    public var gene: GeneSymbol { source.call.gene }

    /// The phenotypes of the candidates with the best score; see ``leading``.
    public var leadingOutcomes: [PhenotypeOutcome] { leading.map { outcomes[$0] } }

    /// The phenotype that all candidates agree on; for unphased data of lowest-function genes the worst case. Nil when the
    /// candidates differ or the gene was not called.
    public var consensus: PhenotypeOutcome? { worstCase ?? (outcomes.count == 1 ? outcomes.first : nil) }
}

/// One answer to every question that the guidelines ask of a gene.
struct GeneState: Sendable, Equatable {
    /// The outcome that it belongs to, by its place.
    var outcome: Int
    /// Bit i: question i of the gene is answered by yes.
    var bits: [UInt64]
    /// The share of the candidates.
    var weight: Double
    /// The activity score that the answers were given for. Differs from the outcome's where only a phenotype is known and
    /// several scores have it.
    var score: Double?
    /// Which questions for variants are answered by yes.
    var carried: UInt64
}
