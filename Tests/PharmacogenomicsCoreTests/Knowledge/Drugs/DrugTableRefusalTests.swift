import PharmacogenomicsCore
import Testing

@Suite("A bad drugs.tsv is refused with its place")
struct DrugTableRefusalTests {
    @Test(
        "wrong rows",
        arguments: [
            (["Aspirin", "ingredient"], KnowledgeError.Code.malformedField),
            (["", "ingredient"], .malformedField),
            (["aspirin", "molecule"], .malformedField),
            (["one", "ingredient"], .duplicate),
            (["two", "ingredient", "", "", "one"], .duplicate),
            (["two", "ingredient", "", "", "", "", "", "one"], .malformedField),
            (["two", "combination"], .malformedField),
            (["two", "combination", "", "", "", "", "", "one;three"], .unknownReference),
            (["two", "ingredient", "", "", "", "", "", "", "CYP2D6"], .malformedField),
            (["two", "ingredient", "", "", "", "", "", "", "CYP2D6:A;CYP2D6:B"], .duplicate),
            (["two", "ingredient", "", "", "", "", "", "", "", "", "", "who"], .malformedField),
        ])
    func rows(row: [String], code: KnowledgeError.Code) {
        let error = #expect(throws: KnowledgeError.self) {
            try DrugDictionary(tables: DrugTables.drugs([["one", "ingredient"], row]))
        }
        #expect(error?.code == code)
        #expect(error?.file == "drugs.tsv")
        #expect(error?.line == 4)
    }

    @Test("an absent table and an absent column are named")
    func absent() {
        let none = #expect(throws: KnowledgeError.self) { try DrugDictionary(tables: KnowledgeTables(files: [:])) }
        #expect(none?.code == .missingTable)
        let narrow = KnowledgeTables(files: ["drugs.tsv": [UInt8]("drug\tkind\n".utf8)])
        let column = #expect(throws: KnowledgeError.self) { try DrugDictionary(tables: narrow) }
        #expect(column?.code == .missingColumn)
    }
}
