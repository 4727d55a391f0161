extension AlleleFrequencies {
    /// The frequency that an allele without a published one is given where its gene has frequencies: 1 in 10,000.
    public static let floor = 0.0001

    /// The frequencies of a gene's alleles by their indices, at least ``floor`` each; nil when the population has none
    /// for the gene.
    func prior(of gene: GeneDefinition, population: String) -> [Double]? {
        var isKnown = false
        let values = gene.alleles.map { allele in
            guard let value = frequency(gene: gene.symbol, allele: allele.name, population: population) else {
                return Self.floor
            }
            isKnown = true
            return max(value, Self.floor)
        }
        return isKnown ? values : nil
    }
}
