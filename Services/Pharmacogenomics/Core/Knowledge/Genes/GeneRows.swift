/// The rows of genes.tsv, in the order of the symbols.
struct GeneRows {
    struct Gene {
        let symbol: GeneSymbol
        let chromosome: String
        let calling: GeneDefinition.Calling
        let isHemizygousInMales: Bool
        let isMonoallelic: Bool
        let treatsUndocumentedAsReference: Bool
        let method: PhenotypeRules.Method
        let source: String
    }

    let genes: [Gene]
    private let indexBySymbol: [String: Int]

    init(_ table: KnowledgeTable) throws(KnowledgeError) {
        let gene = try table.column("gene")
        let chromosome = try table.column("chromosome")
        let calling = try table.column("calling")
        let hemizygous = try table.column("hemizygous_in_males")
        let monoallelic = try table.column("monoallelic")
        let undocumented = try table.column("undocumented_as_reference")
        let method = try table.column("phenotype_method")
        let source = try table.column("phenotype_source")
        var genes: [Gene] = []
        var seen: Set<String> = []
        for row in 0..<table.rowCount {
            let symbol = try table.requiredText(row, gene)
            guard seen.insert(symbol).inserted else {
                throw table.error(row, gene, "\(symbol) stands here a second time", code: .duplicate)
            }
            guard ChromosomeCode.code(table.text(row, chromosome)) != nil else {
                throw table.error(row, chromosome, "is no chromosome: \(table.text(row, chromosome))")
            }
            genes.append(
                Gene(
                    symbol: GeneSymbol(rawValue: symbol), chromosome: table.text(row, chromosome),
                    calling: try table.word(row, calling), isHemizygousInMales: try table.flag(row, hemizygous),
                    isMonoallelic: try table.flag(row, monoallelic),
                    treatsUndocumentedAsReference: try table.flag(row, undocumented),
                    method: try table.word(row, method), source: table.text(row, source)))
        }
        genes.sort { $0.symbol < $1.symbol }
        self.genes = genes
        indexBySymbol = Dictionary(
            genes.enumerated().map { ($1.symbol.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The number of the gene that a row names; fails when genes.tsv lacks it.
    func index(_ table: KnowledgeTable, _ row: Int, _ column: KnowledgeTable.Column) throws(KnowledgeError) -> Int {
        let symbol = table.text(row, column)
        guard let index = indexBySymbol[symbol] else {
            throw table.error(row, column, "genes.tsv has no gene \(symbol)", code: .unknownReference)
        }
        return index
    }
}
