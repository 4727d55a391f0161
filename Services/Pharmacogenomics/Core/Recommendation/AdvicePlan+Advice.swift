extension AdvicePlan {
    /// What the plan comes to for the results of a person.
    ///
    /// - Parameter settler: asked only when something is open.
    func advice(_ panel: ResultPanel, settler: Settler) -> Advice {
        var missing: UInt64 = 0
        var isDeterminate = true
        for place in slots.indices {
            guard let entry = panel.entries[slots[place]] else {
                missing |= 1 << UInt64(place & 63)
                continue
            }
            if entry.hasOpenAlleles, isOpen(slots[place], entry) {
                var closed = panel
                closed.clear(slots[place])
                return advice(closed, settler: settler)
            }
            if entry.states.count > 1 { isDeterminate = false }
        }
        guard isDeterminate else { return conclude(combinations(panel, missing), panel, missing, settler) }
        if missing == 0, let first = nextMatch(from: 0, panel.bits), nextMatch(from: first + 1, panel.bits) == nil {
            return advice(rules[first], results(panel))
        }
        let draft = draft(
            bits: panel.bits, results: results(panel), weight: 1, isWorstCase: true, isLeading: true, missing: missing)
        return conclude([draft], panel, missing, settler)
    }

    /// The advice of one rule for one phenotype of every gene: what nearly everybody has.
    private func advice(_ rule: Rule, _ results: [PhenotypeOutcome]) -> Advice {
        var hash = hash(.determinate, missing: 0)
        mix(1, isPartial: false, isLeading: true, results, into: &hash)
        hash.mix(rule.contentHash)
        let candidate = CandidateAction(
            weight: 1, results: results, rules: rule.rules, actions: rule.actions, isPartial: false, isLeading: true)
        return Advice(
            status: .determinate, candidates: [candidate], actions: rule.actions, strength: rule.strength,
            risk: rule.risk, missingGenes: [], isPartial: false, settledBy: [], contentHash: hash.value,
            actionsHash: rule.actionsHash)
    }

    private func results(_ panel: ResultPanel) -> [PhenotypeOutcome] {
        if slots.count == 1 { return panel.entries[slots[0]]?.outcomes ?? [] }
        var results: [PhenotypeOutcome] = []
        results.reserveCapacity(slots.count)
        for slot in slots {
            guard let entry = panel.entries[slot] else { continue }
            results += entry.outcomes
        }
        return results
    }

    /// Whether a gene has a result that says nothing of the allele that this plan asks about (HLA).
    private func isOpen(_ slot: Int, _ entry: ResultPanel.Entry) -> Bool {
        guard entry.states.count == 1, let state = entry.states.first else { return false }
        return zip(state.bits, mask(of: slot)).allSatisfy { $0 & $1 == 0 }
    }

    /// A combination of states with what holds for it.
    struct Draft {
        var candidate: CandidateAction
        var rules: [Int]
        var isWorstCase: Bool
    }

    func draft(
        bits: [UInt64], results: [PhenotypeOutcome], weight: Double, isWorstCase: Bool, isLeading: Bool,
        missing: UInt64
    ) -> Draft {
        let matched = matching(bits)
        var isPartial = false
        if missing != 0, let first = matched.first {
            let taken = rules[first]
            isPartial =
                taken.withoutResult & missing != 0
                || rules.contains { $0.actionsHash != taken.actionsHash && mayHold($0, bits, missing: missing) }
        }
        // One rule is shared by all persons.
        let shared = matched.count == 1 ? rules[matched[0]].rules : matched.flatMap { rules[$0].rules }
        let candidate = CandidateAction(
            weight: weight, results: results, rules: shared, actions: actions(matched), isPartial: isPartial,
            isLeading: isLeading)
        return Draft(candidate: candidate, rules: matched, isWorstCase: isWorstCase)
    }

    private func conclude(
        _ drafts: [Draft], _ panel: ResultPanel, _ missing: UInt64, _ settler: Settler
    ) -> Advice {
        let candidates = drafts.count == 1 ? [drafts[0].candidate] : drafts.map(\.candidate)
        let missingGenes =
            missing == 0 ? [] : genes.indices.filter { missing & (1 << UInt64($0)) != 0 }.map { genes[$0] }
        let status = status(drafts, panel, missing)
        var leading: Draft?
        var actions: [RecommendedAction] = []
        switch status {
        case .determinate, .ambiguousSameAction:
            leading = drafts.first
            actions = leading?.candidate.actions ?? []
        case .ambiguousDifferentAction:
            // Equal worst cases cannot be several: one outcome per gene is the worst.
            leading = drafts.first { $0.isWorstCase }
            actions = leading?.candidate.actions ?? []
        case .notCallable:
            leading = drafts.first
            actions = (leading?.candidate.actions ?? []).filter { $0.code != .noRecommendation }
        case .notCovered: break
        }
        let shown =
            leading
            ?? drafts.max {
                ($0.candidate.severity, $0.candidate.weight) < ($1.candidate.severity, $1.candidate.weight)
            }
        let rule = shown?.rules.first.map { rules[$0] }
        let isPartial = shown?.candidate.isPartial ?? false
        let isOpen = status == .ambiguousDifferentAction || status == .notCallable || isPartial
        let tests = isOpen ? settler.tests(self, panel) : []
        return Advice(
            status: status, candidates: candidates, actions: actions,
            strength: rule?.strength ?? RecommendationStrength(.none), risk: rule?.risk ?? "",
            missingGenes: missingGenes, isPartial: isPartial, settledBy: tests,
            contentHash: hash(status, drafts, missing: missing, tests), actionsHash: ContentHash.of(actions))
    }

    private func status(_ drafts: [Draft], _ panel: ResultPanel, _ missing: UInt64) -> ConsensusStatus {
        let all: UInt64 = slots.count >= 64 ? .max : (1 << UInt64(slots.count)) - 1
        if !slots.isEmpty, missing == all { return .notCallable }
        guard let first = drafts.first else { return .notCallable }
        if drafts.allSatisfy({ $0.rules.isEmpty }) {
            let mayBe = missing != 0 && rules.contains { mayHold($0, panel.bits, missing: missing) }
            return mayBe ? .notCallable : .notCovered
        }
        if drafts.count == 1 { return .determinate }
        return drafts.allSatisfy { $0.candidate.actions == first.candidate.actions }
            ? .ambiguousSameAction : .ambiguousDifferentAction
    }

    private func hash(_ status: ConsensusStatus, missing: UInt64) -> ContentHash {
        var hash = ContentHash()
        hash.mix(identityHash)
        hash.mix(status.number)
        hash.mix(missing)
        return hash
    }

    private func mix(
        _ weight: Double, isPartial: Bool, isLeading: Bool, _ results: [PhenotypeOutcome], into hash: inout ContentHash
    ) {
        hash.mix(weight)
        hash.mix(isPartial)
        hash.mix(isLeading)
        for place in results.indices { hash.mix(results[place].contentHash) }
    }

    private func hash(
        _ status: ConsensusStatus, _ drafts: [Draft], missing: UInt64, _ tests: [SettlingTest]
    ) -> UInt64 {
        var hash = hash(status, missing: missing)
        for draft in drafts {
            let candidate = draft.candidate
            mix(
                candidate.weight, isPartial: candidate.isPartial, isLeading: candidate.isLeading, candidate.results,
                into: &hash)
            for rule in draft.rules { hash.mix(rules[rule].contentHash) }
        }
        for test in tests {
            hash.mix(test.name)
            hash.mix(test.separatedWeight)
        }
        return hash.value
    }
}

extension ConsensusStatus {
    fileprivate var number: Int {
        switch self {
        case .determinate: 0
        case .ambiguousSameAction: 1
        case .ambiguousDifferentAction: 2
        case .notCallable: 3
        case .notCovered: 4
        }
    }
}
