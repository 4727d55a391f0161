import Testing

@testable import PharmacogenomicsCore

@Suite("Guidelines answer where the published cases have annotations", .enabled(if: SharedPGx.isPresent))
struct AnnotationCountTests {
    /// Rows that deviate, one by one, and why.
    static let deviations: [String: String] = [
        "PipelineTest.testClomipramineCall lansoprazole FDA_ASSOC": "no public copy of FDA's row",
        "PipelineTest.testUgt1a1s28s80phased atazanavir DPWG_GUIDELINE": "added by DPWG after the transcript we have",
        "PipelineTest.testHlabPhenotype phenytoin CPIC_GUIDELINE":
            "answered for CYP2C9 alone, HLA-B*15:02 named missing",
        "PipelineTest.testIfnl3 peginterferon alfa-2a ANY": "CPIC's guideline of 2014 is in our tables",
        "PipelineTest.testIfnl3 peginterferon alfa-2b ANY": "CPIC's guideline of 2014 is in our tables",
    ]

    @Test("A drug and source has a rule that holds exactly where the case has an annotation")
    func matched() throws {
        let rows = try SharedPGx.table("cases/annotation_counts.tsv")
        let recommender = Recommender(knowledge: try EvaluationFixture.knowledge())
        var phenotypes: [String: [GenePhenotype]] = [:]
        for row in PGxCaseRow.all where phenotypes[row.name] == nil && row.vcf != nil {
            phenotypes[row.name] = try CaseEvaluation.phenotypes(row)
        }
        var compared = 0
        var labels = 0
        var deviating: Set<String> = []
        for row in rows {
            let drug = row["drug"] ?? ""
            let isExpected = row["matched_annotations"] != "0"
            let person = try #require(phenotypes[row["case"] ?? ""], "no case \(row)")
            // Labels are no source of ours.
            guard let sources = Self.sources(row["source"] ?? "") else {
                labels += 1
                continue
            }
            let found = recommender.recommend(drug: drug, phenotypes: person, sources: sources)
            let isMatched = found.contains { recommendation in
                recommendation.genetic.candidates.contains { candidate in
                    isExpected
                        ? !candidate.rules.isEmpty : candidate.actions.contains { $0.code != .noRecommendation }
                }
            }
            compared += 1
            if isMatched != isExpected { deviating.insert("\(row["case"] ?? "") \(drug) \(row["source"] ?? "")") }
        }
        print("annotation counts: \(compared) compared, \(deviating.count) deviate, \(labels) on labels not compared")
        #expect(compared + labels == 132)
        #expect(deviating == Set(Self.deviations.keys))
    }

    private static func sources(_ name: String) -> Set<GuidelineSource>? {
        switch name {
        case "CPIC_GUIDELINE": [.cpic]
        case "DPWG_GUIDELINE": [.dpwg]
        case "FDA_ASSOC": [.fda]
        case "FDA_LABEL": nil
        default: Set(GuidelineSource.allCases)
        }
    }
}
