/// Collects the diplotypes of a gene that is called by its lowest function: the best by name, all of them by the pair of
/// alleles by which they are looked up.
struct StrandPairs {
    /// What may lie on one strand.
    private struct Option {
        /// The variants, in the order of their names.
        var alleles: [Int]
        /// Whether one of them was not seen.
        var isPresumed: Bool
        var score: Int
        /// The allele by which the strand is looked up.
        var lookup: Int
        var prior: Double
    }

    private struct Entry {
        var first: Option
        var second: Option
        var weight: Double
        var score: Int { first.score + second.score }
    }

    private let caller: StrandCaller
    private let observed: Int
    private var entries: [Entry] = []
    private var tally: GroupTally

    init(_ caller: StrandCaller, observed: Int) {
        self.caller = caller
        self.observed = observed
        tally = GroupTally(groupCount: caller.matcher.representatives.count)
    }

    /// How many diplotypes fit.
    var count: Int { tally.count }

    /// Adds one phasing with all that unseen positions may add to it. Two strands that are alike make each pair once.
    mutating func add(_ first: StrandSide, _ second: StrandSide, areAlike: Bool) {
        let one = options(first)
        let other = areAlike ? one : options(second)
        count(one, other, areAlike: areAlike)
        for (number, left) in one.enumerated() {
            for right in areAlike ? other[number...] : other[...] {
                if entries.count >= GeneCall.listingLimit, let last = entries.last,
                    left.score + right.score < last.score
                {
                    break
                }
                list(left, right, isDouble: !areAlike || left.alleles != right.alleles)
            }
        }
    }

    /// The listed diplotypes, best first, with their weights.
    func candidates() -> [DiplotypeCandidate] {
        entries.map { entry in
            var candidate = DiplotypeCandidate(
                first: haplotype(entry.first), second: haplotype(entry.second),
                weight: tally.weight > 0 ? entry.weight / tally.weight : 0, score: entry.score)
            candidate.isPresumed = entry.first.isPresumed || entry.second.isPresumed
            return candidate
        }
    }

    /// The rest by the pairs by which they are looked up.
    func unlisted() -> [UnlistedDiplotypes] {
        guard count > entries.count else { return [] }
        var rest = tally
        for entry in entries {
            rest.add(group(entry.first), group(entry.second), count: -1, weight: -entry.weight)
        }
        return rest.unlisted(representatives: caller.matcher.representatives, of: tally.weight)
    }

    /// The pair of the lowest functions among the listed diplotypes that nothing unseen was added to.
    func lookup() -> DiplotypeCandidate? {
        let seen = entries.filter { !$0.first.isPresumed && !$0.second.isPresumed }
        let ranks = caller.matcher.rank
        let best = (seen.isEmpty ? entries : seen).min { one, other in
            let sums = (sum(one), sum(other))
            if sums.0 != sums.1 { return sums.0 < sums.1 }
            let firsts = (ranks[one.first.lookup], ranks[other.first.lookup])
            if firsts.0 != firsts.1 { return firsts.0 < firsts.1 }
            return ranks[one.second.lookup] < ranks[other.second.lookup]
        }
        return best.map { entry in
            DiplotypeCandidate(
                first: caller.matcher.haplotype(entry.first.lookup),
                second: caller.matcher.haplotype(entry.second.lookup), weight: 1)
        }
    }

    private func sum(_ entry: Entry) -> Double {
        func value(_ option: Option) -> Double {
            let allele = caller.matcher.gene.alleles[option.lookup]
            if allele.function.contains("Malignant") { return -1 }
            return caller.isScored ? allele.activityValue ?? 2 : 0
        }
        return value(entry.first) + value(entry.second)
    }

