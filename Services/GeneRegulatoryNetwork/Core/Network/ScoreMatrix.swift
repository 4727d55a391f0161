/// What an inference method says of every pair: how strongly each regulator bears on each gene.
public struct ScoreMatrix: Sendable, Equatable {
    /// The regulators, as numbers of genes; ascending.
    public let regulators: [Int]
    /// The number of genes, each of which is a target.
    public let geneCount: Int
    /// Regulator by regulator the score of each gene: 0 or more, finite; 0 where the regulator is the gene itself.
    public var values: [Double]
    /// Regulator by regulator the direction: 1 activation, -1 repression, 0 not known.
    public var signs: [Int8]

    /// A matrix of zeros.
    public init(regulators: [Int], geneCount: Int) {
        self.regulators = regulators
        self.geneCount = geneCount
        values = Array(repeating: 0, count: regulators.count * geneCount)
        signs = Array(repeating: 0, count: regulators.count * geneCount)
    }

    /// Where the score of a pair stands in ``values`` and ``signs``; `regulator` is a row, not a gene.
    public func index(regulator row: Int, target: Int) -> Int { row * geneCount + target }
}
