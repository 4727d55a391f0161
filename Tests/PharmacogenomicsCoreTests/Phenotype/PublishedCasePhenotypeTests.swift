import Foundation
import Testing

@testable import PharmacogenomicsCore

@Suite("The published cases have their phenotypes", .enabled(if: SharedPGx.isPresent))
struct PublishedCasePhenotypeTests {
    static let rows = PGxCaseRow.all.filter {
        $0.kind == "pipeline" && !$0["expected_phenotype"].isEmpty && $0["expected_phenotype"] != "?"
    }

    /// Rows that name one of the two haplotypes of the look-up pair and the phenotype of that one twice; HapB3 (activity value
    /// 0.5) lies on the other strand.
    static let halves: [String: (phenotype: String, score: Double)] = [
        "DpydTest.issue155_strandMismatch": ("Intermediate Metabolizer", 1.5),
        "DpydTest.issue156": ("Intermediate Metabolizer", 1.5),
    ]

    @Test("Every pipeline row", arguments: rows)
    func pipelineRow(_ row: PGxCaseRow) throws {
        let phenotypes = try CaseEvaluation.phenotypes(row)
        let phenotype = try #require(phenotypes.first { $0.gene.rawValue == row.gene })
        let shown = CaseEvaluation.shown(phenotype)
        let expected = PGxCaseRow.list(row["expected_phenotype"])
        if row.gene.hasPrefix("HLA-") {
            let texts = Set(shown.flatMap { $0.alleles.compactMap(\.text) })
            #expect(texts.isSuperset(of: expected))
            return
        }
        if let half = Self.halves[row.name] {
            #expect(shown.map(\.phenotype) == [half.phenotype] && shown.map(\.activityScore) == [half.score])
            return
        }
        guard row.hasOption("top_candidate_only") else {
            #expect(Set(phenotype.outcomes.map(\.phenotype)).isSuperset(of: expected))
            return
        }
        #expect(Set(shown.map(\.phenotype)) == Set(expected))
        let scores = PGxCaseRow.list(row["expected_activity_score"]).compactMap { Double($0) }
        if !scores.isEmpty { #expect(Set(shown.compactMap(\.activityScore)) == Set(scores)) }
        let sum = phenotype.outcomes.reduce(0) { $0 + $1.weight }
        #expect(abs(sum - 1) < 1e-9)
    }
}

@Suite("The reference materials have their consensus phenotypes", .enabled(if: SharedPGx.isPresent))
struct ReferenceMaterialPhenotypeTests {
    @Test("All diplotypes of GeT-RM")
    func consensus() throws {
        let knowledge = try EvaluationFixture.knowledge()
        let assigner = PhenotypeAssigner(knowledge: knowledge)
        let rows = try SharedPGx.table("getrm/getrm_consensus.tsv")
        #expect(rows.count == 19)
        var agreeing = 0
        for row in rows {
            let gene = try #require(knowledge.genes[GeneSymbol(rawValue: row["gene"] ?? "")])
            let call = try #require(PublishedPhenotypeTests.call(gene, row["current_diplotype"] ?? ""))
            let outcome = try #require(assigner.phenotypes(of: [call]).first?.consensus)
            #expect(outcome.phenotype == row["pharmcat_phenotype"], "\(row["sample"] ?? "")")
            if let score = row["activity_score"].flatMap({ Double($0) }) { #expect(outcome.activityScore == score) }
            if outcome.phenotype == row["consensus_phenotype"] { agreeing += 1 }
        }
        // NUDT15 *1/*5: normal in the publication of 2022, indeterminate in the current tables, which are ours.
        #expect(agreeing == 18)
    }
}
