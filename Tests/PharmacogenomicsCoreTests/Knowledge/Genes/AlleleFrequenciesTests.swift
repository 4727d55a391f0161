import Testing

@testable import PharmacogenomicsCore

@Suite("Allele frequencies are used as given, never invented")
struct AlleleFrequenciesTests {
    private func read(_ rows: String) throws -> AlleleFrequencies {
        try AlleleFrequencies(
            KnowledgeTable(
                name: "frequencies.tsv", bytes: Array("gene\tallele\tpopulation\tfrequency\tsource\n\(rows)".utf8)))
    }

    @Test("a user's table answers by gene, allele and population, a published zero included")
    func lookup() throws {
        let table = try read("CYP2C19\t*2\tEuropean\t0.146857\tCPIC\nCYP2C19\t*10\tEuropean\t0\tCPIC\n")
        #expect(table.frequency(gene: "CYP2C19", allele: "*2", population: "European") == 0.146857)
        #expect(table.frequency(gene: "CYP2C19", allele: "*10", population: "European") == 0)
        #expect(table.frequency(gene: "CYP2C19", allele: "*2", population: "Oceanian") == nil)
        #expect(table.frequency(gene: "CYP2C9", allele: "*2", population: "European") == nil)
        #expect(table.populations == ["European"])
        #expect(table.count == 2)
    }

    @Test("the release's own table is readable and empty")
    func release() throws {
        let table = try AlleleFrequencies(KnowledgeTables(files: ReleaseTables.files).table("frequencies.tsv"))
        #expect(table == AlleleFrequencies())
    }

    @Test(
        "a frequency that is none, a name that is absent and a row given twice are refused at their line",
        arguments: [
            "G\t*1\tP\t1.5\t", "G\t*1\tP\t-0.1\t", "G\t*1\tP\t\t", "G\t*1\tP\tmany\t", "G\t\tP\t0.1\t",
            "\t*1\tP\t0.1\t",
            "G\t*1\t\t0.1\t", "A\t*1\tP\t0.5\t",
        ])
    func refused(_ row: String) throws {
        let error = try #require(throws: KnowledgeError.self) {
            _ = try read("A\t*1\tP\t0.5\tX\n\(row)\n")
        }
        #expect(error.line == 3)
    }
}
