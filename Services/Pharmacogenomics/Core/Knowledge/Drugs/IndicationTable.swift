/// The indications with their options.
public struct IndicationTable: Sendable {
    /// All indications in the order of the table.
    public let indications: [Indication]

    private let byCode: [String: Int]

    /// Reads `indications.tsv`.
    ///
    /// - Throws: ``KnowledgeError`` with the line when a field is malformed, a drug is not in the dictionary, an option comes
    ///   twice, or an indication changes its name.
    public init(tables: KnowledgeTables, dictionary: DrugDictionary) throws(KnowledgeError) {
        let table = try tables.table("indications.tsv")
        let columns = try Columns(table)
        var codes: [String] = []
        var names: [String: String] = [:]
        var conditions: [String: [String]] = [:]
        var options: [String: [TherapyOption]] = [:]
        for row in 0..<table.rowCount {
            let option = try columns.option(table, row, dictionary: dictionary)
            let code = option.indication
            let name = try table.requiredText(row, columns.name)
            let snomed = table.list(row, columns.conditions)
            if names[code] == nil {
                codes.append(code)
                names[code] = name
                conditions[code] = snomed
            } else if names[code] != name || conditions[code] != snomed {
                throw table.error(
                    row, columns.name, "\(code) has another name or other conditions above", code: .duplicate)
            }
            if options[code, default: []].contains(where: { $0.drug == option.drug }) {
                throw table.error(row, columns.drug, "\(option.drug) is an option of \(code) already", code: .duplicate)
            }
            options[code, default: []].append(option)
        }
        indications = codes.map { code in
            Indication(
                code: code, name: names[code] ?? "", conditions: conditions[code] ?? [], options: options[code] ?? [])
        }
        byCode = Dictionary(uniqueKeysWithValues: zip(codes, codes.indices))
    }

    /// The indication of this code; nil when there is none.
    public func indication(_ code: String) -> Indication? {
        byCode[code].map { indications[$0] }
    }

    /// The indications that a condition, a SNOMED CT concept, stands for.
    public func indications(forCondition concept: String) -> [Indication] {
        indications.filter { $0.conditions.contains(concept) }
    }

    /// The indications that list a drug, by its name in the dictionary.
    public func indications(of drug: String) -> [Indication] {
        indications.filter { $0.options.contains { $0.drug == drug } }
    }
}

/// The columns of `indications.tsv`, found once.
private struct Columns {
    let indication, name, conditions, drug, line, note, source: KnowledgeTable.Column
    let efficacy, tolerability: EstimateColumns

    init(_ table: KnowledgeTable) throws(KnowledgeError) {
        indication = try table.column("indication")
        name = try table.column("name")
        conditions = try table.column("snomed")
        drug = try table.column("drug")
        line = try table.column("line")
        note = try table.column("note")
        source = try table.column("source")
        efficacy = try EstimateColumns(table, prefix: "efficacy")
        tolerability = try EstimateColumns(table, prefix: "tolerability")
    }

    func option(
        _ table: KnowledgeTable, _ row: Int, dictionary: DrugDictionary
    ) throws(KnowledgeError) -> TherapyOption {
        let line = try table.requiredInteger(row, line)
        guard (1...4).contains(line) else { throw table.error(row, self.line, "is none of 1 to 4: \(line)") }
        return TherapyOption(
            indication: try table.requiredText(row, indication), drug: try table.drugName(row, drug, in: dictionary),
            line: Int(line), note: table.text(row, note), efficacy: try efficacy.estimate(table, row),
            tolerability: try tolerability.estimate(table, row), source: try table.requiredText(row, source))
    }
}

/// Four columns that hold an estimate: measure, value, lower and upper end.
private struct EstimateColumns {
    private let measure, value, lower, upper: KnowledgeTable.Column

    init(_ table: KnowledgeTable, prefix: String) throws(KnowledgeError) {
        measure = try table.column("\(prefix)_measure")
        value = try table.column(prefix)
        lower = try table.column("\(prefix)_lower")
        upper = try table.column("\(prefix)_upper")
    }

    func estimate(_ table: KnowledgeTable, _ row: Int) throws(KnowledgeError) -> EffectEstimate? {
        if table.isEmpty(row, measure) { return nil }
        let measure: EffectEstimate.Measure = try table.word(row, measure)
        guard let value = try table.number(row, value), let lower = try table.number(row, lower),
            let upper = try table.number(row, upper), lower <= value, value <= upper,
            measure == .symptomDifference || lower > 0
        else { throw table.error(row, self.value, "an estimate needs value, lower and upper end in order") }
        return EffectEstimate(measure: measure, value: value, lower: lower, upper: upper)
    }
}
