/// What the guidelines of a release ask, gene by gene, each question numbered once.
///
/// A person's state in a gene is then a set of bits, and whether a rule holds is a look at a few of them: no text is compared
/// when a person is evaluated.
final class GuidelineQuestions: Sendable {
    /// By slot: the catalog's genes by their index, then the genes that only guidelines name.
    let genes: [GeneQuestions]
    /// How many words of bits every gene has in a panel.
    let wordCount: Int
    /// The bits of a person without any result.
    let unknownBits: [UInt64]
    private let slots: [GeneSymbol: Int]

    init(knowledge: KnowledgeBase) {
        var drafts = knowledge.genes.genes.map { GeneQuestions.Draft(symbol: $0.symbol, definition: $0) }
        var slots = Dictionary(drafts.enumerated().map { ($1.symbol, $0) }, uniquingKeysWith: { first, _ in first })
        for rule in knowledge.guidelines.rules {
            for requirement in rule.condition.requirements {
                let slot = slots[requirement.gene] ?? drafts.count
                if slot == drafts.count {
                    slots[requirement.gene] = slot
                    drafts.append(GeneQuestions.Draft(symbol: requirement.gene, definition: nil))
                }
                drafts[slot].ask(requirement.test, source: rule.source)
            }
        }
        let words = drafts.reduce(1) { max($0, ($1.questions.count + 63) / 64) }
        wordCount = words
        genes = drafts.map { GeneQuestions($0, wordCount: words) }
        unknownBits = genes.flatMap(\.unknownBits)
        self.slots = slots
    }

    /// The number of a gene that is likely to be this one.
    func slot(of gene: GeneSymbol, near place: Int) -> Int? {
        place < genes.count && genes[place].symbol == gene ? place : slots[gene]
    }

    /// The number of a gene; nil when neither the catalog nor a guideline names it.
    func slot(of gene: GeneSymbol) -> Int? { slots[gene] }
}

/// A question with the terms that it is asked in.
struct GeneQuestion: Hashable, Sendable {
    /// What is asked.
    let test: GeneRequirement.Test
    /// Whose phenotypes are meant: the source where the gene has ranges of its own for it, otherwise CPIC.
    let terms: GuidelineSource
}

/// What the guidelines ask of one gene.
struct GeneQuestions: Sendable {
    /// The questions under construction.
    struct Draft {
        let symbol: GeneSymbol
        let definition: GeneDefinition?
        var questions: [GeneQuestion] = []
        var numbers: [GeneQuestion: Int] = [:]

        init(symbol: GeneSymbol, definition: GeneDefinition?) {
            self.symbol = symbol
            self.definition = definition
        }

        mutating func ask(_ test: GeneRequirement.Test, source: GuidelineSource) {
            let question = GeneQuestion(test: test, terms: GeneQuestions.terms(of: source, for: definition))
            guard numbers[question] == nil else { return }
            numbers[question] = questions.count
            questions.append(question)
        }
    }

    let symbol: GeneSymbol
    let definition: GeneDefinition?
    /// The questions by number.
    let questions: [GeneQuestion]
    /// Sources besides CPIC that have ranges of their own for the gene.
    let otherSources: [GuidelineSource]
    /// The alleles that are asked about by presence, in natural order.
    let askedAlleles: [String]
    /// Bits of a gene without a result.
    let unknownBits: [UInt64]
    private let numbers: [GeneQuestion: Int]
    /// By phenotype: the bits of the questions in CPIC's terms that it answers by yes.
    private let phenotypeBits: [String: [UInt64]]
    private let scoreQuestions: [(bit: Int, range: ActivityScoreRange)]
    private let alleleQuestions: [(bit: Int, name: String, isPresent: Bool)]
    private let variantQuestions: [(bit: Int, names: Set<String>)]
    private let otherPhenotypeQuestions: [(bit: Int, source: GuidelineSource, terms: Set<String>)]
    private let calledBits: [UInt64]

    init(_ draft: Draft, wordCount words: Int) {
        symbol = draft.symbol
        definition = draft.definition
        questions = draft.questions
        numbers = draft.numbers
        otherSources = GuidelineSource.allCases.filter {
            $0 != .cpic && Self.terms(of: $0, for: draft.definition) == $0
        }
        var unknown = [UInt64](repeating: 0, count: words)
        var called = unknown
        var phenotypes: [String: [UInt64]] = [:]
        var scores: [(Int, ActivityScoreRange)] = []
        var alleles: [(Int, String, Bool)] = []
        var variants: [(Int, Set<String>)] = []
        var others: [(Int, GuidelineSource, Set<String>)] = []
        for (bit, question) in draft.questions.enumerated() {
            switch question.test {
            case .phenotypes(let terms) where question.terms == .cpic:
                for term in terms {
                    phenotypes[term, default: [UInt64](repeating: 0, count: words)].set(bit)
                }
            case .phenotypes(let terms): others.append((bit, question.terms, Set(terms)))
            case .score(let range): scores.append((bit, range))
            case .allele(let name, let isPresent): alleles.append((bit, name, isPresent))
            case .variant(let names): variants.append((bit, Set(names)))
            case .unknown: unknown.set(bit)
            case .any: called.set(bit)
            }
        }
        unknownBits = unknown
        calledBits = called
        phenotypeBits = phenotypes
        scoreQuestions = scores
        alleleQuestions = alleles
        variantQuestions = variants
        otherPhenotypeQuestions = others
        askedAlleles = Set(alleles.map(\.1)).union(phenotypes.keys.compactMap { Self.alleleOfPresence($0) }).sorted()
    }

