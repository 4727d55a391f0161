/// The rules of phenoconversion by the number of the gene.
struct ConversionRules: Sendable {
    private let rules: [[PhenoconversionRule.Conversion?]]

    init(knowledge: KnowledgeBase) {
        rules = knowledge.genes.genes.map { gene in
            Interaction.Effect.allCases.flatMap { effect in
                Interaction.Strength.allCases.map { strength in
                    let rule = knowledge.phenoconversion.rule(for: gene.symbol, effect: effect, strength: strength)
                    return rule?.conversion == .unchanged ? nil : rule?.conversion
                }
            }
        }
    }

    /// What happens to the phenotype; nil when nothing does.
    func conversion(
        _ slot: Int, _ effect: Interaction.Effect, _ strength: Interaction.Strength
    ) -> PhenoconversionRule.Conversion? {
        let column = strength == .weak ? 0 : strength == .moderate ? 1 : 2
        return rules[slot][(effect == .inhibitor ? 0 : 3) + column]
    }
}
