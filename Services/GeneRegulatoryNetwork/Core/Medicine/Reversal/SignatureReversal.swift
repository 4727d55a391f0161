/// Ranks drugs by how well they turn a disease's signature round, and, when a network is given, by how close their
/// targets are to its genes.
public struct SignatureReversal: Sendable {
    /// Where closeness is measured.
    public struct Network: Sendable {
        /// The network.
        public let proximity: NetworkProximity
        /// The genes of the disease.
        public let diseaseGenes: Set<String>
        /// How many random sets a z-score stands on.
        public let randomSets: Int

        /// A network and the disease's genes in it.
        public init(proximity: NetworkProximity, diseaseGenes: Set<String>, randomSets: Int = 1000) {
            self.proximity = proximity
            self.diseaseGenes = diseaseGenes
            self.randomSets = randomSets
        }
    }

    /// How signatures are compared.
    public var method: ConnectivityScore
    /// How many random queries of the same sizes a p-value stands on.
    public var permutations: Int
    /// Decides the random queries; each drug has a stream of its own, by its name.
    public var seed: UInt64

    /// A comparison.
    public init(method: ConnectivityScore = .weighted, permutations: Int = 1000, seed: UInt64 = 1) {
        self.method = method
        self.permutations = permutations
        self.seed = seed
    }

    /// The drugs, the most promising first: by p-value, then by score, then by name.
    ///
    /// - Throws: `empty-set` when the query shares no gene with a drug's signature, naming the drug; `bad-setting` for
    ///   fewer than 1 permutation.
    public func candidates(
        for query: SignatureQuery, among drugs: [DrugProfile], network: Network? = nil,
        runner: any ParallelRunner = SerialRunner()
    ) throws(MedicineError) -> [RepurposingCandidate] {
        guard permutations >= 1 else {
            throw MedicineError(.badSetting, operation: "reversal", detail: "at least 1 permutation is needed")
        }
        for drug in drugs where query.up.union(query.down).isDisjoint(with: drug.signature.genes) {
            throw MedicineError(
                .emptySet, operation: "reversal", detail: "the signature of \(drug.name) has no gene of the query")
        }
        let scores = runner.gather(drugs.count, startingWith: (score: 0.0, pValue: 1.0)) {
            score(query, drugs[$0])
        }
        var outcomes: [NetworkProximity.Outcome?] = []
        for drug in drugs { outcomes.append(try proximity(of: drug, in: network, runner: runner)) }
        let greatest = scores.map(\.score).max() ?? 0
        let least = scores.map(\.score).min() ?? 0
        let pValues = drugs.indices.map { index in
            guard let near = outcomes[index] else { return scores[index].pValue }
            let product = scores[index].pValue * near.pValue
            return min(1, product * (1 - Elementary.logarithm(product)))
        }
        let qValues = FalseDiscovery.benjaminiHochberg.adjusted(pValues)
        let candidates = drugs.indices.map { index in
            let score = scores[index].score
            return RepurposingCandidate(
                drug: drugs[index].name, score: score,
                normalisedScore: score > 0 ? score / greatest : score < 0 ? -score / least : 0,
                reversalPValue: scores[index].pValue, proximity: outcomes[index], pValue: pValues[index],
                qValue: qValues[index])
        }
        return candidates.sorted { ($0.pValue, $0.score, $0.drug) < ($1.pValue, $1.score, $1.drug) }
    }

    private func proximity(
        of drug: DrugProfile, in network: Network?, runner: any ParallelRunner
    ) throws(MedicineError) -> NetworkProximity.Outcome? {
        guard let network, !network.proximity.graph.nodes(drug.targets).isEmpty else { return nil }
        return try network.proximity.proximity(
            from: drug.targets, to: network.diseaseGenes, randomSets: network.randomSets, seed: seed, runner: runner)
    }

    /// The score of a drug and the share of random queries that score as low.
    private func score(_ query: SignatureQuery, _ drug: DrugProfile) -> (score: Double, pValue: Double) {
        let order = drug.signature.descending
        let sizes = order.map { abs(drug.signature.values[$0]) }
        var up: [Int] = []
        var down: [Int] = []
        for (place, gene) in order.enumerated() {
            if query.up.contains(drug.signature.genes[gene]) { up.append(place) }
            if query.down.contains(drug.signature.genes[gene]) { down.append(place) }
        }
        let score = method.value(up: up, down: down, sizes: sizes)
        var generator = SeededGenerator(seed: seed, name: "reversal-\(drug.name)")
        var places = Array(0..<order.count)
        var asLow = 0
        for _ in 0..<permutations {
            // The first places of a partial shuffle are a random query, both sides apart.
            for place in 0..<(up.count + down.count) {
                places.swapAt(place, place + generator.index(below: places.count - place))
            }
            let random = method.value(
                up: places[..<up.count].sorted(), down: places[up.count..<(up.count + down.count)].sorted(),
                sizes: sizes)
            if random <= score { asLow += 1 }
        }
        return (score, Double(1 + asLow) / Double(1 + permutations))
    }
}