    /// The variants seen, alone or with one that may be there unseen; best first.
    private func options(_ side: StrandSide) -> [Option] {
        let ranks = caller.matcher.rank
        let alleles = side.alleles.sorted { ranks[$0] < ranks[$1] }
        let own = alleles.reduce(0) { $0 + caller.matcher.constraints[$1].count }
        let seen = alleles.min { caller.lookupRank[$0] < caller.lookupRank[$1] }
        let prior = alleles.reduce(1) { $0 * (caller.matcher.prior?[$1] ?? 1) }
        let plain = Option(
            alleles: alleles, isPresumed: false, score: alleles.isEmpty ? observed : own,
            lookup: seen ?? caller.reference,
            prior: alleles.isEmpty ? caller.matcher.prior?[caller.reference] ?? 1 : prior)
        if side.possible.isEmpty { return [plain] }
        let extras = Set(side.possible).subtracting(alleles).sorted { ranks[$0] < ranks[$1] }
        return [plain]
            + extras.map { extra in
                var option = plain
                option.isPresumed = true
                option.alleles.append(extra)
                if !alleles.isEmpty { option.alleles.sort { ranks[$0] < ranks[$1] } }
                option.score = alleles.isEmpty ? 0 : own - 1
                option.prior = prior * (caller.matcher.prior?[extra] ?? 1)
                if let seen, caller.lookupRank[seen] < caller.lookupRank[extra] { return option }
                option.lookup = extra
                return option
            }
    }

    /// Counts the pairs of all options by their groups.
    private mutating func count(_ one: [Option], _ other: [Option], areAlike: Bool) {
        let hasPrior = caller.matcher.prior != nil
        let left = sums(one)
        let right = areAlike ? left : sums(other)
        for (number, first) in left.enumerated() where first.count > 0 {
            for (against, second) in right.enumerated() where second.count > 0 {
                if areAlike, against < number { continue }
                let count =
                    areAlike && against == number ? first.count * (first.count + 1) / 2 : first.count * second.count
                let isSame = areAlike && against == number
                let weight = first.prior * second.prior * (isSame ? 1 : 2)
                tally.add(number, against, count: count, weight: hasPrior ? weight : Double(count))
            }
        }
    }

    private func sums(_ options: [Option]) -> [(count: Int, prior: Double)] {
        var sums = [(count: Int, prior: Double)](repeating: (0, 0), count: caller.matcher.representatives.count)
        for option in options {
            sums[group(option)].count += 1
            sums[group(option)].prior += option.prior
        }
        return sums
    }

    private func group(_ option: Option) -> Int { caller.matcher.group[option.lookup] }

    private mutating func list(_ left: Option, _ right: Option, isDouble: Bool) {
        let isOrdered = !precedes(right, left)
        let entry = Entry(
            first: isOrdered ? left : right, second: isOrdered ? right : left,
            weight: caller.matcher.prior == nil ? 1 : left.prior * right.prior * (isDouble ? 2 : 1))
        if entries.count >= GeneCall.listingLimit {
            guard let last = entries.last, precedes(entry, last) else { return }
            entries.removeLast()
        }
        var place = entries.count
        while place > 0, precedes(entry, entries[place - 1]) { place -= 1 }
        entries.insert(entry, at: place)
    }

    private func precedes(_ one: Entry, _ other: Entry) -> Bool {
        if one.score != other.score { return one.score > other.score }
        if one.first.alleles != other.first.alleles { return precedes(one.first, other.first) }
        return precedes(one.second, other.second)
    }

    /// Single alleles before combinations, shorter ones before longer ones, then by the names of the members.
    private func precedes(_ one: Option, _ other: Option) -> Bool {
        let ranks = caller.matcher.rank
        let lengths = (max(one.alleles.count, 1), max(other.alleles.count, 1))
        if lengths.0 != lengths.1 { return lengths.0 < lengths.1 }
        for index in 0..<lengths.0 {
            let left = ranks[index < one.alleles.count ? one.alleles[index] : caller.reference]
            let right = ranks[index < other.alleles.count ? other.alleles[index] : caller.reference]
            if left != right { return left < right }
        }
        return false
    }

    private func haplotype(_ option: Option) -> HaplotypeCall {
        let alleles = option.alleles
        if alleles.count < 2 { return caller.matcher.haplotype(alleles.first ?? caller.reference) }
        let names = alleles.map { caller.matcher.gene.alleles[$0].reportedName }
        return HaplotypeCall(name: "[" + names.joined(separator: " + ") + "]", alleles: alleles)
    }
}
