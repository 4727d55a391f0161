import Domain

extension Recommender {
    func evaluate(
        calls: [GeneCall], medications: [MedicationExposure], sex: Sex?, at time: Timestamp, genotypeEvents: [EventID]
    ) -> EvaluatedPatient {
        let sorted = Self.sorted(medications)
        let events = genotypeEvents.sorted()
        let phenotypes = assigner.phenotypes(of: calls, medications: sorted, at: time)
        var person = PersonAdvice(self, phenotypes: phenotypes, medications: sorted, at: time)
        person.evaluate(plans: plans.indices)
        var recommendations: [DrugRecommendation] = []
        recommendations.reserveCapacity(plans.count / 4)
        for number in drugs.indices { list(number, person, events, into: &recommendations) }
        return patient(person, recommendations, calls: calls, sex: sex, at: time, genotypeEvents: events)
    }

    /// Keeps the diplotypes and all advice of the genotype; looks again at the enzymes on which something else acts, and lists
    /// again the drugs whose advice or exposure that changes.
    func reevaluate(
        _ former: EvaluatedPatient, medications: [MedicationExposure], at time: Timestamp
    ) -> EvaluatedPatient {
        guard former.knowledgeVersion == knowledgeVersion, former.genetic.count == plans.count else {
            return evaluate(
                calls: former.calls, medications: medications, sex: former.sex, at: time,
                genotypeEvents: former.genotypeEvents)
        }
        let sorted = Self.sorted(medications)
        let acting = sorted.isEmpty ? [] : assigner.exposures.acting(sorted, at: time)
        var phenotypes = former.phenotypes
        var touched = NumberSet(below: plans.count)
        var moved = touched
        if acting != former.acting {
            for slot in assigner.exposures.slots {
                guard !Self.actsAlike(slot, former.acting, acting),
                    let place = Self.place(of: assigner.meanings[slot].gene, phenotypes)
                else { continue }
                let conversion = assigner.conversion(of: phenotypes[place], slot: slot, acting: acting, without: nil)
                touched.formUnion(asked.plansOfGene[slot])
                if !GenePhenotype.Conversion.answersAlike(phenotypes[place].conversion, conversion) {
                    moved.formUnion(asked.plansOfGene[slot])
                }
                phenotypes[place].conversion = conversion
            }
            // A drug's own effect is left out for itself, so that its guidelines depend on what else acts.
            for window in former.acting + acting {
                guard let number = number(of: window.drug) else { continue }
                for plan in drugPlans[number] { moved.insert(plan) }
            }
        }
        var person = PersonAdvice(
            self, phenotypes: phenotypes, medications: sorted, at: time, acting: acting, panel: former.panel,
            genetic: former.genetic, converted: former.converted, memo: former.memo)
        var changed = person.convertAgain(touched, moved: moved)
        for drug in Self.changedExposures(former, sorted, at: time) {
            if let number = number(of: drug) { changed.insert(number) }
        }
        return patient(
            person, relisted(former, person, changed), calls: former.calls, sex: former.sex, at: time,
            genotypeEvents: former.genotypeEvents)
    }

    /// Whether the same acts on a gene's enzyme.
    private static func actsAlike(
        _ slot: Int, _ former: [EnzymeExposures.Window], _ acting: [EnzymeExposures.Window]
    ) -> Bool {
        former.lazy.filter { $0.slot == slot }.elementsEqual(acting.lazy.filter { $0.slot == slot })
    }

    private func relisted(
        _ former: EvaluatedPatient, _ person: PersonAdvice, _ changed: NumberSet
    ) -> [DrugRecommendation] {
        guard !changed.isEmpty else { return former.recommendations }
        var recommendations: [DrugRecommendation] = []
        recommendations.reserveCapacity(former.recommendations.count + 64)
        let all = former.recommendations
        var next = 0
        changed.forEach { number in
            let start = next
            while next < all.count, all[next].plan.drugNumber < number { next += 1 }
            recommendations.append(contentsOf: all[start..<next])
            while next < all.count, all[next].plan.drugNumber == number { next += 1 }
            list(number, person, former.genotypeEvents, into: &recommendations)
        }
        recommendations.append(contentsOf: all[next...])
        return recommendations
    }

    /// Lists a drug: all of its guidelines that have advice when it is taken, otherwise those by which something is or may be
    /// to be done otherwise than usual.
    private func list(
        _ number: Int, _ person: PersonAdvice, _ genotypeEvents: [EventID], into list: inout [DrugRecommendation]
    ) {
        let isActive = !person.activeNumbers.isEmpty && person.activeNumbers.contains(number)
        for index in drugPlans[number] {
            guard let genetic = person.genetic[index] else { continue }
            let isListed =
                isActive
                ? isAnswering(index, genetic, person)
                : genetic.isWorthListing || person.converted[index]?.isWorthListing ?? false
            guard isListed else { continue }
            list.append(person.recommendation(index, sources: nil, genotypeEvents: genotypeEvents))
        }
    }

