import Contracts
import Domain
import PharmacogenomicsCore

/// What an event says about a drug: the advice of the guideline that leads, and where the others disagree.
struct DrugContent {
    let leading: DrugRecommendation
    private let group: [DrugRecommendation]

    /// The advice on one drug, of every guideline. A guideline that decides leads over one that does not; then CPIC leads over DPWG and FDA, and
    /// the rows for everybody over those for a part.
    init(_ group: ArraySlice<DrugRecommendation>) {
        self.group = Array(group)
        leading = group.min { Self.order(of: $0) < Self.order(of: $1) } ?? group[group.startIndex]
    }

    private static func order(of recommendation: DrugRecommendation) -> (Int, Int, Int) {
        let decision =
            switch recommendation.status {
            case .determinate, .ambiguousSameAction: 0
            case .ambiguousDifferentAction: 1
            case .notCallable: 2
            case .notCovered: 3
            }
        let source = GuidelineSource.allCases.firstIndex(of: recommendation.source) ?? 0
        return (decision, source, recommendation.population == "general" ? 0 : 1)
    }

    /// The event.
    func event(
        id: EventID, recommendationID: EventID, version: Int64, patient: PatientPseudonym, rxnorm: String,
        explanation: String, knowledgeVersion: String, effectiveAt: Timestamp, modelVersion: String,
        producedAt: Timestamp
    ) -> RecommendationMade {
        let results = leading.governing.candidates.first?.results ?? []
        return RecommendationMade(
            eventID: id, recommendationID: recommendationID, version: version, patient: patient, drug: leading.drug,
            rxnorm: rxnorm, isActiveMedication: leading.isActive,
            status: RecommendationMade.Status(rawValue: leading.status.rawValue) ?? .notCovered,
            guidelineSource: leading.source.rawValue, guideline: leading.guideline, guidelineVersion: leading.version,
            population: leading.population, actions: leading.actions.map(\.description),
            strength: leading.strength.description, riskClass: leading.risk, summary: summary,
            missingGenes: leading.missingGenes.map(\.rawValue),
            settledBy: leading.settledBy.prefix(ContractLimits.listEntries).map { "\($0.gene) \($0.name)" },
            conflicts: leading.conflicts.prefix(ContractLimits.listEntries).map(Self.text),
            genes: results.map(\.gene.rawValue), phenotypes: results.map(\.phenotype), explanation: explanation,
            knowledgeVersion: knowledgeVersion,
            inputEventIDs: ResultPublisher.inputs(Array(Set(group.flatMap(\.inputEvents))).sorted()),
            effectiveAt: effectiveAt, modelVersion: modelVersion, producedAt: producedAt)
    }

    private static func text(_ conflict: SourceConflict) -> String {
        let actions = conflict.actions.map(\.description).joined(separator: "+")
        return "\(conflict.source.rawValue) (\(conflict.population)): \(actions.isEmpty ? "differs" : actions)"
    }

    /// One line for people.
    private var summary: String {
        let advice = leading.governing
        let conclusion =
            switch advice.status {
            case .determinate, .ambiguousSameAction:
                advice.actions.isEmpty
                    ? "the source gives no recommendation." : advice.actions.map(\.text).joined(separator: " ")
            case .ambiguousDifferentAction: "depends on what is not settled."
            case .notCallable:
                "no result of \(advice.missingGenes.map(\.rawValue).joined(separator: ", "))."
            case .notCovered: "the source has no row for this result."
            }
        let medication = leading.isPhenoconverted ? " The present medication changes the answer." : ""
        return GeneContent.fitting("\(leading.drug) (\(leading.source.rawValue)): \(conclusion)\(medication)")
    }
}
