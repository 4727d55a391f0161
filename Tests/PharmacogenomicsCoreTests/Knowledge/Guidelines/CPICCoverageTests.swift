import Testing

@testable import PharmacogenomicsCore

@Suite("Every row of CPIC's published tables is answered or listed with a reason", .enabled(if: SharedPGx.isPresent))
struct CPICCoverageTests {
    private let book: GuidelineBook

    init() throws { book = try CommittedGuidelines.cpic() }

    /// The scores that a CPIC phenotype stands for.
    private static let scores: [String: [String: [Double]]] = [
        "CYP2D6": [
            "Poor Metabolizer": [0], "Intermediate Metabolizer": [0.25, 0.5, 0.75, 1],
            "Normal Metabolizer": [1.25, 1.5, 1.75, 2, 2.25], "Ultrarapid Metabolizer": [2.5, 3, 4, 6],
        ],
        "CYP2C9": ["Poor Metabolizer": [0, 0.5], "Intermediate Metabolizer": [1, 1.5], "Normal Metabolizer": [2]],
        "DPYD": ["Poor Metabolizer": [0, 0.5], "Intermediate Metabolizer": [1, 1.5], "Normal Metabolizer": [2]],
    ]

    /// All that a gene and phenotype of the text table may stand for.
    private func results(_ gene: String, _ phenotype: String) -> [KnownResult] {
        switch (gene, phenotype) {
        case (_, "None"): return [.unknown]
        case ("IFNL3", "Unfavorable Response"): return [.alleles(["rs12979860 variant (T)"])]
        case ("IFNL3", "Favorable Response"): return [.alleles([])]
        case ("CFTR", "Favorable Response"): return [.phenotype("ivacaftor responsive in CF patients")]
        case ("CFTR", "Unfavorable Response"): return [.phenotype("ivacaftor non-responsive in CF patients")]
        default: return Self.scores[gene]?[phenotype].map { $0.map(KnownResult.score) } ?? [.phenotype(phenotype)]
        }
    }

    @Test("All 724 rows of the text table are answered, save 23 of which nothing is known or whose gene is not called")
    func textTable() throws {
        let rows = try SharedPGx.table("facts/cpic_recommendations_text.tsv")
        #expect(rows.count == 724)
        var answered = 0
        var omitted = 0
        for row in rows {
            let cell: (String) -> String = { row[$0] ?? "" }
            var combinations: [[String: KnownResult]] = [[:]]
            for number in ["1", "2"] where cell("gene\(number)") != "None" {
                let gene = cell("gene\(number)")
                combinations = combinations.flatMap { known in
                    results(gene, cell("phenotype\(number)")).map { known.merging([gene: $0]) { $1 } }
                }
            }
            if combinations.allSatisfy({ !book.rules(cell("drug"), $0).isEmpty }) {
                answered += 1
                continue
            }
            let silent =
                cell("recommendation") == "None"
                && ["None", "Indeterminate"].contains(cell("phenotype1")) && cell("phenotype2") == "None"
            #expect(silent || cell("gene1") == "F5", "\(row)")
            omitted += 1
        }
        #expect(answered == 701)
        #expect(omitted == 23)
    }

    /// The content of the older text is kept where no later guideline replaces it.
    @Test("What the text table says is what the rules say")
    func textAgrees() throws {
        // Replaced by CPIC's guideline of 2023 (serotonin reuptake inhibitors) and table of 2023-12 (anaesthetics).
        let replaced: Set<String> = [
            "citalopram", "escitalopram", "sertraline", "paroxetine", "fluvoxamine", "vortioxetine", "venlafaxine",
            "desflurane",
            "enflurane", "halothane", "isoflurane", "methoxyflurane", "sevoflurane", "succinylcholine",
        ]
        var compared = 0
        for row in try SharedPGx.table("facts/cpic_recommendations_text.tsv") {
            let text = row["recommendation"] ?? ""
            let drug = row["drug"] ?? ""
            if replaced.contains(drug) || text == "None" || row["gene1"] == "F5" { continue }
            let bothIntermediate =
                row["gene1"] == "NUDT15" && row["phenotype1"]?.hasSuffix("Intermediate Metabolizer") == true
                && row["phenotype2"]?.hasSuffix("Intermediate Metabolizer") == true
            if bothIntermediate { continue }
            var known: [String: KnownResult] = [:]
            for number in ["1", "2"] {
                guard let gene = row["gene\(number)"], gene != "None" else { continue }
                known[gene] = results(gene, row["phenotype\(number)"] ?? "").last
            }
            // Tables of several populations: some population gives the older text.
            let rules = book.rules(drug, known)
            #expect(rules.contains { agrees($0, text) }, "\(drug) \(known): \(text)")
            compared += 1
        }
        #expect(compared == 528)
    }

