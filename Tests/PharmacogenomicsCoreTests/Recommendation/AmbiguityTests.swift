import Testing

@testable import PharmacogenomicsCore

@Suite("What the data leave open is said, with what would settle it")
struct AmbiguityTests {
    private func cpic(_ drug: String, _ calls: [GeneCall]) throws -> DrugRecommendation {
        let knowledge = try EvaluationFixture.knowledge()
        let phenotypes = PhenotypeAssigner(knowledge: knowledge).phenotypes(of: calls)
        return try #require(
            Recommender(knowledge: knowledge).recommend(drug: drug, phenotypes: phenotypes, sources: [.cpic]).first {
                $0.status != .notCovered
            })
    }

    @Test("Two diplotypes of one phenotype are one outcome")
    func merged() throws {
        let call = try EvaluationFixture.call("CYP2C19", "*1/*2", "*1/*3")
        let phenotype = try #require(
            PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge()).phenotypes(of: [call]).first)
        #expect(phenotype.outcomes.count == 1)
        #expect(phenotype.outcomes.first?.diplotypes == ["*1/*2", "*1/*3"])
        #expect(phenotype.outcomes.first?.weight == 1)
        #expect(try cpic("voriconazole", [call]).status == .determinate)
    }

    @Test("Two phenotypes with the same action: ambiguous, and it does not matter")
    func sameAction() throws {
        let call = try EvaluationFixture.call("CYP2C19", "*1/*1", "*1/*2", weights: [0.7, 0.3])
        let found = try cpic("voriconazole", [call])
        #expect(found.status == .ambiguousSameAction)
        #expect(found.actions.map(\.code) == [.standard])
        #expect(found.genetic.candidates.map(\.weight) == [0.7, 0.3])
        #expect(found.settledBy.isEmpty)
    }

    @Test("Two phenotypes with different actions: both are shown, none is taken, the missing position is named")
    func differentAction() throws {
        var call = try EvaluationFixture.call("CYP2C19", "*1/*1", "*1/*2", "*2/*2")
        let gene = try #require(try EvaluationFixture.knowledge().genes["CYP2C19"])
        let second = try #require(gene.allele(named: "*2"))
        let rs4244285 = try #require(gene.positions.first { $0.identifier == "rs4244285" })
        let rs12248560 = try #require(gene.positions.first { $0.identifier == "rs12248560" })
        #expect(second.constraints.contains { $0.position == rs4244285.index })
        call.missingPositions = [rs12248560.index, rs4244285.index]
        let found = try cpic("voriconazole", [call])
        #expect(found.status == .ambiguousDifferentAction)
        #expect(found.actions.isEmpty)
        #expect(
            Set(found.genetic.candidates.flatMap { $0.results.map(\.phenotype) }) == [
                "Normal Metabolizer", "Intermediate Metabolizer", "Poor Metabolizer",
            ])
        #expect(
            found.settledBy == [SettlingTest(gene: "CYP2C19", kind: .position, name: "rs4244285", separatedWeight: 1)])
        #expect(found.strength == found.genetic.gravest?.rules.first?.strength)
    }

    @Test("Only the phase is open: phasing is named")
    func phase() throws {
        var call = try EvaluationFixture.call("TPMT", "*1/*3A", "*3B/*3C")
        call.isPhased = false
        // Both pairs are heterozygous at both positions: reading them tells nothing.
        let gene = try #require(try EvaluationFixture.knowledge().genes["TPMT"])
        call.missingPositions = gene.positions.filter { ["rs1800460", "rs1142345"].contains($0.identifier) }.map(
            \.index)
        #expect(call.missingPositions.count == 2)
        let found = try cpic("azathioprine", [call, try EvaluationFixture.call("NUDT15", "*1/*1")])
        #expect(found.status == .ambiguousDifferentAction)
        #expect(found.settledBy.map(\.kind) == [.phasing] && found.settledBy.first?.gene == "TPMT")
    }

    @Test("A reported phenotype stands above the diplotype's; both are shown")
    func contradiction() throws {
        var call = try EvaluationFixture.call("CYP2D6", "*2/*10")
        call.status = .outside
        call.outside = OutsideCall(
            gene: "CYP2D6", diplotype: "*2/*10", phenotype: "Intermediate Metabolizer", activityScore: 1.25)
        let phenotype = try #require(
            PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge()).phenotypes(of: [call]).first)
        #expect(phenotype.consensus?.phenotype == "Intermediate Metabolizer")
        #expect(phenotype.consensus?.activityScore == 1.25)
        #expect(phenotype.contradicted?.phenotype == "Normal Metabolizer")
        #expect(phenotype.remarks.contains("reported-differs") && phenotype.remarks.contains("reported-inconsistent"))
    }

    @Test("A phenotype without a score leaves the score open where a guideline asks for it")
    func phenotypeOnly() throws {
        var call = GeneCall(gene: "CYP2D6", status: .outside)
        call.outside = OutsideCall(gene: "CYP2D6", phenotype: "Intermediate Metabolizer")
        let phenotype = try #require(
            PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge()).phenotypes(of: [call]).first)
        #expect(phenotype.outcomes.count == 1 && phenotype.consensus?.activityScore == nil)
        #expect(phenotype.states.count == 4, "0.25, 0.5, 0.75 and 1")
        #expect(try cpic("codeine", [call]).status == .determinate)
    }

    @Test("Weights of listed and unlisted candidates sum to 1 by outcome")
    func unlisted() throws {
        let gene = try #require(try EvaluationFixture.knowledge().genes["CYP2C19"])
        var call = try EvaluationFixture.call("CYP2C19", "*1/*1", weights: [0.25])
        call.status = .ambiguous
        call.diplotypeCount = 4
        let null = try #require(gene.allele(named: "*2")).index
        call.unlisted = [
            UnlistedDiplotypes(representative: (0, null), count: 2, weight: 0.5),
            UnlistedDiplotypes(representative: (null, null), count: 1, weight: 0.25),
        ]
        let phenotype = try #require(
            PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge()).phenotypes(of: [call]).first)
        #expect(phenotype.outcomes.map(\.weight) == [0.5, 0.25, 0.25])
        #expect(phenotype.outcomes.map(\.diplotypeCount).reduce(0, +) == 4)
        #expect(phenotype.outcomes.first?.diplotypes == [])
    }
}
