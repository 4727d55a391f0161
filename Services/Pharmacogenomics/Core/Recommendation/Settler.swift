/// Finds what would settle advice that the data leave open.
struct Settler: Sendable {
    private let assigner: PhenotypeAssigner
    /// How many tests are named.
    static let limit = 8

    /// By slot: the laboratory's assay.
    private let assays: [SettlingTest]

    init(assigner: PhenotypeAssigner) {
        self.assigner = assigner
        assays = assigner.questions.genes.map { Self.assay($0.symbol) }
    }

    /// The tests, the one that separates most first; equal ones by gene and name.
    func tests(_ plan: AdvicePlan, _ panel: ResultPanel) -> [SettlingTest] {
        var tests: [SettlingTest] = []
        for slot in plan.slots {
            if let entry = panel.entries[slot] {
                if entry.states.count > 1 { tests += settling(slot, entry, plan, panel) }
            } else {
                tests.append(assays[slot])
                tests += missing(slot, panel)
            }
        }
        guard tests.count > 1 else { return tests }
        tests.sort {
            if $0.separatedWeight != $1.separatedWeight { return $0.separatedWeight > $1.separatedWeight }
            return ($0.gene, $0.kind, $0.name) < ($1.gene, $1.kind, $1.name)
        }
        return Array(tests.prefix(Self.limit))
    }

    /// The laboratory's assay for a gene.
    private static func assay(_ gene: GeneSymbol) -> SettlingTest {
        let name: String
        let kind: SettlingTest.Kind
        switch gene.rawValue {
        case "CYP2D6":
            kind = .copyNumber
            name = "CYP2D6 genotyping with copy number and hybrids"
        case let symbol where symbol.hasPrefix("HLA-"):
            kind = .typing
            name = "\(symbol) typing"
        case let symbol:
            kind = .typing
            name = "\(symbol) genotyping"
        }
        return SettlingTest(gene: gene, kind: kind, name: name, separatedWeight: 1)
    }

    /// The positions that a gene without a result needs, as far as they are few.
    private func missing(_ slot: Int, _ panel: ResultPanel) -> [SettlingTest] {
        guard slot < assigner.meanings.count, let call = panel.withoutResult[slot] else { return [] }
        let gene = assigner.meanings[slot].gene
        let altering = call.missingPositions.filter {
            gene.positions.indices.contains($0) && gene.positions[$0].altersFunction
        }
        guard altering.count <= Self.limit else { return [] }
        return altering.map {
            SettlingTest(
                gene: gene.symbol, kind: .position, name: gene.positions[$0].identifier,
                separatedWeight: 1 / Double(altering.count))
        }
    }

    /// What tells the candidates of a gene with different actions apart: missing positions, otherwise the phase, otherwise a
    /// laboratory.
    private func settling(
        _ slot: Int, _ entry: ResultPanel.Entry, _ plan: AdvicePlan, _ panel: ResultPanel
    ) -> [SettlingTest] {
        guard slot < assigner.meanings.count else { return [] }
        let meaning = assigner.meanings[slot]
        let call = entry.call
        if meaning.gene.calling == .lowestFunction, call.missingPositions.isEmpty {
            return [SettlingTest(gene: call.gene, kind: .phasing, name: "phasing of \(call.gene)", separatedWeight: 1)]
        }
        guard call.status != .outside, call.candidates.count > 1 else { return [assays[slot]] }
        let separation = CandidateSeparation(call.candidates, gene: meaning.gene) { candidate in
            let result = meaning.meaning(of: candidate, sites: call.extraSites)
            var bits = panel.bits
            panel.write(
                meaning.questions.bits(
                    phenotype: result.phenotype, score: result.score, otherTerms: result.otherTerms,
                    alleles: result.alleles, carried: result.carried), at: slot, to: &bits)
            return plan.actions(plan.matching(bits))
        }
        guard separation.isOpen else { return [] }
        var tests = call.missingPositions.compactMap { position -> SettlingTest? in
            guard meaning.gene.positions.indices.contains(position) else { return nil }
            let weight = separation.separatedWeight(byPosition: position)
            guard weight > 0 else { return nil }
            return SettlingTest(
                gene: call.gene, kind: .position, name: meaning.gene.positions[position].identifier,
                separatedWeight: weight)
        }
        tests.sort { ($1.separatedWeight, $0.name) < ($0.separatedWeight, $1.name) }
        tests = Array(tests.prefix(Self.limit))
        let byPhase = separation.inseparableWeight(byPositions: call.missingPositions)
        if byPhase > 0, !call.isPhased {
            tests.append(
                SettlingTest(
                    gene: call.gene, kind: .phasing, name: "phasing of \(call.gene)", separatedWeight: byPhase))
        }
        return tests.isEmpty ? [assays[slot]] : tests
    }
}
