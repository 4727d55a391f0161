/// What several methods say together: the mean of the ranks they give a pair, as the community networks of Marbach et al. 2012 (Nat Methods
/// 9:796).
///
/// A score is 1 for a pair that every member ranks first, and 0 for one that none of them ranks. A pair that a member scores 0 has its last
/// place; pairs of equal score share the mean of their ranks.
public struct RankConsensus: InferenceMethod {
    /// One voice.
    public struct Member: Sendable {
        /// The method.
        public let method: any InferenceMethod
        /// How much its ranks count; more than 0.
        public let weight: Double

        /// A voice.
        public init(_ method: any InferenceMethod, weight: Double = 1) {
            self.method = method
            self.weight = weight
        }
    }

    /// The methods, in the order in which they are asked.
    public let members: [Member]
    /// `consensus`, or the name the consensus is known by.
    public let name: String

    /// The method.
    public init(_ members: [Member], name: String = "consensus") {
        self.members = members
        self.name = name
    }

    /// The mean ranks. The sign is that of the members' weighted majority.
    /// - Throws: ``InferenceError`` of the members, and `bad-setting` without members or with a weight that is not above 0.
    public func infer(
        _ expression: ExpressionMatrix, regulators: [Int], runner: any ParallelRunner
    ) throws(InferenceError) -> ScoreMatrix {
        var results: [(ScoreMatrix, weight: Double)] = []
        for member in members {
            results.append((try member.method.infer(expression, regulators: regulators, runner: runner), member.weight))
        }
        return try Self.combine(results)
    }

    /// The mean ranks of matrices.
    /// - Throws: ``InferenceError`` `mismatch` when they are not of the same regulators and genes, `bad-setting` as `infer`.
    public static func combine(_ results: [(ScoreMatrix, weight: Double)]) throws(InferenceError) -> ScoreMatrix {
        guard let first = results.first?.0 else {
            throw InferenceError(.badSetting, "a consensus needs at least 1 method")
        }
        guard results.allSatisfy({ $0.weight > 0 && $0.weight.isFinite }) else {
            throw InferenceError(.badSetting, "the weight of a method is more than 0")
        }
        guard results.allSatisfy({ $0.0.regulators == first.regulators && $0.0.geneCount == first.geneCount }) else {
            throw InferenceError(.mismatch, "the methods of a consensus score the same regulators and genes")
        }
        let total = results.reduce(0) { $0 + $1.weight }
        var matrix = ScoreMatrix(regulators: first.regulators, geneCount: first.geneCount)
        var votes = Array(repeating: 0.0, count: matrix.values.count)
        for (result, weight) in results {
            for (index, place) in result.rankScores().enumerated() where place > 0 {
                matrix.values[index] += place * weight / total
                votes[index] += Double(result.signs[index]) * weight
            }
        }
        for (index, vote) in votes.enumerated() { matrix.signs[index] = vote > 0 ? 1 : vote < 0 ? -1 : 0 }
        return matrix
    }
}

extension ScoreMatrix {
    /// Pair by pair its place in the ranking: 1 for the first, evenly down towards 0; the mean of the places for equal scores, and 0 for a
    /// score of 0 and for self pairs.
    public func rankScores() -> [Double] {
        var ranked: [(score: Double, index: Int)] = []
        ranked.reserveCapacity(values.count)
        for (index, score) in values.enumerated() where score > 0 { ranked.append((score, index)) }
        ranked.sort { $0.score > $1.score }
        let selfPairs = regulators.count { $0 < geneCount }
        let pairs = Double(max(values.count - selfPairs, 1))
        var places = Array(repeating: 0.0, count: values.count)
        var start = 0
        while start < ranked.count {
            var end = start + 1
            while end < ranked.count, ranked[end].score == ranked[start].score { end += 1 }
            let place = 1 - Double(start + end - 1) / (2 * pairs)
            for rank in start..<end { places[ranked[rank].index] = place }
            start = end
        }
        return places
    }
}
