import PharmacogenomicsCore
import Testing

@Suite("FDA's and DPWG's tables say what their sources say")
struct AssociationTableTests {
    @Test(
        "every drug of the tables is in the dictionary and covered by its source",
        arguments: [GuidelineSource.fda, .dpwg])
    func coverage(source: GuidelineSource) throws {
        let dictionary = try DrugTables.dictionary()
        let rules = try GuidelineBook(tables: DrugTables.tables()).rules.filter { $0.source == source }
        let drugs = Set(rules.map(\.drug))
        for name in drugs {
            let drug = try #require(dictionary.drug(named: name), "\(name)")
            #expect(drug.coverage.contains(source == .fda ? .fdaAssociation : .dpwg), "\(name)")
        }
        let flag = source == .fda ? Drug.Coverage.fdaAssociation : .dpwg
        let missing = Set(dictionary.drugs.filter { $0.coverage.contains(flag) }.map(\.name)).subtracting(drugs)
        // Named in the tables' headers as not covered.
        let known: Set =
            source == .fda
            ? ["ibuprofen", "lansoprazole", "nateglinide"] : ["atazanavir", "mavacamten", "rosuvastatin"]
        #expect(missing == known)
    }

    @Test(
        "strong statements are there",
        arguments: [
            (GuidelineSource.fda, "thioridazine", "CYP2D6=Poor Metabolizer", ActionCode.contraindicated),
            (.fda, "abacavir", "HLA-B:*57:01=positive", .contraindicated),
            (.fda, "siponimod", "CYP2C9:score=0", .contraindicated),
            (.fda, "carbamazepine", "HLA-B:*15:02=positive", .avoid),
            (.fda, "citalopram", "CYP2C19=Poor Metabolizer|Likely Poor Metabolizer", .doseMaximum),
            (.dpwg, "codeine", "CYP2D6=Ultrarapid Metabolizer", .contraindicated),
            (.dpwg, "escitalopram", "CYP2C19=Ultrarapid Metabolizer", .avoid),
            (.dpwg, "venlafaxine", "CYP2D6=Poor Metabolizer|Intermediate Metabolizer", .avoid),
            (.dpwg, "clopidogrel", "CYP2C19=Poor Metabolizer", .avoid),
            (.dpwg, "sertraline", "CYP2C19=Poor Metabolizer", .doseMaximum),
        ])
    func statements(source: GuidelineSource, drug: String, condition: String, code: ActionCode) throws {
        let rules = try GuidelineBook(tables: DrugTables.tables()).rules(for: drug)
        let found = rules.filter { $0.source == source && $0.condition.description == condition }
        #expect(found.contains { $0.mostSevere?.code == code })
    }

    @Test("conditions and risks use the words of the other tables, implications at most eight words")
    func words() throws {
        let risks: Set = [
            "none", "unknown", "efficacy-reduced", "efficacy-lost", "toxicity-increased", "toxicity-high",
            "hypersensitivity",
        ]
        let metabolizers: Set = [
            "Poor Metabolizer", "Likely Poor Metabolizer", "Intermediate Metabolizer",
            "Likely Intermediate Metabolizer",
            "Possible Intermediate Metabolizer", "Normal Metabolizer", "Ultrarapid Metabolizer", "Poor Function",
            "Decreased Function", "Possible Decreased Function", "Normal Function", "-1639 AA", "-1639 AG", "-1639 GG",
        ]
        let rules = try GuidelineBook(tables: DrugTables.tables()).rules
        #expect(rules.count > 350)
        for rule in rules {
            #expect(risks.contains(rule.risk), "\(rule.drug) \(rule.risk)")
            #expect(rule.implication.split(separator: " ").count <= 8, "\(rule.drug)")
            for case .phenotypes(let names) in rule.condition.requirements.map(\.test) {
                #expect(metabolizers.isSuperset(of: names), "\(rule.drug) \(names)")
            }
        }
    }
}
