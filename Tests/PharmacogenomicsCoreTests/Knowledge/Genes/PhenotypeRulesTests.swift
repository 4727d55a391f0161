import Testing

@testable import PharmacogenomicsCore

@Suite("Phenotype rules answer as published")
struct PhenotypeRulesTests {
    let catalog: GeneCatalog

    init() throws {
        catalog = try ReleaseTables.catalog()
    }

    @Test(
        "a pair of functions has one phenotype, in either order",
        arguments: [
            // CPIC, content of November 2025.
            ("CYP2C19", "No function", "Increased function", "Intermediate Metabolizer"),
            ("CYP2C19", "Decreased function", "No function", "Likely Poor Metabolizer"),
            ("CYP2B6", "Decreased function", "No function", "Poor Metabolizer"),
            ("TPMT", "No function", "Uncertain function", "Possible Intermediate Metabolizer"),
            ("SLCO1B1", "No function", "Unknown function", "Possible Decreased Function"),
            ("NAT2", "Increased function", "Increased function", "Rapid Metabolizer"),
            ("VKORC1", "Higher coumarin sensitivity", "Normal coumarin sensitivity", "-1639 AG"),
            ("CYP3A5", "Normal function", "Unknown function", "Possible Intermediate Metabolizer"),
            ("G6PD", "I/Deficient with CNSHA", "II/Deficient", "Deficient"),
            ("G6PD", "III/Deficient", "IV/Normal", "Variable"),
            ("RYR1", "Normal function", "Normal function", "Uncertain Susceptibility"),
            (
                "RYR1", "Malignant Hyperthermia associated", "Uncertain function",
                "Malignant Hyperthermia Susceptibility"
            ),
        ])
    func pairs(_ gene: String, _ one: String, _ other: String, _ phenotype: String) throws {
        let rules = try #require(catalog[GeneSymbol(rawValue: gene)]).phenotypeRules
        #expect(rules.phenotype(of: one, other) == phenotype)
        #expect(rules.phenotype(of: other, one) == phenotype)
        #expect(rules.phenotype(of: one, "Imagined function") == nil)
    }

    @Test("one allele alone has its own rule: a man's G6PD and everybody's MT-RNR1")
    func singles() throws {
        let g6pd = try #require(catalog["G6PD"]).phenotypeRules
        #expect(g6pd.phenotype(ofSingle: "I/Deficient with CNSHA") == "Deficient with CNSHA")
        #expect(g6pd.phenotype(ofSingle: "IV/Normal") == "Normal")
        let mitochondria = try #require(catalog["MT-RNR1"])
        let function = try #require(mitochondria.allele(named: "m.1555A>G")).function
        #expect(
            mitochondria.phenotypeRules.phenotype(ofSingle: function)
                == "increased risk of aminoglycoside-induced hearing loss")
        #expect(catalog["CYP2C19"]?.phenotypeRules.phenotype(ofSingle: "No function") == nil)
    }

    @Test(
        "an activity score falls into one range, borders included as published",
        arguments: [
            // Caudle KE, et al. Clin Transl Sci 13:116-124, 2020 (CYP2D6); CPIC for CYP2C9 and DPYD.
            ("CYP2D6", 0.0, "Poor Metabolizer"), ("CYP2D6", 0.25, "Intermediate Metabolizer"),
            ("CYP2D6", 1.0, "Intermediate Metabolizer"), ("CYP2D6", 1.25, "Normal Metabolizer"),
            ("CYP2D6", 2.25, "Normal Metabolizer"), ("CYP2D6", 2.5, "Ultrarapid Metabolizer"),
            ("CYP2D6", 6.0, "Ultrarapid Metabolizer"), ("CYP2C9", 0.5, "Poor Metabolizer"),
            ("CYP2C9", 1.0, "Intermediate Metabolizer"), ("CYP2C9", 2.0, "Normal Metabolizer"),
            ("DPYD", 1.5, "Intermediate Metabolizer"), ("DPYD", 2.0, "Normal Metabolizer"),
        ])
    func scores(_ gene: String, _ score: Double, _ phenotype: String) throws {
        let rules = try #require(catalog[GeneSymbol(rawValue: gene)]).phenotypeRules
        #expect(rules.method == .activityScore)
        #expect(rules.phenotype(activityScore: score) == phenotype)
        #expect(rules.scoreRanges.filter { $0.contains(score) }.count == 1)
    }

    @Test("no score is Indeterminate, a score outside all ranges and an unknown source are nothing")
    func noScore() throws {
        let rules = try #require(catalog["CYP2C9"]).phenotypeRules
        #expect(rules.phenotype(activityScore: nil) == "Indeterminate")
        #expect(rules.phenotype(activityScore: 2.5) == nil)
        #expect(rules.phenotype(activityScore: -0.5) == nil)
        #expect(rules.phenotype(activityScore: 1, source: "nobody") == nil)
        #expect(catalog["CYP2C19"]?.phenotypeRules.phenotype(activityScore: nil) == nil)
    }

    @Test("terms by number answer as terms by name")
    func numbers() {
        for gene in catalog.genes {
            let rules = gene.phenotypeRules
            for (one, name) in rules.functions.enumerated() {
                for (other, otherName) in rules.functions.enumerated() {
                    #expect(
                        rules.phenotype(ofFunctions: one, other).map { rules.phenotypes[$0] }
                            == rules.phenotype(of: name, otherName))
                }
            }
            #expect(rules.phenotype(ofFunctions: -1, 0) == nil)
            #expect(rules.phenotype(ofFunctions: 0, rules.functions.count) == nil)
            for allele in gene.alleles {
                #expect(allele.functionIndex.map { rules.functions[$0] } ?? "" == allele.function)
            }
        }
    }
}
