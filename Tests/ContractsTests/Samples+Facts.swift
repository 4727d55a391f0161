import Contracts
import Domain

/// One of every event that a hospital or a laboratory tells besides observations.
extension Samples {
    private static let fhir = "feed.ehr.fhir.v1"
    private static let genomics = "feed.genomics.v1"
    private static let snomed = "http://snomed.info/sct"
    private static let logic = "ingestion 1.0"

    static let allergy = AllergyRecorded(
        eventID: id, patient: patient, code: "764146007", codeSystem: snomed, display: "Penicillin", kind: .allergy,
        category: "medication", criticality: .unableToAssess, clinicalStatus: .active, verificationStatus: .confirmed,
        onsetAt: Timestamp(microseconds: 0), recordedAt: time, reaction: "271807003", reactionSystem: snomed,
        resourceID: "h1.a", source: fhir, receivedAt: later, modelVersion: logic, producedAt: later)
    static let encounter = EncounterRecorded(
        eventID: id, patient: patient, encounterClass: "EMER", code: "50849002", codeSystem: snomed,
        display: "Emergency room admission", status: .onLeave, startedAt: time, endedAt: later, reasonCode: "29857009",
        reasonSystem: snomed, resourceID: "h1.e", source: fhir, receivedAt: later, modelVersion: logic,
        producedAt: later)
    static let procedure = ProcedureRecorded(
        eventID: id, patient: patient, code: "80146002", codeSystem: snomed, display: "Appendectomy", status: .notDone,
        startedAt: time, endedAt: later, resourceID: "h1.p", source: fhir, receivedAt: later, modelVersion: logic,
        producedAt: later)
    static let immunization = ImmunizationRecorded(
        eventID: id, patient: patient, code: "207", codeSystem: "http://hl7.org/fhir/sid/cvx", display: "COVID-19",
        status: .completed, occurredAt: time, doseQuantity: 0.5, doseUnit: "mL", resourceID: "h1.i", source: fhir,
        receivedAt: later, modelVersion: logic, producedAt: later)
    static let report = ReportRecorded(
        eventID: id, patient: patient, code: "58410-2", codeSystem: "http://loinc.org", display: "CBC panel",
        category: "LAB", status: .final, effectiveAt: time, issuedAt: later, conclusionCode: "271737000",
        conclusionSystem: snomed, resultCount: 12, resourceID: "h1.r", source: fhir, receivedAt: later,
        modelVersion: logic, producedAt: later)
    static let consent = ConsentRecorded(
        eventID: id, patient: patient, status: .active, scope: "patient-privacy", isPermit: true, startsAt: time,
        endsAt: later, resourceTypes: ["Observation", "Condition"], codes: ["http://loinc.org|8867-4"],
        purposes: ["TREAT"], sources: [fhir], recordedAt: time, resourceID: "h1.c", source: fhir, receivedAt: later,
        modelVersion: logic, producedAt: later)
    static let genotypes = GenotypesRecorded(
        eventID: id, patient: patient, sampleID: "s_1", assembly: "GRCh38", format: .vcf, submissionID: otherID,
        chunk: 1, isLastChunk: true,
        calls: [
            GenotypeCall(
                chromosome: "10", position: 94_781_859, end: 94_781_859, identifier: "rs4244285", reference: "G",
                alternates: ["A", "<NON_REF>"], alleles: [0, 1], isPhased: true, phaseSet: 94_781_000, depth: 31,
                quality: 99, filter: "PASS", siteQuality: 812.5),
            GenotypeCall(chromosome: "X", position: 0, end: 5, alternates: ["T"], alleles: [-1, 1]),
        ],
        collectedAt: time, resourceID: "h1.g", source: genomics, receivedAt: later, modelVersion: logic,
        producedAt: later)
    static let expression = ExpressionMeasured(
        eventID: id, patient: patient, sampleID: "s_1", cohort: "gtex", tissue: "blood", unit: "TPM",
        geneSystem: .ensembl, submissionID: otherID, chunk: 0, isLastChunk: false, isSparse: true,
        genes: ["ENSG00000141510", "ENSG00000012048"], values: [12.25, 0], measuredAt: time, resourceID: "h1.x",
        source: genomics, receivedAt: later, modelVersion: logic, producedAt: later)
    static let score = PolygenicScoreDefined(
        eventID: id, scoreID: "PGS000001", name: "PRS77_BC", trait: "Breast cancer", assembly: "GRCh37",
        weightType: "beta", submissionID: otherID, chunk: 0, isLastChunk: true,
        weights: [
            VariantWeight(
                chromosome: "11", position: 69_331_418, identifier: "rs78540526", effectAllele: "T", otherAllele: "C",
                weight: 0.16220387987485377, model: .recessive),
            VariantWeight(identifier: "rs616488", effectAllele: "G", weight: -0.06),
        ],
        resourceID: "h1.s", source: genomics, receivedAt: later, modelVersion: logic, producedAt: later)

    /// The kinds of these.
    static let factKinds: [Kind] = [
        Kind(allergy) { .random(using: &$0) }, Kind(encounter) { .random(using: &$0) },
        Kind(procedure) { .random(using: &$0) }, Kind(immunization) { .random(using: &$0) },
        Kind(report) { .random(using: &$0) }, Kind(consent) { .random(using: &$0) },
        Kind(genotypes) { .random(using: &$0) }, Kind(expression) { .random(using: &$0) },
        Kind(score) { .random(using: &$0) },
    ]
}
