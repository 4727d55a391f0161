/// What boosting says of one target, regulator by regulator in the order of the dictionary.
struct StumpExplanation: Sendable {
    /// The share of the target's variance that is the regulator's, eight regulators a vector.
    var gains: [SIMD8<Float>]
    /// The sum of the coefficients the regulator's steps were made from: its sign is the direction.
    var steps: [Float]
    /// The coefficient of the regulator's best single stump.
    var marginals: [Float]

    /// Zeros.
    init(_ dictionary: StumpDictionary) {
        let rows = dictionary.regulators.count
        gains = Array(repeating: .zero, count: (rows + StumpDictionary.lanes - 1) / StumpDictionary.lanes)
        steps = Array(repeating: 0, count: rows)
        marginals = steps
    }

    /// The gain of a regulator.
    func gain(_ row: Int) -> Double { Double(gains[row / StumpDictionary.lanes][row % StumpDictionary.lanes]) }

    /// Gives a round's gain to the regulator that was taken, or to all by how near their best coefficients came to its `size`.
    mutating func credit(
        _ strongest: [SIMD8<Float>], _ taken: Int, gain: Float, _ size: Float, _ settings: StumpSettings
    ) {
        guard settings.sharesCredit else {
            gains[taken / StumpDictionary.lanes][taken % StumpDictionary.lanes] += gain
            return
        }
        var sum = SIMD8<Float>.zero
        for group in strongest.indices { sum += Self.weights(strongest[group], size) }
        // In the order of names, like all that is rounded here.
        let factor = gain / sum.sum()
        for group in strongest.indices { gains[group] += Self.weights(strongest[group], size) * factor }
    }

    /// (coefficient / size)^16; 0 below one half.
    @inline(__always)
    private static func weights(_ strongest: SIMD8<Float>, _ size: Float) -> SIMD8<Float> {
        var weight = strongest / size
        weight.replace(with: 0, where: weight .< 0.5)
        weight *= weight
        weight *= weight
        weight *= weight
        return weight * weight
    }
}
