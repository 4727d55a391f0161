extension EvaluatedPatient {
    /// Whether a change of knowledge can change this person's results.
    public func isTouched(by diff: KnowledgeDiff) -> Bool {
        diff.touches.contains { isTouched(by: $0) }
    }

    /// Whether one part of a change of knowledge can change this person's results.
    public func isTouched(by touch: KnowledgeDiff.Touch) -> Bool {
        switch touch {
        case .everybody: return !calls.isEmpty || !medications.isEmpty
        case .gene(let gene): return call(of: gene).map { $0.status != .notCallable } ?? false
        case .allele(let gene, let name):
            guard let call = call(of: gene) else { return false }
            // What is not listed by name may carry it.
            if !call.unlisted.isEmpty { return true }
            let candidates = call.candidates + (call.lookup.map { [$0] } ?? [])
            // A combination (`[*2 + *5]`) or tandem names its members.
            return (candidates.flatMap(\.haplotypes) + call.haplotypes).contains { $0.name.contains(name) }
        case .phenotype(let gene, let name):
            guard let phenotype = phenotype(of: gene) else { return false }
            let outcomes = phenotype.outcomes + (phenotype.converted?.outcomes ?? [])
            return outcomes.contains { outcome in
                outcome.phenotype == name || outcome.otherTerms.contains { $0.phenotype == name }
            }
        case .medication(let drug): return medications.contains { $0.drug == drug }
        }
    }

    private func call(of gene: GeneSymbol) -> GeneCall? { calls.first { $0.gene == gene } }
}