    /// Whether a rule says what the keywords and figures of a text ask for.
    private func agrees(_ rule: GuidelineRule, _ text: String) -> Bool {
        let lower = text.lowercased()
        let codes = Set(rule.actions.map(\.code))
        let percents = rule.actions.compactMap(\.percent)
        if lower.hasPrefix("avoid"), !lower.hasPrefix("avoid moderate"), !codes.contains(.avoid) { return false }
        if lower.contains("consider alternative drug"), !codes.contains(.alternative) { return false }
        if lower.contains("25% reduction of recommended starting"), !percents.contains(75...75) { return false }
        if lower.contains("50% reduction of recommended starting"), !percents.contains(50...50) { return false }
        if lower.contains("therapeutic drug monitoring to guide"), !codes.contains(.monitor) { return false }
        if lower.contains("(30%-80% of normal dose)"), !percents.contains(30...80) { return false }
        if lower.contains("10-fold"), !percents.contains(10...10) { return false }
        if lower.contains("<=20mg") || lower.contains("<20mg") {
            return rule.actions.contains { $0.code == .doseMaximum && $0.detail.contains("20 mg") }
        }
        if lower.hasPrefix("initiate therapy with recommended starting dose") { return codes.contains(.standard) }
        return true
    }

    @Test("All 228 rows of the strength table of 2021 are answered")
    func strengthTable() throws {
        let rows = try SharedPGx.table("facts/cpic_recommendation_strength.tsv")
        #expect(rows.count == 228)
        for row in rows {
            let drug = (row["drug"] ?? "").replacing("nortripyline", with: "nortriptyline")
            let known = try StrengthKey(row["phenotype_key"] ?? "").known
            #expect(!book.rules(drug, known).isEmpty, "\(drug) \(row["phenotype_key"] ?? "")")
        }
    }

    @Test("The strength is the one of 2021 wherever the guideline has not changed since")
    func strengths() throws {
        // Drugs whose guideline is older than the table of 2021 and stands unchanged; one population each.
        let unchanged: Set<String> = [
            "abacavir", "allopurinol", "atazanavir", "codeine", "ondansetron", "tropisetron", "tacrolimus",
        ]
        var compared = 0
        for row in try SharedPGx.table("facts/cpic_recommendation_strength.tsv")
        where unchanged.contains(row["drug"] ?? "") {
            let word = (row["classification"] ?? "").lowercased().replacing("no recommendation", with: "none")
            for rule in book.rules(row["drug"] ?? "", try StrengthKey(row["phenotype_key"] ?? "").known) {
                #expect(rule.strength.level.rawValue == word, "\(rule.drug) \(rule.condition)")
                compared += 1
            }
        }
        #expect(compared == 22)
    }

    @Test("One person's 82 published CPIC recommendations have our strength and kind of action")
    func examplePerson() throws {
        var compared = 0
        for row in try SharedPGx.table("examples/pharmcat.example.recommendations.tsv") {
            guard row["source"] == "CPIC Guideline Annotation", let key = row["lookup_key"], !key.isEmpty else {
                continue
            }
            var known: [String: KnownResult] = [:]
            for part in key.split(separator: "; ") {
                let halves = part.split(separator: "=", maxSplits: 1).map { String($0) }
                known[halves[0]] = Self.result(halves[1])
            }
            let drug = row["drug"] ?? ""
            let word = (row["classification"] ?? "").lowercased().replacing("no recommendation", with: "none")
            let rules = book.rules(drug, known).filter {
                $0.strength.level.rawValue == word || !$0.strength.original.isEmpty
            }
            #expect(!rules.isEmpty, "\(drug) \(key) \(word)")
            if row["alternate_drug"] == "1" {
                let codes: Set<ActionCode> = [.alternative, .avoid, .contraindicated]
                #expect(rules.contains { !codes.isDisjoint(with: $0.actions.map(\.code)) }, "\(drug)")
            }
            compared += 1
        }
        #expect(compared == 82)
    }

    private static func result(_ text: String) -> KnownResult {
        if text == "No Result" { return .unknown }
        if let score = Double(text) { return .score(score) }
        if text.hasPrefix("*") {
            let words = text.split(separator: " ")
            return .alleles(words.last == "positive" ? [String(words[0])] : [])
        }
        return .phenotype(text)
    }

