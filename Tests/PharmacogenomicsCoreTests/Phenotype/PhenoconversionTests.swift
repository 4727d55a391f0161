import Domain
import Testing

@testable import PharmacogenomicsCore

/// The rules are those of phenoconversion.tsv (CPIC 2023, PMID 37032427, and the tutorials named there).
@Suite("The medication's effect on enzymes stands beside the genotype")
struct PhenoconversionTests {
    private let noon = EvaluationFixture.noon
    private func day(_ count: Int64) -> Timestamp { noon.advanced(by: EvaluationFixture.days(count)) }

    private func phenotype(
        _ gene: GeneSymbol, _ diplotype: String, _ medications: [MedicationExposure], at time: Timestamp? = nil
    ) throws -> GenePhenotype {
        try #require(
            PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge()).phenotypes(
                of: [try EvaluationFixture.call(gene, diplotype)], medications: medications, at: time ?? noon
            ).first)
    }

    @Test("Paroxetine makes a CYP2D6 normal metabolizer act like a poor one, and the genotype stays in sight")
    func strongInhibitor() throws {
        let found = try phenotype("CYP2D6", "*1/*1", [MedicationExposure(drug: "paroxetine")])
        #expect(found.consensus?.phenotype == "Normal Metabolizer" && found.consensus?.activityScore == 2)
        #expect(found.converted?.phenotype == "Poor Metabolizer" && found.converted?.activityScore == 0)
        #expect(found.converted?.effect == .inhibited)
        #expect(found.converted?.inhibitors.map(\.drug) == ["paroxetine"])
        #expect(found.converted?.inhibitors.first?.strength == .strong)
        #expect(found.converted?.until == nil)
    }

    @Test("A moderate inhibitor halves the activity score of CYP2D6")
    func moderateInhibitor() throws {
        let found = try phenotype("CYP2D6", "*1/*1", [MedicationExposure(drug: "duloxetine")])
        #expect(found.converted?.activityScore == 1)
        #expect(found.converted?.phenotype == "Intermediate Metabolizer")
    }

    @Test("The strongest inhibitor counts; two moderate ones are not a strong one")
    func several() throws {
        let found = try phenotype(
            "CYP2D6", "*1/*1", [MedicationExposure(drug: "duloxetine"), MedicationExposure(drug: "paroxetine")])
        #expect(found.converted?.activityScore == 0)
        #expect(found.converted?.inhibitors.map(\.drug) == ["paroxetine", "duloxetine"])
    }

    @Test("A poor metabolizer stays one under an inducer; a normal one moves up a step")
    func inducer() throws {
        let rifampin = [MedicationExposure(drug: "rifampin")]
        let poor = try phenotype("CYP2C19", "*2/*2", rifampin)
        #expect(poor.converted?.phenotype == "Poor Metabolizer" && poor.converted?.effect == .induced)
        #expect(poor.convertedStates == nil)
        let normal = try phenotype("CYP2C19", "*1/*1", rifampin)
        #expect(normal.converted?.phenotype == "Rapid Metabolizer")
    }

    @Test(
        "A strong inhibitor governs over an inducer; a weaker one against an inducer is flagged and nothing is converted"
    )
    func opposed() throws {
        let strong = try phenotype(
            "CYP2C19", "*1/*1", [MedicationExposure(drug: "fluvoxamine"), MedicationExposure(drug: "rifampin")])
        #expect(strong.converted?.effect == .inhibited && strong.converted?.phenotype == "Poor Metabolizer")
        let moderate = try EvaluationFixture.knowledge().interactions.interactions.first {
            $0.gene == "CYP2C19" && $0.effect == .inhibitor && $0.strength == .moderate
        }
        let drug = try #require(moderate).drug
        let weaker = try phenotype(
            "CYP2C19", "*1/*1", [MedicationExposure(drug: drug), MedicationExposure(drug: "rifampin")])
        #expect(weaker.converted?.effect == .opposed && weaker.converted?.phenotype == "Normal Metabolizer")
        #expect(weaker.convertedStates == nil)
    }

    @Test("The effect begins with the onset and ends with the washout")
    func windows() throws {
        let paroxetine = try #require(
            try EvaluationFixture.knowledge().interactions.interactions(of: "paroxetine").first { $0.gene == "CYP2D6" })
        #expect(paroxetine.onsetDays > 0 && paroxetine.washoutDays > 0)
        let end = day(30)
        let course = [MedicationExposure(drug: "paroxetine", startedAt: noon, endedAt: end)]
        func days(_ count: Double) -> Duration { .microseconds(Int64(count * 86_400_000_000)) }
        let onset = noon.advanced(by: days(paroxetine.onsetDays))
        let gone = end.advanced(by: days(paroxetine.washoutDays))
        let instant = Duration.microseconds(1)
        #expect(try phenotype("CYP2D6", "*1/*1", course, at: onset.advanced(by: .zero - instant)).converted == nil)
        #expect(try phenotype("CYP2D6", "*1/*1", course, at: onset).converted?.activityScore == 0)
        #expect(try phenotype("CYP2D6", "*1/*1", course, at: onset).converted?.until == gone)
        #expect(try phenotype("CYP2D6", "*1/*1", course, at: gone.advanced(by: .zero - instant)).converted != nil)
        #expect(try phenotype("CYP2D6", "*1/*1", course, at: gone).converted == nil)
    }

    @Test("Every outcome of an ambiguous gene is converted with its weight")
    func ambiguous() throws {
        let call = try EvaluationFixture.call("CYP2D6", "*1/*1", "*1/*4", "*4/*4", weights: [0.5, 0.3, 0.2])
        let found = try #require(
            PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge()).phenotypes(
                of: [call], medications: [MedicationExposure(drug: "duloxetine")], at: noon
            ).first)
        #expect(found.converted?.outcomes.map(\.activityScore) == [1, 0.5, 0])
        #expect(found.converted?.outcomes.map(\.weight) == [0.5, 0.3, 0.2])
    }
}
