/// The columns of `drugs.tsv`, found once.
struct DrugColumns {
    private let name, kind, rxnorm, atc, synonyms, drugClass, flags, ingredients: KnowledgeTable.Column
    private let cpicLevels, clinPGxLevels, fdaLabels, coverage: KnowledgeTable.Column

    init(_ table: KnowledgeTable) throws(KnowledgeError) {
        name = try table.column("drug")
        kind = try table.column("kind")
        rxnorm = try table.column("rxnorm")
        atc = try table.column("atc")
        synonyms = try table.column("synonyms")
        drugClass = try table.column("class")
        flags = try table.column("flags")
        ingredients = try table.column("ingredients")
        cpicLevels = try table.column("cpic_level")
        clinPGxLevels = try table.column("clinpgx_level")
        fdaLabels = try table.column("fda_label")
        coverage = try table.column("coverage")
    }

    func drug(_ table: KnowledgeTable, _ row: Int) throws(KnowledgeError) -> Drug {
        let kind: Drug.Kind = try table.word(row, kind)
        let ingredients = table.list(row, ingredients)
        guard (kind == .combination) == !ingredients.isEmpty else {
            throw table.error(row, self.ingredients, "combinations, and nothing else, have ingredients")
        }
        var coverage: Set<Drug.Coverage> = []
        for word in table.list(row, self.coverage) {
            guard let source = Drug.Coverage(rawValue: word) else {
                let words = Drug.Coverage.allCases.map(\.rawValue).joined(separator: ", ")
                throw table.error(row, self.coverage, "is none of \(words): \(word)")
            }
            coverage.insert(source)
        }
        return Drug(
            name: try lowerCase(table, row), kind: kind, rxnorm: table.list(row, rxnorm), atc: table.list(row, atc),
            synonyms: table.list(row, synonyms), drugClass: table.text(row, drugClass), flags: table.list(row, flags),
            ingredients: ingredients,
            cpicLevels: try table.perGene(row, cpicLevels), clinPGxLevels: try table.perGene(row, clinPGxLevels),
            fdaLabels: try table.perGene(row, fdaLabels), coverage: coverage, index: row)
    }

    private func lowerCase(_ table: KnowledgeTable, _ row: Int) throws(KnowledgeError) -> String {
        let text = try table.requiredText(row, name)
        guard text == text.lowercased() else {
            throw table.error(row, name, "drug names are written in lower case: \(text)")
        }
        return text
    }
}
