import Testing

@testable import PharmacogenomicsCore

@Suite("A laboratory's statements are read as they stand, and a wrong line is named")
struct OutsideCallFileTests {
    private static func file(_ text: String) throws(IntakeError) -> OutsideCallFile {
        try OutsideCallFile(Array(text.utf8), catalog: IntakeFixture.map.catalog)
    }

    private static func refusal(_ text: String) -> IntakeError? {
        do throws(IntakeError) {
            _ = try file(text)
            return nil
        } catch {
            return error
        }
    }

    @Test("genes, diplotypes, phenotypes and scores")
    func rows() throws {
        let file = try Self.file(
            "# a laboratory\n\nCYP2D6\tCYP2D6*3/CYP2D6*4\r\nHLA-A\tA*02:02:02/*03:02:01\nCYP2C19\t\tPoor Metabolizer\n"
                + "CYP2D6\t*1/*2\tNormal Metabolizer\t2.0\nMT-RNR1\tm.1555A>G")
        #expect(file.rows.map(\.line) == [3, 4, 5, 6, 7])
        #expect(file.rows.map(\.call.diplotype) == ["*3/*4", "*02:02:02/*03:02:01", "", "*1/*2", "m.1555A>G"])
        #expect(file.rows[2].call.phenotype == "Poor Metabolizer")
        #expect(file.rows[3].call.activityScore == 2)
        #expect(file.calls(ofSample: "any").count == 5)
    }

    @Test("a column of samples gives each its own")
    func samples() throws {
        let file = try Self.file("sample\tgene\tdiplotype\nA\tCYP2D6\t*1/*1\nB\tCYP2D6\t*4/*4\n")
        #expect(file.namesSamples)
        #expect(file.calls(ofSample: "B").map(\.diplotype) == ["*4/*4"])
        #expect(file.calls(ofSample: "C").isEmpty)
    }

    @Test("what cannot be used is refused with its line and column")
    func faults() {
        #expect(Self.refusal("CYP2D6\t*1/*1\nABCD1\t*1/*1")?.code == .unknownGene)
        #expect(Self.refusal("CYP2D6\t*1/*1\nABCD1\t*1/*1")?.line == 2)
        #expect(Self.refusal("CYP2D6")?.place == "diplotype")
        #expect(Self.refusal("CYP2D6\t\t\t")?.place == "diplotype")
        #expect(Self.refusal("CYP2D6\t*1/*2/*3")?.place == "diplotype")
        #expect(Self.refusal("CYP2D6\t*1/*2\tx\tmany")?.place == "activity score")
        #expect(Self.refusal("CYP2D6\t*1/*2\tx\t1\tmore")?.place == "column 5")
        #expect(Self.refusal("sample\tgene\n\tCYP2D6\t*1/*2")?.place == "sample")
        let bytes: [UInt8] = [0xFF, 0xFE, 9]
        #expect(throws: IntakeError.self) { try OutsideCallFile(bytes, catalog: IntakeFixture.map.catalog) }
    }

    @Test(
        "the published examples are read", .enabled(if: SharedPGx.isPresent),
        arguments: [
            ("vcf_reader/PharmCATTest-cyp2d6.tsv", 1), ("vcf_reader/PharmCATTest-outsideCallsNoRecs.tsv", 2),
            ("vcf_reader/PharmCATTest-outsideCallsSuballeles.tsv", 3), ("examples/pharmcat.example.outsideCall.tsv", 1),
        ])
    func published(name: String, count: Int) throws {
        let file = try OutsideCallFile(try SharedPGx.bytes(name), catalog: IntakeFixture.map.catalog)
        #expect(file.rows.count >= count)
        #expect(file.rows.allSatisfy { !$0.call.diplotype.contains("CYP2D6*") && !$0.call.diplotype.hasPrefix("A*") })
    }
}
