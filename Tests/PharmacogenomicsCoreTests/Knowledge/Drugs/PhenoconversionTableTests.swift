import PharmacogenomicsCore
import Testing

@Suite("Phenoconversion follows the published rules")
struct PhenoconversionTableTests {
    // CPIC guideline for serotonin reuptake inhibitors (PMID 37032427): strong 0, moderate 0.5, weak unchanged.
    @Test("CYP2D6 inhibitors act on the activity score")
    func activityScore() throws {
        let table = try PhenoconversionTable(tables: DrugTables.tables())
        let conversion = { (strength: Interaction.Strength) in
            table.rule(for: "CYP2D6", effect: .inhibitor, strength: strength)?.conversion
        }
        #expect(conversion(.strong) == .activityScore(factor: 0))
        #expect(conversion(.moderate) == .activityScore(factor: 0.5))
        #expect(conversion(.weak) == .unchanged)
        #expect(table.rule(for: "CYP2D6", effect: .inducer, strength: .strong) == nil)
    }

    // Mostafa 2019 (J Neural Transm 126:5).
    @Test(
        "the other enzymes go to the foot of the ladder or by a step",
        arguments: ["CYP2C19", "CYP2C9", "CYP2B6", "CYP3A4"])
    func steps(gene: String) throws {
        let table = try PhenoconversionTable(tables: DrugTables.tables())
        let conversion = { (effect: Interaction.Effect, strength: Interaction.Strength) in
            table.rule(for: GeneSymbol(rawValue: gene), effect: effect, strength: strength)?.conversion
        }
        #expect(conversion(.inhibitor, .strong) == .phenotype("Poor Metabolizer"))
        #expect(conversion(.inhibitor, .moderate) == .steps(-1))
        #expect(conversion(.inhibitor, .weak) == .unchanged)
        #expect(conversion(.inducer, .strong) == .steps(1))
        #expect(conversion(.inducer, .moderate) == .steps(1))
        #expect(conversion(.inducer, .weak) == .unchanged)
    }

    @Test("a gene's ladder has the steps that its phenotypes have")
    func ladders() {
        #expect(PhenoconversionTable.ladder(for: "CYP2C19").count == 5)
        #expect(!PhenoconversionTable.ladder(for: "CYP2D6").contains("Rapid Metabolizer"))
        #expect(PhenoconversionTable.ladder(for: "CYP2C9").last == "Normal Metabolizer")
    }

    @Test("every class of every enzyme that interactions name has a rule, CYP1A2 aside")
    func complete() throws {
        let tables = try DrugTables.tables()
        let table = try PhenoconversionTable(tables: tables)
        let interactions = try InteractionTable(tables: tables, dictionary: DrugDictionary(tables: tables)).interactions
        for interaction in interactions where interaction.gene != "CYP1A2" {
            let rule = table.rule(for: interaction.gene, effect: interaction.effect, strength: interaction.strength)
            #expect(rule != nil, "\(interaction.drug) \(interaction.gene)")
        }
    }

    @Test(
        "a rule that is none is refused with its place",
        arguments: ["score-factor:-1", "steps:0", "steps:x", "phenotype:Slow Metabolizer", "double", "", "steps"])
    func refusals(rule: String) throws {
        let text = "gene\teffect\tstrength\trule\tsource\nCYP2D6\tinhibitor\tstrong\t\(rule)\tx\n"
        let error = #expect(throws: KnowledgeError.self) {
            try PhenoconversionTable(tables: DrugTables.tables(with: text, as: "phenoconversion.tsv"))
        }
        #expect(error?.code == .malformedField)
        #expect(error?.line == 2)
    }
}
