/// Counts pairs, and adds up their weights, by the groups of their two members. A group of -1 stands for no second copy.
struct GroupTally: Sendable {
    private let size: Int
    private var counts: [Int]
    private var weights: [Double]
    /// All pairs together.
    private(set) var count = 0
    /// Their weights together.
    private(set) var weight = 0.0

    init(groupCount: Int) {
        size = groupCount + 1
        counts = [Int](repeating: 0, count: groupCount * (groupCount + 1))
        weights = [Double](repeating: 0, count: groupCount * (groupCount + 1))
    }

    /// Adds pairs of two groups, in either order; negative numbers take pairs away. Counts stop at the largest integer.
    mutating func add(_ one: Int, _ other: Int, count: Int, weight: Double) {
        let slot = other < 0 ? one * size : min(one, other) * size + max(one, other) + 1
        let sum = counts[slot].addingReportingOverflow(count)
        counts[slot] = sum.overflow ? Int.max : sum.partialValue
        weights[slot] += weight
        let total = self.count.addingReportingOverflow(count)
        self.count = total.overflow ? Int.max : total.partialValue
        self.weight += weight
    }

    /// What is there, in a stable order, each group by its representative and weights as shares of `total`.
    func unlisted(representatives: [Int], of total: Double) -> [UnlistedDiplotypes] {
        counts.indices.filter { counts[$0] > 0 }.map { slot in
            let second = slot % size - 1
            return UnlistedDiplotypes(
                representative: (representatives[slot / size], second < 0 ? -1 : representatives[second]),
                count: counts[slot], weight: total > 0 ? max(0, weights[slot]) / total : 0)
        }
    }
}
