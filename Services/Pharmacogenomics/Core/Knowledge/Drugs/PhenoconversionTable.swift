/// The rules of phenoconversion: per gene, effect and strength, what happens to the phenotype.
public struct PhenoconversionTable: Sendable {
    /// All rules in the order of the table.
    public let rules: [PhenoconversionRule]

    private let byKey: [Key: Int]

    private struct Key: Hashable {
        let gene: GeneSymbol
        let effect: Interaction.Effect
        let strength: Interaction.Strength
    }

    /// The phenotypes from least to most activity, in CPIC's standard terms.
    public static let ladder = [
        "Poor Metabolizer", "Intermediate Metabolizer", "Normal Metabolizer", "Rapid Metabolizer",
        "Ultrarapid Metabolizer",
    ]

    /// The steps that a gene has: CYP2D6 has no rapid metabolizers; CYP2C9, CYP3A4 and CYP3A5 have neither rapid nor
    /// ultrarapid ones.
    public static func ladder(for gene: GeneSymbol) -> [String] {
        switch gene {
        case "CYP2D6": ladder.filter { $0 != "Rapid Metabolizer" }
        case "CYP2C9", "CYP3A4", "CYP3A5": Array(ladder.prefix(3))
        default: ladder
        }
    }

    /// Reads `phenoconversion.tsv`; rules are `score-factor:0.5`, `phenotype:Poor Metabolizer`, `steps:-1` and `unchanged`.
    ///
    /// - Throws: ``KnowledgeError`` with the line when a field is malformed or a case has two rules.
    public init(tables: KnowledgeTables) throws(KnowledgeError) {
        let table = try tables.table("phenoconversion.tsv")
        let gene = try table.column("gene")
        let effect = try table.column("effect")
        let strength = try table.column("strength")
        let rule = try table.column("rule")
        let source = try table.column("source")
        var rules: [PhenoconversionRule] = []
        var byKey: [Key: Int] = [:]
        for row in 0..<table.rowCount {
            guard let conversion = PhenoconversionRule.Conversion(table.text(row, rule)) else {
                throw table.error(
                    row, rule,
                    "is none of score-factor:<number>, phenotype:<name>, steps:<whole number>, unchanged: "
                        + table.text(row, rule))
            }
            let entry = PhenoconversionRule(
                gene: try table.gene(row, gene), effect: try table.word(row, effect),
                strength: try table.word(row, strength), conversion: conversion,
                source: try table.requiredText(row, source))
            let key = Key(gene: entry.gene, effect: entry.effect, strength: entry.strength)
            if byKey.updateValue(rules.count, forKey: key) != nil {
                throw table.error(
                    row, rule, "\(entry.gene) \(entry.effect.rawValue) \(entry.strength.rawValue) has a rule already",
                    code: .duplicate)
            }
            rules.append(entry)
        }
        self.rules = rules
        self.byKey = byKey
    }

    /// The rule of a case; nil when none is published, and then the genetic phenotype stands.
    public func rule(
        for gene: GeneSymbol, effect: Interaction.Effect, strength: Interaction.Strength
    ) -> PhenoconversionRule? {
        byKey[Key(gene: gene, effect: effect, strength: strength)].map { rules[$0] }
    }
}

extension PhenoconversionRule.Conversion {
    /// Reads the text form of the table; nil when it is none.
    init?(_ text: String) {
        if text == "unchanged" {
            self = .unchanged
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "score-factor":
            guard let factor = Double(parts[1]), factor >= 0, factor.isFinite else { return nil }
            self = .activityScore(factor: factor)
        case "phenotype":
            guard PhenoconversionTable.ladder.contains(String(parts[1])) else { return nil }
            self = .phenotype(String(parts[1]))
        case "steps":
            guard let steps = Int(parts[1]), steps != 0, abs(steps) < 5 else { return nil }
            self = .steps(steps)
        default: return nil
        }
    }
}
