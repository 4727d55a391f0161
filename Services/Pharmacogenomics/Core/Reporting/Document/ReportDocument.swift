public import Domain
public import JSONDocument

/// A person's pharmacogenomic report as one JSON document: every gene with all candidates, every drug with each source's
/// advice, what would settle what is open, and what it all rests on.
///
/// A function of the evaluation and of the knowledge release that it names, and of nothing else: equal input gives equal bytes.
/// Nobody is named in it but by pseudonym.
public struct ReportDocument: Sendable, Equatable {
    /// The document's `_id`: the pseudonym.
    public let id: String
    /// Grows with every newer state of the report; the store keeps the greatest.
    public let version: Int64
    /// The document without `_id` and `version`.
    public let content: JSONValue

    /// The layout's name, raised when a member changes its meaning.
    public static let schema = "vitalstream.pharmacogenomics.report.v1"

    /// What stands on every report.
    public static let disclaimers = [
        "Decision support for health professionals; not medical advice and no substitute for clinical judgement.",
        "A position that was not observed is unknown, never taken for the reference: every diplotype that the data allow is listed.",
        "Variants that no definition lists are reported as novel and not interpreted.",
        "Copy numbers and hybrid genes are never inferred from single positions.",
    ]

    /// The report on `patient`, whom the fleet knows as `subject`.
    ///
    /// - Parameters:
    ///   - version: of the document, greater for a newer state.
    ///   - knowledge: the release that the evaluation rests on; names positions and alleles.
    public init(_ patient: EvaluatedPatient, subject: PatientPseudonym, version: Int64, knowledge: KnowledgeBase) {
        self.init(
            patient, subject: subject, version: version, genes: knowledge.genes, knowledgeDigest: knowledge.digest)
    }

    init(
        _ patient: EvaluatedPatient, subject: PatientPseudonym, version: Int64, genes: GeneCatalog,
        knowledgeDigest: String
    ) {
        id = subject.rawValue
        self.version = version
        var knowledge: JSONObject = ["version": .string(patient.knowledgeVersion)]
        knowledge.set("digest", knowledgeDigest)
        var content: JSONObject = [
            "schema": .string(Self.schema), "patient": .string(subject.rawValue),
            "knowledge": .object(knowledge),
            "evaluated_at": .string(patient.evaluatedAt.iso8601),
            "evaluated_at_us": .number(JSONNumber(patient.evaluatedAt.microseconds)),
        ]
        content.set("sex", patient.sex?.rawValue)
        content["genes"] = .array(patient.phenotypes.map { GeneSection(catalog: genes).json($0) })
        content["drugs"] = .array(Self.drugs(patient))
        content.set("findings", patient.findings.map(\.reportJSON))
        content.set("medications", patient.medications.map(\.reportJSON))
        content.set("active_drugs", texts: patient.activeDrugs)
        content.set("next_change_at", patient.nextBoundary)
        var provenance: JSONObject = ["knowledge_version": .string(patient.knowledgeVersion)]
        provenance.set("genotype_events", texts: patient.genotypeEvents.map(\.description))
        provenance.set(
            "medication_events", texts: Set(patient.medications.compactMap(\.eventID)).sorted().map(\.description))
        content["provenance"] = .object(provenance)
        content.set("disclaimers", texts: Self.disclaimers)
        self.content = .object(content)
    }

    /// The whole document: the content with `_id` and `version`.
    public var json: JSONValue {
        var document: JSONObject = ["_id": .string(id), "version": .number(JSONNumber(version))]
        for member in content.object?.members ?? [] { document[member.key] = member.value }
        return .object(document)
    }

    /// The whole document in canonical JSON: members sorted, no white space, one text per number.
    public var bytes: [UInt8] { json.serialized(.canonical) }

    /// One section for each drug; the recommendations come sorted by drug.
    private static func drugs(_ patient: EvaluatedPatient) -> [JSONValue] {
        let active = Set(patient.activeDrugs)
        var sections: [JSONValue] = []
        var rest = patient.recommendations[...]
        while let drug = rest.first?.drug {
            let own = rest.prefix { $0.drug == drug }
            sections.append([
                "drug": .string(drug), "active": .bool(active.contains(drug)),
                "recommendations": .array(own.map { DrugSection.json($0) }),
            ])
            rest = rest.dropFirst(own.count)
        }
        return sections
    }
}

extension SafetyFinding {
    fileprivate var reportJSON: JSONValue {
        [
            "drug": .string(drug), "severity": .string(severity.rawValue),
            "reasons": .array(reasons.map { .string($0) }), "source": .string(recommendation.source.rawValue),
            "guideline": .string(recommendation.guideline),
        ]
    }
}

extension MedicationExposure {
    fileprivate var reportJSON: JSONValue {
        var medication: JSONObject = ["drug": .string(drug)]
        medication.set("started_at", startedAt)
        medication.set("ended_at", endedAt)
        medication.set("event_id", eventID?.description)
        return .object(medication)
    }
}
