/// The short texts of cards.
enum CardText {
    /// `codeine: avoid (CYP2D6 Poor Metabolizer; CPIC, strong)`.
    static func summary(_ recommendation: DrugRecommendation, patient: EvaluatedPatient) -> String {
        let advice = recommendation.governing
        let reason: String
        let possibly: String
        switch recommendation.status {
        case .ambiguousDifferentAction:
            possibly = "possibly "
            reason = recommendation.genes.map(\.rawValue).joined(separator: ", ") + " not settled"
        case .determinate, .ambiguousSameAction, .notCallable, .notCovered:
            possibly = ""
            reason = results(advice)
        }
        let causes = recommendation.isPhenoconverted ? converters(of: recommendation, patient: patient) : []
        let cause = causes.isEmpty ? "" : ", with \(causes.map(\.drug).joined(separator: " and "))"
        return "\(recommendation.drug): \(possibly)\(action(advice)) (\(reason)\(cause); \(backing(recommendation)))"
    }

    /// `codeine, taken now: avoid, with paroxetine (CYP2D6; CPIC, strong)`.
    static func interaction(_ recommendation: DrugRecommendation, causes: [String]) -> String {
        let genes = recommendation.genes.map(\.rawValue).joined(separator: ", ")
        return "\(recommendation.drug), taken now: \(action(recommendation.governing)), with "
            + "\(causes.joined(separator: " and ")) (\(genes); \(backing(recommendation)))"
    }

    /// `codeine: no result of CYP2D6; CYP2D6 genotyping would decide the dose or drug (CPIC)`.
    static func unknown(_ recommendation: DrugRecommendation, tests: [SettlingTest]) -> String {
        let genes = recommendation.missingGenes.map(\.rawValue).joined(separator: ", ")
        let names = testNames(recommendation, tests: tests).joined(separator: ", ")
        return "\(recommendation.drug): no result of \(genes); \(names) would decide drug or dose "
            + "(\(recommendation.source.rawValue))"
    }

    /// The tests that a laboratory is asked for.
    static func testNames(_ recommendation: DrugRecommendation, tests: [SettlingTest]) -> [String] {
        let genes =
            recommendation.missingGenes.isEmpty ? Array(Set(tests.map(\.gene))).sorted() : recommendation.missingGenes
        return genes.map { gene in
            let typing = tests.first { $0.gene == gene && ($0.kind == .typing || $0.kind == .copyNumber) }
            return typing.map(\.name) ?? "\(gene) genotyping"
        }
    }

    /// Who says it.
    static func source(_ recommendation: DrugRecommendation) -> CDSCard.Source {
        switch recommendation.source {
        case .cpic: CDSCard.Source(label: "CPIC guidelines", url: "https://cpicpgx.org/guidelines/")
        case .dpwg: CDSCard.Source(label: "Dutch Pharmacogenetics Working Group", url: "https://www.knmp.nl/")
        case .fda:
            CDSCard.Source(
                label: "FDA pharmacogenetic associations",
                url: "https://www.fda.gov/medical-devices/precision-medicine/table-pharmacogenetic-associations")
        }
    }

    /// The drugs that change the phenotype of one of the recommendation's genes.
    static func converters(of recommendation: DrugRecommendation, patient: EvaluatedPatient) -> [InteractingDrug] {
        var drugs: [InteractingDrug] = []
        for gene in recommendation.genes {
            guard let converted = patient.phenotype(of: gene)?.converted, converted.effect != .unchanged else {
                continue
            }
            for drug in converted.inhibitors + converted.inducers where !drugs.contains(where: { $0.drug == drug.drug })
            {
                drugs.append(drug)
            }
        }
        return drugs
    }

    /// A sentence that is short enough for a card: cut at a word, with an ellipsis.
    static func cut(_ text: String) -> String {
        guard text.count > CDSCard.summaryLimit else { return text }
        let head = text.prefix(CDSCard.summaryLimit - 1)
        let end = head.lastIndex(of: " ") ?? head.endIndex
        return "\(head[..<end])…"
    }

    /// The gravest action as a clause.
    private static func action(_ advice: Advice) -> String {
        let actions = advice.actions.isEmpty ? advice.gravest?.actions ?? [] : advice.actions
        guard let text = actions.max()?.text else { return "no recommendation" }
        return text.prefix(1).lowercased() + text.dropFirst().dropLast()
    }

    private static func results(_ advice: Advice) -> String {
        var texts: [String] = []
        for candidate in advice.candidates {
            let text = candidate.results.map { "\($0.gene) \($0.phenotype)" }.joined(separator: ", ")
            if !texts.contains(text) { texts.append(text) }
        }
        return texts.joined(separator: " or ")
    }

    private static func backing(_ recommendation: DrugRecommendation) -> String {
        recommendation.strength.level == .none
            ? recommendation.source.rawValue
            : "\(recommendation.source.rawValue), \(recommendation.strength.level.rawValue)"
    }
}
