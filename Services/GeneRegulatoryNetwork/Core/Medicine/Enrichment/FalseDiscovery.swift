/// How the share of false findings among the findings is kept down.
public enum FalseDiscovery: String, Sendable, CaseIterable {
    /// Benjamini and Hochberg (J R Stat Soc B 57:289, 1995): for independent or positively dependent tests.
    case benjaminiHochberg = "BH"
    /// Benjamini and Yekutieli (Ann Stat 29:1165, 2001): for any dependence; q is larger by 1 + 1/2 + ... + 1/m.
    case benjaminiYekutieli = "BY"

    /// The adjusted p-values: q_(i) = min over j >= i of m c p_(j) / j, at most 1, in the order of `pValues`.
    ///
    /// A p-value that is no number stays so and is not counted as a test.
    public func adjusted(_ pValues: [Double]) -> [Double] {
        let tested = pValues.indices.filter { !pValues[$0].isNaN }
        let order = tested.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        var factor = Double(order.count)
        if self == .benjaminiYekutieli, !order.isEmpty {
            factor *= (1...order.count).reversed().reduce(0) { $0 + 1 / Double($1) }
        }
        var adjusted = Array(repeating: Double.nan, count: pValues.count)
        var smallest = 1.0
        for (rank, index) in order.enumerated().reversed() {
            smallest = min(smallest, pValues[index] * factor / Double(rank + 1))
            adjusted[index] = smallest
        }
        return adjusted
    }
}
