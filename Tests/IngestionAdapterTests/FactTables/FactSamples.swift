import Contracts
import Domain
import IngestionCore

@testable import IngestionAdapter

/// One fact of every kind, with every field set.
enum FactSamples {
    static let time = Timestamp(microseconds: 1_714_545_000_000_000)  // 2024-05-01T06:30:00Z
    static let later = Timestamp(microseconds: 1_714_545_060_123_456)
    static let submission = EventID.hashing("submission", "1")
    private static let source = "feed.test.v1"
    private static let version = "test-1"

    /// One row of every kind for one patient of `tenant`.
    static func all(tenant: String) -> [IngestionRow] {
        guard let patient = PatientPseudonym("p1.\(tenant)") else { return [] }
        return facts(of: patient, tenant: tenant).map {
            IngestionRow(fact: $0, recordID: EventID.hashing("record", tenant), tenant: tenant)
        }
    }

    private static func facts(of patient: PatientPseudonym, tenant: String) -> [Fact] {
        func id(_ kind: String) -> EventID { EventID.hashing(kind, tenant) }
        let submission = EventID.hashing("submission", tenant)
        return [
            .observation(
                ObservationRecorded(
                    eventID: id("observation"), patient: patient, code: "8867-4", codeSystem: "http://loinc.org",
                    display: "Heart rate", value: .quantity(72.5), unit: "/min", originalValue: "1.208",
                    originalUnit: "Hz", originalCode: "364075005", originalCodeSystem: "urn:sct", status: .final,
                    effectiveAt: time, effectiveEndAt: later, receivedAt: later,
                    source: source, deviceID: "d", resourceID: "r", modelVersion: version, producedAt: later)),
            .medication(
                MedicationRecorded(
                    eventID: id("medication"), patient: patient, code: "314076", codeSystem: "urn:rxnorm",
                    display: "lisinopril", status: .notTaken, intent: .unknown, authoredAt: time, dosageText: "daily",
                    kind: .statement, effectiveStartAt: time, effectiveEndAt: later, doseQuantity: 10, doseUnit: "mg",
                    resourceID: "r", source: source, receivedAt: later, modelVersion: version, producedAt: later)),
            .condition(
                ConditionRecorded(
                    eventID: id("condition"), patient: patient, code: "38341003", codeSystem: "urn:sct",
                    display: "Hypertension", clinicalStatus: .active, verificationStatus: .confirmed, onsetAt: time,
                    abatedAt: later, recordedAt: later, resourceID: "r", source: source, receivedAt: later,
                    modelVersion: version, producedAt: later)),
            .patient(
                PatientRegistered(
                    eventID: id("patient"), patient: patient, administrativeGender: .female, birthYear: 1962,
                    deceased: true, resourceID: "r", source: source, receivedAt: later, modelVersion: version,
                    producedAt: later)),
            .allergy(
                AllergyRecorded(
                    eventID: id("allergy"), patient: patient, code: "764146007", codeSystem: "urn:sct",
                    display: "Penicillin", kind: .allergy, category: "medication", criticality: .unableToAssess,
                    clinicalStatus: .resolved, verificationStatus: .refuted, onsetAt: time, recordedAt: later,
                    reaction: "271807003", reactionSystem: "urn:sct", resourceID: "r", source: source,
                    receivedAt: later, modelVersion: version, producedAt: later)),
            .encounter(
                EncounterRecorded(
                    eventID: id("encounter"), patient: patient, encounterClass: "EMER", code: "50849002",
                    codeSystem: "urn:sct", display: "Emergency", status: .onLeave, startedAt: time, endedAt: later,
                    reasonCode: "29857009", reasonSystem: "urn:sct", resourceID: "r", source: source,
                    receivedAt: later, modelVersion: version, producedAt: later)),
            .procedure(
                ProcedureRecorded(
                    eventID: id("procedure"), patient: patient, code: "80146002", codeSystem: "urn:sct",
                    display: "Appendectomy", status: .notDone, startedAt: time, endedAt: later, resourceID: "r",
                    source: source, receivedAt: later, modelVersion: version, producedAt: later)),
            .immunization(
                ImmunizationRecorded(
                    eventID: id("immunization"), patient: patient, code: "207", codeSystem: "urn:cvx",
                    display: "COVID-19", status: .completed, occurredAt: time, doseQuantity: 0.5, doseUnit: "mL",
                    resourceID: "r", source: source, receivedAt: later, modelVersion: version, producedAt: later)),
            .report(
                ReportRecorded(
                    eventID: id("report"), patient: patient, code: "58410-2", codeSystem: "urn:loinc",
                    display: "CBC", category: "LAB", status: .appended, effectiveAt: time, issuedAt: later,
                    conclusionCode: "271737000", conclusionSystem: "urn:sct", resultCount: 12, resourceID: "r",
                    source: source, receivedAt: later, modelVersion: version, producedAt: later)),
            .consent(
                ConsentRecorded(
                    eventID: id("consent"), patient: patient, status: .active, scope: "patient-privacy",
                    isPermit: false, startsAt: time, endsAt: later, resourceTypes: ["Observation", "a \"b\", \\{c}"],
                    codes: ["urn:loinc|8867-4"], purposes: [], sources: ["NULL"], recordedAt: later, resourceID: "r",
                    source: source, receivedAt: later, modelVersion: version, producedAt: later)),
            .genotypes(
                GenotypesRecorded(
                    eventID: id("genotypes"), patient: patient, sampleID: "s1", assembly: "GRCh38", format: .vcf,
                    submissionID: submission, chunk: 0, isLastChunk: true,
                    calls: [
                        GenotypeCall(
                            chromosome: "10", position: 94_781_859, end: 94_781_859, identifier: "rs4244285",
                            reference: "G", alternates: ["A", "<NON_REF>"], alleles: [0, 1], isPhased: true,
                            phaseSet: 7, depth: 31, quality: 99, filter: "PASS", siteQuality: 812.5),
                        GenotypeCall(chromosome: "MT", position: 1, end: 2, alternates: ["T"], alleles: [-1]),
                    ],
                    collectedAt: time, resourceID: "r", source: source, receivedAt: later, modelVersion: version,
                    producedAt: later)),
            .expression(
                ExpressionMeasured(
                    eventID: id("expression"), patient: patient, sampleID: "s1", cohort: "gtex", tissue: "blood",
                    unit: "TPM", geneSystem: .symbol, submissionID: submission, chunk: 0, isLastChunk: true,
                    isSparse: true, genes: ["TP53", "BRCA1"], values: [12.25, 1e-300], measuredAt: time,
                    resourceID: "r", source: source, receivedAt: later, modelVersion: version, producedAt: later)),
            .score(
                PolygenicScoreDefined(
                    eventID: id("score"), scoreID: "PGS000001", name: "PRS77", trait: "Breast cancer",
                    assembly: "GRCh37", weightType: "beta", submissionID: submission, chunk: 0, isLastChunk: true,
                    weights: [
                        VariantWeight(
                            chromosome: "11", position: 69_331_418, identifier: "rs78540526", effectAllele: "T",
                            otherAllele: "C", weight: 0.1622, model: .recessive),
                        VariantWeight(identifier: "rs616488", effectAllele: "G", weight: -0.06),
                    ],
                    resourceID: "r", source: source, receivedAt: later, modelVersion: version, producedAt: later)),
        ]
    }
}
