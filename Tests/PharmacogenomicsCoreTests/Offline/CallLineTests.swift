import JSONDocument
import Testing

@testable import PharmacogenomicsCore

@Suite("The line of a call says everything that the call knows")
struct CallLineTests {
    private static func lines(_ records: [String], outside: [OutsideCall] = []) throws -> [String: JSONValue] {
        let knowledge = try KnowledgeBase(tables: KnowledgeTables(files: ReleaseTables.files), digest: "")
        let assigner = PhenotypeAssigner(knowledge: knowledge)
        let line = CallLine(knowledge: knowledge, assigner: assigner)
        let sample = try #require(try IntakeFixture.batch(records).samples.first)
        let calls = DiplotypeCaller(catalog: knowledge.genes).call(sample.genotypes, outside: outside)
        var lines: [String: JSONValue] = [:]
        for phenotype in assigner.phenotypes(of: calls) {
            let bytes = line.json(sample: "S", phenotype: phenotype, remarks: sample.remarks)
            #expect(!bytes.contains(UInt8(ascii: "\n")))
            lines[phenotype.gene.rawValue] = try JSONValue(parsing: bytes)
            let rows = line.rows(sample: "S", phenotype: phenotype, remarks: sample.remarks)
            #expect(rows.count == max(1, phenotype.call.candidates.count))
            let columns = CallLine.columns.split(separator: "\t").count
            for row in rows { #expect(row.split(separator: "\t", omittingEmptySubsequences: false).count == columns) }
        }
        return lines
    }

    /// All of CYP2C19's positions as reference but for the records given.
    private static func cyp2c19(_ changed: [String: String]) -> [String] {
        (IntakeFixture.map.catalog["CYP2C19"]?.positions ?? []).compactMap { position in
            let genotype = changed[position.identifier] ?? (position.identifier == "rs3758581" ? "1/1" : "0/0")
            guard genotype != "none" else { return nil }
            return
                "10 \(position.grch38) . \(position.alleles[0]) \(position.alleles.dropFirst().joined(separator: ",")) . PASS . GT "
                + genotype
        }
    }

    @Test("the members stand in the promised order")
    func order() throws {
        let line = try #require(try Self.lines(Self.cyp2c19([:]))["CYP2C19"])
        #expect(
            line.object?.members.map(\.key) == [
                "sample", "gene", "status", "diplotypes", "missing_positions", "novel", "diplotype_count", "haplotypes",
                "phenotypes", "coverage", "phased", "remarks", "knowledge_version",
            ])
        #expect(
            line["diplotypes"]?[0]?.object?.members.map(\.key) == [
                "diplotype", "weight", "phenotype", "activity_score", "score",
            ])
    }

    /// CPIC: *2 is rs4244285 (with rs12769205), no function; one copy is an intermediate metabolizer.
    @Test("a called gene")
    func called() throws {
        let line = try #require(try Self.lines(Self.cyp2c19(["rs4244285": "0/1", "rs12769205": "0/1"]))["CYP2C19"])
        #expect(line["status"]?.string == "called")
        #expect(line["diplotypes"]?[0]?["diplotype"]?.string == "*1/*2")
        #expect(line["diplotypes"]?[0]?["weight"]?.number?.double == 1)
        #expect(line["diplotypes"]?[0]?["phenotype"]?.string == "Intermediate Metabolizer")
        #expect(line["coverage"]?.number?.double == 1)
    }

    @Test("a missing position is listed, and the set grows instead of being guessed")
    func missing() throws {
        let line = try #require(
            try Self.lines(Self.cyp2c19(["rs4244285": "none", "rs12769205": "0/1"]))["CYP2C19"])
        #expect(line["missing_positions"]?.array?.compactMap(\.string) == ["rs4244285"])
        #expect((line["diplotype_count"]?.number?.int64 ?? 0) > 1)
        let weights = (line["diplotypes"]?.array ?? []).compactMap { $0["weight"]?.number?.double }
        #expect(abs(weights.reduce(0, +) - 1) < 1e-3)
    }

    @Test("a novel base and a filtered record are named where they are")
    func novel() throws {
        let lines = try Self.lines([
            "10 94781859 . G T . PASS . GT 0/1", "10 94842866 . A G . q10 . GT 1/1",
        ])
        let line = try #require(lines["CYP2C19"])
        #expect(line["novel"]?.array?.compactMap(\.string) == ["10:94781859:G>T"])
        #expect(line["remarks"]?.array?.compactMap(\.string).contains("filtered:rs3758581") == true)
        #expect(lines["CYP2C9"]?["novel"]?.array?.isEmpty == true)
        #expect(lines["CYP2C9"]?["remarks"]?.array?.isEmpty == true)
        #expect(lines["CYP2C9"]?["status"]?.string == "not-callable")
    }

    /// CPIC: CYP2D6 *4 has the value 0, so *4/*4 has the score 0, a poor metabolizer.
    @Test("a laboratory's statement is printed as what it is")
    func outside() throws {
        let line = try #require(
            try Self.lines([], outside: [OutsideCall(gene: "CYP2D6", diplotype: "*4/*4")])["CYP2D6"])
        #expect(line["status"]?.string == "outside")
        #expect(line["diplotypes"]?[0]?["diplotype"]?.string == "*4/*4")
        #expect(line["diplotypes"]?[0]?["activity_score"]?.number?.double == 0)
        #expect(line["diplotypes"]?[0]?["phenotype"]?.string == "Poor Metabolizer")
    }
}
