import Testing

@testable import PharmacogenomicsCore

/// Each answer is read from the guideline that the test names, not from the table.
@Suite("CPIC's best-known recommendations are answered as published")
struct CPICKnownAnswerTests {
    private let book: GuidelineBook

    init() throws { book = try CommittedGuidelines.cpic() }

    /// The only rule that holds.
    private func only(
        _ drug: String, _ known: [String: KnownResult], population: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> GuidelineRule {
        let rules = book.rules(drug, known, population: population)
        try #require(rules.count == 1, "\(drug): \(rules.map(\.condition.description))", sourceLocation: sourceLocation)
        return try #require(rules.first, sourceLocation: sourceLocation)
    }

    private func texts(_ rule: GuidelineRule) -> [String] { rule.actions.map(\.description) }

    @Test("Clopidogrel is avoided by CYP2C19 poor metabolizers in all three populations (CPIC 2022, PMID 35034351)")
    func clopidogrel() throws {
        let rules = book.rules("clopidogrel", ["CYP2C19": .phenotype("Poor Metabolizer")])
        #expect(
            rules.map(\.population) == [
                "acute coronary syndrome or PCI", "other cardiovascular disease", "neurovascular disease",
            ])
        #expect(rules.allSatisfy { $0.mostSevere?.code == .avoid && $0.actions.contains { $0.code == .alternative } })
        #expect(rules.map(\.strength.level) == [.strong, .moderate, .moderate])
    }

    @Test("Codeine is avoided at both ends of CYP2D6, for opposite reasons (CPIC 2021, PMID 33387367)")
    func codeine() throws {
        let slow = try only("codeine", ["CYP2D6": .score(0)])
        let fast = try only("codeine", ["CYP2D6": .score(3)])
        #expect(slow.mostSevere?.code == .avoid && slow.risk == "efficacy-lost" && slow.strength.level == .strong)
        #expect(fast.mostSevere?.code == .avoid && fast.risk == "toxicity-high" && fast.strength.level == .strong)
        #expect(try only("codeine", ["CYP2D6": .score(2)]).mostSevere?.code == .standard)
        #expect(try only("codeine", ["CYP2D6": .score(0.5)]).mostSevere?.code == .standard)
    }

    @Test("Abacavir is not given to carriers of HLA-B*57:01 (CPIC 2014, PMID 24561393)")
    func abacavir() throws {
        #expect(try only("abacavir", ["HLA-B": .alleles(["*57:01"])]).mostSevere?.code == .avoid)
        #expect(try only("abacavir", ["HLA-B": .alleles([])]).mostSevere?.code == .standard)
        #expect(book.rules("abacavir", [:]).isEmpty)
        #expect(try only("allopurinol", ["HLA-B": .alleles(["*58:01"])]).mostSevere?.code == .contraindicated)
    }

    @Test("Carbamazepine is avoided by untreated carriers of either HLA allele (CPIC 2017, PMID 29392710)")
    func carbamazepine() throws {
        for known: [String: KnownResult] in [
            ["HLA-A": .alleles(["*31:01"]), "HLA-B": .alleles([])], ["HLA-B": .alleles(["*15:02"])],
            ["HLA-A": .alleles([]), "HLA-B": .alleles(["*15:02"])],
        ] {
            let rule = try only("carbamazepine", known, population: "not yet treated")
            #expect(rule.mostSevere?.code == .avoid && rule.risk == "hypersensitivity")
        }
        let both = try only(
            "carbamazepine", ["HLA-A": .alleles([]), "HLA-B": .alleles([])], population: "not yet treated")
        #expect(both.mostSevere?.code == .standard)
        #expect(book.genes(for: "carbamazepine") == ["HLA-A", "HLA-B"])
    }

    @Test("Capecitabine follows the DPYD score: none at 0, half at 1 and 1.5 (CPIC 2017, PMID 29152729)")
    func capecitabine() throws {
        #expect(texts(try only("capecitabine", ["DPYD": .score(0)])) == ["avoid"])
        #expect(try only("capecitabine", ["DPYD": .score(0.5)]).mostSevere?.code == .avoid)
        for (score, strength) in [(1.0, RecommendationStrength.Level.strong), (1.5, .moderate)] {
            let rule = try only("capecitabine", ["DPYD": .score(score)])
            #expect(rule.actions.first?.percent == 50...50 && rule.strength.level == strength)
        }
        #expect(texts(try only("capecitabine", ["DPYD": .score(2)])) == ["standard"])
    }

