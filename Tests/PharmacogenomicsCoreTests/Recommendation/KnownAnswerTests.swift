import Domain
import Testing

@testable import PharmacogenomicsCore

/// The answers are those of the guidelines named in each test.
@Suite("Recommendations are those of the guidelines")
struct KnownAnswerTests {
    private func recommendations(
        _ drug: String, _ known: [GeneSymbol: String], medications: [MedicationExposure] = []
    ) throws -> [DrugRecommendation] {
        let knowledge = try EvaluationFixture.knowledge()
        let phenotypes = PhenotypeAssigner(knowledge: knowledge).phenotypes(
            of: try EvaluationFixture.calls(known), medications: medications, at: EvaluationFixture.noon)
        return Recommender(knowledge: knowledge).recommend(
            drug: drug, phenotypes: phenotypes, medications: medications, at: EvaluationFixture.noon)
    }

    private func cpic(_ drug: String, _ known: [GeneSymbol: String]) throws -> DrugRecommendation {
        try #require(try recommendations(drug, known).first { $0.source == .cpic && $0.status != .notCovered })
    }

    @Test("CYP2D6 *4/*4 and codeine: avoid, strong (CPIC opioids 2020, PMID 33387367)")
    func codeinePoor() throws {
        let found = try cpic("codeine", ["CYP2D6": "*4/*4"])
        #expect(found.status == .determinate)
        #expect(found.actions.first?.code == .avoid)
        #expect(found.strength.level == .strong)
        #expect(found.genetic.candidates.first?.results.first?.phenotype == "Poor Metabolizer")
        #expect(found.genetic.candidates.first?.results.first?.activityScore == 0)
        #expect(found.citations.contains { $0.contains("33387367") })
    }

    @Test("CYP2D6 *1/*1 and codeine: as usual")
    func codeineNormal() throws {
        let found = try cpic("codeine", ["CYP2D6": "*1/*1"])
        #expect(found.status == .determinate && found.actions.map(\.code) == [.standard])
    }

