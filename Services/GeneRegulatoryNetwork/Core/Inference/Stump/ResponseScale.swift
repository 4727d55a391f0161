/// How one target's levels become the whole numbers that are explained. Frozen: the same level gives the same number ever after.
public enum ResponseScale: Sendable, Hashable {
    /// The level itself, over the range of the reference samples.
    case levels(FixedPointScale)
    /// The normal score of the level's place among the reference samples' levels, which are ascending.
    case normalScores(reference: [Float], scores: [Int16])

    /// The scale from a gene's levels in the reference samples, and their own whole numbers by it; NaN is left out.
    /// - Parameter table: ``NormalScore/table(count:)`` for as many levels as there are samples; it is shared by all complete genes.
    static func fitted(
        _ response: StumpSettings.Response, levels: ArraySlice<Float>, table: [Int16]
    ) -> FittedResponse {
        guard response == .normalScores else {
            let scale = ResponseScale.levels(FixedPointScale(spanning: levels))
            return FittedResponse(scale: scale, numbers: levels.map { scale.quantised($0) ?? StumpSample.missing })
        }
        let order = LevelOrder(levels).samples
        let reference = order.map { levels[levels.startIndex + Int($0)] }
        let scores = table.count == 2 * order.count + 1 ? table : NormalScore.table(count: order.count)
        var numbers = Array(repeating: StumpSample.missing, count: levels.count)
        var below = 0
        while below < order.count {
            // Equal levels share the middle of their ranks.
            var notAbove = below + 1
            while notAbove < order.count, reference[notAbove] == reference[below] { notAbove += 1 }
            for place in below..<notAbove { numbers[Int(order[place])] = scores[below + notAbove] }
            below = notAbove
        }
        return FittedResponse(scale: .normalScores(reference: reference, scores: scores), numbers: numbers)
    }

    /// The whole number of a level; nil for a missing one.
    public func quantised(_ level: Float) -> Int16? {
        switch self {
        case .levels(let scale): return scale.quantised(level)
        case .normalScores(let reference, let scores):
            guard !level.isNaN else { return nil }
            let below = Self.count(reference) { $0 < level }
            // Equal levels share the middle of their ranks; most have no equal.
            var notAbove = below
            if below < reference.count, reference[below] == level {
                let alone = below + 1 == reference.count || reference[below + 1] != level
                notAbove = alone ? below + 1 : Self.count(reference) { $0 <= level }
            }
            return scores[below + notAbove]
        }
    }

    /// How many of ascending levels satisfy what holds for the lowest ones.
    private static func count(_ sorted: [Float], _ holds: (Float) -> Bool) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(sorted[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A target's scale and the whole numbers of the samples it was made from.
struct FittedResponse: Sendable {
    /// The scale.
    let scale: ResponseScale
    /// Sample by sample the number; ``StumpSample/missing`` for a missing level.
    let numbers: [Int16]

    /// Nothing yet.
    static let none = FittedResponse(scale: .levels(FixedPointScale(spanning: [])), numbers: [])
}
