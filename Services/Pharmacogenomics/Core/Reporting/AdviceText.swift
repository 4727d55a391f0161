/// Advice in plain sentences of our own, as reports and cards write it.
enum AdviceText {
    /// The actions as sentences.
    static func actions(_ actions: [RecommendedAction]) -> String {
        actions.map(\.text).joined(separator: " ")
    }

    /// What to do, or why that is open.
    static func conclusion(_ recommendation: DrugRecommendation) -> String {
        let advice = recommendation.governing
        var parts: [String] = []
        switch advice.status {
        case .determinate, .ambiguousSameAction:
            parts.append(advice.actions.isEmpty ? "The source gives no recommendation." : actions(advice.actions))
        case .ambiguousDifferentAction:
            parts.append("Not settled: " + alternatives(advice).joined(separator: "; ") + ".")
        case .notCallable:
            let genes = advice.missingGenes.map(\.rawValue).joined(separator: ", ")
            parts.append("Not decided: no result of \(genes.isEmpty ? "a gene that the guideline needs" : genes).")
        case .notCovered: parts.append("The source has no row for this result.")
        }
        if recommendation.isPhenoconverted {
            parts.append(
                "The present medication changes the answer; by genotype alone: \(brief(recommendation.genetic))")
        }
        return parts.joined(separator: " ")
    }

    /// Advice without its reasons.
    static func brief(_ advice: Advice) -> String {
        if !advice.actions.isEmpty { return actions(advice.actions) }
        switch advice.status {
        case .determinate, .ambiguousSameAction: return "The source gives no recommendation."
        case .ambiguousDifferentAction: return "not settled."
        case .notCallable: return "not decided."
        case .notCovered: return "not covered."
        }
    }

    /// The different actions with the share of the candidates that they belong to, heaviest first.
    static func alternatives(_ advice: Advice) -> [String] {
        var texts: [String] = []
        var weights: [Double] = []
        for candidate in advice.candidates {
            let text = candidate.actions.isEmpty ? "no recommendation" : String(actions(candidate.actions).dropLast())
            if let index = texts.firstIndex(of: text) {
                weights[index] += candidate.weight
            } else {
                texts.append(text)
                weights.append(candidate.weight)
            }
        }
        let order = texts.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
        return order.map { "\(GenotypeText.percent(weights[$0])) \(texts[$0])" }
    }
}
