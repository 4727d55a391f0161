import Domain
import JSONDocument

/// What the genotypes mean for drugs, and what is recommended.
struct TherapeuticImplications {
    let resources: GenomicsResources
    let drugs: DrugDictionary
    let genotypes: [GeneSymbol: EventID]
    let patient: EvaluatedPatient

    private(set) var entries: [JSONValue] = []
    private(set) var ids: [EventID] = []
    private(set) var taskIDs: [EventID] = []
    private var statements: [String: EventID] = [:]

    init(
        resources: GenomicsResources, drugs: DrugDictionary, genotypes: [GeneSymbol: EventID],
        patient: EvaluatedPatient
    ) {
        self.resources = resources
        self.drugs = drugs
        self.genotypes = genotypes
        self.patient = patient
    }

    /// Adds one guideline's advice. Nothing when none of its genes has a genotype: an implication rests on one at least.
    mutating func add(_ recommendation: DrugRecommendation) {
        let sources = recommendation.genes.compactMap { genotypes[$0] }
        guard !sources.isEmpty else { return }
        let key = "\(recommendation.source.rawValue)|\(recommendation.guideline)|\(recommendation.population)"
        let id = resources.id("implication", recommendation.drug, key)
        var implication = resources.observation(.therapeuticImplication, id: id, code: .therapeuticImplication)
        implication.set("extension", recommendation.citations.map { Self.artifact(Citation($0)) })
        implication.set("derivedFrom", sources.map { GenomicsResources.reference($0) })
        implication.set("component", components(recommendation))
        implication.set("note", [["text": .string(Self.evidence(recommendation))]])
        entries.append(GenomicsResources.entry(implication, id: id))
        ids.append(id)
        addTask(recommendation, implication: id, key: key)
    }

    // MARK: - Implication

    private func components(_ recommendation: DrugRecommendation) -> [JSONValue] {
        var components = [
            GenomicsResources.component(
                .medicationAssessed, codes: drugs.drug(named: recommendation.drug).map { GenomicsCode.drug($0) } ?? [],
                text: recommendation.drug)
        ]
        for outcome in Self.sharedResults(recommendation.genetic) {
            components.append(
                GenomicsResources.component(
                    .therapeuticImplication, codes: GenomicsCode.implication(outcome.phenotype).map { [$0] } ?? [],
                    text: GenotypeText.text(outcome)))
        }
        // A phenotype that only appears so is not coded: a receiver would take it for the genetic one.
        if let converted = recommendation.converted {
            for outcome in Self.sharedResults(converted) where isConverted(outcome.gene) {
                components.append(
                    GenomicsResources.component(
                        .therapeuticImplication, codes: [],
                        text: "with the present medication like \(GenotypeText.text(outcome))"))
            }
        }
        if recommendation.population != "general", !recommendation.population.isEmpty {
            components.append(
                GenomicsResources.component(.treatmentContext, codes: [], text: recommendation.population))
        }
        let strength = Self.strength(recommendation.strength)
        components += [
            GenomicsResources.component(
                .evidenceLevel, codes: [],
                text: "\(recommendation.source.rawValue) strength of recommendation: \(strength)"),
            GenomicsResources.component(.conclusion, string: AdviceText.conclusion(recommendation)),
        ]
        return components
    }

    private func isConverted(_ gene: GeneSymbol) -> Bool {
        patient.phenotype(of: gene)?.converted.map { $0.effect == .inhibited || $0.effect == .induced } ?? false
    }

    /// The results that every candidate has.
    private static func sharedResults(_ advice: Advice) -> [PhenotypeOutcome] {
        guard let first = advice.candidates.first else { return [] }
        return first.results.filter { result in
            advice.candidates.allSatisfy { candidate in
                candidate.results.contains {
                    $0.gene == result.gene && $0.phenotype == result.phenotype
                        && $0.activityScore == result.activityScore
                }
            }
        }
    }

    private static func strength(_ strength: RecommendationStrength) -> String {
        strength.original.isEmpty ? strength.level.rawValue : "\(strength.level.rawValue) (\(strength.original))"
    }

    private static func evidence(_ recommendation: DrugRecommendation) -> String {
        "\(recommendation.source.rawValue), guideline \(recommendation.guideline), content of \(recommendation.version)."
    }

    private static func artifact(_ citation: Citation) -> JSONValue {
        var artifact: JSONObject = ["type": "citation", "citation": .string(citation.text)]
        artifact.set("url", citation.url)
        return ["url": .string(GenomicsProfile.relatedArtifact), "valueRelatedArtifact": .object(artifact)]
    }

    // MARK: - Recommendation

    /// A Task, where the candidates agree and something is to be done otherwise than usual.
    private mutating func addTask(_ recommendation: DrugRecommendation, implication: EventID, key: String) {
        let advice = recommendation.governing
        guard advice.status == .determinate || advice.status == .ambiguousSameAction, advice.changesTherapy,
            !advice.actions.isEmpty
        else { return }
        let id = resources.id("recommendation", recommendation.drug, key)
        let time = JSONValue.string(patient.evaluatedAt.iso8601)
        var task: JSONObject = [
            "resourceType": "Task", "id": .string(id.description),
            "meta": ["profile": [.string(GenomicsProfile.medicationRecommendation.url)]], "status": "requested",
            "intent": "proposal",
            "description": .string("\(recommendation.drug): \(AdviceText.actions(advice.actions))"),
            "for": resources.person, "authoredOn": time, "lastModified": time,
            "reasonReference": GenomicsResources.reference(implication),
        ]
        if let code = Self.code(of: advice.actions) { task["code"] = code.concept }
        if recommendation.isActive {
            task["focus"] = GenomicsResources.reference(statement(of: recommendation.drug))
        }
        entries.append(GenomicsResources.entry(task, id: id))
        taskIDs.append(id)
    }

    /// The gravest action among the three that the guide's value set has; nil for all others: the description says what to do.
    static func code(of actions: [RecommendedAction]) -> GenomicsCode? {
        for action in actions.sorted(by: >) {
            switch action.code {
            case .contraindicated, .avoid, .alternative: return .considerAlternative
            case .doseIncrease: return .increaseDose
            case .doseDecrease, .doseMaximum: return .decreaseDose
            case .dosePercent, .doseStartPercent:
                guard let percent = action.percent else { continue }
                if percent.upperBound < 100 { return .decreaseDose }
                if percent.lowerBound > 100 { return .increaseDose }
            case .dose, .algorithm, .titrate, .delay, .duration, .monitor, .testFirst, .label, .standard,
                .noRecommendation:
                continue
            }
        }
        return nil
    }

    /// The statement that the person takes `drug`; one for all recommendations on it.
    private mutating func statement(of drug: String) -> EventID {
        if let id = statements[drug] { return id }
        let id = resources.id("statement", drug)
        var concept = JSONObject()
        concept.set("coding", drugs.drug(named: drug).map { GenomicsCode.drug($0).map(\.json) } ?? [])
        concept["text"] = .string(drug)
        let statement: JSONObject = [
            "resourceType": "MedicationStatement", "id": .string(id.description), "status": "active",
            "medicationCodeableConcept": .object(concept), "subject": resources.person,
        ]
        entries.append(GenomicsResources.entry(statement, id: id))
        statements[drug] = id
        return id
    }
}
