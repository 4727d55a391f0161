public import Domain
public import JSONDocument

/// A person's pharmacogenomic report for electronic records: a FHIR R4 Bundle (`collection`) by HL7's Genomics Reporting guide
/// STU3 (3.0.0).
///
/// It holds one DiagnosticReport (`genomic-report`), and per gene a `genotype`, the `haplotype`s of a settled call and the
/// `variant`s that were seen; per guideline a `therapeutic-implication`, and where the answer is settled and differs from usual
/// a Task (`medication-recommendation`), with a MedicationStatement for a drug that is taken. The person is named by pseudonym
/// alone. Equal input gives equal bytes; resources keep their ids from report to report.
public struct GenomicsReportBundle: Sendable, Equatable {
    /// Who has looked at the report.
    public enum Status: String, Sendable, Hashable {
        /// Nobody yet.
        case preliminary
        /// An authorised person.
        case final
    }

    /// The Bundle.
    public let json: JSONValue

    /// The Bundle of `patient`, whom the fleet knows as `subject`.
    ///
    /// - Parameters:
    ///   - knowledge: the release that the evaluation rests on.
    ///   - genotypes: what was seen at the positions of that release; without it the Bundle has no variants.
    ///   - status: of the report and all its observations.
    public init(
        _ patient: EvaluatedPatient, subject: PatientPseudonym, knowledge: KnowledgeBase,
        genotypes: SampleGenotypes? = nil, status: Status = .preliminary
    ) {
        self.init(
            patient, subject: subject, genes: knowledge.genes, drugs: knowledge.drugs, genotypes: genotypes,
            status: status)
    }

    init(
        _ patient: EvaluatedPatient, subject: PatientPseudonym, genes: GeneCatalog, drugs: DrugDictionary,
        genotypes: SampleGenotypes?, status: Status
    ) {
        let resources = GenomicsResources(subject: subject, time: patient.evaluatedAt, status: status.rawValue)
        var findings = GenomicFindings(resources: resources, genes: genes, genotypes: genotypes)
        for phenotype in patient.phenotypes { findings.add(phenotype) }
        var implications = TherapeuticImplications(
            resources: resources, drugs: drugs, genotypes: findings.genotypeByGene, patient: patient)
        for recommendation in patient.recommendations { implications.add(recommendation) }
        let report = GenomicReportResource(resources: resources, patient: patient)
        let reportID = resources.id("report")
        let entries =
            [
                GenomicsResources.entry(
                    report.json(
                        id: reportID, results: findings.ids + implications.ids, tasks: implications.taskIDs),
                    id: reportID)
            ] + findings.entries + implications.entries
        let bundleID = resources.id("bundle", patient.knowledgeVersion, patient.evaluatedAt.iso8601)
        json = [
            "resourceType": "Bundle", "id": .string(bundleID.description),
            "identifier": ["system": "urn:ietf:rfc:3986", "value": .string("urn:uuid:\(bundleID)")],
            "type": "collection", "timestamp": .string(patient.evaluatedAt.iso8601), "entry": .array(entries),
        ]
    }

    /// The Bundle as JSON without white space; members always in the same order.
    public var bytes: [UInt8] { json.serialized() }
}
