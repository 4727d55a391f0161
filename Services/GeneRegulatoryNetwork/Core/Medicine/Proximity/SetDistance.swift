/// How far one set of genes is from another in hops (Guney, Menche, Vidal and Barabási, Nat Commun 7:10331, 2016).
/// `from` is T, the targets of a drug; `to` is S, the genes of a disease; d(s, t) is the number of edges of a shortest
/// path.
public enum SetDistance: String, Sendable, CaseIterable {
    /// d_c = 1/|T| Σ_t min_s d(s, t).
    case closest
    /// d_s = 1/|T| Σ_t 1/|S| Σ_s d(s, t).
    case shortest
    /// d_k = -1/|T| Σ_t ln 1/|S| Σ_s e^(-(d(s, t) + 1)).
    case kernel
    /// d_cc = 1/|T| Σ_t d(centre of S, t), where the centre has the least sum of distances to S; equal centres are
    /// averaged.
    case centre
    /// s_ST = <d_ST> - (<d_SS> + <d_TT>) / 2 (Menche and others, Science 347:1257601, 2015): distances to the closest
    /// gene of the other set, over both sets, less those to the closest other gene of the own set, 0 for a set of one.
    /// Below 0 the sets overlap.
    case separation

    /// The sets whose genes need a row of distances.
    var rows: (from: Bool, to: Bool) {
        switch self {
        case .closest, .shortest, .kernel: (true, false)
        case .centre: (false, true)
        case .separation: (true, true)
        }
    }

    /// The distance of two sets that are not empty; infinite when a needed path is missing.
    func value(from: [Int], to: [Int], in table: HopTable) -> Double {
        switch self {
        case .closest: Self.mean(Self.closestDistances(from, to, table))
        case .shortest:
            Self.mean(from.map { target in Self.mean(to.map { table.distance(target, $0) }) })
        case .kernel:
            Self.mean(
                from.map { target in
                    -Elementary.logarithm(
                        Self.mean(to.map { Elementary.exponential(-table.distance(target, $0) - 1) }))
                })
        case .centre: Self.distanceToCentre(from, to, table)
        case .separation: Self.separation(from, to, table)
        }
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    private static func closestDistances(_ from: [Int], _ to: [Int], _ table: HopTable) -> [Double] {
        from.map { target in to.lazy.map { table.distance(target, $0) }.min() ?? .infinity }
    }

    private static func distanceToCentre(_ from: [Int], _ to: [Int], _ table: HopTable) -> Double {
        var centres: [Int] = []
        var least = Double.infinity
        for candidate in to {
            var sum = 0.0
            for other in to { sum += table.distance(candidate, other) }
            if sum < least || centres.isEmpty {
                centres = [candidate]
                least = sum
            } else if sum == least {
                centres.append(candidate)
            }
        }
        return mean(from.map { target in mean(centres.map { table.distance($0, target) }) })
    }

    private static func separation(_ from: [Int], _ to: [Int], _ table: HopTable) -> Double {
        func within(_ set: [Int]) -> Double {
            guard set.count > 1 else { return 0 }
            return mean(
                set.map { gene in
                    set.lazy.filter { $0 != gene }.map { table.distance(gene, $0) }.min() ?? .infinity
                })
        }
        let between = mean(closestDistances(from, to, table) + closestDistances(to, from, table))
        let inner = (within(from) + within(to)) / 2
        // Two infinite parts say nothing of each other: the sets are infinitely far.
        return between.isFinite && inner.isFinite ? between - inner : .infinity
    }
}
