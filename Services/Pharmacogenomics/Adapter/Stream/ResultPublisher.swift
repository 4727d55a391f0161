import Contracts
import Domain
import JSONDocument
import PharmacogenomicsCore
import StreamRuntime

/// Compares what a person's facts come to with what was last published, and makes events, rows and the report of the differences.
struct ResultPublisher {
    let patient: PatientPseudonym
    let tenant: String
    /// The event that caused the evaluation.
    let input: EventID
    let effectiveAt: Timestamp
    let producedAt: Timestamp
    let edition: KnowledgeEdition
    let logicVersion: String
    let modelVersion: String
    let writesDocuments: Bool
    let metrics: PharmacogenomicsMetrics

    private(set) var effects = Effects<PharmacogenomicsRow>()
    private var ordinal = 0
    /// The report, made when the first change needs it, and its section of each drug.
    private var content: JSONObject?
    private var sections: [String: JSONValue] = [:]

    init(
        patient: PatientPseudonym, tenant: String, input: EventID, effectiveAt: Timestamp, producedAt: Timestamp,
        edition: KnowledgeEdition, logicVersion: String, modelVersion: String, writesDocuments: Bool,
        metrics: PharmacogenomicsMetrics
    ) {
        self.patient = patient
        self.tenant = tenant
        self.input = input
        self.effectiveAt = effectiveAt
        self.producedAt = producedAt
        self.edition = edition
        self.logicVersion = logicVersion
        self.modelVersion = modelVersion
        self.writesDocuments = writesDocuments
        self.metrics = metrics
    }

    /// Publishes what differs.
    ///
    /// - Parameters:
    ///   - former: the evaluation that was published last, under the same release; genes that are as there are not looked at.
    ///   - drugs: the drugs of the tables that the person takes or took not long ago.
    ///   - published: what was published last; brought up to date.
    mutating func publish(
        _ evaluated: EvaluatedPatient, after former: EvaluatedPatient?, drugs: [String],
        over published: inout PublishedResults
    ) {
        for (place, phenotype) in evaluated.phenotypes.enumerated() {
            if let former, former.phenotypes.count > place, former.phenotypes[place] == phenotype { continue }
            publish(phenotype, of: evaluated, over: &published)
        }
        publishRecommendations(of: evaluated, over: &published)
        publishAlerts(of: evaluated, over: &published)
        if !effects.publications.isEmpty {
            published.report += 1
            if writesDocuments {
                effects.documents.append(
                    DocumentUpsert(
                        collection: PharmacogenomicsProcessor.reportCollection, id: patient.rawValue,
                        version: published.report, json: JSONValue.object(report(of: evaluated)).text()))
            }
        }
        publishProfile(of: evaluated, drugs: drugs, over: &published)
    }

    private mutating func nextID() -> EventID {
        defer { ordinal += 1 }
        return .derived(
            service: PharmacogenomicsProcessor.service, logicVersion: logicVersion, input: input, ordinal: ordinal)
    }

    // MARK: - Genes

    private mutating func publish(
        _ phenotype: GenePhenotype, of evaluated: EvaluatedPatient, over published: inout PublishedResults
    ) {
        let gene = phenotype.gene.rawValue
        let former = published.phenotypes[gene]
        // A gene of which nothing was ever known is not worth an event.
        guard former != nil || phenotype.call.status != .notCallable else { return }
        guard let definition = edition.base.genes[phenotype.gene] else { return }
        let content = GeneContent(phenotype, definition: definition)
        guard former?.content != content.hash else { return }
        let version = (former?.version ?? 0) + 1
        published.phenotypes[gene] = .init(version: version, content: content.hash)
        let event = content.event(
            id: nextID(), patient: patient, version: version, knowledgeVersion: evaluated.knowledgeVersion,
            inputEventIDs: Self.inputs(evaluated.genotypeEvents), effectiveAt: effectiveAt, modelVersion: modelVersion,
            producedAt: producedAt)
        metrics.countPhenotype()
        effects.publications.append(Publication(event))
        effects.rows.append(
            .phenotype(
                GenePhenotypeRow(
                    event: event, tenant: tenant, alleles: content.searchAlleles, phenotypes: content.searchPhenotypes))
        )
    }

    static func inputs(_ ids: [EventID]) -> [EventID] { Array(ids.prefix(ContractLimits.listEntries)) }

    // MARK: - Drugs

    private mutating func publishRecommendations(
        of evaluated: EvaluatedPatient, over published: inout PublishedResults
    ) {
        var present: Set<String> = []
        var start = 0
        let all = evaluated.recommendations
        while start < all.count {
            let drug = all[start].drug
            var end = start + 1
            while end < all.count, all[end].drug == drug { end += 1 }
            present.insert(drug)
            publish(drug, all[start..<end], of: evaluated, over: &published)
            start = end
        }
        let gone = published.recommendations.filter { !$0.value.isWithdrawn && !present.contains($0.key) }.keys
        for drug in gone.sorted() { withdraw(drug, of: evaluated, over: &published) }
    }

