/// What all plans of a recommender ask, in flat tables: the plans that a change of some answers can touch are found without a look
/// into the plans themselves.
struct PlanQuestions: Sendable {
    /// The questions of one plan in one word of a panel's bits.
    private struct Asked: Sendable {
        let word: Int
        let mask: UInt64
    }

    private let asked: [Asked]
    /// By plan: where its questions begin; one more for the end.
    private let firstAsked: [Int]
    /// By plan: its genes as bits; genes beyond 63 share them.
    let slotMask: [UInt64]
    /// By plan: the number of its drug.
    let drugNumber: [Int]
    /// By plan: the gene that it asks about when that is only one; otherwise -1.
    let onlyGene: [Int]
    /// By plan: its rank among the plans that ask about its gene alone.
    let rank: [Int]
    /// By slot: the plans that ask about this gene alone, by rank.
    let plansOfOnlyGene: [[Int]]
    /// By plan: the plans of other sources for the same drug.
    let rivals: [[Int]]
    /// By slot: the plans that ask about the gene.
    let plansOfGene: [NumberSet]

    init(plans: [AdvicePlan], geneCount: Int) {
        var asked: [Asked] = []
        var firstAsked = [0]
        var plansOfGene = [NumberSet](repeating: NumberSet(below: plans.count), count: geneCount)
        for plan in plans {
            var masks: [Int: UInt64] = [:]
            for test in plan.tests where test.mask != 0 { masks[test.word, default: 0] |= test.mask }
            asked += masks.sorted { $0.key < $1.key }.map { Asked(word: $0.key, mask: $0.value) }
            firstAsked.append(asked.count)
            for slot in plan.slots { plansOfGene[slot].insert(plan.index) }
        }
        self.asked = asked
        self.firstAsked = firstAsked
        self.plansOfGene = plansOfGene
        slotMask = plans.map(\.slotMask)
        onlyGene = plans.map { $0.slots.count == 1 ? $0.slots[0] : -1 }
        var rank: [Int] = []
        var alone = [[Int]](repeating: [], count: geneCount)
        for plan in plans {
            guard plan.slots.count == 1 else {
                rank.append(0)
                continue
            }
            rank.append(alone[plan.slots[0]].count)
            alone[plan.slots[0]].append(plan.index)
        }
        self.rank = rank
        plansOfOnlyGene = alone
        let drugs = Dictionary(grouping: plans) { $0.drugNumber }
        rivals = plans.map { plan in (drugs[plan.drugNumber] ?? []).filter { $0.source != plan.source }.map(\.index) }
        drugNumber = plans.map(\.drugNumber)
    }

    /// Whether a plan asks for any of these bits of a panel.
    func asks(_ plan: Int, anyOf bits: [UInt64]) -> Bool {
        for place in firstAsked[plan]..<firstAsked[plan + 1] where bits[asked[place].word] & asked[place].mask != 0 {
            return true
        }
        return false
    }
}
