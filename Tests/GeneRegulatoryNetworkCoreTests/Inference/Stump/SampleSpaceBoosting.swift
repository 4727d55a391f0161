import Testing

@testable import GeneRegulatoryNetworkCore

/// The same boosting as textbooks have it: vectors of samples in double precision, residuals taken sample by sample. Slow; the fast mode in the
/// space of coefficients must agree.
struct SampleSpaceBoosting {
    let matrix: ExpressionMatrix
    let dictionary: StumpDictionary

    /// Regulator by regulator of the dictionary what the rounds took away, without sharing.
    func gains(of target: Int) -> [Double] {
        let samples = matrix.samples.indices
        var response = matrix.levels(of: target).map { dictionary.scales[target].quantised($0).map(Double.init) }
        let present = response.compactMap { $0 }
        let mean = present.reduce(0, +) / Double(present.count)
        var residual = response.map { $0.map { $0 - mean } ?? 0 }
        let length = residual.reduce(0) { $0 + $1 * $1 }.squareRoot()
        residual = residual.map { $0 / length }
        response = []
        var stumps: [(row: Int, vector: [Double])] = []
        for (row, regulator) in dictionary.regulators.enumerated() where regulator != target {
            for cut in dictionary.cuts[row] {
                let levels = Array(matrix.levels(of: regulator))
                let measured = levels.filter { !$0.isNaN }
                let share = Double(measured.filter { $0 > cut }.count) / Double(measured.count)
                let centred = levels.map { $0.isNaN ? 0 : ($0 > cut ? 1 : 0) - share }
                let size = centred.reduce(0) { $0 + $1 * $1 }.squareRoot()
                if size > 0 { stumps.append((row, centred.map { $0 / size })) }
            }
        }
        var gains = Array(repeating: 0.0, count: dictionary.regulators.count)
        let shrinkage = dictionary.settings.shrinkage
        for _ in 0..<dictionary.settings.rounds {
            var best = (size: 0.0, coefficient: 0.0, stump: 0)
            for (number, stump) in stumps.enumerated() {
                let coefficient = samples.reduce(0) { $0 + stump.vector[$1] * residual[$1] }
                if coefficient.magnitude > best.size + 1e-9 { best = (coefficient.magnitude, coefficient, number) }
            }
            guard best.size > 0 else { break }
            let before = residual.reduce(0) { $0 + $1 * $1 }
            for sample in samples {
                residual[sample] -= shrinkage * best.coefficient * stumps[best.stump].vector[sample]
            }
            gains[stumps[best.stump].row] += before - residual.reduce(0) { $0 + $1 * $1 }
        }
        return gains
    }
}
