/// Expression in an order that is the data's own: genes by name, samples by their levels, so that no result depends on how columns came.
///
/// Columns that another of the same name stands for are left out; missing levels are the gene's median.
struct CanonicalExpression: Sendable {
    /// The names of the genes, ascending.
    let names: [String]
    /// Gene by gene its column in the matrix it came from.
    let column: [Int]
    /// The number of samples.
    let sampleCount: Int
    /// Gene by gene the levels of all samples; none is missing.
    let values: [Float]
    /// The genes that may regulate, ascending.
    let regulators: [Int]
    /// Regulator by regulator its row in a matrix of scores.
    let row: [Int]

    /// The order of a matrix.
    /// - Throws: ``InferenceError`` `tooFewSamples` below `least`, `noRegulators` when none of `regulators` is a gene that stands.
    init(_ expression: ExpressionMatrix, regulators: [Int], atLeast least: Int) throws(InferenceError) {
        guard expression.sampleCount >= least else {
            throw InferenceError(.tooFewSamples, "\(expression.sampleCount) samples; at least \(least) are needed")
        }
        let column = Self.geneOrder(expression)
        let width = expression.sampleCount
        let filled = expression.medianImputed().values
        let samples = Self.sampleOrder(width, filled, column)
        var values: [Float] = []
        values.reserveCapacity(column.count * width)
        for gene in column {
            for sample in samples { values.append(filled[gene * width + sample]) }
        }
        var rowOfColumn: [Int: Int] = [:]
        for (row, gene) in regulators.enumerated() { rowOfColumn[gene] = row }
        let chosen = column.indices.filter { rowOfColumn[column[$0]] != nil }
        guard !chosen.isEmpty else {
            throw InferenceError(.noRegulators, "none of the \(regulators.count) regulators is among the genes")
        }
        names = column.map { expression.genes[$0] }
        self.column = column
        sampleCount = width
        self.values = values
        self.regulators = chosen
        row = chosen.compactMap { rowOfColumn[column[$0]] }
    }

    /// The columns that stand, by name.
    private static func geneOrder(_ expression: ExpressionMatrix) -> [Int] {
        let beaten = Set(expression.duplicates)
        return expression.genes.indices.filter { !beaten.contains($0) }
            .sorted { expression.genes[$0] < expression.genes[$1] }
    }

    /// The samples by their levels, gene after gene in the order of names; samples of equal levels are the same to every method.
    static func sampleOrder(_ expression: ExpressionMatrix) -> [Int] {
        sampleOrder(expression.sampleCount, expression.medianImputed().values, geneOrder(expression))
    }

    private static func sampleOrder(_ width: Int, _ filled: [Float], _ column: [Int]) -> [Int] {
        (0..<width).sorted { one, other in
            for gene in column {
                let (a, b) = (filled[gene * width + one], filled[gene * width + other])
                if a != b { return a < b }
            }
            return false
        }
    }

    /// The number of genes.
    var geneCount: Int { column.count }

    /// The levels of one gene.
    func levels(of gene: Int) -> ArraySlice<Float> {
        values[gene * sampleCount..<(gene + 1) * sampleCount]
    }

    /// The scores of canonical pairs in the order of the matrix they came from.
    /// - Parameters:
    ///   - geneCount: the number of columns of that matrix.
    ///   - regulators: the regulators as they were asked for.
    ///   - score: the score of a regulator (a number of ``regulators``) and a gene; not asked for self pairs.
    func matrix(
        _ expression: ExpressionMatrix, regulators asked: [Int], score: (_ regulator: Int, _ gene: Int) -> Double
    ) -> ScoreMatrix {
        var matrix = ScoreMatrix(regulators: asked, geneCount: expression.geneCount)
        for (place, regulator) in regulators.enumerated() {
            for gene in column.indices where gene != regulator {
                let value = score(place, gene)
                matrix.values[matrix.index(regulator: row[place], target: column[gene])] =
                    value.isFinite ? max(value, 0) : 0
            }
        }
        return matrix
    }
}
