import Testing

@testable import PharmacogenomicsCore

@Suite("A guideline table that cannot be read names the place")
struct GuidelineErrorTests {
    @Test(
        "A cell that is none of its kind names file, line, column and text",
        arguments: [
            ("source", "NHS"), ("drug", ""), ("drug", "Codeine"), ("condition", "CYP2D6"), ("actions", "shun"),
            ("strength", "sure"), ("version", ""), ("population", ""), ("risk", ""), ("guideline", ""),
        ])
    func badCell(column: String, text: String) {
        let error = #expect(throws: KnowledgeError.self) {
            try GuidelineBook(tables: CommittedGuidelines.table([column: text]))
        }
        #expect(error?.code == .malformedField)
        #expect(error?.file == "guidelines-x.tsv")
        #expect(error?.line == 2)
        #expect(error?.detail.hasPrefix("column \(column):") == true)
        #expect(text.isEmpty || error?.detail.contains(text) == true)
    }

    @Test("A rule that stands there twice is refused")
    func duplicate() {
        let error = #expect(throws: KnowledgeError.self) {
            try GuidelineBook(tables: CommittedGuidelines.table(rows: 2))
        }
        #expect(error?.code == .duplicate)
        #expect(error?.line == 3)
    }

    @Test("A missing column and a release without guidelines are named")
    func missing() {
        let broken = KnowledgeTables(files: ["guidelines-x.tsv": Array("source\tdrug\nCPIC\tcodeine\n".utf8)])
        let column = #expect(throws: KnowledgeError.self) { try GuidelineBook(tables: broken) }
        #expect(column?.code == .missingColumn)
        let empty = #expect(throws: KnowledgeError.self) { try GuidelineBook(tables: KnowledgeTables(files: [:])) }
        #expect(empty?.code == .missingTable)
    }

    @Test("Tables of several sources are read in the order of their names and numbered through")
    func severalTables() throws {
        let one = CommittedGuidelines.table()
        let other = CommittedGuidelines.table(["source": "FDA"])
        let files = try [
            "guidelines-b.tsv": #require(other.files["guidelines-x.tsv"]),
            "guidelines-a.tsv": #require(one.files["guidelines-x.tsv"]), "drugs.tsv": Array("a\n1\n".utf8),
        ]
        let book = try GuidelineBook(tables: KnowledgeTables(files: files))
        #expect(book.rules(for: "codeine").map(\.source) == [.cpic, .fda])
        #expect(book.rules.map(\.ordinal) == [0, 1])
        #expect(book.drugs == ["codeine"])
        #expect(book.genes(for: "codeine") == ["CYP2D6"])
        #expect(book.rules(for: "aspirin").isEmpty)
    }
}
