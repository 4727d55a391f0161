/// Every drug of the knowledge tables, found by name, by code or in a display text.
public struct DrugDictionary: Sendable {
    /// All drugs in the order of the table; `Drug.index` is the place here.
    public let drugs: [Drug]

    private let byName: [String: Int]
    private let byRxNorm: [String: [Int]]
    private let byATC: [String: [Int]]
    private let phrases: DrugPhraseIndex
    private let combinations: [(drug: Int, ingredients: [Int])]

    /// Reads `drugs.tsv`.
    ///
    /// - Throws: ``KnowledgeError`` with the line when a field is malformed, a name is used twice, or a combination names an
    ///   ingredient that is absent.
    public init(tables: KnowledgeTables) throws(KnowledgeError) {
        let table = try tables.table("drugs.tsv")
        let columns = try DrugColumns(table)
        var drugs: [Drug] = []
        drugs.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount { drugs.append(try columns.drug(table, row)) }
        try self.init(drugs: drugs, table: table)
    }

    private init(drugs: [Drug], table: KnowledgeTable) throws(KnowledgeError) {
        let column = try table.column("drug")
        var byName: [String: Int] = [:]
        var byRxNorm: [String: [Int]] = [:]
        var byATC: [String: [Int]] = [:]
        var phrases = DrugPhraseIndex()
        for drug in drugs {
            for name in [drug.name] + drug.synonyms {
                if let other = byName.updateValue(drug.index, forKey: name) {
                    throw table.error(
                        drug.index, column, "\"\(name)\" stands for \(drugs[other].name) already", code: .duplicate)
                }
                if drug.kind == .ingredient { phrases.insert(name, drug: drug.index) }
            }
            for code in drug.rxnorm { byRxNorm[code, default: []].append(drug.index) }
            for code in drug.atc { byATC[code, default: []].append(drug.index) }
        }
        var combinations: [(drug: Int, ingredients: [Int])] = []
        for drug in drugs where drug.kind == .combination {
            var ingredients: [Int] = []
            for name in drug.ingredients {
                guard let index = byName[name], drugs[index].kind == .ingredient else {
                    throw table.error(
                        drug.index, try table.column("ingredients"), "\"\(name)\" has no row of its own",
                        code: .unknownReference)
                }
                ingredients.append(index)
            }
            combinations.append((drug.index, ingredients))
        }
        self.drugs = drugs
        self.byName = byName
        self.byRxNorm = byRxNorm
        self.byATC = byATC
        self.phrases = phrases
        self.combinations = combinations
    }

    /// The drug of this name or synonym, in any case; nil when there is none.
    public func drug(named name: String) -> Drug? {
        byName[name.lowercased()].map { drugs[$0] }
    }

    /// The drug that a code names; nil when the system or the code is unknown, or the code is shared by several drugs (then
    /// ``drugs(code:system:)`` lists them).
    ///
    /// A code of a product (RxNorm SCD, SBD and packs) is unknown here: match its display with ``drugs(display:)``.
    public func drug(code: String, system: String) -> Drug? {
        let found = drugs(code: code, system: system)
        return found.count == 1 ? found[0] : nil
    }

    /// Every drug that carries a code, ingredients first; the ATC code of a combination product can be carried by several.
    public func drugs(code: String, system: String) -> [Drug] {
        let indices: [Int]? =
            switch DrugCodeSystem(system) {
            case .rxnorm: byRxNorm[code]
            case .atc: byATC[code.uppercased()]
            case nil: nil
            }
        return (indices ?? []).map { drugs[$0] }
    }

    /// Every drug of an ATC class (`N06AB`), in the order of the table.
    public func drugs(inATCClass prefix: String) -> [Drug] {
        drugs.filter { $0.belongs(toATC: prefix) }
    }

    /// The drugs that a display text names, such as `24 HR venlafaxine 75 MG Extended Release Oral Capsule [Effexor]` or
    /// `amoxicillin 250 MG / clavulanate 125 MG Oral Tablet`.
    ///
    /// Names and synonyms are matched as whole words, the longest first, so `omeprazole` is not found in `esomeprazole`.
    /// - Returns: The ingredients in order of appearance, each once, then the fixed combinations all of whose ingredients are
    ///   among them; empty when nothing is known.
    public func drugs(display: String) -> [Drug] {
        let found = phrases.matches(in: display)
        guard !found.isEmpty else { return [] }
        var result = found.map { drugs[$0] }
        guard found.count > 1 else { return result }
        for combination in combinations where combination.ingredients.allSatisfy(found.contains) {
            result.append(drugs[combination.drug])
        }
        return result
    }

    /// Whether a display text names a form that acts where it is put (skin, eye, ear, nose, vagina, shampoo), so that the
    /// drug hardly reaches the liver: such a product is no inhibitor or inducer to reckon with.
    public static func isLocal(display: String) -> Bool {
        DrugPhraseIndex.words(of: display).contains { localForms.contains($0) }
    }

    /// Words of RxNorm's dose forms for local use. `transdermal`, `sublingual` and `rectal` are systemic.
    private static let localForms: Set<String> = [
        "topical", "ophthalmic", "otic", "nasal", "vaginal", "shampoo", "cream", "ointment", "intraocular",
        "intravitreal", "toothpaste", "mouthwash",
    ]
}
