/// The levels of the regulators as small numbers, shared by all trees of all targets.
///
/// A regulator of at most 256 distinct levels has a bin for each: every split of its levels can be told, and the search is exact. One of
/// more levels has 256 bins of about equal frequency (``QuantileCuts``).
struct SharedBins: Sendable {
    /// The most bins of a regulator.
    static let most = 256

    /// Regulator by regulator the bin of each sample; bins ascend with the level.
    let codes: [UInt8]
    /// Regulator by regulator the largest level of each bin, ascending.
    let tops: [[Float]]
    /// The number of samples.
    let sampleCount: Int

    init(_ expression: CanonicalExpression) {
        var codes: [UInt8] = []
        codes.reserveCapacity(expression.regulators.count * expression.sampleCount)
        var tops: [[Float]] = []
        for regulator in expression.regulators {
            let levels = expression.levels(of: regulator)
            let top = Self.tops(of: levels)
            for level in levels { codes.append(UInt8(truncatingIfNeeded: Self.bin(of: level, tops: top))) }
            tops.append(top)
        }
        self.codes = codes
        self.tops = tops
        sampleCount = expression.sampleCount
    }

    /// The largest level of each bin.
    private static func tops(of levels: ArraySlice<Float>) -> [Float] {
        var distinct: [Float] = []
        for level in levels.sorted() where distinct.last != level { distinct.append(level) }
        guard distinct.count > most, let last = distinct.last else { return distinct }
        let cuts = QuantileCuts.cuts(of: levels, count: most - 1)
        var tops: [Float] = []
        for cut in cuts {
            let below = distinct[max(bin(of: cut, tops: distinct, isInclusive: true) - 1, 0)]
            if tops.last != below { tops.append(below) }
        }
        tops.append(last)
        return tops
    }

    /// How many tops lie below a level, or at or below it.
    private static func bin(of level: Float, tops: [Float], isInclusive: Bool = false) -> Int {
        var (low, high) = (0, tops.count)
        while low < high {
            let middle = (low + high) / 2
            let isBelow = tops[middle] < level || (isInclusive && tops[middle] == level)
            if isBelow { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
