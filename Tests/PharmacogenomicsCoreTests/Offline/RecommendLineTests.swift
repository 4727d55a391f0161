import Domain
import JSONDocument
import Testing

@testable import PharmacogenomicsCore

@Suite("The line of a drug leads with the guideline that counts and keeps the others")
struct RecommendLineTests {
    private static func line(drug: String, outside: [OutsideCall]) throws -> JSONValue {
        let knowledge = try KnowledgeBase(tables: KnowledgeTables(files: ReleaseTables.files), digest: "")
        let evaluation = PatientEvaluation(knowledge: knowledge)
        let patient = evaluation.evaluate(genotypes: nil, outside: outside, at: Timestamp(microseconds: 0))
        let found = evaluation.recommender.recommend(drug: drug, phenotypes: patient.phenotypes)
        let line = RecommendLine(knowledge: knowledge)
        let columns = RecommendLine.columns.split(separator: "\t").count
        for row in line.rows(sample: "S", recommendations: found) {
            #expect(row.split(separator: "\t", omittingEmptySubsequences: false).count == columns)
        }
        return try JSONValue(parsing: try #require(line.json(sample: "S", drug: drug, recommendations: found)))
    }

    /// CPIC's guideline for CYP2D6 and codeine (2021): avoid codeine in poor metabolizers.
    @Test("a determinate advice")
    func determinate() throws {
        let line = try Self.line(drug: "codeine", outside: [OutsideCall(gene: "CYP2D6", diplotype: "*4/*4")])
        #expect(line["source"]?.string == "CPIC")
        #expect(line["status"]?.string == "determinate")
        #expect(line["actions"]?.array?.compactMap(\.string).contains { $0.hasPrefix("avoid") } == true)
        #expect((line["recommendations"]?.array?.count ?? 0) > 1)
    }

    @Test("a gene without a result is named, with what would settle it")
    func missing() throws {
        let line = try Self.line(drug: "codeine", outside: [])
        #expect(line["status"]?.string == "not-callable")
        #expect(line["missing_genes"]?.array?.compactMap(\.string) == ["CYP2D6"])
        #expect(line["settled_by"]?.array?.isEmpty == false)
    }

    @Test("a drug that no guideline knows has no line")
    func unknown() throws {
        let knowledge = try KnowledgeBase(tables: KnowledgeTables(files: ReleaseTables.files), digest: "")
        #expect(RecommendLine(knowledge: knowledge).json(sample: "S", drug: "water", recommendations: []) == nil)
    }
}
