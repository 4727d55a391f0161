import PharmacogenomicsCore
import Testing

@Suite("Indications list their options with lines and estimates")
struct IndicationTableTests {
    @Test("major depression has its first line and the estimates of Cipriani 2018")
    func depression() throws {
        let table = try Self.table()
        let depression = try #require(table.indication("major-depression"))
        #expect(depression.conditions.contains("370143000"))
        let option = { (drug: String) in depression.options.first { $0.drug == drug } }
        #expect(option("sertraline")?.line == 1)
        #expect(option("tranylcypromine")?.line == 3)
        // Abstract of Cipriani 2018: amitriptyline 2.13 (1.89-2.41) to reboxetine 1.37 (1.16-1.63); agomelatine 0.84 (0.72-0.97).
        let amitriptyline = try #require(option("amitriptyline")?.efficacy)
        #expect([amitriptyline.value, amitriptyline.lower, amitriptyline.upper] == [2.13, 1.89, 2.41])
        let reboxetine = try #require(option("reboxetine")?.efficacy)
        #expect([reboxetine.value, reboxetine.lower, reboxetine.upper] == [1.37, 1.16, 1.63])
        #expect(option("agomelatine")?.tolerability?.value == 0.84)
        #expect(amitriptyline.benefit > reboxetine.benefit)
        for option in depression.options {
            #expect(option.efficacy.map { $0.value <= amitriptyline.value } ?? true, "\(option.drug)")
            #expect(option.efficacy.map { $0.value >= reboxetine.value } ?? true, "\(option.drug)")
        }
    }

    @Test("clozapine leads the antipsychotics and comes in the third line")
    func schizophrenia() throws {
        let options = try #require(try Self.table().indication("schizophrenia")).options
        let best = options.max { ($0.efficacy?.benefit ?? -1) < ($1.efficacy?.benefit ?? -1) }
        #expect(best?.drug == "clozapine")
        #expect(best?.line == 3)
    }

    @Test("an indication is found by condition and by drug")
    func lookup() throws {
        let table = try Self.table()
        #expect(table.indications(forCondition: "191736004").map(\.code) == ["obsessive-compulsive"])
        #expect(
            table.indications(of: "clopidogrel").map(\.code) == ["antiplatelet-acs-pci", "antiplatelet-elective-pci"])
        #expect(table.indication("cold") == nil)
        #expect(table.indications.count == 20)
    }

    @Test(
        "a bad row is refused with its place",
        arguments: [
            ("a\tA\t\tno-drug\t1\t\t\t\t\t\t\t\t\t\tx", KnowledgeError.Code.unknownReference),
            ("a\tA\t\tsertraline\t9\t\t\t\t\t\t\t\t\t\tx", .malformedField),
            ("a\tA\t\tsertraline\t1\t\tresponse-or\t2\t3\t4\t\t\t\t\tx", .malformedField),
            ("a\tA\t\tsertraline\t1\t\tbest\t2\t1\t4\t\t\t\t\tx", .malformedField),
            ("a\tB\t\tsertraline\t1\t\t\t\t\t\t\t\t\t\tx", .duplicate),
            ("a\tA\t\tfluoxetine\t1\t\t\t\t\t\t\t\t\t\tx", .duplicate),
            ("a\tA\t\tsertraline\t1\t\t\t\t\t\t\t\t\t\t", .malformedField),
        ])
    func refusals(row: String, code: KnowledgeError.Code) throws {
        let header =
            "indication name snomed drug line note efficacy_measure efficacy efficacy_lower efficacy_upper "
            + "tolerability_measure tolerability tolerability_lower tolerability_upper source"
        let text =
            header.split(separator: " ").joined(separator: "\t")
            + "\na\tA\t\tfluoxetine\t1\t\t\t\t\t\t\t\t\t\tx\n\(row)\n"
        let tables = try DrugTables.tables(with: text, as: "indications.tsv")
        let error = #expect(throws: KnowledgeError.self) {
            try IndicationTable(tables: tables, dictionary: try DrugTables.dictionary())
        }
        #expect(error?.code == code)
        #expect(error?.line == 3)
    }

    private static func table() throws -> IndicationTable {
        try IndicationTable(tables: try DrugTables.tables(), dictionary: try DrugTables.dictionary())
    }
}
