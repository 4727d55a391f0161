import Contracts
import Domain

/// One of every event of the pharmacogenomic stream.
extension Samples {
    private static let logic = "pharmacogenomics 1.0"

    static let diplotype = DiplotypeReported(
        eventID: id, patient: patient, gene: "CYP2D6", diplotype: "*1/*4x2", phenotype: "Intermediate Metabolizer",
        activityScore: 1, laboratory: "lab.7", method: "long-range PCR", sampleID: "s_1", reportedAt: time,
        resourceID: "h1.d", source: "feed.genomics.v1", receivedAt: later, modelVersion: "ingestion 1.0",
        producedAt: later)
    static let phenotype = PhenotypeDetermined(
        eventID: id, patient: patient, gene: "CYP2C19", version: 3, callStatus: .ambiguous, diplotype: "*1/*2",
        diplotypeCount: 2, topWeight: 0.875, phenotype: "Intermediate Metabolizer",
        phenotypes: ["Intermediate Metabolizer"], activityScore: 1.25, convertedPhenotype: "Poor Metabolizer",
        convertedActivityScore: 0, inhibitors: ["fluvoxamine"], missingPositions: ["rs12248560"],
        novel: ["94781859 G>C"], knowledgeVersion: "2025.11", inputEventIDs: [otherID, id], effectiveAt: time,
        modelVersion: logic, producedAt: later)
    static let recommendation = RecommendationMade(
        eventID: id, recommendationID: otherID, version: 2, patient: patient, drug: "clopidogrel", rxnorm: "32968",
        isActiveMedication: true, status: .ambiguousSameAction, guidelineSource: "CPIC", guideline: "PA166251443",
        guidelineVersion: "2022-01", population: "adults", actions: ["avoid", "alternative"], strength: "strong",
        riskClass: "efficacy-lost", summary: "avoid; another agent", missingGenes: ["CYP2D6"],
        settledBy: ["rs12248560"], conflicts: ["FDA: alternative"], genes: ["CYP2C19"],
        phenotypes: ["Poor Metabolizer"], isWithdrawn: true, explanation: #"{"genes":{"CYP2C19":"PM"}}"#,
        knowledgeVersion: "2025.11", inputEventIDs: [otherID], effectiveAt: time, modelVersion: logic,
        producedAt: later)
    static let knowledge = KnowledgeReleased(
        eventID: id, subject: "pharmacogenomics", knowledgeVersion: "2025.12",
        digest: String(repeating: "0b", count: 32),
        files: [
            KnowledgeFile(name: "alleles.tsv", contentZstd: [40, 181, 47, 253, 0]),
            KnowledgeFile(name: "genes.tsv", contentZstd: [1]),
        ],
        releasedAt: time, source: "knowledge-board", modelVersion: logic, producedAt: later)
    static let reevaluation = ReevaluationRequested(
        eventID: id, subject: "pharmacogenomics", patient: patient, reason: "knowledge-released",
        knowledgeVersion: "2025.12", digest: String(repeating: "0b", count: 32),
        previousDigest: String(repeating: "0c", count: 32), after: "p0", page: 7, dueAt: time, modelVersion: logic,
        producedAt: later)

    /// The kinds of these.
    static let genomicKinds: [Kind] = [
        Kind(diplotype) { .random(using: &$0) }, Kind(phenotype) { .random(using: &$0) },
        Kind(recommendation) { .random(using: &$0) }, Kind(knowledge) { .random(using: &$0) },
        Kind(reevaluation) { .random(using: &$0) },
    ]
}
