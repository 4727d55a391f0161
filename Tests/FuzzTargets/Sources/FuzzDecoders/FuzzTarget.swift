import Contracts
import Domain
import FHIR
import IngestionCore
import JSONDocument

/// A decoder under fuzzing. The raw value names it in `VITALSTREAM_FUZZ_TARGET` and is the name of its corpus.
enum FuzzTarget: String, CaseIterable {
    case observation
    case medication
    case condition
    case patient
    case alert
    case deadLetter = "dead-letter"
    case allergy
    case encounter
    case procedure
    case immunization
    case report
    case consent
    case genotypes
    case expression
    case score
    case diplotype
    case phenotype
    case recommendation
    case knowledge
    case reevaluation
    case timestamp
    case eventID = "event-id"
    case ucum
    case json
    case fhir
    case fhirStructure = "fhir-structure"
    case fhirXML = "fhir-xml"
    case fhirPath = "fhirpath"
    case openMHealth = "open-mhealth"
    case openMHealthLines = "open-mhealth-lines"
    case pmData = "pmdata"
    case xml
    case appleHealth = "apple-health"
    case vendorJSON = "vendor-json"
    case gpx
    case csv
    case mapping
    case vcf
    case consumerGenotypes = "dtc"
    case fasta
    case expressionMatrix = "expression-matrix"
    case scoringFile = "scoring"
    case hl7v2
    case mllp
    case token
    case scope
    case tokenRequest = "token-request"
    case compressed
    case zip
    case genotypeVCF = "genotype-vcf"
    case genotypeExport = "genotype-export"
    case outsideCalls = "outside-calls"
    case knowledgeTable = "knowledge-table"
    case cdsRequest = "cds-request"

    /// Decodes `bytes`. What is accepted must survive its own encoding; a breach ends the process, which libFuzzer reports.
    func run(_ bytes: UnsafeRawBufferPointer) {
        switch self {
        case .observation: check(ObservationRecorded.self, bytes)
        case .medication: check(MedicationRecorded.self, bytes)
        case .condition: check(ConditionRecorded.self, bytes)
        case .patient: check(PatientRegistered.self, bytes)
        case .alert: check(Alert.self, bytes)
        case .deadLetter: check(DeadLetter.self, bytes)
        case .allergy: check(AllergyRecorded.self, bytes)
        case .encounter: check(EncounterRecorded.self, bytes)
        case .procedure: check(ProcedureRecorded.self, bytes)
        case .immunization: check(ImmunizationRecorded.self, bytes)
        case .report: check(ReportRecorded.self, bytes)
        case .consent: check(ConsentRecorded.self, bytes)
        case .genotypes: check(GenotypesRecorded.self, bytes)
        case .expression: check(ExpressionMeasured.self, bytes)
        case .score: check(PolygenicScoreDefined.self, bytes)
        case .diplotype: check(DiplotypeReported.self, bytes)
        case .phenotype: check(PhenotypeDetermined.self, bytes)
        case .recommendation: check(RecommendationMade.self, bytes)
        case .knowledge: check(KnowledgeReleased.self, bytes)
        case .reevaluation: check(ReevaluationRequested.self, bytes)
        case .timestamp: checkTimestamp(bytes)
        case .eventID: checkEventID(bytes)
        case .ucum: checkUCUM(bytes)
        case .token: FuzzedSecurity.checkToken(bytes)
        case .scope: FuzzedSecurity.checkScope(bytes)
        case .tokenRequest: FuzzedSecurity.checkTokenRequest(bytes)
        case .compressed: FuzzedSecurity.checkCompressed(bytes)
        case .zip: FuzzedSecurity.checkZip(bytes)
        case .genotypeVCF: FuzzedPharmacogenomics.checkVCF(bytes)
        case .genotypeExport: FuzzedPharmacogenomics.checkExport(bytes)
        case .outsideCalls: FuzzedPharmacogenomics.checkOutsideCalls(bytes)
        case .knowledgeTable: FuzzedPharmacogenomics.checkKnowledge(bytes)
        case .cdsRequest: FuzzedPharmacogenomics.checkCDSRequest(bytes)
        case .json: checkJSON(bytes)
        case .fhir: check(Self.feed.fhir(bytes))
        case .fhirStructure: _ = Self.validator.validate(json: bytes)
        case .fhirXML: checkFHIRXML(bytes)
        case .fhirPath: checkFHIRPath(bytes)
        case .openMHealth: check(Self.feed.openMHealth(bytes))
        case .openMHealthLines: check(Self.feed.openMHealth(lines: Array(bytes)))
        case .pmData: checkPMData(bytes)
        case .xml: FuzzedWearables.checkXML(bytes)
        case .appleHealth: FuzzedWearables.checkApple(bytes).forEach { check([$0]) }
        case .vendorJSON: check(FuzzedWearables.vendor(bytes))
        case .gpx: FuzzedWearables.gpx(bytes).forEach { check([$0]) }
        case .csv: FuzzedWearables.csv(bytes).forEach { check([$0]) }
        case .mapping: FuzzedWearables.checkMapping(bytes)
        case .vcf: checkGenomic(.vcf, bytes)
        case .consumerGenotypes: checkGenomic(.consumerGenotypes, bytes)
        case .fasta: checkGenomic(.fasta, bytes)
        case .expressionMatrix: checkGenomic(.expression, bytes)
        case .scoringFile: checkGenomic(.scoring, bytes)
        case .hl7v2: check(hl7v2: Array(bytes))
        case .mllp: check(mllp: Array(bytes))
        }
    }