    @Test(
        "Citalopram: half the maintenance dose, 20 mg at most, for CYP2C19 poor metabolizers (CPIC 2023, PMID 37032427)"
    )
    func citalopram() throws {
        let rule = try only("citalopram", ["CYP2C19": .phenotype("Poor Metabolizer")])
        #expect(texts(rule).contains("dose-maximum:20 mg/day"))
        #expect(rule.actions.contains { $0.percent == 50...50 && $0.qualifier == "maintenance dose" })
        #expect(rule.mostSevere?.code == .alternative)
        let other = try only("escitalopram", ["CYP2C19": .phenotype("Poor Metabolizer")])
        #expect(!texts(other).contains("dose-maximum:20 mg/day"))
    }

    @Test("Sertraline is answered for CYP2C19 and CYP2B6 together and for either alone (CPIC 2023, PMID 37032427)")
    func sertraline() throws {
        let slow = KnownResult.phenotype("Poor Metabolizer")
        #expect(try only("sertraline", ["CYP2B6": slow]).actions.contains { $0.percent == 75...75 })
        #expect(try only("sertraline", ["CYP2C19": slow]).actions.contains { $0.percent == 50...50 })
        #expect(try only("sertraline", ["CYP2C19": slow, "CYP2B6": slow]).actions.map(\.code) == [.alternative])
    }

