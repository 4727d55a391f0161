import Domain
import FHIR
import JSONDocument
import Testing

@testable import PharmacogenomicsCore

@Suite("The FHIR bundle says what the evaluation says, by the guide's profiles")
struct GenomicsReportBundleTests {
    private let knowledge: KnowledgeBase
    private let subject: PatientPseudonym

    init() throws {
        knowledge = try ReportingRelease.loaded()
        subject = try #require(ReportingRelease.subject)
    }

    private func bundle(
        outside: [OutsideCall] = [], genotypes: SampleGenotypes? = nil, medications: [MedicationExposure] = []
    ) -> GenomicsReportBundle {
        GenomicsReportBundle(
            ReportingRelease.patient(
                knowledge, outside: outside, genotypes: genotypes, medications: medications),
            subject: subject, knowledge: knowledge, genotypes: genotypes)
    }

    /// Every kind of resource that the bundle can have.
    private var rich: GenomicsReportBundle {
        bundle(
            outside: [ReportingRelease.poorCYP2D6],
            genotypes: ReportingRelease.cyp2c19(
                knowledge, ReportingRelease.heterozygous, ReportingRelease.homozygous),
            medications: [MedicationExposure(drug: "codeine"), MedicationExposure(drug: "clopidogrel")])
    }

    private func resources(_ bundle: GenomicsReportBundle, _ profile: String) -> [JSONValue] {
        let url = "http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/\(profile)"
        return (bundle.json["entry"]?.array ?? []).compactMap { $0["resource"] }
            .filter { $0["meta"]?["profile"]?[0]?.string == url }
    }

    private func component(_ resource: JSONValue, _ code: String) -> [JSONValue] {
        (resource["component"]?.array ?? []).filter { $0["code"]?["coding"]?[0]?["code"]?.string == code }
    }

    private func answer(_ resource: JSONValue, _ code: String) -> String? {
        component(resource, code).first?["valueCodeableConcept"]?["coding"]?[0]?["code"]?.string
    }

    @Test("FHIR R4's rules hold for every resource of it", arguments: [true, false])
    func isValid(isRich: Bool) {
        let json = isRich ? rich.json : bundle().json
        let options = FHIRValidator.Options(
            extensions: .known(domains: ["http://hl7.org/fhir/uv/genomics-reporting/"]), allowsExampleURLs: false,
            checksVitalSigns: true, reportsWarnings: true, issueLimit: 100)
        let issues = FHIRValidator(options: options).validate(json)
        #expect(issues.filter { $0.severity == .error }.map(\.description) == [])
        // A narrative is given for the report alone; R4 recommends one everywhere (dom-6).
        #expect(issues.filter { $0.constraint != "dom-6" }.map(\.description) == [])
    }

    @Test("Every reference leads to an entry, and every entry has its own urn:uuid")
    func referencesResolve() {
        let entries = rich.json["entry"]?.array ?? []
        let urls = entries.compactMap { $0["fullUrl"]?.string }
        #expect(urls.count == entries.count)
        #expect(Set(urls).count == urls.count)
        var references: [String] = []
        func collect(_ value: JSONValue) {
            if let reference = value["reference"]?.string { references.append(reference) }
            for member in value.object?.members ?? [] { collect(member.value) }
            for element in value.array ?? [] { collect(element) }
        }
        collect(rich.json)
        #expect(references.count >= 10)
        #expect(references.filter { !urls.contains($0) } == [])
    }

