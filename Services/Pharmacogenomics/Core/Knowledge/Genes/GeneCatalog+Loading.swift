extension GeneCatalog {
    /// The files that the catalog is read from.
    public static let fileNames = [
        "genes.tsv", "positions.tsv", "alleles.tsv", "unphased-priorities.tsv", "phenotype-functions.tsv",
        "phenotype-scores.tsv", "phenotype-exceptions.tsv",
    ]

    /// Reads and checks the catalog of a release. The first fault found is thrown, with file, line and column.
    public init(tables: KnowledgeTables) throws(KnowledgeError) {
        let rows = try GeneRows(tables.table("genes.tsv"))
        let positions = try PositionRows(tables.table("positions.tsv"), genes: rows)
        var rules = PhenotypeRows(genes: rows)
        let alleles = try AlleleRows(tables.table("alleles.tsv"), genes: rows, positions: positions, rules: &rules)
        try rules.readPairs(tables.table("phenotype-functions.tsv"), genes: rows)
        try rules.readScores(tables.table("phenotype-scores.tsv"), genes: rows)
        try rules.readExceptions(tables.table("phenotype-exceptions.tsv"), genes: rows, alleles: alleles)
        let priorities = try alleles.priorities(tables.table("unphased-priorities.tsv"), genes: rows)
        self.init(
            genes: rows.genes.enumerated().map { index, gene in
                GeneDefinition(
                    symbol: gene.symbol, index: index, chromosome: gene.chromosome, calling: gene.calling,
                    isHemizygousInMales: gene.isHemizygousInMales, isMonoallelic: gene.isMonoallelic,
                    treatsUndocumentedAsReference: gene.treatsUndocumentedAsReference,
                    positions: positions.byGene[index], alleles: alleles.byGene[index],
                    unphasedPriorities: priorities[index], phenotypeRules: rules.rules(of: index))
            })
    }
}
