import Domain

/// Explains a recommendation in plain sentences and codes: which positions were seen, which diplotypes fit, what they mean, what the
/// medication makes of it, what the guideline says, what would settle what is open, where other sources differ.
public struct Explainer: Sendable {
    private let knowledge: KnowledgeBase
    /// How many names a sentence lists.
    private static let listLimit = 8

    /// An explainer under a release.
    public init(knowledge: KnowledgeBase) {
        self.knowledge = knowledge
    }

    /// How a recommendation came about.
    public func explain(_ recommendation: DrugRecommendation, for patient: EvaluatedPatient) -> Explanation {
        explain(recommendation, phenotypes: patient.phenotypes)
    }

    /// How a recommendation came about, from the phenotypes that it was made from.
    public func explain(_ recommendation: DrugRecommendation, phenotypes: [GenePhenotype]) -> Explanation {
        var steps: [Explanation.Step] = []
        for gene in recommendation.genes {
            guard let phenotype = phenotypes.first(where: { $0.gene == gene }) else {
                steps.append(unknown(gene))
                continue
            }
            steps += self.steps(phenotype, isConverted: recommendation.isPhenoconverted)
        }
        if let joint = joint(recommendation, phenotypes) { steps.append(joint) }
        steps.append(action(recommendation, recommendation.genetic, isConverted: false))
        if let converted = recommendation.converted {
            steps.append(action(recommendation, converted, isConverted: true))
        }
        if let settling = settling(recommendation) { steps.append(settling) }
        steps += recommendation.conflicts.map { conflict($0, recommendation) }
        steps.append(evidence(recommendation))
        return Explanation(drug: recommendation.drug, steps: steps)
    }

    /// How one gene's phenotype came about.
    public func explain(_ phenotype: GenePhenotype) -> [Explanation.Step] {
        steps(phenotype, isConverted: true)
    }

    // MARK: - Genes

    private func unknown(_ gene: GeneSymbol) -> Explanation.Step {
        Explanation.Step(
            kind: .diplotypes, gene: gene, codes: [.init("status", "not-callable")],
            sentence: "\(gene) has no result.")
    }

    private func steps(_ phenotype: GenePhenotype, isConverted: Bool) -> [Explanation.Step] {
        var steps = [positions(phenotype.call), diplotypes(phenotype)].compactMap(\.self)
        if !phenotype.outcomes.isEmpty { steps.append(meaning(phenotype)) }
        if let converted = phenotype.converted { steps.append(conversion(converted, of: phenotype)) }
        return steps
    }

    private func positions(_ call: GeneCall) -> Explanation.Step? {
        guard call.status != .outside, let gene = knowledge.genes[call.gene], !gene.positions.isEmpty else {
            return nil
        }
        let defining = gene.positions.filter { $0.role == .defining }
        let missing = call.missingPositions.filter { gene.positions.indices.contains($0) }
            .map { gene.positions[$0].identifier }
        var codes: [Explanation.Code] = [
            .init("positions", "\(defining.count)"), .init("missing", "\(missing.count)"),
            .init("coverage", Self.number(call.coverage)), .init("phased", call.isPhased ? "true" : "false"),
        ]
        codes += missing.prefix(Self.listLimit).map { .init("missing-position", $0) }
        codes += call.remarks.map { .init("remark", $0) }
        guard call.status != .notCallable || missing.count < defining.count else {
            return Explanation.Step(
                kind: .positions, gene: call.gene, codes: codes,
                sentence:
                    "None of the \(defining.count) positions that define the alleles of \(call.gene) was observed.")
        }
        let sentence =
            missing.isEmpty
            ? "All \(defining.count) positions that define the alleles of \(call.gene) were observed."
            : "Of the \(defining.count) positions that define the alleles of \(call.gene), \(missing.count) were not "
                + "fully observed: \(Self.list(missing))."
        return Explanation.Step(kind: .positions, gene: call.gene, codes: codes, sentence: sentence)
    }

    private func diplotypes(_ phenotype: GenePhenotype) -> Explanation.Step {
        let call = phenotype.call
        let names = call.candidates.map { "\($0.name) (\(Self.percent($0.weight)))" }
        var codes: [Explanation.Code] = [
            .init("status", call.status.rawValue), .init("count", "\(call.diplotypeCount)"),
        ]
        for candidate in call.candidates.prefix(Self.listLimit) {
            codes.append(.init("diplotype", candidate.name))
            codes.append(.init("weight", Self.number(candidate.weight)))
        }
        let sentence: String
        switch call.status {
        case .called:
            sentence = "\(call.gene): \(call.candidates.first?.name ?? "") is the only diplotype that fits the data."
        case .ambiguous:
            sentence =
                "\(call.gene): \(call.diplotypeCount) diplotypes fit the data, best supported first: \(Self.list(names))."
        case .noMatch: sentence = "\(call.gene): no pair of named alleles fits what was observed."
        case .notCallable: sentence = "\(call.gene) has no result."
        case .outside:
            let reported = [call.outside?.diplotype, call.outside?.phenotype].compactMap { $0 }.filter { !$0.isEmpty }
            sentence =
                "\(call.gene): a laboratory reported \(reported.isEmpty ? "an activity score" : reported.joined(separator: ", "))."
        }
        return Explanation.Step(kind: .diplotypes, gene: call.gene, codes: codes, sentence: sentence)
    }

