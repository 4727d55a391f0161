/// How the levels of one gene become whole numbers, so that sums over samples are exact in any order.
///
/// A level x becomes `round((x - offset) / step)`, held to -32,767...32,767: sixteen bits over the range the scale was made from.
/// A frozen scale may meet levels outside that range later; they count as the end of the range.
public struct FixedPointScale: Sendable, Hashable {
    /// The level of 0.
    public let offset: Double
    /// Levels per whole number; 0 for a gene without a range, all of whose levels become 0.
    public let step: Double

    /// The largest whole number.
    public static let limit: Int32 = 32_767

    /// The scale that spans the levels; NaN is left out.
    public init(spanning levels: some Sequence<Float>) {
        var (low, high) = (Float.infinity, -Float.infinity)
        for level in levels where !level.isNaN {
            low = min(low, level)
            high = max(high, level)
        }
        guard low < high else {
            offset = low.isFinite ? Double(low) : 0
            step = 0
            return
        }
        offset = (Double(low) + Double(high)) / 2
        step = (Double(high) - Double(low)) / (2 * Double(Self.limit))
    }

    /// The whole number of a level; nil for a missing one.
    public func quantised(_ level: Float) -> Int16? {
        guard !level.isNaN else { return nil }
        guard step > 0 else { return 0 }
        let place = ((Double(level) - offset) / step).rounded()
        return Int16(max(-Double(Self.limit), min(Double(Self.limit), place)))
    }
}
