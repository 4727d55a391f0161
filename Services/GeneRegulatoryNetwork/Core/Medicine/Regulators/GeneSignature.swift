/// A value per gene: how a disease, a drug or a patient differs from normal. Above 0 is up.
public struct GeneSignature: Sendable, Equatable {
    /// The genes, by name.
    public let genes: [String]
    /// The value of each.
    public let values: [Double]

    /// A signature; genes without a finite value are left out.
    public init(_ scores: [String: Double]) {
        let kept = scores.filter { $0.value.isFinite }.sorted { $0.key < $1.key }
        genes = kept.map(\.key)
        values = kept.map(\.value)
    }

    /// The places of the genes from the highest value to the lowest; equal values by name.
    var descending: [Int] {
        genes.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
    }

    /// The ranks from the lowest, 1, to the highest; equal values share the mean of their ranks.
    var averageRanks: [Double] {
        let order = genes.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var ranks = Array(repeating: 0.0, count: order.count)
        var first = 0
        while first < order.count {
            var end = first + 1
            while end < order.count, values[order[end]] == values[order[first]] { end += 1 }
            for place in first..<end { ranks[order[place]] = Double(first + 1 + end) / 2 }
            first = end
        }
        return ranks
    }
}
