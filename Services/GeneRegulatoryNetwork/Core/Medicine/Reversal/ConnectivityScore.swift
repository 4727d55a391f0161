/// How much a drug's signature resembles (above 0) or reverses (below 0) a query of genes that go up and genes that go
/// down.
public enum ConnectivityScore: String, Sendable, CaseIterable {
    /// Lamb and others, Science 313:1929, 2006: ks_up - ks_down, 0 when both have one sign. With V(j) the place of tag
    /// j of t among n genes, highest first, a = max(j/t - V(j)/n), b = max(V(j)/n - (j - 1)/t), ks = a when a > b, else
    /// -b.
    case kolmogorovSmirnov = "ks"
    /// Subramanian and others, Cell 171:1437, 2017 (WTCS): (ES_up - ES_down) / 2, 0 when both have one sign, where ES
    /// is the running sum of GSEA weighted by the size of the drug's values.
    case weighted = "wtcs"

    /// The score of tags at some places; `sizes` are |value| by place. A query of one side only has the score of that
    /// side.
    func value(up: [Int], down: [Int], sizes: [Double]) -> Double {
        let (high, low) = (enrichment(up, sizes), enrichment(down, sizes))
        if up.isEmpty || down.isEmpty { return high - low }
        if (high > 0 && low > 0) || (high < 0 && low < 0) { return 0 }
        return self == .weighted ? (high - low) / 2 : high - low
    }

    /// The enrichment of tags at ascending places, 0-based.
    func enrichment(_ places: [Int], _ sizes: [Double]) -> Double {
        if places.isEmpty { return 0 }
        return self == .weighted
            ? Self.weightedEnrichment(places, sizes) : Self.plainEnrichment(places, count: sizes.count)
    }

    private static func plainEnrichment(_ places: [Int], count: Int) -> Double {
        let (tags, n) = (Double(places.count), Double(count))
        var (a, b) = (-Double.infinity, -Double.infinity)
        for (index, place) in places.enumerated() {
            let position = Double(place + 1) / n
            a = max(a, Double(index + 1) / tags - position)
            b = max(b, position - Double(index) / tags)
        }
        return a > b ? a : -b
    }

    private static func weightedEnrichment(_ places: [Int], _ sizes: [Double]) -> Double {
        var whole = 0.0
        for place in places { whole += sizes[place] }
        let others = Double(sizes.count - places.count)
        guard whole > 0, others > 0 else { return 0 }
        var (highest, lowest, hits) = (0.0, 0.0, 0.0)
        for (index, place) in places.enumerated() {
            let misses = Double(place - index) / others
            lowest = min(lowest, hits / whole - misses)
            hits += sizes[place]
            highest = max(highest, hits / whole - misses)
        }
        // Equal deviations both ways say nothing of the direction.
        return highest > -lowest ? highest : highest < -lowest ? lowest : 0
    }
}
