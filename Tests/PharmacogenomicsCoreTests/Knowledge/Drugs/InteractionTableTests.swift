import PharmacogenomicsCore
import Testing

@Suite("Inhibitors and inducers are known by strength and time")
struct InteractionTableTests {
    // Classes: FDA, Table of Substrates, Inhibitors and Inducers.
    @Test(
        "well-known perpetrators have FDA's class",
        arguments: [
            ("fluoxetine", "CYP2D6", Interaction.Effect.inhibitor, Interaction.Strength.strong),
            ("paroxetine", "CYP2D6", .inhibitor, .strong), ("bupropion", "CYP2D6", .inhibitor, .strong),
            ("quinidine", "CYP2D6", .inhibitor, .strong), ("duloxetine", "CYP2D6", .inhibitor, .moderate),
            ("sertraline", "CYP2D6", .inhibitor, .weak), ("fluvoxamine", "CYP2C19", .inhibitor, .strong),
            ("fluconazole", "CYP2C19", .inhibitor, .strong), ("fluconazole", "CYP2C9", .inhibitor, .moderate),
            ("fluconazole", "CYP3A4", .inhibitor, .moderate), ("amiodarone", "CYP2C9", .inhibitor, .moderate),
            ("clarithromycin", "CYP3A4", .inhibitor, .strong), ("rifampin", "CYP2C19", .inducer, .strong),
            ("rifampin", "CYP3A4", .inducer, .strong), ("rifampin", "CYP2C9", .inducer, .moderate),
            ("carbamazepine", "CYP2B6", .inducer, .strong), ("efavirenz", "CYP2B6", .inducer, .moderate),
        ] as [(String, GeneSymbol, Interaction.Effect, Interaction.Strength)])
    func classes(
        drug: String, gene: GeneSymbol, effect: Interaction.Effect, strength: Interaction.Strength
    ) throws {
        let table = try Self.table()
        let found = table.interactions(of: drug).first { $0.gene == gene && $0.effect == effect }
        #expect(found?.strength == strength)
    }

    // Times: FDA label of fluoxetine; Liston 2002 (PMID 11910262); Niemi 2003.
    @Test("times follow half-life, enzyme turnover or a study")
    func times() throws {
        let table = try Self.table()
        let washout = { (drug: String, gene: GeneSymbol) in
            table.interactions(of: drug).first { $0.gene == gene }?.washoutDays
        }
        #expect(washout("fluoxetine", "CYP2D6") == 35)
        #expect(washout("paroxetine", "CYP2D6") == 14.5)
        #expect(washout("fluconazole", "CYP2C9") == 6.25)
        #expect(washout("rifampin", "CYP3A4") == 14)
        #expect(washout("clarithromycin", "CYP3A4") == 7.5)
        for interaction in table.interactions {
            #expect(interaction.onsetDays == (interaction.effect == .inhibitor ? 1 : 7), "\(interaction.drug)")
            #expect(interaction.washoutDays > 0 && !interaction.source.isEmpty, "\(interaction.drug)")
        }
        #expect(Set(table.genes).isSuperset(of: ["CYP2B6", "CYP2C19", "CYP2C9", "CYP2D6", "CYP3A4"]))
        #expect(table.interactions(of: "pravastatin") == [])
    }

    @Test(
        "a bad row is refused with its place",
        arguments: [
            ("aspirine\tCYP2D6\tinhibitor\tweak\t1\t1\tx", KnowledgeError.Code.unknownReference),
            ("aspirin\tCYP2D6\tblocker\tweak\t1\t1\tx", .malformedField),
            ("aspirin\tCYP2D6\tinhibitor\thuge\t1\t1\tx", .malformedField),
            ("aspirin\tCYP2D6\tinhibitor\tweak\t-1\t1\tx", .malformedField),
            ("aspirin\tCYP2D6\tinhibitor\tweak\t1\t\tx", .malformedField),
            ("aspirin\t\tinhibitor\tweak\t1\t1\tx", .malformedField),
            ("aspirin\tCYP2D6\tinhibitor\tweak\t1\t1", .wrongFieldCount),
            ("fluoxetine\tCYP2D6\tinhibitor\tweak\t1\t1\tx", .duplicate),
        ])
    func refusals(row: String, code: KnowledgeError.Code) throws {
        let text = """
            # comment
            drug\tgene\teffect\tstrength\tonset_days\twashout_days\tsource
            fluoxetine\tCYP2D6\tinhibitor\tstrong\t1\t35\tlabel
            \(row)

            """
        let tables = try DrugTables.tables(with: text, as: "interactions.tsv")
        let error = #expect(throws: KnowledgeError.self) {
            try InteractionTable(tables: tables, dictionary: try DrugTables.dictionary())
        }
        #expect(error?.code == code)
        #expect(error?.file == "interactions.tsv")
        #expect(error?.line == 4)
    }

    private static func table() throws -> InteractionTable {
        try InteractionTable(tables: try DrugTables.tables(), dictionary: try DrugTables.dictionary())
    }
}
