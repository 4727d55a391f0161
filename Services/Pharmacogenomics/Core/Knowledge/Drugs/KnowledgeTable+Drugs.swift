extension KnowledgeTable {
    /// The name of a drug of the dictionary; fails for every other text, a synonym included, so that each drug has one name.
    func drugName(_ row: Int, _ column: Column, in dictionary: DrugDictionary) throws(KnowledgeError) -> String {
        let name = try requiredText(row, column)
        guard dictionary.drug(named: name)?.name == name else {
            throw error(row, column, "\"\(name)\" is no drug of drugs.tsv", code: .unknownReference)
        }
        return name
    }

    /// A gene's symbol; fails when absent.
    func gene(_ row: Int, _ column: Column) throws(KnowledgeError) -> GeneSymbol {
        GeneSymbol(rawValue: try requiredText(row, column))
    }

    /// A number that is not negative; fails when absent or anything else.
    func amount(_ row: Int, _ column: Column) throws(KnowledgeError) -> Double {
        guard let value = try number(row, column), value >= 0 else {
            throw error(row, column, "is no number of 0 or more: \(text(row, column))")
        }
        return value
    }

    /// A list `GENE:value;GENE:value`, by gene; fails on a part without a colon and on a gene that comes twice.
    func perGene(_ row: Int, _ column: Column) throws(KnowledgeError) -> [GeneSymbol: String] {
        var values: [GeneSymbol: String] = [:]
        for part in list(row, column) {
            let halves = part.split(separator: ":", maxSplits: 1)
            guard halves.count == 2 else { throw error(row, column, "\"\(part)\" is not GENE:value") }
            let gene = GeneSymbol(rawValue: String(halves[0]))
            guard values.updateValue(String(halves[1]), forKey: gene) == nil else {
                throw error(row, column, "\(gene) comes twice", code: .duplicate)
            }
        }
        return values
    }
}
