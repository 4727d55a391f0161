import Domain

/// Ranks the medication options of an indication for one person.
///
/// The score is a sum of points, every one of them shown with its reason; 0 is a first-line drug without any finding. The points are
/// an order of ours, not a measure of benefit:
///
/// | what | points |
/// |---|---|
/// | line of therapy in the guideline | -20 for every line after the first |
/// | published estimate against placebo | -10...10 for efficacy, -10...10 for tolerability: the benefit as a share of the greatest of the indication's options on the same measure |
/// | gravest advice for the person's phenotypes, per efficacy and tolerability | avoid -60 when strong (or not graded), otherwise -40; another drug -30; another dose -10; monitor or test -5; by weight where candidates differ |
/// | what the option does to advice on drugs that are taken | -10 for every step of severity that it adds |
/// | contraindication beside a drug or condition | avoid -40, caution -10 |
/// | what is not known (gene without a result, candidates that differ) | -5 |
///
/// Rows for children, adolescents or breastfeeding women alone do not count; rows for an indication do, with the population named.
///
/// Contraindicated (by a guideline's row for everybody or for adults, or beside a drug or condition) is a veto: such options stand last, without a
/// rank. Options are ordered by score, equal ones by name.
public struct OptionRanking: Sendable {
    private let knowledge: KnowledgeBase
    private let recommender: Recommender

    /// A ranking under a release.
    public init(knowledge: KnowledgeBase) {
        self.init(knowledge: knowledge, recommender: Recommender(knowledge: knowledge))
    }

    init(knowledge: KnowledgeBase, recommender: Recommender) {
        self.knowledge = knowledge
        self.recommender = recommender
    }

    /// The options of an indication by its code, best first; nil when the release does not have the indication.
    ///
    /// - Parameters:
    ///   - code: the indication's code in the release (`major-depression`).
    ///   - patient: evaluated under the same release.
    ///   - conditions: the person's conditions (SNOMED CT concepts), as far as they may rule a drug out.
    public func rank(
        indication code: String, for patient: EvaluatedPatient, conditions: Set<String> = []
    ) -> [RankedOption]? {
        knowledge.indications.indication(code).map { rank($0, for: patient, conditions: conditions) }
    }

    /// The options of an indication, best first.
    public func rank(
        _ indication: Indication, for patient: EvaluatedPatient, conditions: Set<String> = []
    ) -> [RankedOption] {
        let greatest = greatestBenefits(indication.options)
        let drafts = indication.options.map { option in
            draft(option, greatest: greatest, patient: patient, conditions: conditions)
        }
        let sorted = drafts.sorted { one, other in
            if one.vetoes.isEmpty != other.vetoes.isEmpty { return one.vetoes.isEmpty }
            return one.score != other.score ? one.score > other.score : one.drug < other.drug
        }
        return sorted.enumerated().map { place, draft in
            RankedOption(
                drug: draft.drug, rank: draft.vetoes.isEmpty ? place + 1 : nil, score: draft.score,
                components: draft.components, vetoes: draft.vetoes, recommendations: draft.recommendations)
        }
    }

    private struct Draft {
        let drug: String
        var components: [RankedOption.Component] = []
        var vetoes: [String] = []
        var recommendations: [DrugRecommendation] = []

        var score: Int { components.reduce(0) { $0 + $1.points } }

        mutating func add(_ kind: RankedOption.Component.Kind, _ points: Int, _ reason: String) {
            components.append(RankedOption.Component(kind: kind, points: points, reason: reason))
        }
    }

    private func draft(
        _ option: TherapyOption, greatest: [EffectEstimate.Measure: Double], patient: EvaluatedPatient,
        conditions: Set<String>
    ) -> Draft {
        var draft = Draft(drug: option.drug)
        draft.add(.line, -20 * (option.line - 1), "line:\(option.line)")
        for (kind, estimate) in [
            (RankedOption.Component.Kind.efficacy, option.efficacy), (.tolerability, option.tolerability),
        ] {
            guard let estimate, let most = greatest[estimate.measure], most > 0 else { continue }
            draft.add(
                kind, Int((10 * estimate.benefit / most).rounded()),
                "estimate:\(estimate.measure.rawValue)=\(estimate.value)")
        }
        draft.recommendations = recommender.recommend(
            drug: option.drug, phenotypes: patient.phenotypes, medications: patient.medications,
            at: patient.evaluatedAt, genotypeEvents: patient.genotypeEvents)
        judge(&draft)
        weighInteractions(&draft, patient: patient)
        weighContraindications(&draft, patient: patient, conditions: conditions)
        let kinds = RankedOption.Component.Kind.allCases
        draft.components = kinds.flatMap { kind in draft.components.filter { $0.kind == kind } }
        return draft
    }

    /// The greatest benefit of any option, by measure.
    private func greatestBenefits(_ options: [TherapyOption]) -> [EffectEstimate.Measure: Double] {
        var greatest: [EffectEstimate.Measure: Double] = [:]
        for estimate in options.flatMap({ [$0.efficacy, $0.tolerability] }).compactMap(\.self) {
            greatest[estimate.measure] = max(greatest[estimate.measure] ?? 0, abs(estimate.benefit))
        }
        return greatest
    }

    // MARK: - Phenotypes

