/// The absolute partial correlation of two genes given all others, from correlations shrunk towards 0 (Schafer and Strimmer 2005, Stat Appl
/// Genet Mol Biol 4:32): the shrinkage intensity is the analytic one, so the matrix has an inverse whatever the number of samples.
///
/// With fewer samples than genes the inverse is taken through a matrix of samples (Woodbury's identity): time grows with
/// genes x samples², not genes³. Missing levels are the gene's median; constant genes score 0. Signs are those of the partial correlation.
public struct PartialCorrelation: InferenceMethod {
    /// The shrinkage intensity, above 0 and at most 1; nil for the analytic one.
    public var intensity: Double?

    /// The method.
    public init(intensity: Double? = nil) {
        self.intensity = intensity
    }

    /// `partial-correlation`.
    public var name: String { "partial-correlation" }

    /// The least intensity: keeps the matrix invertible.
    private static let least = 1e-6

    /// The scores, 0...1.
    /// - Throws: ``InferenceError`` for fewer than 4 samples, no regulator or an intensity outside its range.
    public func infer(
        _ expression: ExpressionMatrix, regulators: [Int], runner: any ParallelRunner
    ) throws(InferenceError) -> ScoreMatrix {
        if let intensity, !(intensity > 0 && intensity <= 1) {
            throw InferenceError(.badSetting, "an intensity of \(intensity); above 0 and at most 1 is possible")
        }
        let canonical = try CanonicalExpression(expression, regulators: regulators, atLeast: 4)
        let scores = StandardScores(canonical.values, sampleCount: canonical.sampleCount)
        let intensity = self.intensity ?? Self.intensity(scores)
        let rows = try Self.partial(scores, max(intensity, Self.least), canonical.regulators, runner)
        var matrix = canonical.matrix(expression, regulators: regulators) { abs(rows[$0][$1]) }
        AbsoluteCorrelation.setSigns(&matrix, canonical, rows)
        return matrix
    }

    /// The analytic shrinkage intensity of some genes' correlations, 0...1 (equation 10 of the paper, as corpcor's `estimate.lambda`).
    /// - Parameter levels: gene by gene the levels of all samples.
    public static func intensity(_ levels: [Float], sampleCount: Int) -> Double {
        intensity(StandardScores(levels, sampleCount: sampleCount))
    }

    private static func intensity(_ scores: StandardScores) -> Double {
        let samples = scores.sampleCount
        guard samples > 1 else { return 1 }
        let genes = scores.values.count / samples
        // Sums over pairs of distinct genes: of squared correlations, and of products of squared scores over samples.
        var (squares, products) = (0.0, 0.0)
        var sums = Array(repeating: 0.0, count: samples)
        for gene in 0..<genes {
            for sample in 0..<samples {
                let square = scores.values[gene * samples + sample] * scores.values[gene * samples + sample]
                sums[sample] += square
                products -= square * square
            }
        }
        products += sums.reduce(0) { $0 + $1 * $1 }
        let gram = samples < genes ? StandardScores.Gram(samplesOf: scores) : StandardScores.Gram(genesOf: scores)
        squares = gram.values.reduce(0) { $0 + $1 * $1 }
        for gene in 0..<genes where scores.values[gene * samples..<(gene + 1) * samples].contains(where: { $0 != 0 }) {
            squares -= 1
        }
        guard squares > 0 else { return 1 }
        let count = Double(samples)
        return max(0, min(1, (products * count / squares - 1) / (count - 1)))
    }

    /// The partial correlations of each regulator with each gene.
    private static func partial(
        _ scores: StandardScores, _ intensity: Double, _ regulators: [Int], _ runner: any ParallelRunner
    ) throws(InferenceError) -> [[Double]] {
        let samples = scores.sampleCount
        let genes = scores.values.count / samples
        guard intensity < 1 else { return regulators.map { _ in Array(repeating: 0, count: genes) } }
        // Each gene becomes a vector such that the inverse's entry of a pair is, up to a factor, an inner product.
        let throughSamples = samples < genes
        let gram = throughSamples ? StandardScores.Gram(samplesOf: scores) : StandardScores.Gram(genesOf: scores)
        let size = gram.size
        var matrix = gram.values
        for place in 0..<matrix.count where !throughSamples { matrix[place] *= 1 - intensity }
        for row in 0..<size { matrix[row * size + row] += throughSamples ? intensity / (1 - intensity) : intensity }
        guard let factor = CholeskyFactor(matrix, size: size) else {
            throw InferenceError(.badSetting, "the shrunk correlations have no inverse; give a larger intensity")
        }
        let vectors = runner.gather(genes, startingWith: []) { gene -> [Double] in
            if throughSamples { return factor.solve(scores.values[gene * samples..<(gene + 1) * samples]) }
            var unit = Array(repeating: 0.0, count: size)
            unit[gene] = 1
            return factor.solve(unit)
        }
        let flat = vectors.flatMap { $0 }
        let diagonal = vectors.map { vector in
            let square = vector.reduce(0) { $0 + $1 * $1 }
            return (throughSamples ? max(1 - square, .leastNormalMagnitude) : square).squareRoot()
        }
        return runner.gather(regulators.count, startingWith: []) { row -> [Double] in
            let own = regulators[row]
            return flat.withUnsafeBufferPointer { flat -> [Double] in
                guard let base = flat.baseAddress else { return [] }
                return (0..<genes).map { gene in
                    let product = innerProduct(base + own * size, base + gene * size, size)
                    let scaled = product / (diagonal[own] * diagonal[gene])
                    return max(-1, min(1, throughSamples ? scaled : -scaled))
                }
            }
        }
    }
}

extension StandardScores {
    /// The inner products of all pairs of vectors.
    struct Gram: Sendable {
        /// The number of vectors.
        let size: Int
        /// Row by row.
        let values: [Double]

        /// Of the genes: their correlations.
        init(genesOf scores: StandardScores) {
            self.init(scores.values, length: scores.sampleCount)
        }

        /// Of the samples.
        init(samplesOf scores: StandardScores) {
            let samples = scores.sampleCount
            let genes = samples > 0 ? scores.values.count / samples : 0
            var turned = Array(repeating: 0.0, count: scores.values.count)
            for gene in 0..<genes {
                for sample in 0..<samples { turned[sample * genes + gene] = scores.values[gene * samples + sample] }
            }
            self.init(turned, length: genes)
        }

        private init(_ vectors: [Double], length: Int) {
            let count = length > 0 ? vectors.count / length : 0
            var values = Array(repeating: 0.0, count: count * count)
            vectors.withUnsafeBufferPointer { vectors in
                guard let base = vectors.baseAddress else { return }
                for row in 0..<count {
                    for column in 0...row {
                        let product = innerProduct(base + row * length, base + column * length, length)
                        values[row * count + column] = product
                        values[column * count + row] = product
                    }
                }
            }
            size = count
            self.values = values
        }
    }
}