    /// Whether a guideline has anything to say; the rows for a population that do not cover the results are left out where
    /// other rows of the same guideline do.
    private func isAnswering(_ index: Int, _ genetic: Advice, _ person: PersonAdvice) -> Bool {
        guard genetic.status == .notCovered, person.converted[index]?.status ?? .notCovered == .notCovered else {
            return true
        }
        return !drugPlans[plans[index].drugNumber].contains { other in
            other != index && plans[other].source == plans[index].source
                && plans[other].guideline == plans[index].guideline
                && person.genetic[other].map { $0.status != .notCovered } ?? false
        }
    }

    private static func place(of gene: GeneDefinition, _ phenotypes: [GenePhenotype]) -> Int? {
        if gene.index < phenotypes.count, phenotypes[gene.index].gene == gene.symbol { return gene.index }
        return phenotypes.firstIndex { $0.gene == gene.symbol }
    }

    /// The drugs that are taken and were not, or the other way round, or by another event.
    private static func changedExposures(
        _ former: EvaluatedPatient, _ medications: [MedicationExposure], at time: Timestamp
    ) -> [String] {
        var drugs: [String] = []
        func isTold(_ exposure: MedicationExposure, in others: [MedicationExposure], at time: Timestamp) -> Bool {
            others.contains {
                $0.eventID == exposure.eventID && $0.drug == exposure.drug && $0.isActive(at: time)
            }
        }
        for exposure in medications
        where exposure.isActive(at: time) && !isTold(exposure, in: former.medications, at: former.evaluatedAt) {
            drugs.append(exposure.drug)
        }
        for exposure in former.medications
        where exposure.isActive(at: former.evaluatedAt) && !isTold(exposure, in: medications, at: time) {
            drugs.append(exposure.drug)
        }
        return drugs
    }

    private static func sorted(_ medications: [MedicationExposure]) -> [MedicationExposure] {
        guard medications.count > 1 else { return medications }
        return medications.sorted { one, other in
            if one.drug != other.drug { return one.drug < other.drug }
            if one.startedAt != other.startedAt {
                return (one.startedAt?.microseconds ?? .min) < (other.startedAt?.microseconds ?? .min)
            }
            if one.endedAt != other.endedAt {
                return (one.endedAt?.microseconds ?? .max) < (other.endedAt?.microseconds ?? .max)
            }
            guard let first = one.eventID, let second = other.eventID else {
                return one.eventID == nil && other.eventID != nil
            }
            return first < second
        }
    }

    private func patient(
        _ person: PersonAdvice, _ recommendations: [DrugRecommendation], calls: [GeneCall], sex: Sex?,
        at time: Timestamp, genotypeEvents: [EventID]
    ) -> EvaluatedPatient {
        EvaluatedPatient(
            knowledgeVersion: knowledgeVersion, evaluatedAt: time, sex: sex, calls: calls,
            phenotypes: person.phenotypes, medications: person.medications, activeDrugs: person.active,
            recommendations: recommendations,
            findings: person.activeNumbers.isEmpty
                ? [] : SafetyFinding.findings(in: recommendations, person.phenotypes),
            nextBoundary: nextBoundary(person, at: time), genotypeEvents: genotypeEvents, panel: person.panel,
            acting: person.acting, genetic: person.genetic, converted: person.converted, memo: person.memo)
    }

    /// The next time after now at which a drug starts or ends, or at which an interaction with an enzyme that has a result
    /// begins or ceases to act.
    private func nextBoundary(_ person: PersonAdvice, at time: Timestamp) -> Timestamp? {
        var next: Timestamp?
        func consider(_ boundary: Timestamp?) {
            guard let boundary, boundary > time else { return }
            next = next.map { min($0, boundary) } ?? boundary
        }
        for medication in person.medications {
            consider(medication.startedAt)
            consider(medication.endedAt)
        }
        for window in person.acting where person.panel.entries[window.slot] != nil { consider(window.boundary) }
        return next
    }
}

extension Advice {
    /// Whether it is listed for a drug that is not taken: something is or may be to be done otherwise than usual.
    var isWorthListing: Bool {
        switch status {
        case .determinate, .ambiguousSameAction: severity >= 2
        case .ambiguousDifferentAction: true
        case .notCallable, .notCovered: false
        }
    }
}