    private mutating func publish(
        _ drug: String, _ group: ArraySlice<DrugRecommendation>, of evaluated: EvaluatedPatient,
        over published: inout PublishedResults
    ) {
        var hash = ContentHash()
        for recommendation in group {
            hash.add(recommendation.contentHash)
            hash.add(recommendation.isActive)
        }
        let former = published.recommendations[drug]
        if let former, former.content == hash.value, !former.isWithdrawn { return }
        let version = (former?.version ?? 0) + 1
        published.recommendations[drug] = .init(version: version, content: hash.value)
        let content = DrugContent(group)
        let event = content.event(
            id: nextID(), recommendationID: Self.recommendationID(patient, drug), version: version, patient: patient,
            rxnorm: edition.base.drugs.drug(named: drug)?.rxnorm.first ?? "",
            explanation: explanation(of: drug, evaluated), knowledgeVersion: evaluated.knowledgeVersion,
            effectiveAt: effectiveAt, modelVersion: modelVersion, producedAt: producedAt)
        append(event, Array(group))
    }

    private mutating func withdraw(
        _ drug: String, of evaluated: EvaluatedPatient, over published: inout PublishedResults
    ) {
        let version = (published.recommendations[drug]?.version ?? 0) + 1
        published.recommendations[drug] = .init(version: version, content: 0, isWithdrawn: true)
        let event = RecommendationMade(
            eventID: nextID(), recommendationID: Self.recommendationID(patient, drug), version: version,
            patient: patient, drug: drug, rxnorm: edition.base.drugs.drug(named: drug)?.rxnorm.first ?? "",
            isActiveMedication: evaluated.activeDrugs.contains(drug), status: .notCovered,
            summary: "\(drug): nothing to recommend any more.", isWithdrawn: true,
            knowledgeVersion: evaluated.knowledgeVersion, inputEventIDs: [input], effectiveAt: effectiveAt,
            modelVersion: modelVersion, producedAt: producedAt)
        append(event, [])
    }

    private mutating func append(_ event: RecommendationMade, _ group: [DrugRecommendation]) {
        metrics.count(event)
        effects.publications.append(Publication(event))
        effects.rows.append(.recommendation(RecommendationRow(event: event, tenant: tenant, recommendations: group)))
    }

    /// The identity of all that is ever recommended the person about the drug.
    static func recommendationID(_ patient: PatientPseudonym, _ drug: String) -> EventID {
        .hashing("pharmacogenomics-recommendation", patient.rawValue, drug)
    }

    private mutating func explanation(of drug: String, _ evaluated: EvaluatedPatient) -> String {
        _ = report(of: evaluated)
        guard let section = sections[drug] else { return "" }
        let text = String(decoding: section.serialized(.canonical), as: UTF8.self)
        return text.utf8.count <= ContractLimits.explanationBytes ? text : ""
    }

    // MARK: - Alerts

    private mutating func publishAlerts(of evaluated: EvaluatedPatient, over published: inout PublishedResults) {
        var critical: [String: SafetyFinding] = [:]
        for finding in evaluated.findings where finding.severity == .critical {
            let isGraver = critical[finding.drug].map { $0.weight < finding.weight } ?? true
            if isGraver { critical[finding.drug] = finding }
        }
        for (drug, finding) in critical.sorted(by: { $0.key < $1.key }) {
            let former = published.alerts[drug]
            let isOpen = former?.isOpen ?? false
            if let former, isOpen, former.severity >= finding.weight { continue }
            let entry = PublishedResults.AlertEntry(
                version: (former?.version ?? 0) + 1, isOpen: true, severity: finding.weight,
                raisedAt: isOpen ? former?.raisedAt ?? effectiveAt : effectiveAt)
            published.alerts[drug] = entry
            append(
                AlertContent.alert(
                    about: finding, transition: isOpen ? .escalated : .raised, id: nextID(), patient: patient,
                    entry: entry, effectiveAt: effectiveAt, trigger: input, modelVersion: modelVersion,
                    producedAt: producedAt))
        }
        for (drug, former) in published.alerts.sorted(by: { $0.key < $1.key })
        where former.isOpen && critical[drug] == nil {
            let entry = PublishedResults.AlertEntry(
                version: former.version + 1, isOpen: false, severity: former.severity, raisedAt: former.raisedAt)
            published.alerts[drug] = entry
            let isTaken = evaluated.activeDrugs.contains(drug)
            append(
                AlertContent.resolution(
                    of: drug, isTaken: isTaken, id: nextID(), patient: patient, entry: entry, effectiveAt: effectiveAt,
                    trigger: input, modelVersion: modelVersion, producedAt: producedAt))
        }
    }

    private mutating func append(_ alert: Alert) {
        metrics.count(alert)
        effects.publications.append(Publication(alert))
    }

    // MARK: - Report and profile

    private mutating func report(of evaluated: EvaluatedPatient) -> JSONObject {
        if let content { return content }
        let document = ReportDocument(evaluated, subject: patient, version: 0, knowledge: edition.base)
        var made = document.content.object ?? [:]
        for section in made["drugs"]?.array ?? [] {
            if let drug = section["drug"]?.string { sections[drug] = section }
        }
        made["tenant"] = .string(tenant)
        content = made
        return made
    }

    private mutating func publishProfile(
        of evaluated: EvaluatedPatient, drugs: [String], over published: inout PublishedResults
    ) {
        var hash = ContentHash()
        hash.add(drugs)
        hash.add(edition.digest)
        hash.add(evaluated.nextBoundary?.microseconds ?? .min)
        guard published.profile != hash.value else { return }
        published.profile = hash.value
        effects.rows.append(
            .profile(
                PatientProfileRow(
                    patient: patient, tenant: tenant, drugs: drugs, digest: edition.digest,
                    nextBoundary: evaluated.nextBoundary)))
    }
}

extension SafetyFinding {
    /// The weight of the action that it is about, 0 to 6.
    var weight: UInt8 { UInt8(clamping: recommendation.governing.severity) }
}