    private func judge(_ draft: inout Draft) {
        var worst: [RankedOption.Component.Kind: (points: Double, reason: String)] = [:]
        var unknown: [String] = []
        for recommendation in draft.recommendations {
            let advice = recommendation.governing
            switch advice.status {
            case .notCovered: continue
            case .notCallable: unknown += advice.missingGenes.map { "no-result:\($0)" }
            case .ambiguousDifferentAction: unknown.append("candidates-differ:\(recommendation.source.rawValue)")
            case .determinate, .ambiguousSameAction: break
            }
            if advice.candidates.count == 1 || advice.status == .ambiguousSameAction,
                advice.actions.contains(where: { $0.code == .contraindicated }), isForAll(recommendation.population)
            {
                draft.vetoes.append("contraindicated:\(recommendation.source.rawValue):\(genes(recommendation))")
            }
            let points = advice.candidates.reduce(0.0) { sum, candidate in
                sum + candidate.weight * Self.points(candidate)
            }
            guard points < 0, !recommendation.plan.isForSpecialPopulation else { continue }
            let kind: RankedOption.Component.Kind = advice.risk.hasPrefix("efficacy") ? .efficacy : .tolerability
            let action = (advice.actions.max() ?? advice.gravest?.actions.max())?.code.rawValue ?? ""
            let converted = recommendation.isPhenoconverted ? ":phenoconverted" : ""
            let population = recommendation.population == "general" ? "" : ":\(recommendation.population)"
            let reason =
                "\(recommendation.source.rawValue):\(action):\(genes(recommendation))\(converted)\(population)"
            if points < worst[kind]?.points ?? 0 { worst[kind] = (points, reason) }
        }
        for (kind, finding) in worst { draft.add(kind, Int(finding.points.rounded()), finding.reason) }
        for reason in Set(unknown).sorted() { draft.add(.uncertainty, -5, reason) }
        draft.vetoes = Set(draft.vetoes).sorted()
    }

    private func isForAll(_ population: String) -> Bool { population == "general" || population == "adults" }

    private func genes(_ recommendation: DrugRecommendation) -> String {
        recommendation.genes.map(\.rawValue).joined(separator: "+")
    }

    private static func points(_ candidate: CandidateAction) -> Double {
        switch candidate.severity {
        case 6: return -60
        case 5:
            let strength = candidate.rules.first?.strength.level ?? .none
            return strength == .strong || strength == .none ? -60 : -40
        case 4: return -30
        case 3: return -10
        case 2: return -5
        default: return 0
        }
    }

    // MARK: - Other drugs and conditions

    /// What the option would do to the advice on drugs that are taken already.
    private func weighInteractions(_ draft: inout Draft, patient: EvaluatedPatient) {
        guard !patient.activeDrugs.contains(draft.drug), recommender.assigner.exposures.acts(draft.drug),
            patient.activeDrugs.contains(where: { recommender.number(of: $0) != nil })
        else { return }
        let medications = patient.medications + [MedicationExposure(drug: draft.drug)]
        let after = recommender.reevaluate(patient, medications: medications, at: patient.evaluatedAt)
        for drug in patient.activeDrugs {
            let severities = (severity(of: drug, in: patient), severity(of: drug, in: after))
            guard severities.1.value > severities.0.value else { continue }
            draft.add(
                .interaction, -10 * (severities.1.value - severities.0.value), "worsens:\(drug):\(severities.1.source)")
        }
    }

    private func severity(of drug: String, in patient: EvaluatedPatient) -> (value: Int, source: String) {
        var gravest = (value: 0, source: "")
        for recommendation in patient.recommendations
        where recommendation.drug == drug && recommendation.governing.severity > gravest.value {
            gravest = (recommendation.governing.severity, recommendation.source.rawValue)
        }
        return gravest
    }

    private func weighContraindications(_ draft: inout Draft, patient: EvaluatedPatient, conditions: Set<String>) {
        guard let option = knowledge.drugs.drug(named: draft.drug) else { return }
        var found: Set<String> = []
        for entry in knowledge.contraindications.contraindications(of: option, drugs: [], conditions: conditions) {
            add(entry, beside: entry.versus.description, to: &draft, &found)
        }
        for medication in patient.medications where medication.drug != draft.drug {
            guard let drug = knowledge.drugs.drug(named: medication.drug) else { continue }
            for entry in knowledge.contraindications.contraindications(of: option, drugs: [drug], conditions: [])
            where counts(medication, washoutDays: entry.washoutDays, at: patient.evaluatedAt) {
                add(entry, beside: medication.drug, to: &draft, &found)
            }
        }
    }

    private func add(_ entry: Contraindication, beside name: String, to draft: inout Draft, _ found: inout Set<String>)
    {
        let reason = "\(entry.severity.rawValue):\(name):\(entry.risk)"
        guard found.insert(reason).inserted else { return }
        switch entry.severity {
        case .contraindicated: draft.vetoes.append(reason)
        case .avoid: draft.add(.interaction, -40, reason)
        case .caution: draft.add(.interaction, -10, reason)
        }
    }

    private func counts(_ medication: MedicationExposure, washoutDays: Double, at time: Timestamp) -> Bool {
        if medication.isActive(at: time) { return true }
        guard let end = medication.endedAt, end <= time else { return false }
        return time < end.advanced(by: .microseconds(Int64(washoutDays * 86_400_000_000)))
    }
}
