/// One guideline of one source for one drug and population, made ready to be looked up by numbers.
final class AdvicePlan: Sendable {
    /// A rule with the bits that it asks for.
    struct Rule: Sendable {
        /// The rule alone, so that candidates share one array.
        let rules: [GuidelineRule]
        let tests: [Test]
        /// The genes that it asks about: bit i is the plan's gene i.
        let genes: UInt64
        /// The genes that it asks to be without a result.
        let withoutResult: UInt64
        let actions: [RecommendedAction]
        let strength: RecommendationStrength
        let risk: String
        let severity: Int
        let ordinal: Int
        let contentHash: UInt64
        /// A hash of the actions alone.
        let actionsHash: UInt64

        var rule: GuidelineRule { rules[0] }
    }

    /// One question of a rule.
    struct Test: Sendable {
        /// The place of the gene in the plan.
        let gene: Int
        /// The place of the word in a panel's bits.
        let word: Int
        let mask: UInt64
    }

    /// The number of the plan in its recommender.
    let index: Int
    /// The number of the drug in its recommender.
    let drugNumber: Int
    let drug: String
    let source: GuidelineSource
    let guideline: String
    let version: String
    let population: String
    /// Whether the rows are for children, adolescents or breastfeeding women alone.
    let isForSpecialPopulation: Bool
    /// The genes by their numbers.
    let slots: [Int]
    let genes: [GeneSymbol]
    let rules: [Rule]
    /// The tests of all rules, one rule's after the other's.
    let tests: [Test]
    /// By rule: where its tests begin; one more for the end.
    let firstTest: [Int]
    /// By rule: the list of it alone.
    let single: [[Int]]
    /// The numbers of the genes as bits; genes beyond 63 share them.
    let slotMask: UInt64
    /// A hash of what names the plan.
    let identityHash: UInt64
    /// By the place of the gene: the bits that some rule asks for.
    private let masks: [[UInt64]]

    init(index: Int, drugNumber: Int, rules group: [GuidelineRule], questions: GuidelineQuestions) {
        self.index = index
        self.drugNumber = drugNumber
        let first = group.first
        drug = first?.drug ?? ""
        source = first?.source ?? .cpic
        guideline = first?.guideline ?? ""
        version = group.map(\.version).max() ?? ""
        let population = first?.population ?? ""
        self.population = population
        isForSpecialPopulation = GuidelinePopulation.isSpecial(population)
        var symbols: [GeneSymbol] = []
        for rule in group {
            for gene in rule.condition.genes where !symbols.contains(gene) { symbols.append(gene) }
        }
        genes = symbols
        slots = symbols.map { questions.slot(of: $0) ?? 0 }
        let places = Dictionary(symbols.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        rules = group.map { Self.compile($0, places: places, questions: questions) }
        tests = rules.flatMap(\.tests)
        firstTest = rules.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.tests.count) }
        single = rules.indices.map { [$0] }
        slotMask = slots.reduce(0) { $0 | 1 << UInt64($1 & 63) }
        let words = questions.wordCount
        var masks = symbols.map { _ in [UInt64](repeating: 0, count: words) }
        for rule in rules {
            for test in rule.tests where !masks.isEmpty { masks[test.gene][test.word % words] |= test.mask }
        }
        self.masks = masks
        var hash = ContentHash()
        for text in [drug, source.rawValue, guideline, version, population] { hash.mix(text) }
        identityHash = hash.value
    }

    /// The bits of a gene that some rule asks for.
    func mask(of slot: Int) -> [UInt64] {
        slots.firstIndex(of: slot).map { masks[$0] } ?? []
    }

    private static func compile(
        _ rule: GuidelineRule, places: [GeneSymbol: Int], questions: GuidelineQuestions
    ) -> Rule {
        var tests: [Test] = []
        var genes: UInt64 = 0
        var withoutResult: UInt64 = 0
        for requirement in rule.condition.requirements {
            guard let place = places[requirement.gene], let slot = questions.slot(of: requirement.gene),
                let bit = questions.genes[slot].number(requirement.test, source: rule.source)
            else {
                // Cannot be, the questions were made from the same rules; a rule that cannot be asked never holds.
                tests.append(Test(gene: 0, word: 0, mask: 0))
                continue
            }
            tests.append(
                Test(
                    gene: place, word: slot * questions.wordCount + (bit >> 6), mask: 1 << UInt64(bit & 63)))
            genes |= 1 << UInt64(place & 63)
            if requirement.test == .unknown { withoutResult |= 1 << UInt64(place & 63) }
        }
        var hash = ContentHash()
        for text in [
            rule.source.rawValue, rule.guideline, rule.version, rule.drug, rule.population, rule.condition.description,
            rule.actions.map(\.description).joined(separator: "+"), rule.strength.description, rule.risk,
            rule.implication, rule.citation,
        ] { hash.mix(text) }
        return Rule(
            rules: [rule], tests: tests, genes: genes, withoutResult: withoutResult, actions: rule.actions,
            strength: rule.strength, risk: rule.risk,
            severity: rule.actions.reduce(0) { max($0, $1.code.severity) }, ordinal: rule.ordinal,
            contentHash: hash.value,
            actionsHash: ContentHash.of(rule.actions))
    }
}

extension AdvicePlan: Equatable {
    /// The same plan of the same release, or plans that name the same guideline.
    static func == (one: AdvicePlan, other: AdvicePlan) -> Bool {
        one === other
            || one.drug == other.drug && one.source == other.source && one.guideline == other.guideline
                && one.version == other.version && one.population == other.population && one.genes == other.genes
    }
}