    @Test("A poor metabolizer of CYP2C19 on clopidogrel: genotype, implication and task by known codes")
    func knownAnswer() throws {
        let report = bundle(
            genotypes: ReportingRelease.cyp2c19(
                knowledge, ReportingRelease.reference, ReportingRelease.homozygous),
            medications: [MedicationExposure(drug: "clopidogrel")])
        let genotype = try #require(resources(report, "genotype").first)
        #expect(genotype["valueCodeableConcept"]?["text"]?.string == "CYP2C19 *2/*2")
        #expect(genotype["code"]?["coding"]?[0]?["code"]?.string == "84413-4")
        let gene = component(genotype, "48018-6").first?["valueCodeableConcept"]?["coding"]?[0]
        #expect(gene?["code"]?.string == "HGNC:2621")
        #expect(gene?["system"]?.string == "http://www.genenames.org")
        #expect(resources(report, "haplotype").count == 1)

        let variant = try #require(resources(report, "variant").first)
        #expect(answer(variant, "81252-9") == "rs4244285")
        #expect(answer(variant, "48013-7") == "NC_000010.11")
        #expect(component(variant, "81254-5").first?["valueRange"]?["low"]?["value"]?.number?.int64 == 94_781_859)
        #expect(answer(variant, "53034-5") == "LA6705-3")
        #expect(component(variant, "69551-0").first?["valueString"]?.string == "A")

        let implication = try #require(resources(report, "therapeutic-implication").first)
        let medication = component(implication, "51963-7").first?["valueCodeableConcept"]?["coding"]
        #expect(medication?[0]?["code"]?.string == "32968")
        #expect(medication?[1]?["code"]?.string == "B01AC04")
        let phenotype = component(implication, "therapeutic-implication").first?["valueCodeableConcept"]
        #expect(phenotype?["coding"]?[0]?["code"]?.string == "LA9657-3")
        #expect(
            component(implication, "81259-4").first?["valueCodeableConcept"]?["text"]?.string
                == "acute coronary syndrome or PCI")
        #expect(
            implication["extension"]?[0]?["valueRelatedArtifact"]?["url"]?.string
                == "https://pubmed.ncbi.nlm.nih.gov/35034351/")

        let task = try #require(resources(report, "medication-recommendation").first)
        #expect(task["code"]?["coding"]?[0]?["code"]?.string == "LA26421-0")
        #expect(task["status"]?.string == "requested")
        #expect(task["intent"]?.string == "proposal")
        #expect(task["focus"]?["reference"]?.string != nil)
        let diagnostic = try #require(resources(report, "genomic-report").first)
        #expect(diagnostic["code"]?["coding"]?[0]?["code"]?.string == "51969-4")
        #expect(diagnostic["status"]?.string == "preliminary")
    }

    @Test("A gene without a result has no genotype, and no implication rests on it")
    func unknownGene() {
        let report = bundle()
        #expect(resources(report, "genotype") == [])
        #expect(resources(report, "therapeutic-implication") == [])
        #expect(resources(report, "genomic-report").count == 1)
        let conclusion = resources(report, "genomic-report").first?["conclusion"]?.string ?? ""
        #expect(conclusion.contains("Without a result: CYP2C19, CYP2D6."))
    }

    @Test("Several diplotypes are all named, and no haplotype is taken for settled")
    func ambiguous() {
        let report = bundle(
            genotypes: ReportingRelease.cyp2c19(
                knowledge, SiteCall(), ReportingRelease.heterozygous),
            medications: [MedicationExposure(drug: "clopidogrel")])
        let text = resources(report, "genotype").first?["valueCodeableConcept"]?["text"]?.string ?? ""
        #expect(text.contains(" or "))
        #expect(resources(report, "haplotype") == [])
    }

    @Test("Dose actions are coded by their direction, and others not at all")
    func taskCodes() throws {
        func code(_ text: String) throws -> String? {
            TherapeuticImplications.code(of: try #require(RecommendedAction.list(text)))?.code
        }
        #expect(try code("avoid+dose-percent:50") == "LA26421-0")
        #expect(try code("dose-percent:50") == "LA26422-8")
        #expect(try code("dose-start-percent:150-200") == "LA26423-6")
        #expect(try code("dose-increase+monitor:INR") == "LA26423-6")
        #expect(try code("dose-maximum:20 mg/day") == "LA26422-8")
        #expect(try code("monitor:INR") == nil)
        #expect(try code("dose-percent:75-125") == nil)
    }

    @Test("Equal input gives equal bytes, and ids stay from report to report")
    func deterministic() {
        #expect(rich.bytes == rich.bytes)
        let early = bundle(outside: [ReportingRelease.poorCYP2D6])
        let later = rich
        let genotype = { (bundle: GenomicsReportBundle) in
            self.resources(bundle, "genotype").first {
                $0["valueCodeableConcept"]?["text"]?.string?.hasPrefix("CYP2D6") == true
            }?["id"]?.string
        }
        #expect(genotype(early) != nil)
        #expect(genotype(early) == genotype(later))
    }

    @Test("Every gene of the released tables has an HGNC id; DPYD's is HGNC's own")
    func hgnc() {
        // The 23 genes of the issue; ids of genenames.org.
        let ids: [(GeneSymbol, Int)] = [
            ("CYP2C19", 2621), ("CYP2C9", 2623), ("CYP2B6", 2615), ("CYP2D6", 2625), ("CYP3A4", 2637),
            ("CYP3A5", 2638), ("CYP4F2", 2645), ("SLCO1B1", 10959), ("ABCG2", 74), ("TPMT", 12014),
            ("NUDT15", 23063), ("DPYD", 3012), ("UGT1A1", 12530), ("NAT2", 7646), ("VKORC1", 23663),
            ("IFNL3", 18365), ("G6PD", 4057), ("RYR1", 10483), ("CACNA1S", 1397), ("CFTR", 1884), ("HLA-A", 4931),
            ("HLA-B", 4932), ("MT-RNR1", 7470),
        ]
        for (gene, id) in ids { #expect(HGNC.identifier(of: gene) == id, "\(gene)") }
    }
}