    private func check<Event: HealthEvent>(_: Event.Type, _ bytes: UnsafeRawBufferPointer) {
        guard let event = try? Event(decoding: bytes) else { return }
        guard (try? Event(decoding: event.encoded())) == event else {
            fatalError("\(Event.self) does not survive its codec")
        }
        guard !event.canonicalJSON.isEmpty else { fatalError("\(Event.self) has no JSON") }
    }

    private func checkTimestamp(_ bytes: UnsafeRawBufferPointer) {
        let text = String(decoding: bytes, as: UTF8.self)
        _ = Timestamp(iso8601Date: text)
        guard let time = Timestamp(iso8601: text) else { return }
        // An offset may move the years 0 and 9999 out of four digits; every other time reads back.
        guard (ContractLimits.earliestMicroseconds...ContractLimits.latestMicroseconds).contains(time.microseconds)
        else { return }
        guard Timestamp(iso8601: time.iso8601) == time else { fatalError("a time does not read back") }
    }

    private func checkEventID(_ bytes: UnsafeRawBufferPointer) {
        guard let id = EventID(utf8: bytes) else { return }
        guard EventID(id.description) == id else { fatalError("an event id does not read back") }
        _ = EventID(String(decoding: bytes, as: UTF8.self))
    }

    private func checkUCUM(_ bytes: UnsafeRawBufferPointer) {
        let text = String(decoding: bytes, as: UTF8.self)
        // A value before the first space, a unit behind it.
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        if parts.count == 2 {
            _ = UCUM.canonical(parts[0], unit: parts[1], code: "2345-7")
            _ = UCUM.canonical(parts[0], unit: parts[1])
            _ = try? UCUM.convert(parts[0], from: parts[1], to: "m")
        }
        _ = UCUM.code(commonSpelling: text, of: "8310-5")
        guard let unit = try? UCUMUnit(parsing: parts.last ?? text) else { return }
        guard (try? UCUMUnit(parsing: unit.description)) == unit else { fatalError("a unit does not read back") }
        guard !unit.isComputable || unit.isCommensurable(with: unit) else { fatalError("a unit unlike itself") }
    }

    // MARK: JSON and feeds

    private func checkJSON(_ bytes: UnsafeRawBufferPointer) {
        guard let value = try? JSONValue(parsing: bytes) else { return }
        guard (try? JSONValue(parsing: value.serialized())) == value else {
            fatalError("a JSON value does not read back")
        }
    }

    /// What is read from XML is a tree that JSON can write, and that the validator takes.
    private func checkFHIRXML(_ bytes: UnsafeRawBufferPointer) {
        let validator = Self.validator
        guard let resource = FHIRXML.read(bytes).resource else { return }
        guard (try? JSONValue(parsing: resource.serialized(), limits: JSONLimits(depth: 256))) == resource else {
            fatalError("a resource does not read back")
        }
        _ = validator.validate(resource)
    }

    /// An expression that compiles can be evaluated, or is given up; it never runs for long.
    private func checkFHIRPath(_ bytes: UnsafeRawBufferPointer) {
        guard let expression = try? FHIRPathExpression(parsing: String(decoding: bytes, as: UTF8.self)) else { return }
        let questionnaire: JSONValue = [
            "resourceType": "Questionnaire", "status": "draft", "name": "Name", "date": "2024-02-29",
            "item": [
                ["linkId": "a", "type": "group", "item": [["linkId": "b", "type": "choice", "text": "c.d"]]],
                ["linkId": "e", "type": "integer", "initial": [["valueInteger": 5]]],
            ],
            "contained": [["resourceType": "Patient", "id": "p"]],
        ]
        _ = try? expression.evaluate(on: questionnaire, steps: 100_000)
    }

    private static let validator = FHIRValidator()

    /// Whatever a feed says, the facts made of it are events that consumers accept.
    func check(_ outcomes: [FactOutcome]) {
        for fact in outcomes.flatMap(\.facts) {
            do {
                try fact.event.validate()
            } catch {
                fatalError("a fact that no consumer takes: \(error)")
            }
        }
    }

    private func checkPMData(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        let kind = PMDataReader.Kind.allCases[Int(first) % PMDataReader.Kind.allCases.count]
        guard let yield = try? PMDataReader(participant: "p01").dataPoints(of: kind, json: bytes.dropFirst()) else {
            return
        }
        check(Self.feed.openMHealth(.array(yield.dataPoints)))
    }

    static let feed = FeedDecoder(
        context: FeedContext(source: Topic.ehrFeed, receivedAt: Timestamp(microseconds: 1_714_545_000_000_000)),
        names: OneName())

    /// Knows everybody under one name: fuzzing is about forms, not people.
    private struct OneName: PersonNaming {
        func pseudonym(of person: PatientIdentifier) throws -> PatientPseudonym {
            guard let pseudonym = PatientPseudonym("p1.everybody") else { throw Nameless() }
            return pseudonym
        }

        func opaqueName(of record: PHI<SubjectIdentifier>) throws -> String { "h1.everything" }

        struct Nameless: Error {}
    }
}