    private func meaning(_ phenotype: GenePhenotype) -> Explanation.Step {
        var codes: [Explanation.Code] = []
        for outcome in phenotype.outcomes.prefix(Self.listLimit) { codes += Self.codes(outcome) }
        codes += phenotype.remarks.map { .init("remark", $0) }
        var sentence: String
        if phenotype.outcomes.count == 1, let outcome = phenotype.outcomes.first {
            sentence = "\(phenotype.gene): this means \(Self.name(outcome))."
        } else {
            let names = phenotype.outcomes.map { "\(Self.name($0)) (\(Self.percent($0.weight)))" }
            sentence = "\(phenotype.gene): these mean \(Self.list(names))."
        }
        if let worst = phenotype.worstCase {
            sentence += " The phase is not known; the published rule takes the worst case, \(Self.name(worst))."
        }
        if let contradicted = phenotype.contradicted {
            codes.append(.init("contradicted", contradicted.phenotype))
            sentence +=
                " The reported phenotype is taken, although the diplotype means \(Self.name(contradicted)) by the current rules."
        }
        return Explanation.Step(kind: .phenotype, gene: phenotype.gene, codes: codes, sentence: sentence)
    }

    /// TPMT and NUDT15 together.
    private func joint(_ recommendation: DrugRecommendation, _ phenotypes: [GenePhenotype]) -> Explanation.Step? {
        guard recommendation.genes.contains("TPMT"), recommendation.genes.contains("NUDT15"),
            let joint = ThiopurinePhenotype(
                tpmt: phenotypes.first { $0.gene == "TPMT" }?.consensus,
                nudt15: phenotypes.first { $0.gene == "NUDT15" }?.consensus)
        else { return nil }
        return Explanation.Step(
            kind: .phenotype, gene: nil, codes: [.init("joint-phenotype", joint.text)],
            sentence: "TPMT and NUDT15 together: \(joint.text); the more severe of the two governs.")
    }

    private func conversion(_ converted: ConvertedPhenotype, of phenotype: GenePhenotype) -> Explanation.Step {
        var codes: [Explanation.Code] = [.init("effect", converted.effect.rawValue)]
        for drug in converted.inhibitors { codes.append(.init("inhibitor", "\(drug.drug):\(drug.strength.rawValue)")) }
        for drug in converted.inducers { codes.append(.init("inducer", "\(drug.drug):\(drug.strength.rawValue)")) }
        for outcome in converted.outcomes.prefix(Self.listLimit) { codes += Self.codes(outcome) }
        if let until = converted.until { codes.append(.init("until-us", "\(until.microseconds)")) }
        let inhibitors = Self.list(converted.inhibitors.map { "\($0.drug) (\($0.strength.rawValue))" })
        let inducers = Self.list(converted.inducers.map { "\($0.drug) (\($0.strength.rawValue))" })
        let names = Self.list(converted.outcomes.map { Self.name($0) })
        let sentence: String
        switch converted.effect {
        case .inhibited: sentence = "With the inhibitor \(inhibitors), \(phenotype.gene) acts like \(names)."
        case .induced: sentence = "With the inducer \(inducers), \(phenotype.gene) acts like \(names)."
        case .opposed:
            sentence =
                "The inhibitor \(inhibitors) and the inducer \(inducers) act on \(phenotype.gene) at once; no rule is "
                + "published for that, and the genetic phenotype is kept."
        case .unchanged:
            let drugs = [inhibitors, inducers].filter { !$0.isEmpty }.joined(separator: ", ")
            sentence = "\(drugs) acts on \(phenotype.gene) too weakly to change the phenotype."
        }
        return Explanation.Step(kind: .phenoconversion, gene: phenotype.gene, codes: codes, sentence: sentence)
    }

    // MARK: - Advice

