import Domain
import JSONDocument

/// What the report says about one guideline for one drug.
enum DrugSection {
    static func json(_ recommendation: DrugRecommendation) -> JSONValue {
        var section: JSONObject = [
            "source": .string(recommendation.source.rawValue), "guideline": .string(recommendation.guideline),
            "version": .string(recommendation.version), "population": .string(recommendation.population),
            "genes": .array(recommendation.genes.map { .string($0.rawValue) }),
        ]
        let governing = recommendation.governing
        guard governing.status != .notCallable || !governing.candidates.isEmpty else {
            // Nothing is known: the missing genes and what would settle it are all there is to say.
            section["status"] = .string(governing.status.rawValue)
            section.set("missing_genes", texts: governing.missingGenes.map(\.rawValue))
            section.set("settled_by", governing.settledBy.map(test))
            section.set("conflicts", recommendation.conflicts.map(conflict))
            section["content_hash"] = .string(hexadecimal(recommendation.contentHash))
            return .object(section)
        }
        for member in advice(governing).members { section[member.key] = member.value }
        section["phenoconverted"] = .bool(recommendation.isPhenoconverted)
        if recommendation.isPhenoconverted {
            section["by_genotype_alone"] = .object(advice(recommendation.genetic))
        }
        section.set("conflicts", recommendation.conflicts.map(conflict))
        section.set("citations", texts: recommendation.citations)
        section.set("input_events", texts: recommendation.inputEvents.map(\.description))
        section["content_hash"] = .string(hexadecimal(recommendation.contentHash))
        return .object(section)
    }

    private static func advice(_ advice: Advice) -> JSONObject {
        var json: JSONObject = [
            "status": .string(advice.status.rawValue), "actions": actions(advice.actions),
            "strength": .string(advice.strength.description),
            "candidates": .array(advice.candidates.map(candidate)),
        ]
        json.set("risk", advice.risk)
        json.set("missing_genes", texts: advice.missingGenes.map(\.rawValue))
        if advice.isPartial { json["partial"] = true }
        json.set("settled_by", advice.settledBy.map(test))
        return json
    }

    private static func candidate(_ candidate: CandidateAction) -> JSONValue {
        var json: JSONObject = [
            "weight": .number(candidate.weight),
            "results": .array(candidate.results.map { .object(GeneSection.summary(of: $0)) }),
            "actions": actions(candidate.actions),
        ]
        if let rule = candidate.rules.first {
            json["condition"] = .string(rule.condition.description)
            json["strength"] = .string(rule.strength.description)
            json.set("risk", rule.risk)
            json.set("implication", rule.implication)
        }
        if candidate.isPartial { json["partial"] = true }
        return .object(json)
    }

    private static func actions(_ actions: [RecommendedAction]) -> JSONValue {
        .array(
            actions.map { action in
                var json: JSONObject = ["code": .string(action.code.rawValue)]
                json.set("detail", action.detail)
                json["text"] = .string(action.text)
                return .object(json)
            })
    }

    private static func test(_ test: SettlingTest) -> JSONValue {
        [
            "gene": .string(test.gene.rawValue), "kind": .string(test.kind.rawValue), "name": .string(test.name),
            "separated_weight": .number(test.separatedWeight),
        ]
    }

    private static func conflict(_ conflict: SourceConflict) -> JSONValue {
        [
            "source": .string(conflict.source.rawValue), "guideline": .string(conflict.guideline),
            "population": .string(conflict.population), "actions": actions(conflict.actions),
        ]
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
