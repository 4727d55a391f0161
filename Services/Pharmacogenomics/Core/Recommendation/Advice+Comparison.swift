extension Advice {
    /// Whether both lead to the same: the rules that hold for every candidate, and how far the candidates agree. The phenotypes
    /// may differ.
    func saysTheSame(as other: Advice) -> Bool {
        if self === other { return true }
        guard status == other.status, isPartial == other.isPartial, candidates.count == other.candidates.count,
            missingGenes == other.missingGenes
        else { return false }
        for place in candidates.indices {
            guard candidates[place].weight == other.candidates[place].weight,
                candidates[place].rules.count == other.candidates[place].rules.count
            else { return false }
            // By place: a rule is not copied to read its number.
            for rule in candidates[place].rules.indices
            where candidates[place].rules[rule].ordinal != other.candidates[place].rules[rule].ordinal { return false }
        }
        return actions == other.actions
    }

    /// Whether two sources differ in what is to be done: another drug, another dose, more watching, or nothing; and at least
    /// one of them would change drug or dose.
    func conflicts(with other: Advice) -> Bool {
        band >= 0 && other.band >= 0 && band != other.band && max(band, other.band) >= 2
    }

    /// 3: another drug (alternative, avoid, contraindicated); 2: another dose; 1: watch or test; 0: as usual. -1 when the
    /// candidates differ, a gene is missing, or the source says that it has no recommendation, or has words for a label only.
    static func band(_ status: ConsensusStatus, _ actions: [RecommendedAction], _ severity: Int, isPartial: Bool) -> Int
    {
        guard status == .determinate || status == .ambiguousSameAction, !isPartial,
            actions.contains(where: { $0.code != .noRecommendation && $0.code != .label })
        else { return -1 }
        switch severity {
        case 4...: return 3
        case 3: return 2
        case 2: return 1
        default: return 0
        }
    }
}

extension SourceConflict {
    init(_ plan: AdvicePlan, _ advice: Advice) {
        var hash = ContentHash()
        hash.mix(plan.identityHash)
        hash.mix(advice.severity)
        hash.mix(advice.actionsHash)
        self.init(
            source: plan.source, guideline: plan.guideline, population: plan.population, severity: advice.severity,
            actions: advice.actions, contentHash: hash.value)
    }
}
