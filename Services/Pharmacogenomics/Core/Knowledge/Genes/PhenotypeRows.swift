/// The rules of phenotype-functions.tsv, phenotype-scores.tsv and phenotype-exceptions.tsv by gene, while they are
/// read.
struct PhenotypeRows {
    private struct Draft {
        var functions: [String] = []
        var phenotypes: [String] = []
        var pairs: [(Int, Int, Int)] = []
        var singles: [(Int, Int)] = []
        var ranges: [PhenotypeRules.ScoreRange] = []
        var withoutScore: Int?
        var exceptions: [AllelePair: PhenotypeRules.Exception] = [:]
    }

    private let genes: [GeneRows.Gene]
    private var drafts: [Draft]

    init(genes: GeneRows) {
        self.genes = genes.genes
        drafts = Array(repeating: Draft(), count: genes.genes.count)
    }

    /// The number of a clinical function of a gene, nil for the empty one.
    mutating func function(
        _ name: String, gene: Int, _ table: KnowledgeTable, _ row: Int, _ column: KnowledgeTable.Column
    ) throws(KnowledgeError) -> Int? {
        if name.isEmpty { return nil }
        return try Self.number(name, in: &drafts[gene].functions, table, row, column)
    }

    mutating func readPairs(_ table: KnowledgeTable, genes: GeneRows) throws(KnowledgeError) {
        let gene = try table.column("gene")
        let first = try table.column("function1")
        let second = try table.column("function2")
        let phenotype = try table.column("phenotype")
        var seen: Set<[Int]> = []
        for row in 0..<table.rowCount {
            let index = try genes.index(table, row, gene)
            let outcome = try number(of: table, row, phenotype, gene: index)
            let name = try table.requiredText(row, first)
            guard let one = try function(name, gene: index, table, row, first) else { continue }
            let key: [Int]
            if let other = try function(table.text(row, second), gene: index, table, row, second) {
                drafts[index].pairs.append((one, other, outcome))
                key = [index, min(one, other), max(one, other)]
            } else {
                drafts[index].singles.append((one, outcome))
                key = [index, one]
            }
            guard seen.insert(key).inserted else {
                throw table.error(row, second, "these functions stand here a second time", code: .duplicate)
            }
        }
    }

    mutating func readScores(_ table: KnowledgeTable, genes: GeneRows) throws(KnowledgeError) {
        let gene = try table.column("gene")
        let source = try table.column("source")
        let lower = try table.column("lower")
        let lowerClosed = try table.column("lower_closed")
        let upper = try table.column("upper")
        let upperClosed = try table.column("upper_closed")
        let phenotype = try table.column("phenotype")
        for row in 0..<table.rowCount {
            let index = try genes.index(table, row, gene)
            let outcome = try number(of: table, row, phenotype, gene: index)
            guard let low = try table.number(row, lower) else {
                guard table.isEmpty(row, upper), drafts[index].withoutScore == nil else {
                    throw table.error(row, lower, "may be empty only once a gene, with upper (no score)")
                }
                drafts[index].withoutScore = outcome
                continue
            }
            let range = PhenotypeRules.ScoreRange(
                source: try table.requiredText(row, source), lower: low,
                includesLower: try table.flag(row, lowerClosed), upper: try table.number(row, upper) ?? .infinity,
                includesUpper: try table.flag(row, upperClosed), phenotype: outcome)
            for other in drafts[index].ranges where other.source == range.source && other.overlaps(range) {
                throw table.error(row, lower, "the range overlaps another of the gene", code: .duplicate)
            }
            drafts[index].ranges.append(range)
        }
    }

    mutating func readExceptions(
        _ table: KnowledgeTable, genes: GeneRows, alleles: AlleleRows
    ) throws(KnowledgeError) {
        let gene = try table.column("gene")
        let first = try table.column("allele1")
        let second = try table.column("allele2")
        let phenotype = try table.column("phenotype")
        let score = try table.column("activity_score")
        for row in 0..<table.rowCount {
            let index = try genes.index(table, row, gene)
            let pair = AllelePair(
                try alleles.index(table.text(row, first), gene: index, table, row, first),
                try alleles.index(table.text(row, second), gene: index, table, row, second))
            let exception = PhenotypeRules.Exception(
                phenotype: try number(of: table, row, phenotype, gene: index),
                activityScore: try table.number(row, score))
            guard drafts[index].exceptions.updateValue(exception, forKey: pair) == nil else {
                throw table.error(row, first, "this diplotype stands here a second time", code: .duplicate)
            }
        }
    }

    /// The finished rules of a gene.
    func rules(of gene: Int) -> PhenotypeRules {
        let draft = drafts[gene]
        let count = draft.functions.count
        var pairs = [UInt8](repeating: 0, count: count * count)
        for (one, other, outcome) in draft.pairs {
            pairs[one * count + other] = UInt8(outcome + 1)
            pairs[other * count + one] = UInt8(outcome + 1)
        }
        var singles = [UInt8](repeating: 0, count: count)
        for (function, outcome) in draft.singles { singles[function] = UInt8(outcome + 1) }
        return PhenotypeRules(
            method: genes[gene].method, source: genes[gene].source, functions: draft.functions,
            phenotypes: draft.phenotypes, scoreRanges: draft.ranges, phenotypeWithoutScore: draft.withoutScore,
            exceptions: draft.exceptions, pairs: pairs, singles: singles)
    }

    private mutating func number(
        of table: KnowledgeTable, _ row: Int, _ column: KnowledgeTable.Column, gene: Int
    ) throws(KnowledgeError) -> Int {
        try Self.number(table.requiredText(row, column), in: &drafts[gene].phenotypes, table, row, column)
    }

    private static func number(
        _ name: String, in names: inout [String], _ table: KnowledgeTable, _ row: Int, _ column: KnowledgeTable.Column
    ) throws(KnowledgeError) -> Int {
        if let index = names.firstIndex(of: name) { return index }
        guard names.count < 254 else { throw table.error(row, column, "more than 254 different words in one gene") }
        names.append(name)
        return names.count - 1
    }
}

extension PhenotypeRules.ScoreRange {
    /// Whether a score lies in both ranges.
    func overlaps(_ other: Self) -> Bool {
        let start = max(lower, other.lower)
        let end = min(upper, other.upper)
        return start < end || (start == end && contains(start) && other.contains(start))
    }
}
