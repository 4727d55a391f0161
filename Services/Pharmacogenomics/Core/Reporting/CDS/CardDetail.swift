/// The long text of a card, in Markdown: what each source says, why, what is open, and what it rests on.
struct CardDetail {
    let patient: EvaluatedPatient
    let leading: DrugRecommendation
    let all: [DrugRecommendation]
    let prefetched: PrefetchedMedications

    var text: String {
        var parts = [advice]
        parts.append("**Why**\n\n" + Markdown.list(reasons))
        if !conflicts.isEmpty { parts.append("**Sources differ**\n\n" + Markdown.list(conflicts)) }
        if !open.isEmpty { parts.append("**What would settle it**\n\n" + Markdown.list(open)) }
        parts.append(Markdown.list(basis))
        return parts.joined(separator: "\n\n")
    }

    private var advice: String {
        Markdown.table(
            ["Source", "For", "Advice", "Strength"],
            all.map { recommendation in
                [
                    "\(recommendation.source.rawValue) \(recommendation.version)", recommendation.population,
                    AdviceText.conclusion(recommendation), recommendation.strength.description,
                ]
            })
    }

    private var genes: [GeneSymbol] {
        var genes: [GeneSymbol] = []
        for gene in all.flatMap(\.genes) where !genes.contains(gene) { genes.append(gene) }
        return genes
    }

    private var reasons: [String] {
        var reasons: [String] = []
        for gene in genes {
            guard let phenotype = patient.phenotype(of: gene), !phenotype.outcomes.isEmpty else {
                reasons.append(Markdown.escaped("\(gene): no result"))
                continue
            }
            var line = Markdown.escaped(GenotypeText.text(phenotype.call) ?? gene.rawValue) + ": "
            line += phenotype.outcomes.prefix(GenotypeText.listedDiplotypes).map { outcome in
                let share = phenotype.outcomes.count > 1 ? " (\(GenotypeText.percent(outcome.weight)))" : ""
                return Markdown.escaped(outcome.phenotype) + Self.score(outcome) + share
            }.joined(separator: ", ")
            if let converted = phenotype.converted { line += conversion(converted) }
            reasons.append(line)
        }
        if let implication = leading.governing.gravest?.rules.first?.implication, !implication.isEmpty {
            reasons.append(Markdown.escaped(implication))
        }
        if !leading.risk.isEmpty, leading.risk != "none" {
            reasons.append("risk class: " + Markdown.escaped(leading.risk))
        }
        return reasons
    }

    private func conversion(_ converted: ConvertedPhenotype) -> String {
        let drugs =
            converted.inhibitors.map { "\($0.drug) (\($0.strength.rawValue) inhibitor)" }
            + converted.inducers.map { "\($0.drug) (\($0.strength.rawValue) inducer)" }
        let names = Markdown.escaped(drugs.joined(separator: ", "))
        switch converted.effect {
        case .unchanged: return "; unchanged by \(names)"
        case .opposed: return "; \(names) act against each other, the genetic phenotype is kept"
        case .inhibited, .induced:
            let outcomes = converted.outcomes.map { Markdown.escaped($0.phenotype) + Self.score($0) }
            return "; with \(names) like \(outcomes.joined(separator: " or "))"
        }
    }

    private static func score(_ outcome: PhenotypeOutcome) -> String {
        outcome.activityScore.map { ", activity score \(GenotypeText.number($0))" } ?? ""
    }

    private var conflicts: [String] {
        var lines: [String] = []
        for recommendation in all {
            for conflict in recommendation.conflicts
            where !all.contains(where: {
                $0.source == conflict.source && $0.guideline == conflict.guideline
                    && $0.population == conflict.population
            }) {
                let line = Markdown.escaped(
                    "\(conflict.source.rawValue) (\(conflict.population)): \(conflict.actions.isEmpty ? "not settled." : AdviceText.actions(conflict.actions))"
                )
                if !lines.contains(line) { lines.append(line) }
            }
        }
        return lines
    }

    private var open: [String] {
        var lines: [String] = []
        for test in all.flatMap(\.settledBy) {
            let what =
                switch test.kind {
                case .position: "genotype at \(test.name)"
                case .phasing: "phase of the variants (\(test.name))"
                case .copyNumber, .typing: test.name
                }
            let line = Markdown.escaped("\(test.gene): \(what)")
            if !lines.contains(line), lines.count < 6 { lines.append(line) }
        }
        return lines
    }

    private var basis: [String] {
        var lines = [
            Markdown.escaped(
                "knowledge release \(patient.knowledgeVersion), evaluated \(patient.evaluatedAt.iso8601)")
        ]
        switch prefetched.completeness {
        case .complete: break
        case .partial: lines.append("the medication list that came with the call is not complete")
        case .absent:
            lines.append(
                "no medication list came with the call: co-medication as far as the service knows it")
        }
        lines.append("decision support for health professionals; not medical advice")
        return lines
    }
}
