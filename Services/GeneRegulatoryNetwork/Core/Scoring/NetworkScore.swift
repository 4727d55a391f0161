/// A network held against a gold standard.
public struct NetworkScore: Sendable, Hashable {
    /// The areas.
    public let ranking: RankingScore
    /// Gold edges of the universe that the genes do not have: they can not be found and are not counted as positives.
    public let unreachable: Int
    /// Names of the gold standard that are no genes, sorted.
    public let unknown: [String]

    /// The score of weighted pairs.
    ///
    /// Every pair of distinct `genes` in the universe counts; those that are not among `edges` share the last place.
    /// - Parameters:
    ///   - genes: the genes' names; a name counts once.
    ///   - edges: weighted pairs by name; of a pair told twice the larger weight counts. Pairs outside the universe are passed over.
    /// - Throws: ``ScoringError`` `nothingToTell` when no pair of the universe is true, or none is false.
    public init(
        genes: some Sequence<String>, edges: some Sequence<(regulator: String, target: String, weight: Double)>,
        gold: GoldStandard, universe: PairUniverse = .allPairs
    ) throws(ScoringError) {
        let known = Set(genes)
        let targets = known.filter { universe.targets?.contains($0) ?? true }.sorted()
        let regulators = known.filter { universe.regulators?.contains($0) ?? true }.sorted()
        let (rows, columns) = (Self.places(regulators), Self.places(targets))
        let width = targets.count
        var weights = Array(repeating: -Double.infinity, count: regulators.count * width)
        var truth = Array(repeating: false, count: weights.count)
        for edge in edges {
            guard let row = rows[edge.regulator], let column = columns[edge.target] else { continue }
            let place = row * width + column
            weights[place] = max(weights[place], edge.weight.isNaN ? -.infinity : edge.weight)
        }
        var unreachable = 0
        for edge in gold.edges where universe.contains(regulator: edge.regulator, target: edge.target) {
            if let row = rows[edge.regulator], let column = columns[edge.target] {
                truth[row * width + column] = true
            } else {
                unreachable += 1
            }
        }
        var ranked: [(weight: Double, isTrue: Bool)] = []
        ranked.reserveCapacity(weights.count)
        for (row, regulator) in regulators.enumerated() {
            for (column, target) in targets.enumerated() where regulator != target {
                ranked.append((weights[row * width + column], truth[row * width + column]))
            }
        }
        ranking = RankingScore(ranked)
        guard ranking.positives > 0, ranking.positives < ranking.pairs else {
            throw ScoringError(
                .nothingToTell, "\(ranking.positives) of \(ranking.pairs) pairs are in the gold standard")
        }
        self.unreachable = unreachable
        unknown = gold.unknown(among: known)
    }

    /// The score of a matrix; pairs whose regulator is not in it share the last place.
    /// - Throws: ``ScoringError`` `nothingToTell` when no pair of the universe is true, or none is false.
    public init(
        _ scores: ScoreMatrix, genes: [String], gold: GoldStandard, universe: PairUniverse = .allPairs
    ) throws(ScoringError) {
        let pairs = scores.regulators.enumerated().lazy.flatMap { row, regulator in
            genes.indices.lazy.filter { $0 != regulator }.map { target in
                (
                    regulator: genes[regulator], target: genes[target],
                    weight: scores.values[scores.index(regulator: row, target: target)]
                )
            }
        }
        try self.init(genes: genes, edges: pairs, gold: gold, universe: universe)
    }

    /// The score of a network.
    /// - Throws: ``ScoringError`` `nothingToTell` when no pair of the universe is true, or none is false.
    public init(
        _ network: RegulatoryNetwork, gold: GoldStandard, universe: PairUniverse = .allPairs
    ) throws(ScoringError) {
        let pairs = network.edges.lazy.map { edge in
            (
                regulator: network.genes[Int(edge.regulator)], target: network.genes[Int(edge.target)],
                weight: edge.weight
            )
        }
        try self.init(genes: network.genes, edges: pairs, gold: gold, universe: universe)
    }

    private static func places(_ names: [String]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }
}