    /// `*57:01` of the term `*57:01 positive`; nil for every other term.
    static func alleleOfPresence(_ term: String) -> String? {
        for ending in [" positive", " negative"] where term.hasSuffix(ending) {
            return String(term.dropLast(ending.count))
        }
        return nil
    }

    /// Whether a question depends on the diplotype itself, not on its phenotype alone.
    var asksForVariants: Bool { !variantQuestions.isEmpty }

    /// Whether a question depends on the activity score.
    var asksForScores: Bool { !scoreQuestions.isEmpty }

    /// The number of a question; nil when it is not asked.
    func number(_ test: GeneRequirement.Test, source: GuidelineSource) -> Int? {
        numbers[GeneQuestion(test: test, terms: Self.terms(of: source, for: definition))]
    }

    /// The answers for a gene with a result.
    ///
    /// - Parameters:
    ///   - phenotype: in CPIC's terms.
    ///   - score: the activity score, where there is one.
    ///   - otherTerms: the phenotype of the sources of ``otherSources``.
    ///   - alleles: the presence of the asked alleles.
    ///   - carried: bit i: variant question i (in their order) is answered by yes.
    func bits(
        phenotype: String, score: Double?, otherTerms: [SourceTerm], alleles: [AllelePresence], carried: UInt64
    ) -> [UInt64] {
        var bits = calledBits
        if let answers = phenotypeBits[phenotype] {
            for word in bits.indices { bits[word] |= answers[word] }
        }
        if let score {
            for question in scoreQuestions where question.range.contains(score) { bits.set(question.bit) }
        }
        for question in otherPhenotypeQuestions {
            let term = otherTerms.first { $0.source == question.source }?.phenotype ?? phenotype
            if question.terms.contains(term) { bits.set(question.bit) }
        }
        for allele in alleles {
            guard let text = allele.text, let answers = phenotypeBits[text] else { continue }
            for word in bits.indices { bits[word] |= answers[word] }
        }
        for question in alleleQuestions {
            let presence = alleles.first { $0.name == question.name }?.isPresent
            if presence == question.isPresent { bits.set(question.bit) }
        }
        for (index, question) in variantQuestions.enumerated() where carried & (1 << UInt64(min(index, 63))) != 0 {
            bits.set(question.bit)
        }
        return bits
    }

    /// Which variant questions a diplotype answers by yes; the first 64 are told apart.
    ///
    /// - Parameter sites: what was seen at positions that no allele is defined by (`rs12777823 A`).
    func carried(by haplotypes: [HaplotypeCall], sites: [ReportedSite]) -> UInt64 {
        guard asksForVariants else { return 0 }
        var mask: UInt64 = 0
        for site in sites {
            for base in [site.first, site.second] {
                guard let base else { continue }
                for (index, question) in variantQuestions.enumerated()
                where question.names.contains("\(site.identifier) \(base)") {
                    mask |= 1 << UInt64(min(index, 63))
                }
            }
        }
        for haplotype in haplotypes {
            for (index, question) in variantQuestions.enumerated() where carries(haplotype, oneOf: question.names) {
                mask |= 1 << UInt64(min(index, 63))
            }
        }
        return mask
    }

    private func carries(_ haplotype: HaplotypeCall, oneOf names: Set<String>) -> Bool {
        if names.contains(haplotype.name) { return true }
        guard let definition else { return false }
        return haplotype.alleles.contains {
            definition.alleles.indices.contains($0) && names.contains(definition.alleles[$0].name)
        }
            || haplotype.partials.contains { names.contains($0) }
    }

    static func terms(of source: GuidelineSource, for definition: GeneDefinition?) -> GuidelineSource {
        guard source != .cpic, let definition,
            definition.phenotypeRules.scoreRanges.contains(where: { $0.source == source.rawValue })
        else { return .cpic }
        return source
    }
}

extension [UInt64] {
    mutating func set(_ bit: Int) { self[bit >> 6] |= 1 << UInt64(bit & 63) }

    func contains(bit: Int) -> Bool { self[bit >> 6] & (1 << UInt64(bit & 63)) != 0 }
}
