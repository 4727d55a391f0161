extension SafetyFinding {
    /// The findings among recommendations: active drugs that are to be avoided or exchanged; gravest first, then by drug.
    ///
    /// Critical: avoid or contraindicated, stated as strong (or by a source that does not grade, such as a label), and all
    /// candidates agree; not for children, adolescents or breastfeeding women alone. Everything else that speaks against the drug is a warning.
    static func findings(in recommendations: [DrugRecommendation], _ phenotypes: [GenePhenotype]) -> [SafetyFinding] {
        var findings: [SafetyFinding] = []
        for place in recommendations.indices where recommendations[place].isActive {
            if let finding = finding(recommendations[place], phenotypes) { findings.append(finding) }
        }
        guard findings.count > 1 else { return findings }
        return findings.enumerated().sorted {
            ($1.element.severity.rank, $0.offset) < ($0.element.severity.rank, $1.offset)
        }.map(\.element)
    }

    private static func finding(_ recommendation: DrugRecommendation, _ phenotypes: [GenePhenotype]) -> SafetyFinding? {
        let advice = recommendation.governing
        let isAgreed = !advice.actions.isEmpty
        let severity = advice.severity
        guard severity >= 4 else { return nil }
        guard let gravest = advice.graveAction else { return nil }
        var reasons = ["action:\(gravest.code.rawValue)"]
        if !advice.risk.isEmpty, advice.risk != "none" { reasons.append("risk:\(advice.risk)") }
        reasons.append("strength:\(advice.strength.level.rawValue)")
        if recommendation.isPhenoconverted {
            for phenotype in phenotypes {
                guard let converted = phenotype.converted, recommendation.genes.contains(phenotype.gene) else {
                    continue
                }
                let drugs = converted.effect == .induced ? converted.inducers : converted.inhibitors
                for drug in drugs where drug.drug != recommendation.drug {
                    reasons.append("phenoconverted:\(drug.drug):\(phenotype.gene)")
                }
            }
        }
        if recommendation.population != "general" { reasons.append("population:\(recommendation.population)") }
        if !isAgreed { reasons.append("possible") }
        if advice.isPartial { reasons.append("partial") }
        let isGraded = recommendation.source == .cpic
        let isStrong = advice.strength.level == .strong || advice.strength.level == .none && !isGraded
        let isCritical =
            severity >= 5 && isStrong && isAgreed && !recommendation.plan.isForSpecialPopulation
        return SafetyFinding(
            drug: recommendation.drug, severity: isCritical ? .critical : .warning, reasons: reasons,
            recommendation: recommendation)
    }
}

extension SafetyFinding.Severity {
    fileprivate var rank: Int { self == .critical ? 1 : 0 }
}
