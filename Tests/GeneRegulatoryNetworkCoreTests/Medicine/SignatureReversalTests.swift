import GeneRegulatoryNetworkCore
import Testing

@Suite("Signature reversal finds what turns a signature round")
struct SignatureReversalTests {
    static let genes = (0..<15).map { $0 < 10 ? "g0\($0)" : "g\($0)" }
    static let values = [5, 4, 3.5, 3, 2, 1.5, 1, 0.5, -0.25, -0.75, -1, -2, -2.5, -3, -6]

    private func drug(_ name: String, _ sign: Double = 1, targets: Set<String> = []) -> DrugProfile {
        DrugProfile(
            name: name,
            signature: GeneSignature(Dictionary(uniqueKeysWithValues: zip(Self.genes, Self.values.map { sign * $0 }))),
            targets: targets)
    }

    private func query(_ up: [Int], _ down: [Int]) -> SignatureQuery {
        SignatureQuery(up: Set(up.map { Self.genes[$0 - 1] }), down: Set(down.map { Self.genes[$0 - 1] }))
    }

    private func score(_ method: ConnectivityScore, _ query: SignatureQuery, _ drug: DrugProfile) throws -> Double {
        try #require(
            try SignatureReversal(method: method, permutations: 10).candidates(for: query, among: [drug]).first
        ).score
    }

    @Test("Both scores agree with a step-by-step computation of their definitions (NumPy, running sums over all genes)")
    func knownScores() throws {
        let strong = query([1, 3, 6], [11, 14, 15])
        #expect(abs(try score(.kolmogorovSmirnov, strong, drug("d")) - (0.6 + 0.7333333333333333)) < 1e-14)
        #expect(abs(try score(.weighted, strong, drug("d")) - 0.8333333333333333) < 1e-14)
        // Both sides of one sign: no score.
        let mixed = query([2, 9, 13], [4, 8, 12])
        #expect(try score(.kolmogorovSmirnov, mixed, drug("d")) == 0)
        #expect(try score(.weighted, mixed, drug("d")) == 0)
        #expect(abs(try score(.weighted, query([2, 9, 13], [6, 10]), drug("d")) - 0.44693732193732194) < 1e-14)
    }

    @Test("Turning the drug's values round turns the weighted score round", arguments: 0..<20)
    func antisymmetric(round: Int) throws {
        let seed = UInt64(500 + round)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let genes = (0..<60).map { "t\($0)" }.shuffled(using: &generator)
        let values = genes.map { _ in generator.uniform() - 0.5 }
        func profile(_ sign: Double) -> DrugProfile {
            let scores = Dictionary(uniqueKeysWithValues: zip(genes, values.map { sign * $0 }))
            return DrugProfile(name: "d", signature: GeneSignature(scores))
        }
        let query = SignatureQuery(up: Set(genes[..<7]), down: Set(genes[7..<16]))
        let (one, other) = (try score(.weighted, query, profile(1)), try score(.weighted, query, profile(-1)))
        #expect(abs(one + other) < 1e-12)
    }

    @Test("The reversing drug comes first, the mimic last; scores are normalised by the extremes")
    func ranking() throws {
        let found = try SignatureReversal().candidates(
            for: query([1, 2, 3], [13, 14, 15]), among: [drug("mimic"), drug("reverser", -1)])
        #expect(found.map(\.drug) == ["reverser", "mimic"])
        #expect(found.map(\.normalisedScore) == [-1, 1])
        #expect(found[0].score == -1)
        #expect(found[0].reversalPValue < 0.01 && found[1].reversalPValue == 1)
        #expect(found[0].pValue == found[0].reversalPValue)
    }

    @Test("P-values of random queries are uniform", arguments: ConnectivityScore.allCases)
    func calibrated(method: ConnectivityScore) throws {
        let seed: UInt64 = 60
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let genes = (0..<200).map { "t\($0)" }
        let profile = GeneSignature(Dictionary(uniqueKeysWithValues: genes.map { ($0, generator.uniform() - 0.5) }))
        var low = 0
        for round in 0..<400 {
            let draw = genes.shuffled(using: &generator)
            let query = SignatureQuery(up: Set(draw[..<15]), down: Set(draw[15..<30]))
            let found = try SignatureReversal(method: method, permutations: 99, seed: UInt64(round)).candidates(
                for: query, among: [DrugProfile(name: "d", signature: profile)])
            if let candidate = found.first, candidate.reversalPValue <= 0.1 { low += 1 }
        }
        // Mean 40, standard deviation 6.
        #expect((16...64).contains(low))
    }

    @Test("With a network the closeness of targets counts, by Fisher's method")
    func withNetwork() throws {
        let network = SignatureReversal.Network(
            proximity: NetworkProximity(graph: Fixtures.small, minimumBinSize: 10), diseaseGenes: ["G02", "G40"],
            randomSets: 200)
        let found = try SignatureReversal().candidates(
            for: query([1, 2, 3], [13, 14, 15]),
            among: [
                drug("near", -1, targets: ["G02", "G40"]), drug("unknown", -1), drug("outside", -1, targets: ["?"]),
            ],
            network: network)
        let near = try #require(found.first { $0.drug == "near" })
        let outcome = try #require(near.proximity)
        #expect(outcome.distance == 0)
        // -2 ln k has 4 degrees of freedom: P = k (1 + x / 2) with x = -2 ln k.
        #expect(near.pValue < near.reversalPValue)
        #expect(found.filter { $0.proximity == nil }.count == 2)
    }

    @Test("Threads and the order of drugs change no bit")
    func deterministic() throws {
        let drugs = (0..<9).map { drug("d\($0)", $0 % 2 == 0 ? 1 : -1) }
        let query = query([1, 5, 9], [2, 13])
        let one = try SignatureReversal().candidates(for: query, among: drugs)
        #expect(
            try SignatureReversal().candidates(for: query, among: drugs.reversed(), runner: ThreadedRunner(threads: 4))
                == one)
    }

    @Test("A query is cut from a signature by size and sign; a query that shares nothing is refused")
    func queries() throws {
        let cut = SignatureQuery(drug("d").signature, count: 9)
        #expect(cut.up == Set(Self.genes[..<8]))
        #expect(cut.down == Set(Self.genes[8...]))
        #expect(SignatureQuery(up: ["a", "b"], down: ["b"]).up == ["a"])
        #expect(throws: MedicineError.self) {
            try SignatureReversal().candidates(for: SignatureQuery(up: ["x"], down: []), among: [drug("d")])
        }
    }
}
