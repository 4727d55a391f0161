extension ScoreMatrix {
    /// Divides the scores of each target by the square root of its best, so that weakly explained targets are not all ranked last.
    public mutating func balanceTargets() {
        for target in 0..<geneCount {
            var best = 0.0
            for row in regulators.indices { best = max(best, values[index(regulator: row, target: target)]) }
            guard best > 0 else { continue }
            let divisor = best.squareRoot()
            for row in regulators.indices { values[index(regulator: row, target: target)] /= divisor }
        }
    }

    /// Lets the two directions of a pair of regulators compete: an association is seen both ways, and the way that explains more is the
    /// likelier one.
    ///
    /// A score is multiplied by the square root of twice its share of both; a pair of one possible direction keeps its score.
    public mutating func competeDirections() {
        for (row, one) in regulators.enumerated() {
            for (otherRow, other) in regulators.enumerated().dropFirst(row + 1) {
                let (forth, back) = (index(regulator: row, target: other), index(regulator: otherRow, target: one))
                let both = values[forth] + values[back]
                guard both > 0 else { continue }
                values[forth] *= (2 * values[forth] / both).squareRoot()
                values[back] *= (2 * values[back] / both).squareRoot()
            }
        }
    }
}