    @Test(
        "Copies count: the activity score is the sum over all copies (Caudle 2020, PMID 31647186)",
        arguments: [
            ("*1x2/*1", 3.0, "Ultrarapid Metabolizer"), ("*1x2/*4", 2.0, "Normal Metabolizer"),
            ("*10/*10", 0.5, "Intermediate Metabolizer"), ("*36+*10/*1", 1.25, "Normal Metabolizer"),
            ("*4x2/*41", 0.25, "Intermediate Metabolizer"), ("*2/*10", 1.25, "Normal Metabolizer"),
            ("*5/*4", 0.0, "Poor Metabolizer"), ("*1x≥3/*1", 4.0, "Ultrarapid Metabolizer"),
            // In no table as a whole: the sum of its members.
            ("*10x3/*4", 0.75, "Intermediate Metabolizer"), ("*1+*10/*4", 1.25, "Normal Metabolizer"),
        ])
    func copies(_ diplotype: String, score: Double, phenotype: String) throws {
        let call = try EvaluationFixture.call("CYP2D6", diplotype)
        let outcome = try #require(
            PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge()).phenotypes(of: [call]).first?.consensus)
        #expect(outcome.phenotype == phenotype)
        #expect(outcome.activityScore == score)
    }

    @Test(
        "An unknown number of copies, or an allele without a value, is indeterminate", arguments: ["*2xN/*4", "*1/*22"])
    func indeterminate(_ diplotype: String) throws {
        let call = try EvaluationFixture.call("CYP2D6", diplotype)
        let outcome = try #require(
            PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge()).phenotypes(of: [call]).first?.consensus)
        #expect(outcome.phenotype == "Indeterminate" && outcome.activityScore == nil)
    }

    @Test("CYP2C19 *2/*2 and clopidogrel: avoid after PCI (CPIC 2022, PMID 35034351)")
    func clopidogrel() throws {
        let found = try recommendations("clopidogrel", ["CYP2C19": "*2/*2"])
        let acute = try #require(found.first { $0.source == .cpic && $0.population.contains("PCI") })
        #expect(acute.actions.first?.code == .avoid && acute.strength.level == .strong)
        #expect(acute.risk.hasPrefix("efficacy"))
    }

    @Test("HLA-B missing: abacavir is not callable, and the typing is named")
    func abacavirMissing() throws {
        let found = try cpic("abacavir", ["CYP2C19": "*1/*1"])
        #expect(found.status == .notCallable && found.actions.isEmpty)
        #expect(found.missingGenes == ["HLA-B"])
        #expect(found.settledBy.first?.name == "HLA-B typing" && found.settledBy.first?.kind == .typing)
    }

    @Test(
        "HLA-B*57:01 and abacavir: avoid (CPIC 2014); without it, as usual",
        arguments: [("*57:01/*08:01", true), ("*07:02/*08:01", false)])
    func abacavir(_ alleles: String, isPositive: Bool) throws {
        let found = try cpic("abacavir", ["HLA-B": alleles])
        #expect(found.actions.first?.code == (isPositive ? .avoid : .standard))
        #expect((found.risk == "hypersensitivity") == isPositive)
    }

    @Test("TPMT *3A/*3C: the more severe of TPMT and NUDT15 governs (CPIC 2018, PMID 30447069)")
    func thiopurines() throws {
        let poor = try cpic("azathioprine", ["TPMT": "*3A/*3C", "NUDT15": "*1/*1"])
        #expect(poor.actions.first?.code == .alternative && poor.risk == "toxicity-high")
        let other = try cpic("azathioprine", ["TPMT": "*1/*1", "NUDT15": "*3/*3"])
        #expect(other.actions.first?.code == .alternative && other.risk == "toxicity-high")
        let both = try cpic("azathioprine", ["TPMT": "*1/*3A", "NUDT15": "*1/*3"])
        #expect(both.actions.first == RecommendedAction("dose-start-percent:20-50 (of a usual 2-3 mg/kg/day)"))
    }

    @Test("TPMT alone: the fall-back row is taken, marked partial, and NUDT15 is named")
    func thiopurineWithoutNUDT15() throws {
        let found = try cpic("azathioprine", ["TPMT": "*3A/*3A"])
        #expect(found.governing.isPartial && found.missingGenes == ["NUDT15"])
        #expect(found.actions.first?.code == .alternative)
        #expect(found.settledBy.first?.name == "NUDT15 genotyping")
    }

    @Test("DPYD c.1905+1G>A heterozygous and fluorouracil: half the dose (CPIC 2017 with its update, PMID 29152729)")
    func fluorouracil() throws {
        let found = try cpic("fluorouracil", ["DPYD": "Reference/c.1905+1G>A (*2A)"])
        #expect(found.actions.first?.code == .dosePercent || found.actions.first?.code == .doseStartPercent)
        #expect(found.actions.first?.percent == 50...50)
    }

    @Test("A drug that no guideline knows has no recommendation")
    func unknownDrug() throws {
        #expect(try recommendations("water", ["CYP2D6": "*1/*1"]).isEmpty)
    }

    @Test("FDA and CPIC differ on the same drug: both are shown")
    func conflict() throws {
        let all = try recommendations("codeine", ["CYP2D6": "*1x2/*1"])
        let cpic = try #require(all.first { $0.source == .cpic })
        let dpwg = try #require(all.first { $0.source == .dpwg && $0.population.hasPrefix("lower") })
        #expect(cpic.conflicts.contains { $0.source == .dpwg && $0.severity == 1 })
        #expect(dpwg.conflicts.contains { $0.source == .cpic && $0.severity == 5 })
    }

    @Test(
        "The joint phenotype of TPMT and NUDT15 is the more severe of the two (CPIC 2018, PMID 30447069)",
        arguments: [
            ("*1/*3A", "*3/*3", "Poor Metabolizer in NUDT15"), ("*3A/*3C", "*1/*3", "Poor Metabolizer in TPMT"),
            ("*1/*3A", "*1/*3", "Intermediate Metabolizer in NUDT15 and TPMT"),
            ("*1/*1", "*1/*1", "Normal Metabolizer in NUDT15 and TPMT"),
        ])
    func joint(_ tpmt: String, _ nudt15: String, _ text: String) throws {
        let phenotypes = PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge()).phenotypes(
            of: [try EvaluationFixture.call("TPMT", tpmt), try EvaluationFixture.call("NUDT15", nudt15)])
        let joint = try #require(
            ThiopurinePhenotype(tpmt: phenotypes[0].consensus, nudt15: phenotypes[1].consensus))
        #expect(joint.text == text)
    }

    @Test("Warfarin: rs12777823 counts where it was seen, and only there (CPIC 2017, PMID 28198005)")
    func extraSite() throws {
        let knowledge = try EvaluationFixture.knowledge()
        func actions(_ base: String?) throws -> [RecommendedAction] {
            var call = try EvaluationFixture.call("CYP2C9", "*1/*1")
            call.extraSites = [ReportedSite(position: 0, identifier: "rs12777823", first: "G", second: base)]
            let calls = [call, try EvaluationFixture.call("VKORC1", EvaluationFixture.usualDiplotypes["VKORC1"] ?? "")]
            let found = Recommender(knowledge: knowledge).recommend(
                drug: "warfarin", phenotypes: PhenotypeAssigner(knowledge: knowledge).phenotypes(of: calls))
            return try #require(found.first { $0.population == "adults of African ancestry" }).actions
        }
        #expect(try actions("A").contains { $0.code == .dosePercent && $0.percent == 75...90 })
        #expect(try !actions("G").contains { $0.code == .dosePercent })
        #expect(try !actions(nil).contains { $0.code == .dosePercent })
    }
}
