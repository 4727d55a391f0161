/// How frequent a gene's alleles are in populations: the prior of a weight, used only for a population that was stated.
///
/// Read from frequencies.tsv, or from a user's file with its columns: gene, allele, population, frequency (0...1),
/// source.
public struct AlleleFrequencies: Sendable, Hashable {
    private struct Key: Sendable, Hashable {
        let gene: GeneSymbol
        let allele: String
        let population: String
    }

    /// The populations that occur, sorted.
    public let populations: [String]
    /// The number of frequencies.
    public var count: Int { values.count }

    private let values: [Key: Double]

    /// No frequency at all.
    public init() {
        populations = []
        values = [:]
    }

    /// Reads a table. Fails on a frequency outside 0...1, an absent name, and on the same allele twice in a population;
    /// genes and alleles that the catalog lacks are kept, they just are never asked for.
    public init(_ table: KnowledgeTable) throws(KnowledgeError) {
        let gene = try table.column("gene")
        let allele = try table.column("allele")
        let population = try table.column("population")
        let frequency = try table.column("frequency")
        var values: [Key: Double] = [:]
        var names: Set<String> = []
        for row in 0..<table.rowCount {
            let key = Key(
                gene: GeneSymbol(rawValue: try table.requiredText(row, gene)),
                allele: try table.requiredText(row, allele), population: try table.requiredText(row, population))
            guard let value = try table.number(row, frequency), (0...1).contains(value) else {
                throw table.error(row, frequency, "must be a number from 0 to 1")
            }
            guard values.updateValue(value, forKey: key) == nil else {
                throw table.error(row, allele, "stands here a second time for the population", code: .duplicate)
            }
            names.insert(key.population)
        }
        self.values = values
        populations = names.sorted()
    }

    /// The frequency of an allele in a population, 0...1; nil when the table does not give it.
    public func frequency(gene: GeneSymbol, allele: String, population: String) -> Double? {
        values[Key(gene: gene, allele: allele, population: population)]
    }
}
