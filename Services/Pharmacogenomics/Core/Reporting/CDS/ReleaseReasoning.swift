public import Domain

/// What a release makes of a person.
public struct ReleaseReasoning: CDSReasoning {
    private let evaluation: PatientEvaluation
    private let ranking: OptionRanking

    /// Reasoning under `knowledge`; `evaluation` is under the same release.
    public init(knowledge: KnowledgeBase, evaluation: PatientEvaluation) {
        self.evaluation = evaluation
        ranking = OptionRanking(knowledge: knowledge)
    }

    /// The person with these medications instead; without genotypes where nothing is known.
    public func reevaluated(
        _ patient: EvaluatedPatient?, medications: [MedicationExposure], at time: Timestamp
    ) -> EvaluatedPatient {
        guard let patient else { return evaluation.evaluate(genotypes: nil, medications: medications, at: time) }
        return evaluation.reevaluate(patient, medications: medications, at: time)
    }

    /// The options of an indication, best first.
    public func options(for indication: Indication, of patient: EvaluatedPatient, at time: Timestamp) -> [RankedOption]
    {
        ranking.rank(indication, for: patient)
    }
}

extension CDSDecision {
    /// Decisions under `knowledge`; make one for each release and keep it.
    public init(knowledge: KnowledgeBase, evaluation: PatientEvaluation) {
        self.init(
            knowledge: knowledge, reasoning: ReleaseReasoning(knowledge: knowledge, evaluation: evaluation))
    }
}
