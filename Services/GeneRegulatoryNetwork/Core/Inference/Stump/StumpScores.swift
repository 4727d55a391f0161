/// From what boosting says of each target to the scores of pairs.
struct StumpScores {
    private let dictionary: StumpDictionary
    /// Row of the dictionary by gene.
    private var scores: [Double]
    private var signs: [Int8]

    /// Scores; a gene without an explanation has none.
    init(_ dictionary: StumpDictionary, _ explanations: [StumpExplanation?]) {
        self.dictionary = dictionary
        let genes = dictionary.genes.count
        scores = Array(repeating: 0, count: dictionary.regulators.count * genes)
        signs = Array(repeating: 0, count: scores.count)
        let settings = dictionary.settings
        for (target, explanation) in explanations.enumerated() {
            guard let explanation else { continue }
            var best = 0.0
            for (row, regulator) in dictionary.regulators.enumerated() where regulator != target {
                let marginal = Double(explanation.marginals[row])
                let score = explanation.gain(row) + settings.marginalWeight * marginal * marginal
                let direction = explanation.steps[row] != 0 ? explanation.steps[row] : explanation.marginals[row]
                scores[row * genes + target] = score
                signs[row * genes + target] = direction > 0 ? 1 : direction < 0 ? -1 : 0
                best = max(best, score)
            }
            guard settings.balancesTargets, best > 0 else { continue }
            let divisor = best.squareRoot()
            for row in dictionary.regulators.indices { scores[row * genes + target] /= divisor }
        }
        if settings.directionsCompete { competeDirections() }
        if settings.hubPrior { preferHubs() }
    }

    /// Of a pair of regulators each direction keeps the fourth root of its share of both.
    private mutating func competeDirections() {
        let genes = dictionary.genes.count
        for (row, one) in dictionary.regulators.enumerated() {
            for (otherRow, other) in dictionary.regulators.enumerated().dropFirst(row + 1) {
                let (forth, back) = (row * genes + other, otherRow * genes + one)
                let both = scores[forth] + scores[back]
                guard both > 0 else { continue }
                scores[forth] *= Self.fourthRoot(scores[forth] / both)
                scores[back] *= Self.fourthRoot(scores[back] / both)
            }
        }
    }

    /// Each regulator's scores times their standard deviation.
    private mutating func preferHubs() {
        let genes = dictionary.genes.count
        // Sums in the order of names, so that the order of columns changes nothing.
        let order = dictionary.genes.indices.sorted { (dictionary.genes[$0], $0) < (dictionary.genes[$1], $1) }
        for (row, regulator) in dictionary.regulators.enumerated() {
            let targets = order.filter { $0 != regulator && !dictionary.excluded.contains($0) }
            guard targets.count > 1 else { continue }
            let mean = targets.reduce(0) { $0 + scores[row * genes + $1] } / Double(targets.count)
            let variance =
                targets.reduce(0) { sum, target in
                    let deviation = scores[row * genes + target] - mean
                    return sum + deviation * deviation
                } / Double(targets.count)
            for target in targets { scores[row * genes + target] *= variance.squareRoot() }
        }
    }

    private static func fourthRoot(_ value: Double) -> Double { value.squareRoot().squareRoot() }

    /// The scores of `regulators`, ascending; those the dictionary does not have score 0.
    func matrix(regulators: [Int]) -> ScoreMatrix {
        let rows = Array(Set(regulators)).sorted()
        var matrix = ScoreMatrix(regulators: rows, geneCount: dictionary.genes.count)
        let own = dictionary.ownRows
        let genes = dictionary.genes.count
        for (row, regulator) in rows.enumerated() {
            guard let source = own[regulator] else { continue }
            matrix.values.replaceSubrange(
                row * genes..<(row + 1) * genes, with: scores[source * genes..<(source + 1) * genes])
            matrix.signs.replaceSubrange(
                row * genes..<(row + 1) * genes, with: signs[source * genes..<(source + 1) * genes])
        }
        return matrix
    }
}
