extension PhenotypeAssigner {
    /// What a laboratory reported beside, or in place of, a diplotype: it stands above what the diplotype means by the rules.
    func reported(
        _ outside: OutsideCall, call: GeneCall, meaning: GeneMeaning, computed collector: OutcomeCollector
    ) -> GenePhenotype {
        let computed = collector.finish(questions: meaning.questions)
        let own = computed.outcomes.count == 1 ? computed.outcomes.first : nil
        var remarks = ["reported-phenotype"]
        var answer: GeneMeaning.Meaning
        var scores: [Double] = []
        if meaning.gene.phenotypeRules.method == .allelePresence,
            let presence = meaning.presence(reported: outside.phenotype)
        {
            // What was typed beside the words fills in what the words leave open.
            let known = presence.alleles.map { stated in
                AllelePresence(
                    name: stated.name,
                    isPresent: stated.isPresent ?? own?.alleles.first { $0.name == stated.name }?.isPresent)
            }
            answer = GeneMeaning.Meaning(phenotype: presence.phenotype, score: nil, alleles: known)
            answer.phenotype = known.compactMap(\.text).joined(separator: "; ")
        } else {
            answer = meaning.meaning(ofScore: outside.activityScore)
            if outside.phenotype.isEmpty {
                answer.carried = computed.states.first?.carried ?? 0
            } else {
                if let score = outside.activityScore, answer.phenotype != outside.phenotype, score >= 0 {
                    remarks.append("reported-inconsistent")
                }
                answer.phenotype = outside.phenotype
                if outside.activityScore == nil {
                    if own?.phenotype == outside.phenotype { answer.score = own?.activityScore }
                    if answer.score == nil { scores = meaning.scores(ofPhenotype: outside.phenotype) }
                }
                answer.otherTerms = answer.score == nil ? [] : meaning.meaning(ofScore: answer.score).otherTerms
                answer.carried = computed.states.first?.carried ?? 0
            }
        }
        var contradicted: PhenotypeOutcome?
        if let own, !agrees(own, answer) {
            contradicted = own
            remarks.append("reported-differs")
        }
        var final = OutcomeCollector(gene: call.gene)
        final.add(
            answer, weight: 1, names: outside.diplotype.isEmpty ? [] : [outside.diplotype],
            count: outside.diplotype.isEmpty ? 0 : 1, scores: scores, isLeading: true)
        let (outcomes, states, leading) = final.finish(questions: meaning.questions)
        return GenePhenotype(
            call: call, outcomes: outcomes, contradicted: contradicted, leading: leading, remarks: remarks,
            states: states)
    }

    private func agrees(_ own: PhenotypeOutcome, _ answer: GeneMeaning.Meaning) -> Bool {
        guard answer.alleles.isEmpty else {
            return answer.alleles.allSatisfy { stated in
                guard let isPresent = stated.isPresent,
                    let typed = own.alleles.first(where: { $0.name == stated.name })?.isPresent
                else { return true }
                return isPresent == typed
            }
        }
        return own.phenotype == answer.phenotype && (answer.score == nil || own.activityScore == answer.score)
    }
}
