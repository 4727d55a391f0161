import Domain
import Testing

@testable import PharmacogenomicsCore

@Suite("Options of an indication are ranked with every reason shown")
struct RankingTests {
    private let noon = EvaluationFixture.noon

    private func ranked(
        _ indication: String, _ other: [GeneSymbol: String] = [:], medications: [MedicationExposure] = []
    ) throws -> [RankedOption] {
        let evaluation = try EvaluationFixture.evaluation.get()
        let patient = evaluation.evaluate(calls: try EvaluationFixture.usual(other), medications: medications, at: noon)
        return try #require(evaluation.ranking.rank(indication: indication, for: patient))
    }

    @Test("The score is the sum of its parts, ranks follow it, equal scores by name, vetoes stand last")
    func arithmetic() throws {
        let options = try ranked(
            "major-depression", ["CYP2D6": "*4/*4", "CYP2C19": "*2/*2"],
            medications: [MedicationExposure(drug: "selegiline")])
        #expect(options.count >= 20)
        for option in options { #expect(option.score == option.components.reduce(0) { $0 + $1.points }) }
        let open = options.filter { $0.vetoes.isEmpty }
        #expect(open.map(\.rank) == Array(1...open.count))
        #expect(options.prefix(open.count).allSatisfy { $0.vetoes.isEmpty })
        for (one, other) in zip(open, open.dropFirst()) {
            #expect(one.score > other.score || one.score == other.score && one.drug < other.drug)
        }
        #expect(options.filter { !$0.vetoes.isEmpty }.allSatisfy { $0.rank == nil })
    }

    @Test("Poor metabolizers of CYP2C19 and CYP2D6: amitriptyline loses, with the guideline as reason")
    func phenotype() throws {
        let usual = try #require(try ranked("major-depression").first { $0.drug == "amitriptyline" })
        let poor = try #require(
            try ranked("major-depression", ["CYP2D6": "*4/*4", "CYP2C19": "*2/*2"]).first { $0.drug == "amitriptyline" }
        )
        #expect(poor.score < usual.score)
        #expect(
            poor.components.contains {
                $0.reason == "CPIC:avoid:CYP2D6+CYP2C19" || $0.reason == "CPIC:avoid:CYP2C19+CYP2D6"
            })
        #expect(usual.components.allSatisfy { !$0.reason.hasPrefix("CPIC:") })
    }

    @Test("An option that would spoil a drug that is taken says so: paroxetine beside codeine")
    func interaction() throws {
        let options = try ranked("major-depression", medications: [MedicationExposure(drug: "codeine")])
        let paroxetine = try #require(options.first { $0.drug == "paroxetine" })
        #expect(
            paroxetine.components.contains {
                $0.kind == .interaction && $0.reason == "worsens:codeine:CPIC" && $0.points < 0
            })
        let sertraline = try #require(options.first { $0.drug == "sertraline" })
        #expect(!sertraline.components.contains { $0.reason.hasPrefix("worsens") })
    }

    @Test("A contraindication vetoes, also within the washout, and no longer after it")
    func veto() throws {
        let knowledge = try EvaluationFixture.knowledge()
        let entry = try #require(
            knowledge.contraindications.contraindications.first {
                if case .drug = $0.versus { return $0.severity == .contraindicated && $0.washoutDays >= 2 }
                if case .drugClass = $0.versus { return $0.severity == .contraindicated && $0.washoutDays >= 2 }
                return false
            })
        print("veto shown with \(entry.subject) beside \(entry.versus)")
        let other = try #require(knowledge.drugs.drugs.first { entry.versus.covers($0) })
        let option = try #require(
            knowledge.indications.indications.flatMap(\.options).first { option in
                knowledge.drugs.drug(named: option.drug).map { entry.subject.covers($0) && $0.name != other.name }
                    ?? false
            })
        func vetoes(endedDaysAgo days: Double?) throws -> [String] {
            let end = days.map { noon.advanced(by: .microseconds(-Int64($0 * 86_400_000_000))) }
            let found = try ranked(
                option.indication, medications: [MedicationExposure(drug: other.name, endedAt: end)])
            return try #require(found.first { $0.drug == option.drug }).vetoes
        }
        #expect(try vetoes(endedDaysAgo: nil).contains { $0.contains(other.name) })
        #expect(try vetoes(endedDaysAgo: entry.washoutDays - 1).contains { $0.contains(other.name) })
        #expect(try vetoes(endedDaysAgo: entry.washoutDays + 1).allSatisfy { !$0.contains(other.name) })
    }

    @Test("An indication that the release does not have has no ranking")
    func unknownIndication() throws {
        let evaluation = try EvaluationFixture.evaluation.get()
        let patient = evaluation.evaluate(calls: [], at: noon)
        #expect(evaluation.ranking.rank(indication: "none-such", for: patient) == nil)
    }
}

@Suite("A recommendation explains itself")
struct ExplanationTests {
    @Test("From diplotype to phenotype to medication to action to source, in this order")
    func steps() throws {
        let evaluation = try EvaluationFixture.evaluation.get()
        let patient = evaluation.evaluate(
            calls: try EvaluationFixture.usual(),
            medications: [MedicationExposure(drug: "codeine"), MedicationExposure(drug: "paroxetine")],
            at: EvaluationFixture.noon)
        let found = try #require(patient.recommendations(for: "codeine").first { $0.source == .cpic })
        let explanation = evaluation.explainer.explain(found, for: patient)
        #expect(
            explanation.steps.map(\.kind) == [
                .positions, .diplotypes, .phenotype, .phenoconversion, .action, .action, .evidence,
            ]
                || explanation.steps.map(\.kind).contains(.conflict))
        let text = explanation.sentences.joined(separator: "\n")
        #expect(text.contains("CYP2D6: *1/*1 is the only diplotype that fits the data."))
        #expect(text.contains("CYP2D6: this means Normal Metabolizer, activity score 2."))
        #expect(
            text.contains(
                "With the inhibitor paroxetine (strong), CYP2D6 acts like Poor Metabolizer, activity score 0."))
        #expect(text.contains("CPIC on codeine, by the genotype: Use the standard dose."))
        #expect(text.contains("CPIC on codeine, with the present medication: Avoid"))
        #expect(text.contains("knowledge release"))
        #expect(!text.contains("  ") && explanation.sentences.allSatisfy { $0.hasSuffix(".") })
    }

    @Test("Nothing known: the missing gene and the test that would settle it are named")
    func missing() throws {
        let evaluation = try EvaluationFixture.evaluation.get()
        let phenotypes = PhenotypeAssigner(knowledge: try EvaluationFixture.knowledge()).phenotypes(
            of: try EvaluationFixture.calls([:]))
        let found = try #require(evaluation.recommender.recommend(drug: "abacavir", phenotypes: phenotypes).first)
        let text = evaluation.explainer.explain(found, phenotypes: phenotypes).sentences.joined(separator: " ")
        #expect(text.contains("HLA-B has no result") && text.contains("HLA-B typing"))
    }
}
