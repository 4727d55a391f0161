/// The rows of positions.tsv by gene.
struct PositionRows {
    private(set) var byGene: [[DefinitionPosition]]

    init(_ table: KnowledgeTable, genes: GeneRows) throws(KnowledgeError) {
        byGene = Array(repeating: [], count: genes.genes.count)
        let columns = try Columns(table)
        var site = 0
        for row in 0..<table.rowCount {
            let gene = try genes.index(table, row, columns.gene)
            let position = try Self.position(table, row, columns, gene: genes.genes[gene], site: site)
            guard position.index == byGene[gene].count else {
                throw table.error(row, columns.index, "is not \(byGene[gene].count), the next of \(position.gene)")
            }
            byGene[gene].append(position)
            site += 1
        }
    }

    private struct Columns {
        let gene, index, chromosome, grch38, grch37, identifier, reference, alternates, reference37, role, required,
            altersFunction: KnowledgeTable.Column

        init(_ table: KnowledgeTable) throws(KnowledgeError) {
            gene = try table.column("gene")
            index = try table.column("index")
            chromosome = try table.column("chromosome")
            grch38 = try table.column("grch38")
            grch37 = try table.column("grch37")
            identifier = try table.column("identifier")
            reference = try table.column("reference")
            alternates = try table.column("alternates")
            reference37 = try table.column("grch37_reference")
            role = try table.column("role")
            required = try table.column("required")
            altersFunction = try table.column("alters_function")
        }
    }

    private static func position(
        _ table: KnowledgeTable, _ row: Int, _ columns: Columns, gene: GeneRows.Gene, site: Int
    ) throws(KnowledgeError) -> DefinitionPosition {
        guard ChromosomeCode.code(table.field(row, columns.chromosome)) == ChromosomeCode.code(gene.chromosome) else {
            throw table.error(row, columns.chromosome, "is not \(gene.chromosome), where \(gene.symbol) lies")
        }
        let alleles = [table.text(row, columns.reference)] + table.list(row, columns.alternates)
        for allele in alleles where !isBases(allele) {
            throw table.error(row, columns.reference, "reference and alternates are no bases: \(allele)")
        }
        guard alleles.count >= 2, alleles.count <= 64, Set(alleles).count == alleles.count else {
            throw table.error(row, columns.alternates, "there must be 1 to 63, all different and not the reference")
        }
        let reference37 = table.text(row, columns.reference37)
        guard reference37.isEmpty || isBases(reference37) else {
            throw table.error(row, columns.reference37, "is no bases: \(reference37)")
        }
        let grch38 = try table.requiredInteger(row, columns.grch38)
        let grch37 = try table.integer(row, columns.grch37)
        guard grch38 > 0, grch37 ?? 1 > 0 else {
            throw table.error(row, columns.grch38, "positions begin at 1")
        }
        return DefinitionPosition(
            index: Int(try table.requiredInteger(row, columns.index)), siteIndex: site, gene: gene.symbol,
            chromosome: gene.chromosome, grch38: grch38, grch37: grch37,
            identifier: try table.requiredText(row, columns.identifier), alleles: alleles,
            grch37Reference: reference37.isEmpty ? nil : reference37, role: try table.word(row, columns.role),
            isRequired: try table.flag(row, columns.required),
            altersFunction: try table.flag(row, columns.altersFunction))
    }

    private static func isBases(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                $0 == UInt8(ascii: "A") || $0 == UInt8(ascii: "C") || $0 == UInt8(ascii: "G") || $0 == UInt8(ascii: "T")
            }
    }
}
