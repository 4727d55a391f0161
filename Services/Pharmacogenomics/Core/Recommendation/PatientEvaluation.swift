import Domain

/// Evaluates persons under one knowledge release: diplotypes, phenotypes, recommendations and findings.
public struct PatientEvaluation: Sendable {
    let knowledge: KnowledgeBase
    let caller: DiplotypeCaller
    let assigner: PhenotypeAssigner
    /// What the guidelines say for phenotypes of this release.
    public let recommender: Recommender
    /// Options of indications under the same release.
    public let ranking: OptionRanking
    /// Explanations under the same release.
    public let explainer: Explainer

    /// An evaluation under a release.
    public init(knowledge: KnowledgeBase, options: CallingOptions = CallingOptions()) {
        self.knowledge = knowledge
        caller = DiplotypeCaller(catalog: knowledge.genes, options: options)
        let questions = GuidelineQuestions(knowledge: knowledge)
        assigner = PhenotypeAssigner(knowledge: knowledge, questions: questions)
        recommender = Recommender(knowledge: knowledge, assigner: assigner)
        ranking = OptionRanking(knowledge: knowledge, recommender: recommender)
        explainer = Explainer(knowledge: knowledge)
    }

    /// Evaluates a person anew.
    ///
    /// - Parameters:
    ///   - genotypes: what is known of the genome; nil: nothing.
    ///   - outside: what laboratories and other callers reported.
    ///   - medications: what the person takes or took, in any order.
    ///   - sex: the sex, where it is known; otherwise the genotypes' is taken.
    ///   - time: when the medication is looked at.
    ///   - genotypeEvents: the events that the genotypes and reports came in, in any order.
    public func evaluate(
        genotypes: SampleGenotypes?, outside: [OutsideCall] = [], medications: [MedicationExposure] = [],
        sex: Sex? = nil, at time: Timestamp, genotypeEvents: [EventID] = []
    ) -> EvaluatedPatient {
        var sample = genotypes ?? SampleGenotypes(sampleID: "", sex: sex, siteCount: knowledge.genes.siteCount)
        sample.sex = sex ?? sample.sex
        let calls = caller.call(sample, outside: outside)
        return evaluate(
            calls: calls, medications: medications, sex: sample.sex, at: time, genotypeEvents: genotypeEvents)
    }

    /// Evaluates a person of whom the diplotypes are known.
    public func evaluate(
        calls: [GeneCall], medications: [MedicationExposure] = [], sex: Sex? = nil, at time: Timestamp,
        genotypeEvents: [EventID] = []
    ) -> EvaluatedPatient {
        recommender.evaluate(
            calls: calls, medications: medications, sex: sex, at: time, genotypeEvents: genotypeEvents)
    }

    /// Evaluates a person again after a change of medication or when a boundary has come. The diplotypes and all advice that
    /// the medication does not touch are kept.
    ///
    /// - Precondition for a right answer: `former` was made under the same release; otherwise everything but the diplotypes is
    ///   evaluated anew.
    public func reevaluate(
        _ former: EvaluatedPatient, medications: [MedicationExposure], at time: Timestamp
    ) -> EvaluatedPatient {
        recommender.reevaluate(former, medications: medications, at: time)
    }
}
