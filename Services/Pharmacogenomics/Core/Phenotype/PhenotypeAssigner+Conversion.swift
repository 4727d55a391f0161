import Domain

extension PhenotypeAssigner {
    /// The phenotype with what acts on the gene's enzyme beside it.
    ///
    /// When several drugs act: the strongest inhibitor and the strongest inducer count. A strong inhibitor governs over any
    /// inducer, since it leaves no activity to induce. For a weaker inhibitor against an inducer no rule is published: the
    /// genetic phenotype is kept, flagged `opposed`. A poor metabolizer by genotype stays one under an inducer.
    func converted(
        _ genetic: GenePhenotype, slot: Int, acting: [EnzymeExposures.Window]
    ) -> GenePhenotype {
        var result = genetic
        result.conversion = conversion(of: genetic, slot: slot, acting: acting, without: nil)
        return result
    }

    /// The conversion, or nil when nothing acts on the enzyme.
    ///
    /// - Parameter drug: left out: what a drug does to its own elimination is in its usual dose already.
    func conversion(
        of genetic: GenePhenotype, slot: Int, acting: [EnzymeExposures.Window], without drug: String?
    ) -> GenePhenotype.Conversion? {
        guard !genetic.outcomes.isEmpty else { return nil }
        var inhibitors: [InteractingDrug] = []
        var inducers: [InteractingDrug] = []
        var until: Timestamp?
        for window in acting where window.slot == slot && window.drug != drug {
            if let boundary = window.boundary { until = until.map { min($0, boundary) } ?? boundary }
            guard !window.isPending else { continue }
            let drug = InteractingDrug(
                drug: window.drug, strength: window.strength, until: window.until, eventID: window.eventID)
            if window.effect == .inhibitor { inhibitors.append(drug) } else { inducers.append(drug) }
        }
        guard !inhibitors.isEmpty || !inducers.isEmpty else { return nil }
        let (effect, rule) = governing(inhibitors.first, inducers.first, slot: slot)
        guard let rule, effect == .inhibited || effect == .induced else {
            return GenePhenotype.Conversion(
                ConvertedPhenotype(
                    outcomes: genetic.outcomes, leading: genetic.leading, effect: effect, inhibitors: inhibitors,
                    inducers: inducers, until: until), states: nil)
        }
        let (outcomes, states, leading) = apply(rule, to: genetic, slot: slot)
        let converted = ConvertedPhenotype(
            outcomes: outcomes, leading: leading, effect: effect, inhibitors: inhibitors, inducers: inducers,
            until: until)
        let isSame = states.elementsEqual(genetic.states) { $0.bits == $1.bits && $0.weight == $1.weight }
        return GenePhenotype.Conversion(converted, states: isSame ? nil : states)
    }

    private func governing(
        _ inhibitor: InteractingDrug?, _ inducer: InteractingDrug?, slot: Int
    ) -> (ConvertedPhenotype.Effect, PhenoconversionRule.Conversion?) {
        let inhibition = inhibitor.flatMap { rules.conversion(slot, .inhibitor, $0.strength) }
        let induction = inducer.flatMap { rules.conversion(slot, .inducer, $0.strength) }
        switch (inhibition, induction) {
        case (nil, nil): return (.unchanged, nil)
        case (let rule?, nil): return (.inhibited, rule)
        case (nil, let rule?): return (.induced, rule)
        case (let rule?, _?): return inhibitor?.strength == .strong ? (.inhibited, rule) : (.opposed, nil)
        }
    }

    private func apply(
        _ rule: PhenoconversionRule.Conversion, to genetic: GenePhenotype, slot: Int
    ) -> (outcomes: [PhenotypeOutcome], states: [GeneState], leading: [Int]) {
        let meaning = meanings[slot]
        var collector = OutcomeCollector(gene: genetic.gene)
        for state in genetic.states {
            let outcome = genetic.outcomes[state.outcome]
            let (result, scores) = apply(rule, to: outcome, state, meaning)
            collector.add(
                result, weight: state.weight, names: outcome.diplotypes, count: outcome.diplotypeCount,
                scores: scores, isLeading: genetic.leading.contains(state.outcome))
        }
        return collector.finish(questions: meaning.questions)
    }

    private func apply(
        _ rule: PhenoconversionRule.Conversion, to outcome: PhenotypeOutcome, _ state: GeneState, _ meaning: GeneMeaning
    ) -> (GeneMeaning.Meaning, [Double]) {
        let same = GeneMeaning.Meaning(
            phenotype: outcome.phenotype, score: state.score, otherTerms: outcome.otherTerms, alleles: outcome.alleles,
            carried: state.carried)
        switch rule {
        case .unchanged: return (same, [])
        case .activityScore(let factor):
            // Nothing is left of an unknown activity either, when it is multiplied by 0.
            guard let score = state.score ?? (factor == 0 ? 0 : nil) else { return (same, []) }
            return (meaning.meaning(ofScore: score * factor, carried: state.carried), [])
        case .phenotype(let term): return moved(to: term, same, meaning)
        case .steps(let steps):
            let ladder = PhenoconversionTable.ladder(for: meaning.gene.symbol)
            let term = Self.step(outcome.phenotype)
            guard let place = ladder.firstIndex(of: term) else { return (same, []) }
            if place == 0, steps > 0 { return (same, []) }
            let target = min(max(place + steps, 0), ladder.count - 1)
            return target == place ? (same, []) : moved(to: ladder[target], same, meaning)
        }
    }

    private func moved(
        to term: String, _ same: GeneMeaning.Meaning, _ meaning: GeneMeaning
    ) -> (GeneMeaning.Meaning, [Double]) {
        guard term != same.phenotype else { return (same, []) }
        let scores = meaning.scores(ofPhenotype: term)
        if scores.count == 1 { return (meaning.meaning(ofScore: scores[0], carried: same.carried), []) }
        return (GeneMeaning.Meaning(phenotype: term, score: nil, carried: same.carried), scores)
    }

    /// The step of the ladder that a term stands on: a likely or possible phenotype stands where the certain one does.
    private static func step(_ term: String) -> String {
        for prefix in ["Likely ", "Possible "] where term.hasPrefix(prefix) {
            return String(term.dropFirst(prefix.count))
        }
        return term
    }
}
