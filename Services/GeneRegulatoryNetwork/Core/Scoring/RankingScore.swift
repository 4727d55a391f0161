/// How well a ranking of pairs finds the true ones.
///
/// Pairs of equal weight count as one step, so that no order among them is made up: the two areas are those of scikit-learn's
/// `average_precision_score` and `roc_auc_score`.
public struct RankingScore: Sendable, Hashable {
    /// The number of ranked pairs.
    public let pairs: Int
    /// How many of them are true.
    public let positives: Int
    /// The area under the curve of precision and recall, by average precision: the precision at each step times the recall it adds.
    /// NaN when no pair is true.
    public let aupr: Double
    /// The area under the curve of true and false positive rate: how often a true pair outweighs a false one, half of the time at equal
    /// weight (Mann and Whitney). NaN when no pair is true or none is false.
    public let auroc: Double
    /// The precision of a random ranking: the share of true pairs.
    public var chance: Double { pairs == 0 ? .nan : Double(positives) / Double(pairs) }

    /// The score of weights.
    /// - Parameter ranked: weight of each pair, the larger the earlier, and whether it is true; NaN counts as the least weight.
    public init(_ ranked: [(weight: Double, isTrue: Bool)]) {
        let sorted = ranked.map { (weight: $0.weight.isNaN ? -.infinity : $0.weight, isTrue: $0.isTrue) }
            .sorted { $0.weight > $1.weight }
        let positives = sorted.count { $0.isTrue }
        let negatives = sorted.count - positives
        var (found, seen) = (0, 0)
        // Twice the number of pairs of a true one before a false one; a tie counts once.
        var wins = 0
        var precisionSum = 0.0
        while seen < sorted.count {
            let weight = sorted[seen].weight
            var (hits, size) = (0, 0)
            while seen + size < sorted.count, sorted[seen + size].weight == weight {
                if sorted[seen + size].isTrue { hits += 1 }
                size += 1
            }
            let falseBefore = seen - found
            wins += hits * (2 * (negatives - falseBefore) - (size - hits))
            found += hits
            seen += size
            precisionSum += Double(hits) * Double(found) / Double(seen)
        }
        pairs = sorted.count
        self.positives = positives
        aupr = positives == 0 ? .nan : precisionSum / Double(positives)
        auroc =
            positives == 0 || negatives == 0 ? .nan : Double(wins) / (2 * Double(positives) * Double(negatives))
    }
}
