import GeneRegulatoryNetworkCore
import Testing

/// Steady states come from NumPy 2.4 (linalg.solve of the stated equations).
@Suite("A perturbation settles where the equations say")
struct PerturbationTests {
    /// a activates b (2) and represses c (1); b activates d (0.5), c represses d (1.5), d activates e (1), e represses
    /// b (0.5).
    static let network = RegulatoryNetwork(
        genes: ["a", "b", "c", "d", "e"],
        edges: [
            RegulatoryEdge(regulator: 0, target: 1, weight: 2, sign: 1),
            RegulatoryEdge(regulator: 0, target: 2, weight: 1, sign: -1),
            RegulatoryEdge(regulator: 1, target: 3, weight: 0.5, sign: 1),
            RegulatoryEdge(regulator: 2, target: 3, weight: 1.5, sign: -1),
            RegulatoryEdge(regulator: 3, target: 4, weight: 1, sign: 1),
            RegulatoryEdge(regulator: 4, target: 1, weight: 0.5, sign: -1),
        ])

    private func effects(_ model: InSilicoPerturbation.Model, _ done: [Perturbation]) throws -> [String: Double] {
        let effect = try InSilicoPerturbation(network: Self.network, model: model).effect(of: done)
        #expect(effect.error <= 1e-12)
        return Dictionary(uniqueKeysWithValues: effect.changes.map { ($0.gene, $0.effect) })
    }

    private func agree(_ found: [String: Double], _ expected: [String: Double]) -> Bool {
        found.keys == expected.keys && found.allSatisfy { abs($0.value - (expected[$0.key] ?? 0)) < 1e-11 }
    }

    @Test("Knock-out, and a knock-out with an over-expression that cuts what regulates it")
    func linear() throws {
        let one = try effects(.linear(attenuation: 0.9), [.knockOut("a")])
        #expect(
            agree(
                one,
                [
                    "b": -0.6992468645716365, "c": 0.36, "d": -0.32026443562289464, "e": -0.1152951968242421,
                ]))
        let both = try effects(.linear(attenuation: 0.9), [.knockOut("a"), .overExpression("d")])
        #expect(agree(both, ["b": -0.7848, "c": 0.36, "e": 0.36]))
    }

    @Test("Scaled per target, and as a signed random walk with restart")
    func otherModels() throws {
        #expect(
            agree(
                try effects(.linearPerTarget(attenuation: 0.9), [.knockOut("a")]),
                [
                    "b": -0.5997250229147572, "c": 0.9, "d": -0.7424381301558204, "e": -0.6681943171402384,
                ]))
        #expect(
            agree(
                try effects(.randomWalk(restart: 0.3), [.knockOut("a")]),
                [
                    "b": -0.0863663440059568, "c": 0.07, "d": -0.10945644080416976, "e": -0.07661950856291884,
                ]))
    }

    @Test("Effects are ranked by size, held genes left out, unknown genes told")
    func ranking() throws {
        let effect = try InSilicoPerturbation(network: Self.network).effect(of: [.knockOut("a"), .knockOut("zz")])
        #expect(effect.changes.map(\.gene) == ["b", "c", "d", "e"])
        #expect(effect.ignored == ["zz"])
        #expect(throws: MedicineError.self) {
            try InSilicoPerturbation(network: Self.network).effect(of: [.knockOut("zz")])
        }
        #expect(throws: MedicineError.self) {
            try InSilicoPerturbation(network: Self.network, model: .linear(attenuation: 1))
        }
    }

    @Test(
        "It converges on any network: the answer solves the equations, and opposites are opposite"
    )
    func anyNetwork() throws {
        let seed: UInt64 = 99
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let genes = (0..<20).map { "g\($0)" }
            let edges = (0..<120).map { _ in
                RegulatoryEdge(
                    regulator: Int32(generator.index(below: 20)), target: Int32(generator.index(below: 20)),
                    weight: 100 * generator.uniform(), sign: generator.index(below: 2) == 0 ? 1 : -1)
            }
            let network = RegulatoryNetwork(genes: genes, edges: edges)
            for model in [
                InSilicoPerturbation.Model.linear(attenuation: 0.99), .linearPerTarget(attenuation: 0.99),
                .randomWalk(restart: 0.05),
            ] {
                let perturbation = try InSilicoPerturbation(network: network, model: model)
                let down = try perturbation.effect(of: [.knockOut("g3")])
                let up = try perturbation.effect(of: [.overExpression("g3")])
                #expect(down.error <= 1e-12)
                #expect(down.changes.map(\.gene) == up.changes.map(\.gene))
                #expect(zip(down.changes, up.changes).allSatisfy { $0.effect == -$1.effect })
            }
            // The linear answer put back into its equations.
            let rate = 0.99
            let effect = try InSilicoPerturbation(network: network, model: .linear(attenuation: rate))
                .effect(of: [.knockOut("g3")])
            var level = Array(repeating: 0.0, count: 20)
            for change in effect.changes { level[genes.firstIndex(of: change.gene) ?? 0] = change.effect }
            level[3] = -1
            var weights = Array(repeating: Array(repeating: 0.0, count: 20), count: 20)
            for edge in edges { weights[Int(edge.target)][Int(edge.regulator)] += Double(edge.sign) * edge.weight }
            let rows = weights.map { $0.reduce(0) { $0 + abs($1) } }.max() ?? 1
            let columns = (0..<20).map { column in weights.reduce(0) { $0 + abs($1[column]) } }.max() ?? 1
            for target in 0..<20 where target != 3 {
                var sum = 0.0
                for regulator in 0..<20 { sum += weights[target][regulator] * level[regulator] }
                #expect(abs(level[target] - rate * sum / min(rows, columns)) < 1e-11)
            }
        }
    }

    @Test("An edge without a sign moves nothing, unless it is asked to activate")
    func unsigned() throws {
        let network = RegulatoryNetwork(
            genes: ["a", "b"], edges: [RegulatoryEdge(regulator: 0, target: 1, weight: 1)])
        #expect(try InSilicoPerturbation(network: network).effect(of: [.knockOut("a")]).changes.isEmpty)
        let activating = try InSilicoPerturbation(
            network: network, model: .linear(attenuation: 0.5), unsignedActivates: true)
        #expect(try activating.effect(of: [.knockOut("a")]).changes.map(\.effect) == [-0.5])
    }
}
