extension AdvicePlan {
    /// How many combinations of outcomes are listed one by one; beyond that, outcomes with the same answers stand together.
    static let combinationLimit = 64

    private struct Option {
        let outcome: Int
        let bits: [UInt64]
        var weight: Double
        var isWorstCase: Bool
        var isLeading: Bool
    }

    /// Every combination of the genes' states, each with what holds for it; heaviest first, then the gravest, then in the
    /// order of the outcomes.
    func combinations(_ panel: ResultPanel, _ missing: UInt64) -> [Draft] {
        var options = slots.map { self.options($0, panel, byOutcome: true) }
        if options.reduce(1, { $0 * max(1, $1.count) }) > Self.combinationLimit {
            options = slots.map { self.options($0, panel, byOutcome: false) }
        }
        var drafts: [Draft] = []
        var chosen = [Int](repeating: 0, count: slots.count)
        var bits = panel.bits
        while true {
            var weight = 1.0
            var isWorstCase = true
            var isLeading = true
            var results: [PhenotypeOutcome] = []
            for (place, slot) in slots.enumerated() {
                guard !options[place].isEmpty, let entry = panel.entries[slot] else { continue }
                let option = options[place][chosen[place]]
                weight *= option.weight
                isWorstCase = isWorstCase && option.isWorstCase
                isLeading = isLeading && option.isLeading
                results.append(entry.outcomes[option.outcome])
                panel.write(option.bits, at: slot, to: &bits)
            }
            drafts.append(
                draft(
                    bits: bits, results: results, weight: weight, isWorstCase: isWorstCase, isLeading: isLeading,
                    missing: missing))
            guard Self.advance(&chosen, options.map(\.count)) else { break }
        }
        return drafts.enumerated().sorted { one, other in
            let weights = (
                (one.element.candidate.weight * 1e12).rounded(), (other.element.candidate.weight * 1e12).rounded()
            )
            if weights.0 != weights.1 { return weights.0 > weights.1 }
            let severities = (one.element.candidate.severity, other.element.candidate.severity)
            return severities.0 != severities.1 ? severities.0 > severities.1 : one.offset < other.offset
        }.map(\.element)
    }

    private func options(_ slot: Int, _ panel: ResultPanel, byOutcome: Bool) -> [Option] {
        guard let entry = panel.entries[slot] else { return [] }
        var options: [Option] = []
        for state in entry.states {
            let answers = relevant(state.bits, slot: slot)
            let twin = options.firstIndex {
                (!byOutcome || $0.outcome == state.outcome) && relevant($0.bits, slot: slot) == answers
            }
            let isWorstCase = entry.states.count == 1 || entry.worstCase == state.outcome
            let isLeading = entry.leading.contains(state.outcome)
            if let twin {
                options[twin].weight += state.weight
                options[twin].isLeading = options[twin].isLeading || isLeading
                options[twin].isWorstCase = options[twin].isWorstCase || isWorstCase
            } else {
                options.append(
                    Option(
                        outcome: state.outcome, bits: state.bits, weight: state.weight, isWorstCase: isWorstCase,
                        isLeading: isLeading))
            }
        }
        return options
    }

    /// The answers that this plan asks for.
    private func relevant(_ bits: [UInt64], slot: Int) -> [UInt64] {
        zip(bits, mask(of: slot)).map { $0 & $1 }
    }

    private static func advance(_ chosen: inout [Int], _ counts: [Int]) -> Bool {
        for place in chosen.indices {
            chosen[place] += 1
            if chosen[place] < counts[place] { return true }
            chosen[place] = 0
        }
        return false
    }
}
