import Domain

/// All that the genotype and the medication of one person come to at one time.
public struct EvaluatedPatient: Sendable {
    /// The version of the knowledge it rests on.
    public let knowledgeVersion: String
    /// The time that the medication was looked at.
    public let evaluatedAt: Timestamp
    /// The sex, where it is known.
    public let sex: Sex?
    /// The diplotypes, in the catalog's order.
    public let calls: [GeneCall]
    /// The phenotypes, in the order of the calls.
    public let phenotypes: [GenePhenotype]
    /// The medication as it was given, sorted by drug and start.
    public let medications: [MedicationExposure]
    /// The drugs that are taken at the time of the evaluation, sorted, each once.
    public let activeDrugs: [String]
    /// Every guideline of an active drug, and of every other drug that is not given as usual or cannot be decided; sorted by
    /// drug, source, guideline and population.
    public let recommendations: [DrugRecommendation]
    /// Active drugs that a guideline speaks strongly against, gravest first, then by drug.
    public let findings: [SafetyFinding]
    /// The next time at which a start, end, onset or washout that is already known changes something; nil when none does.
    public let nextBoundary: Timestamp?
    /// The events that the genotype rests on, ascending.
    public let genotypeEvents: [EventID]

    /// The results by number, without the medication.
    let panel: ResultPanel
    /// What acts on enzymes, or will.
    let acting: [EnzymeExposures.Window]
    /// The advice of every plan of the recommender by its number, for the genotype alone.
    let genetic: [Advice?]
    /// The same with the present medication; nil where it is the same.
    let converted: [Advice?]
    /// What conversions came to, for the next evaluation.
    let memo: ConversionMemo

    /// The phenotype of a gene, nil when it is not in the catalog.
    public func phenotype(of gene: GeneSymbol) -> GenePhenotype? {
        phenotypes.first { $0.gene == gene }
    }

    /// The recommendations on a drug that are listed.
    public func recommendations(for drug: String) -> [DrugRecommendation] {
        recommendations.filter { $0.drug == drug }
    }
}

extension EvaluatedPatient: Equatable {
    /// By everything that is shown.
    public static func == (one: Self, other: Self) -> Bool {
        one.knowledgeVersion == other.knowledgeVersion && one.evaluatedAt == other.evaluatedAt && one.sex == other.sex
            && one.calls == other.calls && one.phenotypes == other.phenotypes && one.medications == other.medications
            && one.activeDrugs == other.activeDrugs && one.recommendations == other.recommendations
            && one.findings == other.findings && one.nextBoundary == other.nextBoundary
            && one.genotypeEvents == other.genotypeEvents
    }
}
