import Domain
import Testing

@testable import PharmacogenomicsCore

@Suite("A person is evaluated as a whole, and again only as far as something changed")
struct EvaluationTests {
    private let noon = EvaluationFixture.noon
    private func day(_ count: Int64) -> Timestamp { noon.advanced(by: EvaluationFixture.days(count)) }

    @Test("Paroxetine and codeine: the genotype says as usual, the medication says avoid, and an alert is due")
    func codeineWithParoxetine() throws {
        let evaluation = try EvaluationFixture.evaluation.get()
        let event = EventID(high: 1, low: 2)
        let patient = evaluation.evaluate(
            calls: try EvaluationFixture.usual(),
            medications: [
                MedicationExposure(drug: "codeine", eventID: EventID(high: 1, low: 3)),
                MedicationExposure(drug: "paroxetine", eventID: event),
            ], at: noon, genotypeEvents: [EventID(high: 0, low: 9)])
        let found = try #require(patient.recommendations(for: "codeine").first { $0.source == .cpic })
        #expect(found.genetic.actions.map(\.code) == [.standard])
        #expect(found.converted?.actions.first?.code == .avoid)
        #expect(found.isPhenoconverted && found.isActive && found.status == .determinate)
        #expect(found.inputEvents == [EventID(high: 0, low: 9), event, EventID(high: 1, low: 3)])
        let finding = try #require(patient.findings.first { $0.recommendation.source == .cpic && $0.drug == "codeine" })
        #expect(finding.severity == .critical)
        #expect(
            finding.reasons.contains("phenoconverted:paroxetine:CYP2D6") && finding.reasons.contains("action:avoid"))
    }

    @Test("Rows for children alone do not raise a critical finding, rows for everybody do")
    func children() throws {
        let patient = try EvaluationFixture.evaluation.get().evaluate(
            calls: try EvaluationFixture.usual(["CYP2D6": "*1x2/*1"]),
            medications: [MedicationExposure(drug: "codeine")],
            at: noon)
        let children = patient.findings.filter { $0.recommendation.population.contains("children") }
        #expect(!children.isEmpty && children.allSatisfy { $0.severity == .warning })
        #expect(children.allSatisfy { $0.reasons.contains("population:\($0.recommendation.population)") })
        #expect(patient.findings.first?.severity == .critical && patient.findings.first?.recommendation.source == .cpic)
    }

    @Test("What a drug does to its own elimination does not count against it")
    func ownEffect() throws {
        let patient = try EvaluationFixture.evaluation.get().evaluate(
            calls: try EvaluationFixture.usual(), medications: [MedicationExposure(drug: "paroxetine")], at: noon)
        let own = patient.recommendations(for: "paroxetine")
        #expect(!own.isEmpty && own.allSatisfy { !$0.isPhenoconverted })
        #expect(patient.phenotype(of: "CYP2D6")?.converted?.phenotype == "Poor Metabolizer")
        #expect(patient.findings.isEmpty)
    }

    @Test("A person of usual genes without medication has nothing but what holds for everybody")
    func usual() throws {
        let patient = try EvaluationFixture.evaluation.get().evaluate(calls: try EvaluationFixture.usual(), at: noon)
        #expect(patient.findings.isEmpty && patient.nextBoundary == nil && patient.activeDrugs.isEmpty)
        for recommendation in patient.recommendations where recommendation.source == .cpic {
            // CYP3A5 *3/*3 is the usual genotype of most and has usual dosing; efavirenz, warfarin... have none to change.
            #expect(recommendation.status == .determinate, "\(recommendation.drug)")
        }
    }

    @Test("Evaluating again after a change of medication gives what evaluating anew gives (property; seed printed)")
    func reevaluation() throws {
        let evaluation = try EvaluationFixture.evaluation.get()
        let knowledge = try EvaluationFixture.knowledge()
        var random = SeededRandom(seed: 20_251_121)
        print("seed 20251121")
        let drugs = Array(Set(knowledge.interactions.interactions.map(\.drug) + knowledge.guidelines.drugs)).sorted()
        let persons = [
            try EvaluationFixture.usual(), try EvaluationFixture.usual(["CYP2D6": "*1/*4", "CYP2C19": "*1/*17"]),
            try EvaluationFixture.calls(["CYP2D6": "*1x2/*1", "CYP2C9": "*1/*3"]),
            try EvaluationFixture.calls([:]),
            try EvaluationFixture.usual().map { call in
                call.gene == "CYP2C19" ? try EvaluationFixture.call("CYP2C19", "*1/*1", "*1/*2", "*2/*17") : call
            },
        ]
        for calls in persons {
            var patient = evaluation.evaluate(calls: calls, at: noon)
            for _ in 0..<40 {
                var medications: [MedicationExposure] = []
                for _ in 0..<Int.random(in: 0...6, using: &random) {
                    let start = Int64.random(in: -60...20, using: &random)
                    let length = Int64.random(in: 1...60, using: &random)
                    medications.append(
                        MedicationExposure(
                            drug: drugs.randomElement(using: &random) ?? "",
                            startedAt: Bool.random(using: &random) ? day(start) : nil,
                            endedAt: Bool.random(using: &random) ? day(start + length) : nil,
                            eventID: EventID(high: 7, low: UInt64.random(in: 0...9, using: &random))))
                }
                let time = day(Int64.random(in: -10...30, using: &random))
                let anew = evaluation.evaluate(calls: calls, medications: medications, at: time)
                patient = evaluation.reevaluate(patient, medications: medications.shuffled(using: &random), at: time)
                #expect(patient == anew)
                #expect(patient.recommendations.map(\.contentHash) == anew.recommendations.map(\.contentHash))
            }
        }
    }

    @Test("What a conversion came to before is used again only where it is the same: drugs come, go and come back")
    func conversionsComeBack() throws {
        let evaluation = try EvaluationFixture.evaluation.get()
        let calls = try EvaluationFixture.usual(["CYP2D6": "*1/*4", "CYP2C19": "*1/*17"])
        // Strong, moderate and weak inhibitors of the same enzymes, and inducers: more conversions than are kept.
        let acting = [
            "paroxetine", "duloxetine", "fluoxetine", "paroxetine", "rifampin", "fluconazole", "fluvoxamine",
            "omeprazole", "fluoxetine", "carbamazepine", "bupropion", "duloxetine", "paroxetine",
        ]
        var patient = evaluation.evaluate(calls: calls, at: noon)
        for round in 0..<3 * acting.count {
            var medications = [
                MedicationExposure(drug: "codeine"),
                MedicationExposure(
                    drug: acting[round % acting.count], eventID: EventID(high: 3, low: UInt64(round + 1))),
            ]
            if round % 3 == 0 { medications.append(MedicationExposure(drug: acting[round * 5 % acting.count])) }
            if round % 4 == 3 { medications.removeLast() }
            let anew = evaluation.evaluate(calls: calls, medications: medications, at: noon)
            patient = evaluation.reevaluate(patient, medications: medications, at: noon)
            #expect(patient == anew, "round \(round)")
        }
    }

    @Test("The next boundary is the first moment at which anything changes (property; seed printed)")
    func boundaries() throws {
        let evaluation = try EvaluationFixture.evaluation.get()
        let calls = try EvaluationFixture.usual()
        var random = SeededRandom(seed: 77)
        print("seed 77")
        for _ in 0..<30 {
            let medications = ["paroxetine", "codeine", "rifampin", "fluconazole", "citalopram", "clopidogrel"]
                .shuffled(using: &random).prefix(3).map { drug in
                    let start = Int64.random(in: -20...20, using: &random)
                    return MedicationExposure(
                        drug: drug, startedAt: day(start),
                        endedAt: day(start + Int64.random(in: 1...40, using: &random)))
                }
            var patient = evaluation.evaluate(calls: calls, medications: Array(medications), at: noon)
            var count = 0
            while let next = patient.nextBoundary {
                #expect(next > patient.evaluatedAt)
                let before = evaluation.evaluate(
                    calls: calls, medications: Array(medications), at: next.advanced(by: .microseconds(-1)))
                #expect(before.recommendations == patient.recommendations)
                #expect(before.activeDrugs == patient.activeDrugs)
                #expect(before.phenotypes.map(\.converted) == patient.phenotypes.map(\.converted))
                patient = evaluation.reevaluate(patient, medications: Array(medications), at: next)
                #expect(
                    patient.activeDrugs != before.activeDrugs
                        || patient.phenotypes.map(\.converted) != before.phenotypes.map(\.converted))
                count += 1
                try #require(count < 40)
            }
            #expect(
                count > 0 || medications.allSatisfy { ($0.endedAt ?? noon) < day(-30) } || patient.activeDrugs.isEmpty)
            #expect(patient.phenotypes.allSatisfy { $0.converted == nil } && patient.activeDrugs.isEmpty)
        }
    }

    @Test("A gene without a result has no say, and nothing is guessed")
    func nothingKnown() throws {
        let patient = try EvaluationFixture.evaluation.get().evaluate(
            calls: try EvaluationFixture.calls([:]), medications: [MedicationExposure(drug: "codeine")], at: noon)
        #expect(patient.recommendations.allSatisfy { $0.drug == "codeine" })
        #expect(patient.recommendations.allSatisfy { $0.status == .notCallable && $0.missingGenes == ["CYP2D6"] })
        #expect(patient.recommendations.first?.settledBy.first?.kind == .copyNumber)
        #expect(patient.phenotypes.allSatisfy { $0.outcomes.isEmpty && $0.consensus == nil })
    }

    @Test("A change of knowledge touches who has what it is about")
    func touched() throws {
        let patient = try EvaluationFixture.evaluation.get().evaluate(
            calls: try EvaluationFixture.calls(["CYP2C19": "*2/*17"]),
            medications: [MedicationExposure(drug: "codeine")],
            at: noon)
        #expect(patient.isTouched(by: .everybody))
        #expect(patient.isTouched(by: .gene("CYP2C19")) && !patient.isTouched(by: .gene("CYP2D6")))
        #expect(patient.isTouched(by: .allele("CYP2C19", "*17")) && !patient.isTouched(by: .allele("CYP2C19", "*3")))
        #expect(patient.isTouched(by: .phenotype("CYP2C19", "Intermediate Metabolizer")))
        #expect(!patient.isTouched(by: .phenotype("CYP2C19", "Poor Metabolizer")))
        #expect(patient.isTouched(by: .medication("codeine")) && !patient.isTouched(by: .medication("tramadol")))
    }
}

/// A random source that gives the same numbers in every run (splitmix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
