/// Collects the pairs of named alleles that fit: the best by name, all of them by what they do.
struct CandidateList {
    private struct Pair {
        var first: Int
        var second: Int
        var score: Int
    }

    private let matcher: GeneMatcher
    private var best: [Pair] = []
    private var tally: GroupTally

    init(_ matcher: GeneMatcher) {
        self.matcher = matcher
        tally = GroupTally(groupCount: matcher.representatives.count)
    }

    /// How many pairs fit.
    var count: Int { tally.count }

    /// Counts an allele that has no second beside it.
    mutating func tally(_ one: Int) {
        tally.add(matcher.group[one], -1, count: 1, weight: prior(one, -1))
    }

    /// Counts the pairs of an allele with each of its partners.
    mutating func tally(_ one: Int, partners: AlleleSet) {
        let group = matcher.group[one]
        if matcher.prior == nil {
            for (number, members) in matcher.groupMembers.enumerated() {
                let count = partners.sharedCount(members)
                if count > 0 { tally.add(group, number, count: count, weight: Double(count)) }
            }
            return
        }
        partners.forEach { tally.add(group, matcher.group[$0], count: 1, weight: prior(one, $0)) }
    }

    /// Whether a pair of that score can be listed.
    func wants(score: Int) -> Bool {
        guard best.count >= GeneCall.listingLimit, let last = best.last else { return true }
        return score >= last.score
    }

    /// Lists a pair if it is among the best. The second is -1 where there is one copy.
    mutating func offer(_ first: Int, _ second: Int, score: Int) {
        let isOrdered = second < 0 || matcher.rank[first] <= matcher.rank[second]
        let pair =
            isOrdered
            ? Pair(first: first, second: second, score: score) : Pair(first: second, second: first, score: score)
        if best.count >= GeneCall.listingLimit {
            guard let last = best.last, precedes(pair, last) else { return }
            best.removeLast()
        }
        var place = best.count
        while place > 0, precedes(pair, best[place - 1]) { place -= 1 }
        best.insert(pair, at: place)
    }

    /// The listed pairs, best first, with their weights.
    func candidates() -> [DiplotypeCandidate] {
        best.map { pair in
            DiplotypeCandidate(
                first: matcher.haplotype(pair.first), second: pair.second < 0 ? nil : matcher.haplotype(pair.second),
                weight: tally.weight > 0 ? prior(pair.first, pair.second) / tally.weight : 0, score: pair.score)
        }
    }

    /// The rest by the groups of the two alleles.
    func unlisted() -> [UnlistedDiplotypes] {
        guard count > best.count else { return [] }
        var rest = tally
        for pair in best {
            rest.add(
                matcher.group[pair.first], pair.second < 0 ? -1 : matcher.group[pair.second], count: -1,
                weight: -prior(pair.first, pair.second))
        }
        return rest.unlisted(representatives: matcher.representatives, of: tally.weight)
    }

    private func precedes(_ one: Pair, _ other: Pair) -> Bool {
        if one.score != other.score { return one.score > other.score }
        let ranks = (matcher.rank[one.first], matcher.rank[other.first])
        if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
        return (one.second < 0 ? -1 : matcher.rank[one.second]) < (other.second < 0 ? -1 : matcher.rank[other.second])
    }

    /// Hardy-Weinberg: the product of the frequencies, twice for two different alleles; 1 without frequencies.
    private func prior(_ first: Int, _ second: Int) -> Double {
        guard let prior = matcher.prior else { return 1 }
        guard second >= 0 else { return prior[first] }
        return prior[first] * prior[second] * (first == second ? 1 : 2)
    }
}
