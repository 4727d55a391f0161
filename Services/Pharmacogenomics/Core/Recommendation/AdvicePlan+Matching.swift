extension AdvicePlan {
    /// The rules that hold for these answers, the one that is taken first at the front; a rule that another one makes
    /// more precise (it asks all that this one asks, and more) is left out.
    func matching(_ bits: [UInt64]) -> [Int] {
        guard let first = nextMatch(from: 0, bits) else { return [] }
        guard let second = nextMatch(from: first + 1, bits) else { return single[first] }
        var matched = [first, second]
        while let next = nextMatch(from: (matched.last ?? 0) + 1, bits) { matched.append(next) }
        let precise = matched.filter { one in !matched.contains { refines(rules[$0], rules[one]) } }
        return precise.sorted { (rules[$1].severity, $0) < (rules[$0].severity, $1) }
    }

    private func refines(_ other: Rule, _ rule: Rule) -> Bool {
        other.tests.count > rule.tests.count
            && rule.tests.allSatisfy { test in other.tests.contains { $0.word == test.word && $0.mask == test.mask } }
    }

    /// Whether the same single rule, or none, holds after conversion for a person of one phenotype per gene: then nothing needs
    /// to be built to see that the advice stays.
    func keeps(_ genetic: Advice, _ panel: ResultPanel, _ converted: ResultPanel) -> Bool {
        guard genetic.status == .determinate || genetic.status == .notCovered, genetic.candidates.count == 1 else {
            return false
        }
        for slot in slots {
            guard let before = panel.entries[slot], let after = converted.entries[slot], before.states.count == 1,
                after.states.count == 1, !before.hasOpenAlleles
            else { return false }
        }
        guard let first = nextMatch(from: 0, converted.bits) else { return genetic.status == .notCovered }
        return genetic.status == .determinate && nextMatch(from: first + 1, converted.bits) == nil
            && genetic.candidates[0].rules.count == 1 && genetic.candidates[0].rules[0].ordinal == rules[first].ordinal
    }

    /// The first rule from `start` on that holds.
    func nextMatch(from start: Int, _ bits: [UInt64]) -> Int? {
        for number in start..<rules.count {
            var holds = true
            for place in firstTest[number]..<firstTest[number + 1] {
                let test = tests[place]
                if bits[test.word] & test.mask == 0 {
                    holds = false
                    break
                }
            }
            if holds { return number }
        }
        return nil
    }

    /// Whether a rule may hold once the genes without a result have one: all its other questions are answered by yes.
    func mayHold(_ rule: Rule, _ bits: [UInt64], missing: UInt64) -> Bool {
        guard rule.genes & missing & ~rule.withoutResult != 0 else { return false }
        for test in rule.tests where missing & (1 << UInt64(test.gene & 63)) == 0 && bits[test.word] & test.mask == 0 {
            return false
        }
        return rule.withoutResult & ~missing == 0
    }

    /// The actions of the rules that hold: the first one's, then what the others add. Usual dosing does not stand beside
    /// something that departs from it.
    func actions(_ matched: [Int]) -> [RecommendedAction] {
        guard let first = matched.first else { return [] }
        guard matched.count > 1 else { return rules[first].actions }
        var actions = rules[first].actions
        for number in matched.dropFirst() {
            for action in rules[number].actions where !actions.contains(action) { actions.append(action) }
        }
        guard actions.contains(where: { $0.code.severity > 1 }) else { return actions }
        return actions.filter { $0.code != .standard && $0.code != .noRecommendation }
    }
}
