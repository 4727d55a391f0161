import PharmacogenomicsCore
import Testing

@Suite("Contraindications veto options")
struct ContraindicationTableTests {
    @Test(
        "pairs of drugs that must not meet",
        arguments: [
            ("sertraline", "phenelzine", Contraindication.Severity.contraindicated, 14.0),
            ("phenelzine", "sertraline", .contraindicated, 14), ("phenelzine", "fluoxetine", .contraindicated, 35),
            ("paroxetine", "linezolid", .contraindicated, 1), ("citalopram", "methylene blue", .contraindicated, 1),
            ("simvastatin", "clarithromycin", .contraindicated, 0), ("azathioprine", "febuxostat", .contraindicated, 0),
            ("ziprasidone", "sotalol", .contraindicated, 0), ("citalopram", "ondansetron", .avoid, 0),
            ("clopidogrel", "omeprazole", .avoid, 0), ("sertraline", "sumatriptan", .caution, 0),
            ("rilpivirine", "pantoprazole", .contraindicated, 0),
        ])
    func pairs(option: String, other: String, severity: Contraindication.Severity, washout: Double) throws {
        let found = try Self.found(option, beside: [other])
        #expect(found.first?.severity == severity)
        #expect(found.map(\.washoutDays).max() == washout)
    }

    @Test("drugs that may meet, and a drug beside itself, raise nothing")
    func harmless() throws {
        #expect(try Self.found("sertraline", beside: ["pravastatin", "acetaminophen"]) == [])
        #expect(try Self.found("citalopram", beside: ["citalopram"]) == [])
        #expect(try Self.found("pravastatin", beside: ["clarithromycin"]) == [])
    }

    @Test("conditions veto as well")
    func conditions() throws {
        let bupropion = try Self.found("bupropion", beside: [], conditions: ["84757009"])
        #expect(bupropion.map(\.severity) == [.contraindicated])
        #expect(try Self.found("sertraline", beside: [], conditions: ["84757009"]) == [])
        #expect(try Self.found("escitalopram", beside: [], conditions: ["9651007"]).map(\.risk) == ["qt-prolongation"])
    }

    @Test("the most severe comes first")
    func order() throws {
        let found = try Self.found("pimozide", beside: ["haloperidol", "paroxetine"])
        #expect(found.map(\.severity) == [.contraindicated, .avoid])
    }

    @Test(
        "a bad row is refused with its place",
        arguments: [
            ("sertralin\tphenelzine\tavoid\tx\t0\tx", KnowledgeError.Code.unknownReference),
            ("class:wizardry\tphenelzine\tavoid\tx\t0\tx", .unknownReference),
            ("flag:odd\tphenelzine\tavoid\tx\t0\tx", .unknownReference),
            ("atc:Z99\tphenelzine\tavoid\tx\t0\tx", .unknownReference),
            ("snomed:1\tphenelzine\tavoid\tx\t0\tx", .malformedField),
            ("sertraline\tsnomed:x\tavoid\tx\t0\tx", .malformedField),
            ("sertraline\ticd:F32\tavoid\tx\t0\tx", .malformedField),
            ("sertraline\tphenelzine\tnever\tx\t0\tx", .malformedField),
            ("sertraline\tphenelzine\tavoid\tx\tsoon\tx", .malformedField),
            ("fluoxetine\tpimozide\tavoid\tx\t0\tx", .duplicate),
        ])
    func refusals(row: String, code: KnowledgeError.Code) throws {
        let text = """
            drug\tversus\tseverity\trisk\twashout_days\tsource
            fluoxetine\tpimozide\tavoid\tx\t0\tx
            \(row)

            """
        let tables = try DrugTables.tables(with: text, as: "contraindications.tsv")
        let error = #expect(throws: KnowledgeError.self) {
            try ContraindicationTable(tables: tables, dictionary: try DrugTables.dictionary())
        }
        #expect(error?.code == code)
        #expect(error?.line == 3)
    }

    private static func found(
        _ option: String, beside others: [String], conditions: Set<String> = []
    ) throws -> [Contraindication] {
        let dictionary = try DrugTables.dictionary()
        let table = try ContraindicationTable(tables: try DrugTables.tables(), dictionary: dictionary)
        let drug = try #require(dictionary.drug(named: option))
        let drugs = try others.map { try #require(dictionary.drug(named: $0)) }
        return table.contraindications(of: drug, drugs: drugs, conditions: conditions)
    }
}
