/// The contraindications between options, co-medication and conditions.
public struct ContraindicationTable: Sendable {
    /// All rows in the order of the table.
    public let contraindications: [Contraindication]

    /// Reads `contraindications.tsv`.
    ///
    /// - Throws: ``KnowledgeError`` with the line when a field is malformed, a drug or class is not in the dictionary, or a
    ///   pair comes twice.
    public init(tables: KnowledgeTables, dictionary: DrugDictionary) throws(KnowledgeError) {
        let table = try tables.table("contraindications.tsv")
        let drug = try table.column("drug")
        let versus = try table.column("versus")
        let severity = try table.column("severity")
        let risk = try table.column("risk")
        let washout = try table.column("washout_days")
        let source = try table.column("source")
        let groups = Groups(dictionary)
        var rows: [Contraindication] = []
        var pairs: Set<[Contraindication.Subject]> = []
        for row in 0..<table.rowCount {
            let entry = Contraindication(
                subject: try table.subject(row, drug, dictionary: dictionary, groups: groups),
                versus: try table.subject(row, versus, dictionary: dictionary, groups: groups),
                severity: try table.word(row, severity), risk: try table.requiredText(row, risk),
                washoutDays: try table.amount(row, washout), source: try table.requiredText(row, source))
            if case .condition = entry.subject {
                throw table.error(row, drug, "a condition belongs into the column versus")
            }
            guard pairs.insert([entry.subject, entry.versus]).inserted else {
                throw table.error(row, versus, "the pair stands above already", code: .duplicate)
            }
            rows.append(entry)
        }
        contraindications = rows
    }

    /// What speaks against an option, beside these drugs and conditions (SNOMED CT concepts), most severe first.
    ///
    /// The option itself among the drugs does not count. The caller leaves out of `drugs` what was stopped longer ago than
    /// the entry's ``Contraindication/washoutDays``, or asks ``contraindications(of:beside:)`` drug by drug.
    public func contraindications(
        of option: Drug, drugs: [Drug], conditions: Set<String> = []
    ) -> [Contraindication] {
        contraindications.filter { entry in
            guard entry.subject.covers(option) else { return false }
            if case .condition(let concept) = entry.versus { return conditions.contains(concept) }
            return drugs.contains { $0.name != option.name && entry.versus.covers($0) }
        }
        .sorted { $0.severity > $1.severity }
    }

    /// What speaks against an option beside one other drug, most severe first.
    public func contraindications(of option: Drug, beside other: Drug) -> [Contraindication] {
        contraindications(of: option, drugs: [other])
    }
}

/// The classes and flags that the dictionary knows.
private struct Groups {
    let classes: Set<String>
    let flags: Set<String>

    init(_ dictionary: DrugDictionary) {
        classes = Set(dictionary.drugs.map(\.drugClass)).subtracting([""])
        flags = Set(dictionary.drugs.flatMap(\.flags))
    }
}

extension KnowledgeTable {
    /// One side of a contraindication: a drug's name, `class:`, `flag:`, `atc:` or `snomed:` and its code.
    fileprivate func subject(
        _ row: Int, _ column: Column, dictionary: DrugDictionary, groups: Groups
    ) throws(KnowledgeError) -> Contraindication.Subject {
        let text = try requiredText(row, column)
        guard let colon = text.firstIndex(of: ":") else { return .drug(try drugName(row, column, in: dictionary)) }
        let code = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "class" where groups.classes.contains(code): return .drugClass(code)
        case "flag" where groups.flags.contains(code): return .flag(code)
        case "atc" where !code.isEmpty && !dictionary.drugs(inATCClass: code).isEmpty: return .atc(code)
        case "snomed" where Int64(code) != nil: return .condition(code)
        case "class", "flag", "atc":
            throw error(row, column, "no drug of drugs.tsv belongs to \(text)", code: .unknownReference)
        default: throw error(row, column, "is no drug, class:, flag:, atc: or snomed: code: \(text)")
        }
    }
}
