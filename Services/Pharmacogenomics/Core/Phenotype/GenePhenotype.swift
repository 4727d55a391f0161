/// What one gene's diplotypes mean: every phenotype that is consistent with the data, with its weight.
public struct GenePhenotype: Sendable, Equatable {
    /// What the phenotypes were found from.
    public var call: GeneCall { genetic.call }
    /// The phenotypes, heaviest first, equal weights the lower score or the earlier term first. Empty when the gene was not
    /// called. Merged by phenotype and activity score; the weights sum to 1.
    public var outcomes: [PhenotypeOutcome] { genetic.outcomes }
    /// What the diplotype means by the rules where a laboratory's reported phenotype or score was taken instead, and differs.
    public var contradicted: PhenotypeOutcome? { genetic.contradicted }
    /// The outcome that the published rule takes for unphased, complete data of a lowest-function gene (DPYD, RYR1): the two
    /// lowest functions lie on different chromosomes. Nil for all other data.
    public var worstCase: PhenotypeOutcome? { genetic.worstCase }
    /// The places in ``outcomes`` of the candidates with the best score: what a program that shows the top candidate alone
    /// would give. The order of the score says nothing about how probable a candidate is.
    public var leading: [Int] { genetic.leading }
    /// What the present medication makes of it; nil when no drug interacts with this gene's enzyme.
    public var converted: ConvertedPhenotype? { conversion?.phenotype }
    /// Codes of what the assigner has to say: `reported-phenotype`, `reported-differs`, `worst-case`, `copies-not-scored`...
    public var remarks: [String] { genetic.remarks }

    private let genetic: Genetic
    /// What the present medication makes of it, with the answers to the guidelines' questions.
    var conversion: Conversion?

    /// What the guidelines' questions are answered from, finer than the outcomes.
    var states: [GeneState] { genetic.states }
    /// The same after conversion; nil when it is as the genetic ones.
    var convertedStates: [GeneState]? { conversion?.states }

    init(
        call: GeneCall, outcomes: [PhenotypeOutcome] = [], contradicted: PhenotypeOutcome? = nil,
        worstCase: PhenotypeOutcome? = nil, leading: [Int] = [], remarks: [String] = [], states: [GeneState] = []
    ) {
        genetic = Genetic(
            call: call, outcomes: outcomes, contradicted: contradicted, worstCase: worstCase, leading: leading,
            remarks: remarks, states: states)
    }

    /// The gene.
    public var gene: GeneSymbol { genetic.call.gene }

    /// The phenotypes of the candidates with the best score; see ``leading``.
    public var leadingOutcomes: [PhenotypeOutcome] { leading.map { outcomes[$0] } }

    /// The phenotype that all candidates agree on; for unphased data of lowest-function genes the worst case. Nil when the
    /// candidates differ or the gene was not called.
    public var consensus: PhenotypeOutcome? { worstCase ?? (outcomes.count == 1 ? outcomes.first : nil) }
}

extension GenePhenotype {
    /// What the genotype comes to, held once: phenotypes are copied whenever a medication changes.
    private final class Genetic: Sendable, Equatable {
        let call: GeneCall
        let outcomes: [PhenotypeOutcome]
        let contradicted: PhenotypeOutcome?
        let worstCase: PhenotypeOutcome?
        let leading: [Int]
        let remarks: [String]
        let states: [GeneState]

        init(
            call: GeneCall, outcomes: [PhenotypeOutcome], contradicted: PhenotypeOutcome?,
            worstCase: PhenotypeOutcome?, leading: [Int], remarks: [String], states: [GeneState]
        ) {
            self.call = call
            self.outcomes = outcomes
            self.contradicted = contradicted
            self.worstCase = worstCase
            self.leading = leading
            self.remarks = remarks
            self.states = states
        }

        static func == (one: Genetic, other: Genetic) -> Bool {
            one === other
                || one.call == other.call && one.outcomes == other.outcomes && one.contradicted == other.contradicted
                    && one.worstCase == other.worstCase && one.leading == other.leading
                    && one.remarks == other.remarks && one.states == other.states
        }
    }

    /// What the medication makes of a phenotype.
    final class Conversion: Sendable, Equatable {
        let phenotype: ConvertedPhenotype
        /// Nil when they are as the genetic ones.
        let states: [GeneState]?

        init(_ phenotype: ConvertedPhenotype, states: [GeneState]?) {
            self.phenotype = phenotype
            self.states = states
        }

        /// Whether every guideline is answered alike, whatever drugs it comes from.
        static func answersAlike(_ one: Conversion?, _ other: Conversion?) -> Bool {
            guard let one = one, let states = one.states else { return other?.states == nil }
            guard let other = other, other.states == states else { return false }
            return one.phenotype.outcomes == other.phenotype.outcomes
                && one.phenotype.leading == other.phenotype.leading
        }

        static func == (one: Conversion, other: Conversion) -> Bool {
            one === other || one.phenotype == other.phenotype && one.states == other.states
        }
    }
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
