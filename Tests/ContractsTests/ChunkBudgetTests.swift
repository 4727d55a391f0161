import Contracts
import Testing

@Suite("What a chunk budget admits fits into one event")
struct ChunkBudgetTests {
    private func expectFits(_ event: some HealthEvent, _ seed: UInt64) throws {
        #expect(event.encoded().count < 1_000_000, "what brokers take; seed \(seed)")
        try event.validate()
    }

    /// As many of what `make` makes as the budget admits.
    private func fill<Entry>(
        _ generator: inout SeededGenerator, _ admit: (inout ChunkBudget, Entry) -> Bool,
        _ make: (inout SeededGenerator) -> Entry
    ) -> [Entry] {
        var budget = ChunkBudget()
        var entries: [Entry] = []
        while true {
            let entry = make(&generator)
            guard admit(&budget, entry) else { return entries }
            entries.append(entry)
        }
    }

    // The heaviest of each field in turn: what a budget forgets to count shows here.
    @Test("However its entries are made")
    func fits() throws {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let shapes: [(inout SeededGenerator) -> GenotypeCall] = [
            { .random(using: &$0) },
            { _ in GenotypeCall(chromosome: "1", position: 1, end: 1) },
            { _ in GenotypeCall(chromosome: "1", position: 1, end: 1, alternates: .init(repeating: "A", count: 1_000))
            },
            { _ in GenotypeCall(chromosome: "1", position: 1, end: 1, alleles: .init(repeating: -1, count: 1_000)) },
            { _ in
                GenotypeCall(
                    chromosome: "1", position: .max, end: .max, reference: String(repeating: "A", count: 4_096),
                    phaseSet: -1, depth: .max, quality: 1, siteQuality: 1)
            },
            { _ in
                GenotypeCall(
                    chromosome: "1", position: 1, end: 1,
                    unknownFields: (0..<200).flatMap { _ in [0xA0, 0x06, 0x01] as [UInt8] })
            },
        ]
        for shape in shapes {
            var event = Samples.genotypes
            event.calls = fill(&generator, { $0.admits($1) }, shape)
            #expect(event.calls.count > 10)
            try expectFits(event, seed)
        }
        for length in [1, 15, 16, 40, 4_096] {
            var event = Samples.expression
            event.genes = fill(&generator, { $0.admits(gene: $1) }) { _ in String(repeating: "G", count: length) }
            event.values = event.genes.map { _ in 1 }
            try expectFits(event, seed)
        }
        var event = Samples.score
        event.weights = fill(&generator, { $0.admits($1) }) { .random(using: &$0) }
        try expectFits(event, seed)
    }

    @Test("Ordinary entries fill an event to its limit")
    func limits() {
        var generator = SeededGenerator(seed: 1)
        let calls = fill(&generator, { $0.admits($1) }) { _ in
            GenotypeCall(
                chromosome: "10", position: 94_781_859, end: 94_781_859, identifier: "rs4244285", reference: "G",
                alternates: ["A"], alleles: [0, 1], depth: 31, quality: 99, filter: "PASS")
        }
        #expect(calls.count == ContractLimits.genotypeCalls)
        let genes = fill(&generator, { $0.admits(gene: $1) }) { _ in "ENSG00000141510.18" }
        #expect(genes.count == ContractLimits.genes)
        let weights = fill(&generator, { $0.admits($1) }) { _ in
            VariantWeight(
                chromosome: "11", position: 69_331_418, identifier: "rs78540526", effectAllele: "T", otherAllele: "C",
                weight: 0.16220387987485377)
        }
        #expect(weights.count == ContractLimits.variantWeights)
    }

    @Test("An empty chunk takes one entry, however large")
    func largeEntry() {
        var budget = ChunkBudget()
        let large = GenotypeCall(
            chromosome: "1", position: 1, end: 1,
            alternates: .init(repeating: String(repeating: "A", count: 4_096), count: 300))
        let (first, second) = (budget.admits(large), budget.admits(large))
        #expect(first && !second)
    }
}
