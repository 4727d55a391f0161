/// The rules of all guidelines of a knowledge release, by drug.
///
/// It reads every table named `guidelines-<source>.tsv`; the tables of all sources have the same columns.
public struct GuidelineBook: Sendable {
    /// All rules: tables in the order of their names, rows in the order of their table.
    public let rules: [GuidelineRule]
    private let byDrug: [String: [Int]]

    /// Reads the tables of a release. Fails at the first cell that cannot be read, or at a rule that stands there
    /// twice, naming file, line and column.
    public init(tables: KnowledgeTables) throws(KnowledgeError) {
        var reader = GuidelineTableReader()
        let names = tables.files.keys.filter { $0.hasPrefix("guidelines-") && $0.hasSuffix(".tsv") }.sorted()
        guard !names.isEmpty else {
            throw KnowledgeError(code: .missingTable, file: "guidelines-*.tsv", detail: "the release has no guidelines")
        }
        for name in names { try reader.read(tables.table(name)) }
        rules = reader.rules
        byDrug = reader.byDrug
    }

    /// The drugs that some source has a rule for, in alphabetical order.
    public var drugs: [String] { byDrug.keys.sorted() }

    /// The rules for a drug, named in lower case as CPIC names it; empty for a drug that no source knows.
    public func rules(for drug: String) -> [GuidelineRule] {
        (byDrug[drug] ?? []).map { rules[$0] }
    }

    /// The genes that some rule for the drug asks about, in alphabetical order.
    public func genes(for drug: String) -> [GeneSymbol] {
        var genes: Set<GeneSymbol> = []
        for index in byDrug[drug] ?? [] { genes.formUnion(rules[index].condition.genes) }
        return genes.sorted()
    }
}