    @Test("All pairs of level A, A/B and B have advice or stand in pairs-not-covered.tsv with a reason, never both")
    func pairs() throws {
        let bytes = try CommittedGuidelines.bytes("pairs-not-covered.tsv")
        let table = try KnowledgeTable(name: "pairs-not-covered.tsv", bytes: bytes)
        let columns = try ["gene", "drug", "reason"].map { try table.column($0) }
        var listed: Set<[String]> = []
        for row in 0..<table.rowCount {
            #expect(!table.isEmpty(row, columns[2]))
            listed.insert([table.text(row, columns[0]), table.text(row, columns[1])])
        }
        var pairs = 0
        for row in try SharedPGx.table("facts/cpic_gene_drug_pairs.tsv") {
            guard ["A", "A/B", "B"].contains(row["cpiclevel"] ?? "") else { continue }
            let gene = row["gene"] ?? ""
            let drug = (row["drug"] ?? "").lowercased()
            let advice = book.rules(for: drug).contains { rule in
                rule.condition.genes.contains { $0.rawValue == gene } && rule.actions.map(\.code) != [.noRecommendation]
            }
            #expect(advice != listed.contains([gene, drug]), "\(gene) \(drug)")
            pairs += 1
        }
        #expect(pairs == 139)
        #expect(listed.count == 30)
    }

    @Test("No row of ours repeats eight words in a row of CPIC's texts")
    func ownWords() throws {
        var runs: Set<[Substring]> = []
        func words(_ text: String) -> [Substring] {
            text.lowercased().split { !$0.isLetter && !$0.isNumber }
        }
        func addRuns(_ text: String) {
            let all = words(text)
            guard all.count >= 8 else { return }
            for start in 0...(all.count - 8) { runs.insert(Array(all[start..<start + 8])) }
        }
        for row in try SharedPGx.table("facts/cpic_recommendations_text.tsv") { addRuns(row["recommendation"] ?? "") }
        for row in try SharedPGx.table("facts/cpic_recommendation_strength.tsv") {
            addRuns(row["recommendation"] ?? "")
            addRuns(row["implication"] ?? "")
        }
        for row in try SharedPGx.table("examples/pharmcat.example.recommendations.tsv") {
            addRuns(row["recommendation"] ?? "")
            addRuns(row["implications"] ?? "")
        }
        #expect(runs.count > 1_000)
        for rule in book.rules {
            for text in rule.actions.map(\.detail) + [rule.implication, rule.population, rule.risk] {
                let all = words(text)
                guard all.count >= 8 else { continue }
                for start in 0...(all.count - 8) { #expect(!runs.contains(Array(all[start..<start + 8])), "\(text)") }
            }
            #expect(rule.implication.split(separator: " ").count <= 8, "\(rule.implication)")
        }
    }
}

/// Reads the keys of the strength table: `cyp2c19poorcyp2d6normal`, `hla-b57:01carrier`, `tpmtlow`.
private struct StrengthKey {
    let known: [String: KnownResult]

    init(_ text: String) throws {
        var known: [String: KnownResult] = [:]
        let key = /(cyp2c19|cyp2c9|cyp2d6|cyp3a5|slco1b1|tpmt|ugt1a1|hla-a|hla-b)(\d\d:\d\d)?([a-z]*?)(?=cyp|hla|$)/
        for match in text.matches(of: key) where !match.3.isEmpty {
            let gene = match.1.uppercased()
            if let allele = match.2 {
                let isCarried = match.3 == "carrier" || match.3 == "positive"
                known[gene] = .alleles(isCarried ? ["*\(allele)"] : [])
            } else if gene == "SLCO1B1" {
                let words = ["normal": "Normal Function", "intermediate": "Decreased Function", "low": "Poor Function"]
                known[gene] = .phenotype(try #require(words[String(match.3)]))
            } else {
                let words = ["low": "Poor", "extensive": "Normal"]
                let word = words[String(match.3)] ?? (match.3.prefix(1).uppercased() + match.3.dropFirst())
                let scores = [
                    "CYP2C9": ["Poor": 0.0, "Intermediate": 1],
                    "CYP2D6": ["Poor": 0, "Intermediate": 1, "Ultrarapid": 3],
                ]
                known[gene] = scores[gene].map { .score($0[word] ?? 2) } ?? .phenotype("\(word) Metabolizer")
            }
        }
        try #require(!known.isEmpty)
        self.known = known
    }
}