    @Test("Simvastatin: another statin, or under 20 mg at decreased SLCO1B1 function (CPIC 2022, PMID 35152405)")
    func simvastatin() throws {
        #expect(
            texts(try only("simvastatin", ["SLCO1B1": .phenotype("Poor Function")])) == ["alternative:another statin"])
        #expect(
            texts(try only("simvastatin", ["SLCO1B1": .phenotype("Decreased Function")])) == [
                "alternative:another statin", "dose-maximum:under 20 mg/day",
            ])
    }

    /// Table 4 of the guideline of 2016 (PMID 27997040): rows CYP2D6, columns CYP2C19; a dose is a share of the start.
    @Test(
        "Amitriptyline follows the joint table of CYP2D6 and CYP2C19",
        arguments: [
            ("Ultrarapid Metabolizer", "Ultrarapid Metabolizer", "avoid", 100.0, "optional"),
            ("Ultrarapid Metabolizer", "Normal Metabolizer", "avoid", 100, "strong"),
            ("Ultrarapid Metabolizer", "Poor Metabolizer", "avoid", 100, "optional"),
            ("Normal Metabolizer", "Ultrarapid Metabolizer", "alternative", 100, "optional"),
            ("Normal Metabolizer", "Normal Metabolizer", "standard", 100, "strong"),
            ("Normal Metabolizer", "Intermediate Metabolizer", "standard", 100, "strong"),
            ("Normal Metabolizer", "Poor Metabolizer", "avoid", 50, "moderate"),
            ("Intermediate Metabolizer", "Ultrarapid Metabolizer", "alternative", 100, "optional"),
            ("Intermediate Metabolizer", "Normal Metabolizer", "dose-start-percent", 75, "moderate"),
            ("Intermediate Metabolizer", "Intermediate Metabolizer", "dose-start-percent", 75, "optional"),
            ("Intermediate Metabolizer", "Poor Metabolizer", "avoid", 100, "optional"),
            ("Poor Metabolizer", "Ultrarapid Metabolizer", "avoid", 100, "optional"),
            ("Poor Metabolizer", "Normal Metabolizer", "avoid", 50, "strong"),
            ("Poor Metabolizer", "Intermediate Metabolizer", "avoid", 50, "optional"),
            ("Poor Metabolizer", "Poor Metabolizer", "avoid", 100, "optional"),
        ])
    func amitriptyline(cyp2d6: String, cyp2c19: String, code: String, percent: Double, strength: String) throws {
        let rule = try only("amitriptyline", ["CYP2D6": .phenotype(cyp2d6), "CYP2C19": .phenotype(cyp2c19)])
        #expect(rule.mostSevere?.code.rawValue == code)
        #expect((rule.actions.compactMap(\.percent).first ?? 100...100) == percent...percent)
        #expect(rule.strength.level.rawValue == strength)
    }

    @Test(
        "Azathioprine: a tenth for a poor, 20-50 % for twice intermediate (CPIC 2018 and 2024, PMID 30447069, 38230823)"
    )
    func azathioprine() throws {
        func rule(_ nudt15: String, _ tpmt: String) throws -> GuidelineRule {
            try only("azathioprine", ["NUDT15": .phenotype(nudt15), "TPMT": .phenotype(tpmt)])
        }
        let (normal, between, poor) = ("Normal Metabolizer", "Intermediate Metabolizer", "Poor Metabolizer")
        #expect(try rule(normal, normal).mostSevere?.code == .standard)
        #expect(try rule(normal, between).actions.contains { $0.percent == 30...80 })
        #expect(try rule(between, between).actions.contains { $0.percent == 20...50 })
        #expect(try rule(normal, poor).actions.contains { $0.percent == 10...10 })
        #expect(try rule(poor, normal).mostSevere?.code == .alternative)
        let alone = try only("azathioprine", ["TPMT": .phenotype(between)])
        #expect(alone.actions.contains { $0.code == .monitor && $0.detail == "toxicity" })
    }

    @Test("NSAIDs and phenytoin need the CYP2C9 score: 1 and 1.5 differ (CPIC 2020, PMID 32189324 and 32779747)")
    func cyp2c9Scores() throws {
        #expect(try only("meloxicam", ["CYP2C9": .score(1)]).actions.contains { $0.percent == 50...50 })
        #expect(try only("meloxicam", ["CYP2C9": .score(1.5)]).mostSevere?.code == .standard)
        #expect(try only("celecoxib", ["CYP2C9": .score(0.5)]).actions.contains { $0.percent == 25...50 })
        let known: [String: KnownResult] = ["CYP2C9": .score(1), "HLA-B": .alleles([])]
        #expect(try only("phenytoin", known, population: "not yet treated").actions.contains { $0.percent == 75...75 })
    }

    @Test(
        "A gene that triggers hyperthermia rules out volatile anaesthetics whatever the other gene says (PMID 30499100)"
    )
    func hyperthermia() throws {
        let grave = KnownResult.phenotype("Malignant Hyperthermia Susceptibility")
        let open = KnownResult.phenotype("Uncertain Susceptibility")
        for known: [String: KnownResult] in [
            ["RYR1": grave], ["CACNA1S": grave], ["RYR1": grave, "CACNA1S": open], ["RYR1": grave, "CACNA1S": grave],
        ] {
            #expect(try only("succinylcholine", known).mostSevere?.code == .contraindicated)
        }
        #expect(try only("sevoflurane", ["RYR1": open, "CACNA1S": open]).mostSevere?.code == .standard)
    }

    @Test("Rasburicase is avoided at G6PD deficiency and asks for the enzyme when the genotype is open (PMID 36049896)")
    func rasburicase() throws {
        #expect(try only("rasburicase", ["G6PD": .phenotype("Deficient")]).mostSevere?.code == .avoid)
        #expect(try only("rasburicase", ["G6PD": .phenotype("Variable")]).mostSevere?.code == .testFirst)
        #expect(try only("rasburicase", ["G6PD": .phenotype("Normal")]).mostSevere?.code == .standard)
    }

    @Test("Warfarin's steps hold one beside the other (CPIC 2017, PMID 28198005)")
    func warfarin() throws {
        let known: [String: KnownResult] = [
            "VKORC1": .phenotype("-1639 AG"), "CYP2C9": .alleles(["*1", "*8", "rs12777823 A"]),
            "CYP4F2": .alleles(["*3"]),
        ]
        let african = book.rules("warfarin", known, population: "adults of African ancestry")
        #expect(african.flatMap(\.actions).map(\.code) == [.algorithm, .dosePercent, .dosePercent])
        let other = book.rules("warfarin", known, population: "adults, not of African ancestry")
        #expect(other.flatMap(\.actions).compactMap(\.percent) == [70...85, 105...110])
    }
}
