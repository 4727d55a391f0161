import Contracts
import Domain
import JSONDocument
import Testing

@testable import PharmacogenomicsCore

@Suite("The report document holds everything that the evaluation says")
struct ReportDocumentTests {
    private let knowledge: KnowledgeBase
    private let subject: PatientPseudonym

    init() throws {
        knowledge = try ReportingRelease.loaded()
        subject = try #require(ReportingRelease.subject)
    }

    private func document(_ patient: EvaluatedPatient) -> ReportDocument {
        ReportDocument(patient, subject: subject, version: 7, knowledge: knowledge)
    }

    private func gene(_ symbol: String, in document: ReportDocument) -> JSONValue? {
        document.content["genes"]?.array?.first { $0["gene"]?.string == symbol }
    }

    private func drug(_ name: String, in document: ReportDocument) -> JSONValue? {
        document.content["drugs"]?.array?.first { $0["drug"]?.string == name }
    }

    @Test("Identity, version, knowledge release and disclaimers stand at the top")
    func frame() {
        let document = document(ReportingRelease.patient(knowledge))
        #expect(document.id == "p1.abcdefghijklmnopqrstuvwx")
        #expect(document.json["_id"]?.string == document.id)
        #expect(document.json["version"]?.number?.int64 == 7)
        #expect(document.json["schema"]?.string == "vitalstream.pharmacogenomics.report.v1")
        #expect(document.json["knowledge"]?["version"]?.string == "test.1")
        #expect(document.json["knowledge"]?["digest"]?.string == knowledge.digest)
        #expect(document.json["evaluated_at"]?.string == "2025-11-21T16:00:00.000000Z")
        #expect(document.json["disclaimers"]?.array?.isEmpty == false)
        #expect(
            document.json["provenance"]?["genotype_events"]?[0]?.string
                == EventID.hashing("test", "genotype").description)
    }

    @Test("All candidates are listed with their weights, and a missing position is named")
    func candidates() throws {
        let document = document(
            ReportingRelease.patient(
                knowledge,
                genotypes: ReportingRelease.cyp2c19(knowledge, SiteCall(), ReportingRelease.heterozygous)))
        let gene = try #require(self.gene("CYP2C19", in: document))
        #expect(gene["status"]?.string == "ambiguous")
        let diplotypes = gene["diplotypes"]?.array ?? []
        #expect(diplotypes.count == gene["diplotype_count"]?.number?.int64.map { Int($0) })
        #expect(diplotypes.count > 1)
        let sum = diplotypes.compactMap { $0["weight"]?.number?.double }.reduce(0, +)
        #expect(abs(sum - 1) < 1e-9)
        #expect(gene["missing_positions"] == ["rs12248560"])
        #expect(gene["phenotypes"]?.array?.isEmpty == false)
    }

    @Test("A drug carries its actions as codes, its candidates, its citations and its inputs")
    func drugs() throws {
        let event = EventID.hashing("test", "codeine")
        let document = document(
            ReportingRelease.patient(
                knowledge, outside: [ReportingRelease.poorCYP2D6],
                medications: [MedicationExposure(drug: "codeine", eventID: event)]))
        let codeine = try #require(drug("codeine", in: document))
        #expect(codeine["active"]?.bool == true)
        let cpic = try #require(codeine["recommendations"]?.array?.first { $0["source"]?.string == "CPIC" })
        #expect(cpic["status"]?.string == "determinate")
        #expect(cpic["actions"]?[0]?["code"]?.string == "avoid")
        #expect(cpic["actions"]?[1]?["detail"]?.string == "opioid independent of CYP2D6")
        #expect(cpic["candidates"]?[0]?["results"]?[0]?["phenotype"]?.string == "Poor Metabolizer")
        #expect(cpic["citations"] == ["PMID:33387367"])
        #expect(cpic["version"]?.string == "2021")
        #expect(cpic["input_events"]?.array?.contains(.string(event.description)) == true)
        #expect(cpic["content_hash"]?.string?.utf8.count == 16)
        #expect(document.content["findings"]?[0]?["severity"]?.string == "critical")
    }

    @Test("Phenoconversion stands beside the genetic phenotype")
    func phenoconversion() throws {
        let document = document(
            ReportingRelease.patient(
                knowledge, outside: [ReportingRelease.normalCYP2D6],
                medications: [MedicationExposure(drug: "codeine"), MedicationExposure(drug: "paroxetine")]))
        let gene = try #require(self.gene("CYP2D6", in: document))
        #expect(gene["consensus"]?["phenotype"]?.string == "Normal Metabolizer")
        #expect(gene["phenoconversion"]?["phenotypes"]?[0]?["phenotype"]?.string == "Poor Metabolizer")
        #expect(gene["phenoconversion"]?["inhibitors"]?[0]?["drug"]?.string == "paroxetine")
        let cpic = drug("codeine", in: document)?["recommendations"]?.array?.first { $0["source"]?.string == "CPIC" }
        #expect(cpic?["phenoconverted"]?.bool == true)
        #expect(cpic?["actions"]?[0]?["code"]?.string == "avoid")
        #expect(cpic?["by_genotype_alone"]?["actions"]?[0]?["code"]?.string == "standard")
    }

    @Test("The bytes are canonical JSON and the same for the same evaluation")
    func deterministic() throws {
        let medications = [MedicationExposure(drug: "codeine"), MedicationExposure(drug: "paroxetine")]
        func bytes(_ medications: [MedicationExposure]) -> [UInt8] {
            document(
                ReportingRelease.patient(
                    knowledge, outside: [ReportingRelease.normalCYP2D6], medications: medications)
            ).bytes
        }
        let first = bytes(medications)
        #expect(first == bytes(medications.reversed()))
        #expect(try JSONValue(parsing: first).serialized(.canonical) == first)
    }
}
