/// Gathers the meanings of a gene's candidates into outcomes: merged by phenotype and score, heaviest first.
struct OutcomeCollector {
    private struct Entry {
        var meaning: GeneMeaning.Meaning
        var weight: Double
        var names: [String]
        var count: Int
        var isLeading: Bool
        var states: [(carried: UInt64, score: Double?, weight: Double)]
    }

    private let gene: GeneSymbol
    private var entries: [Entry] = []

    init(gene: GeneSymbol) {
        self.gene = gene
    }

    /// Adds diplotypes of one meaning. With `scores`, the score is not known and these are the ones it may have.
    mutating func add(
        _ meaning: GeneMeaning.Meaning, weight: Double, names: [String], count: Int = 1, scores: [Double] = [],
        isLeading: Bool = false
    ) {
        let place: Int
        if let found = entries.firstIndex(where: { $0.meaning.isSameOutcome(as: meaning) }) {
            place = found
            entries[place].weight += weight
            entries[place].count += count
            entries[place].isLeading = entries[place].isLeading || isLeading
        } else {
            place = entries.count
            entries.append(
                Entry(meaning: meaning, weight: weight, names: [], count: count, isLeading: isLeading, states: []))
        }
        for name in names
        where entries[place].names.count < PhenotypeOutcome.diplotypeLimit && !entries[place].names.contains(name) {
            entries[place].names.append(name)
        }
        guard scores.isEmpty else {
            for score in scores {
                add(to: place, carried: meaning.carried, score: score, weight: weight / Double(scores.count))
            }
            return
        }
        add(to: place, carried: meaning.carried, score: meaning.score, weight: weight)
    }

    private mutating func add(to place: Int, carried: UInt64, score: Double?, weight: Double) {
        if let state = entries[place].states.firstIndex(where: { $0.carried == carried && $0.score == score }) {
            entries[place].states[state].weight += weight
        } else {
            entries[place].states.append((carried, score, weight))
        }
    }

    /// The outcomes and states; weights are scaled to the sum 1 when they do not have it.
    func finish(
        questions: GeneQuestions
    ) -> (outcomes: [PhenotypeOutcome], states: [GeneState], leading: [Int]) {
        let total = entries.reduce(0) { $0 + $1.weight }
        let scale = abs(total - 1) > 1e-9 && total > 0 ? 1 / total : 1
        let sorted = entries.count < 2 ? entries : entries.sorted { Self.precedes($0, $1) }
        var outcomes: [PhenotypeOutcome] = []
        var states: [GeneState] = []
        outcomes.reserveCapacity(sorted.count)
        states.reserveCapacity(sorted.count)
        for (place, entry) in sorted.enumerated() {
            let meaning = entry.meaning
            outcomes.append(
                PhenotypeOutcome(
                    gene: gene, phenotype: meaning.phenotype, activityScore: meaning.score,
                    weight: entry.weight * scale, diplotypes: entry.names, diplotypeCount: entry.count,
                    otherTerms: meaning.otherTerms, alleles: meaning.alleles))
            for state in entry.states {
                let bits = questions.bits(
                    phenotype: meaning.phenotype, score: state.score, otherTerms: meaning.otherTerms,
                    alleles: meaning.alleles, carried: state.carried)
                states.append(
                    GeneState(
                        outcome: place, bits: bits, weight: state.weight * scale, score: state.score,
                        carried: state.carried))
            }
        }
        return (outcomes, states, sorted.indices.filter { sorted[$0].isLeading })
    }

    /// Heavier first (weights that differ by rounding only are equal), then the lower score, then the earlier term.
    private static func precedes(_ one: Entry, _ other: Entry) -> Bool {
        let weights = ((one.weight * 1e12).rounded(), (other.weight * 1e12).rounded())
        if weights.0 != weights.1 { return weights.0 > weights.1 }
        let scores = (one.meaning.score ?? .infinity, other.meaning.score ?? .infinity)
        if scores.0 != scores.1 { return scores.0 < scores.1 }
        return one.meaning.phenotype < other.meaning.phenotype
    }
}
