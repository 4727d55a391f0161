/// Reads guideline tables into rules. Texts repeat from row to row, so each distinct one is read once.
struct GuidelineTableReader {
    private(set) var rules: [GuidelineRule] = []
    private(set) var byDrug: [String: [Int]] = [:]
    private var sources = RepeatedCells<GuidelineSource>()
    private var guidelines = RepeatedCells<String>()
    private var versions = RepeatedCells<String>()
    private var drugs = RepeatedCells<String>()
    private var populations = RepeatedCells<String>()
    private var conditions = RepeatedCells<GuidelineCondition>()
    private var actions = RepeatedCells<[RecommendedAction]>()
    private var strengths = RepeatedCells<RecommendationStrength>()
    private var risks = RepeatedCells<String>()
    private var implications = RepeatedCells<String>()
    private var citations = RepeatedCells<String>()

    /// The columns of a guideline table.
    private struct Columns {
        let source, guideline, version, drug, population: KnowledgeTable.Column
        let condition, actions, strength, risk, implication, citation: KnowledgeTable.Column

        init(_ table: KnowledgeTable) throws(KnowledgeError) {
            source = try table.column("source")
            guideline = try table.column("guideline")
            version = try table.column("version")
            drug = try table.column("drug")
            population = try table.column("population")
            condition = try table.column("condition")
            actions = try table.column("actions")
            strength = try table.column("strength")
            risk = try table.column("risk")
            implication = try table.column("implication")
            citation = try table.column("citation")
        }
    }

    /// What two rules of one table must not share, by the numbers of their texts.
    private struct Key: Hashable {
        let source, guideline, drug, population, condition: Int
    }

    /// Adds a table's rows. Fails at the first cell that cannot be read or a rule that stands there twice.
    mutating func read(_ table: KnowledgeTable) throws(KnowledgeError) {
        let columns = try Columns(table)
        rules.reserveCapacity(rules.count + table.rowCount)
        var seen: Set<Key> = []
        seen.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            let source = try sources.number(table, row, columns.source, read: Self.source)
            let guideline = try guidelines.number(table, row, columns.guideline, read: Self.present)
            let drug = try drugs.number(table, row, columns.drug, read: Self.drug)
            let population = try populations.number(table, row, columns.population, read: Self.present)
            let condition = try conditions.number(table, row, columns.condition, read: Self.condition)
            let rule = GuidelineRule(
                source: sources[source],
                guideline: guidelines[guideline],
                version: try versions.value(table, row, columns.version, read: Self.present),
                drug: drugs[drug],
                population: populations[population],
                condition: conditions[condition],
                actions: try actions.value(table, row, columns.actions, read: Self.actions),
                strength: try strengths.value(table, row, columns.strength, read: Self.strength),
                risk: try risks.value(table, row, columns.risk, read: Self.present),
                implication: try implications.value(table, row, columns.implication, read: Self.any),
                citation: try citations.value(table, row, columns.citation, read: Self.any),
                ordinal: rules.count)
            let key = Key(
                source: source, guideline: guideline, drug: drug, population: population, condition: condition)
            guard seen.insert(key).inserted else {
                throw table.error(
                    row, columns.condition,
                    "says the same or contradicts an earlier row for \(rule.drug), \(rule.population)",
                    code: .duplicate)
            }
            byDrug[rule.drug, default: []].append(rules.count)
            rules.append(rule)
        }
    }

    private static func any(_ text: String, _ cell: KnowledgeCell) throws(KnowledgeError) -> String { text }

    private static func present(_ text: String, _ cell: KnowledgeCell) throws(KnowledgeError) -> String {
        guard !text.isEmpty else { throw cell.error("is empty") }
        return text
    }

    private static func drug(_ text: String, _ cell: KnowledgeCell) throws(KnowledgeError) -> String {
        guard try present(text, cell) == text.lowercased() else { throw cell.error("is not in lower case: \(text)") }
        return text
    }

    private static func source(_ text: String, _ cell: KnowledgeCell) throws(KnowledgeError) -> GuidelineSource {
        try cell.table.word(cell.row, cell.column)
    }

    private static func condition(
        _ text: String, _ cell: KnowledgeCell
    ) throws(KnowledgeError) -> GuidelineCondition {
        guard let condition = GuidelineCondition(text) else {
            throw cell.error(
                "is no condition: \(text); expected GENE=phenotype, GENE:score=lo..hi, GENE:allele=positive or "
                    + "GENE:variant=name, joined by \" & \"")
        }
        return condition
    }

    private static func actions(
        _ text: String, _ cell: KnowledgeCell
    ) throws(KnowledgeError) -> [RecommendedAction] {
        guard let actions = RecommendedAction.list(text) else {
            let codes = ActionCode.allCases.map(\.rawValue).joined(separator: ", ")
            throw cell.error("is no list of actions: \(text); codes are \(codes), joined by \"+\"")
        }
        return actions
    }

    private static func strength(
        _ text: String, _ cell: KnowledgeCell
    ) throws(KnowledgeError) -> RecommendationStrength {
        guard let strength = RecommendationStrength(text) else {
            let levels = RecommendationStrength.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw cell.error("is no strength: \(text); expected one of \(levels)")
        }
        return strength
    }
}
