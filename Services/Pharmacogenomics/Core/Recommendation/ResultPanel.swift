/// The results of one person in all genes, by number: what rules are looked up in.
struct ResultPanel: Sendable {
    /// One gene with a result.
    final class Entry: Sendable {
        let call: GeneCall
        let outcomes: [PhenotypeOutcome]
        let states: [GeneState]
        /// The outcome that the published worst case of unphased data is; nil for all other data.
        let worstCase: Int?
        /// The outcomes of the candidates with the best score.
        let leading: [Int]
        /// Whether the presence of an allele that guidelines ask about is not known.
        let hasOpenAlleles: Bool

        init(call: GeneCall, outcomes: [PhenotypeOutcome], states: [GeneState], worstCase: Int?, leading: [Int]) {
            self.call = call
            self.outcomes = outcomes
            self.states = states
            self.worstCase = worstCase
            self.leading = leading
            hasOpenAlleles = outcomes.contains { $0.alleles.contains { $0.isPresent == nil } }
        }
    }

    /// By slot; nil: no result.
    private(set) var entries: [Entry?]
    /// The bits of every gene that has one state, or no result; the first state's for the others.
    private(set) var bits: [UInt64]
    /// By slot: the calls that were made without a result, with the positions that they miss.
    private(set) var withoutResult: [Int: GeneCall] = [:]
    private let questions: GuidelineQuestions

    init(phenotypes: [GenePhenotype], questions: GuidelineQuestions) {
        self.questions = questions
        entries = Array(repeating: nil, count: questions.genes.count)
        bits = questions.unknownBits
        for (place, phenotype) in phenotypes.enumerated() {
            guard let slot = questions.slot(of: phenotype.gene, near: place) else { continue }
            if phenotype.states.isEmpty {
                if phenotype.call.coverage > 0, !phenotype.call.missingPositions.isEmpty {
                    withoutResult[slot] = phenotype.call
                }
                continue
            }
            let entry = Entry(
                call: phenotype.call, outcomes: phenotype.outcomes, states: phenotype.states,
                worstCase: Self.worstCase(phenotype.worstCase, in: phenotype.outcomes), leading: phenotype.leading)
            entries[slot] = entry
            write(entry.states[0].bits, at: slot, to: &bits)
        }
    }

    /// The panel with what the medication makes of one gene.
    mutating func convert(_ slot: Int, outcomes: [PhenotypeOutcome], states: [GeneState], leading: [Int]) {
        guard let entry = entries[slot], let first = states.first else { return }
        entries[slot] = Entry(call: entry.call, outcomes: outcomes, states: states, worstCase: nil, leading: leading)
        write(first.bits, at: slot, to: &bits)
    }

    /// Whether a gene has several states, or an allele that is not known.
    func isOpen(_ slot: Int) -> Bool {
        guard let entry = entries[slot] else { return false }
        return entry.states.count != 1 || entry.hasOpenAlleles
    }

    /// The panel as if one gene had no result.
    mutating func clear(_ slot: Int) {
        entries[slot] = nil
        write(questions.genes[slot].unknownBits, at: slot, to: &bits)
    }

    /// Writes the answers of one gene.
    func write(_ answers: [UInt64], at slot: Int, to bits: inout [UInt64]) {
        let start = slot * questions.wordCount
        for word in answers.indices { bits[start + word] = answers[word] }
    }

    private static func worstCase(_ outcome: PhenotypeOutcome?, in outcomes: [PhenotypeOutcome]) -> Int? {
        guard let outcome else { return nil }
        return outcomes.firstIndex {
            $0.phenotype == outcome.phenotype && $0.activityScore == outcome.activityScore
        }
    }
}
