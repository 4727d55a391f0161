extension ExpressionMatrix {
    /// The matrix with each level replaced by the normal score of its rank within the gene: no odd sample leads, and no scale matters.
    ///
    /// Equal levels share the mean of their ranks; missing levels stay missing; a constant gene is 0.
    public func normalScored() -> ExpressionMatrix {
        var scored = values
        for gene in genes.indices {
            let places = (gene * sampleCount..<(gene + 1) * sampleCount).filter { !values[$0].isNaN }
            let ranks = averageRanks(places.map { Double(values[$0]) })
            for (place, rank) in zip(places, ranks) {
                scored[place] = Float(NormalScore.quantile((rank - 0.5) / Double(places.count)))
            }
        }
        return ExpressionMatrix(checked: genes, samples, scored)
    }
}
