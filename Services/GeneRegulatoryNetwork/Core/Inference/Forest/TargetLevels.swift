/// A target's levels as whole numbers about their mean.
struct TargetLevels: Sendable {
    /// A forest takes fewer samples: their count shares a word with a sum.
    static let mostSamples = 1 << 20

    /// Sample by sample the level, in steps of the target's range / 65,534.
    let values: [Int64]
    /// The sum of squared deviations from the mean, in squared steps; above 0.
    let spread: Double

    /// The levels of a gene; nil when they are constant.
    init?(_ levels: ArraySlice<Float>) {
        let scale = FixedPointScale(spanning: levels)
        let whole = levels.map { Int64(scale.quantised($0) ?? 0) }
        let sum = whole.reduce(0, +)
        let mean = Int64((Double(sum) / Double(max(whole.count, 1))).rounded())
        values = whole.map { $0 - mean }
        let square = values.reduce(0) { $0 + $1 * $1 }
        let rest = values.reduce(0, +)
        spread = Double(square) - Double(rest) * Double(rest) / Double(max(values.count, 1))
        guard spread > 0 else { return nil }
    }
}