    private func action(
        _ recommendation: DrugRecommendation, _ advice: Advice, isConverted: Bool
    ) -> Explanation.Step {
        var codes: [Explanation.Code] = [
            .init("source", recommendation.source.rawValue), .init("guideline", recommendation.guideline),
            .init("population", recommendation.population), .init("status", advice.status.rawValue),
            .init("strength", advice.strength.description), .init("basis", isConverted ? "phenoconverted" : "genotype"),
        ]
        if !advice.risk.isEmpty { codes.append(.init("risk", advice.risk)) }
        codes += advice.actions.map { .init("action", $0.description) }
        codes += advice.missingGenes.map { .init("missing-gene", $0.rawValue) }
        let who = recommendation.population == "general" ? "" : " (\(recommendation.population))"
        let basis = isConverted ? "with the present medication" : "by the genotype"
        let start = "\(recommendation.source.rawValue) on \(recommendation.drug)\(who), \(basis): "
        let missing = Self.list(advice.missingGenes.map(\.rawValue))
        var sentence: String
        switch advice.status {
        case .determinate: sentence = start + Self.text(advice.actions)
        case .ambiguousSameAction:
            sentence = start + "every diplotype that fits leads to the same. " + Self.text(advice.actions)
        case .ambiguousDifferentAction:
            let parts = advice.candidates.prefix(Self.listLimit).map { candidate in
                let names = candidate.results.map { "\($0.gene) \($0.phenotype)" }.joined(separator: ", ")
                return "\(names) (\(Self.percent(candidate.weight))): \(Self.text(candidate.actions))"
            }
            sentence = start + "the diplotypes that fit lead to different actions. " + parts.joined(separator: " ")
            if !advice.actions.isEmpty { sentence += " For the worst case: \(Self.text(advice.actions))" }
        case .notCallable:
            sentence = start + "cannot be decided, \(missing) has no result. " + Self.text(advice.actions)
        case .notCovered: sentence = start + "the guideline has no advice for these results."
        }
        if advice.isPartial { sentence += " This is the advice without \(missing)." }
        while sentence.last == " " { sentence.removeLast() }
        return Explanation.Step(kind: .action, gene: nil, codes: codes, sentence: sentence)
    }

    private func settling(_ recommendation: DrugRecommendation) -> Explanation.Step? {
        let tests = recommendation.settledBy
        guard !tests.isEmpty else { return nil }
        let codes = tests.flatMap { test -> [Explanation.Code] in
            [
                .init("test", "\(test.gene):\(test.kind.rawValue):\(test.name)"),
                .init("separates", Self.number(test.separatedWeight)),
            ]
        }
        let names = tests.map { $0.kind == .position ? "\($0.gene) \($0.name)" : $0.name }
        return Explanation.Step(
            kind: .settling, gene: nil, codes: codes, sentence: "What would settle it, best first: \(Self.list(names))."
        )
    }

    private func conflict(_ conflict: SourceConflict, _ recommendation: DrugRecommendation) -> Explanation.Step {
        let codes: [Explanation.Code] =
            [
                .init("source", conflict.source.rawValue), .init("guideline", conflict.guideline),
                .init("population", conflict.population), .init("severity", "\(conflict.severity)"),
            ] + conflict.actions.map { .init("action", $0.description) }
        let who = conflict.population == "general" ? "" : " (\(conflict.population))"
        return Explanation.Step(
            kind: .conflict, gene: nil, codes: codes,
            sentence: "\(conflict.source.rawValue)\(who) differs: \(Self.text(conflict.actions))")
    }

    private func evidence(_ recommendation: DrugRecommendation) -> Explanation.Step {
        let citations = recommendation.citations
        var codes: [Explanation.Code] = [
            .init("knowledge", knowledge.version), .init("source", recommendation.source.rawValue),
            .init("guideline", recommendation.guideline), .init("version", recommendation.version),
        ]
        codes += citations.map { .init("citation", $0) }
        codes += recommendation.inputEvents.map { .init("event", $0.description) }
        let cited = citations.isEmpty ? "" : "; \(Self.list(citations))"
        return Explanation.Step(
            kind: .evidence, gene: nil, codes: codes,
            sentence: "Source: \(recommendation.source.rawValue), \(recommendation.guideline), version "
                + "\(recommendation.version)\(cited); knowledge release \(knowledge.version).")
    }

    // MARK: - Words

    private static func codes(_ outcome: PhenotypeOutcome) -> [Explanation.Code] {
        var codes: [Explanation.Code] = [
            .init("phenotype", outcome.phenotype), .init("weight", number(outcome.weight)),
        ]
        if let score = outcome.activityScore { codes.append(.init("activity-score", number(score))) }
        return codes
    }

    private static func name(_ outcome: PhenotypeOutcome) -> String {
        outcome.activityScore.map { "\(outcome.phenotype), activity score \(number($0))" } ?? outcome.phenotype
    }

    private static func text(_ actions: [RecommendedAction]) -> String {
        actions.isEmpty ? "No advice." : actions.map(\.text).joined(separator: " ")
    }

    private static func list(_ names: [String]) -> String {
        guard names.count > listLimit else { return names.joined(separator: ", ") }
        return names.prefix(listLimit).joined(separator: ", ") + " and \(names.count - listLimit) more"
    }

    /// At most four decimal places, none when it is whole.
    private static func number(_ value: Double) -> String {
        let rounded = (value * 10_000).rounded() / 10_000
        return rounded == rounded.rounded() && abs(rounded) < 1e9 ? String(Int(rounded)) : String(rounded)
    }

    private static func percent(_ weight: Double) -> String {
        let tenths = (weight * 1000).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int(tenths)) %" : "\(tenths) %"
    }
}

extension Explanation.Code {
    fileprivate init(_ name: String, _ value: String) {
        self.init(name: name, value: value)
    }
}
