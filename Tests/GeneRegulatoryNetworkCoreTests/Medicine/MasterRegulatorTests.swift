import GeneRegulatoryNetworkCore
import Testing

@Suite("Master regulators are those whose targets move")
struct MasterRegulatorTests {
    @Test("aREA gives the score of an independent computation, with ties, modes and likelihoods")
    func knownAnswer() throws {
        // NumPy and SciPy 1.17 on the published formulas (viper and pyviper agree on them).
        var scores: [String: Double] = [:]
        func value(_ gene: Int) -> Double { Double((gene * 7919) % 31) / 10 - 1.5 }
        func name(_ gene: Int) -> String { gene < 10 ? "g0\(gene)" : "g\(gene)" }
        for gene in 0..<30 { scores[name(gene)] = value(gene == 4 ? 9 : gene) }
        let targets: [(gene: Int, mode: Double, likelihood: Double)] = [
            (0, 1, 1), (3, -1, 0.5), (5, 0.5, 2), (8, 1, 0.25), (12, -1, 1), (17, 0, 0.75), (21, 1, 0.1),
            (22, -0.25, 1.5),
        ]
        let regulon = Regulon(
            regulator: "R",
            targets: targets.map { Regulon.Target(gene: name($0.gene), mode: $0.mode, likelihood: $0.likelihood) })
        let found = MasterRegulators(regulons: [regulon], minimumTargets: 5).activities(in: GeneSignature(scores))
        let activity = try #require(found.first)
        #expect(abs(activity.score + 0.5233040448277596) < 1e-12)
        #expect(abs(activity.normalisedScore + 0.7908213248970674) < 1e-12)
        #expect(abs(activity.pValue - 0.4290482640120745) < 1e-12)
        #expect(activity.targetCount == 8)
    }

    @Test("A repressor whose targets fall is active, an activator whose targets fall is not; an idle one is in between")
    func direction() {
        let seed: UInt64 = 4
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var scores: [String: Double] = [:]
        for gene in 0..<500 { scores["t\(gene)"] = generator.uniform() - 0.5 }
        for gene in 0..<40 { scores["t\(gene)"] = -0.4 - generator.uniform() }
        func regulon(_ name: String, _ genes: Range<Int>, _ mode: Double) -> Regulon {
            Regulon(
                regulator: name, targets: genes.map { Regulon.Target(gene: "t\($0)", mode: mode, likelihood: 1) })
        }
        let found = MasterRegulators(
            regulons: [
                regulon("activator", 0..<40, 1), regulon("repressor", 0..<40, -1), regulon("idle", 100..<140, 1),
                regulon("few", 0..<5, 1),
            ]
        ).activities(in: GeneSignature(scores))
        #expect(found.map(\.regulator) == ["activator", "repressor", "idle"])
        #expect(found[0].normalisedScore < -5 && found[1].normalisedScore == -found[0].normalisedScore)
        #expect(found[0].pValue < 1e-6 && abs(found[2].normalisedScore) < 3)
    }

    @Test("Regulons that move nothing have scores of spread 1 with equal likelihoods, and never a wider one")
    func calibrated() {
        let seed: UInt64 = 2026
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let genes = (0..<400).map { "t\($0)" }
        let signature = GeneSignature(Dictionary(uniqueKeysWithValues: genes.map { ($0, generator.uniform()) }))
        for isEqual in [true, false] {
            let regulons = (0..<1000).map { number in
                Regulon(
                    regulator: "R\(number)",
                    targets: (0..<22).map { _ in
                        Regulon.Target(
                            gene: genes[generator.index(below: 400)], mode: generator.index(below: 2) == 0 ? 1 : -1,
                            likelihood: isEqual ? 1 : generator.uniform())
                    })
            }
            let found = MasterRegulators(regulons: regulons, minimumTargets: 10).activities(in: signature)
            let square = found.reduce(0) { $0 + $1.normalisedScore * $1.normalisedScore } / 1000
            let low = Double(found.count { $0.pValue < 0.05 }) / 1000
            #expect(found.count == 1000)
            #expect(square < 1.15 && low < 0.07)
            if isEqual { #expect(square > 0.85 && low > 0.03) }
        }
    }

    @Test("Regulons of a network take sign and weight of its edges")
    func fromNetwork() {
        let regulons = Regulon.regulons(of: PerturbationTests.network)
        #expect(regulons.map(\.regulator) == ["a", "b", "c", "d", "e"])
        #expect(regulons[0].targets.map(\.gene) == ["b", "c"])
        #expect(regulons[0].targets.map(\.mode) == [1, -1])
        #expect(regulons[0].targets.map(\.likelihood) == [2, 1])
        #expect(Regulon.regulons(of: PerturbationTests.network, best: 1).map(\.regulator) == ["a"])
    }
}
