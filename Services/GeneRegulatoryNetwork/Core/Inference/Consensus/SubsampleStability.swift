/// How often an edge is among the best when the network is inferred from half of the samples (after Meinshausen and Buhlmann 2010, with
/// complementary halves as Shah and Samworth 2013).
///
/// Halves are drawn from the samples in the order of their levels, by the seed and the number of the round: neither the order of genes or
/// samples nor the number of threads bears on them.
public struct SubsampleStability: Sendable {
    /// The number of times the samples are halved; both halves are used, so the method runs twice as often.
    public var rounds: Int
    /// How many edges of a round's network count as the best; edges of equal weight with the last are all in.
    public var best: Int
    /// What decides the halves.
    public var seed: UInt64

    /// A way to halve.
    public init(rounds: Int = 25, best: Int, seed: UInt64 = 1) {
        self.rounds = rounds
        self.best = best
        self.seed = seed
    }

    /// Regulator by regulator the share of halves in which each gene was among the best, 0...1, in the shape of a score matrix's values.
    /// - Throws: ``InferenceError`` of the method, and `bad-setting` without rounds or best edges.
    public func frequencies(
        of method: any InferenceMethod, _ expression: ExpressionMatrix, regulators: [Int], runner: any ParallelRunner
    ) throws(InferenceError) -> [Double] {
        guard rounds > 0, best > 0 else {
            throw InferenceError(.badSetting, "stability needs at least 1 round and 1 edge")
        }
        let order = CanonicalExpression.sampleOrder(expression)
        var counts = Array(repeating: 0, count: regulators.count * expression.geneCount)
        for round in 0..<rounds {
            var random = SeededGenerator(seed: seed, name: "half \(round)")
            var drawn = order
            for place in drawn.indices {
                drawn.swapAt(place, place + random.index(below: drawn.count - place))
            }
            let half = drawn.count / 2
            for samples in [drawn[..<half], drawn[half..<2 * half]] {
                let scores = try method.infer(
                    expression.select(samples: Array(samples)), regulators: regulators, runner: runner)
                let ranked = scores.values.filter { $0 > 0 }.sorted(by: >)
                guard let least = ranked.prefix(best).last else { continue }
                for (index, value) in scores.values.enumerated() where value >= least { counts[index] += 1 }
            }
        }
        return counts.map { Double($0) / Double(2 * rounds) }
    }

    /// The network of a score matrix with the stability of each edge.
    public static func network(
        genes: [String], scores: ScoreMatrix, frequencies: [Double], evidence: EvidenceClass = .association
    ) throws(InferenceError) -> RegulatoryNetwork {
        guard frequencies.count == scores.values.count else {
            throw InferenceError(
                .mismatch, "\(scores.values.count) pairs need as many frequencies, not \(frequencies.count)")
        }
        var row: [Int32: Int] = [:]
        for (place, regulator) in scores.regulators.enumerated() { row[Int32(regulator)] = place }
        let plain = RegulatoryNetwork(genes: genes, scores: scores, evidence: evidence)
        return RegulatoryNetwork(
            genes: genes,
            edges: plain.edges.map { edge in
                var edge = edge
                edge.stability = row[edge.regulator].map {
                    frequencies[scores.index(regulator: $0, target: Int(edge.target))]
                }
                return edge
            })
    }
}
