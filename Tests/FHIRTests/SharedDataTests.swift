import FHIR
import Foundation
import JSONDocument
import Testing

@Suite("Verdicts on real resources agree with HL7's own validator, each exception named")
struct SharedDataTests {
    /// Tests whose verdict differs, and why. The test fails when one is missing or one too many is here.
    private static let disagreements = [
        "bundle-id-5": "expected error: a display name that is not CVX's; that needs a terminology",
        "uk-msg": "expected error: display names that are not SNOMED CT's; that needs a terminology",
        "contained-resource-bad-id-ignore":
            "the same file as contained-resource-bad-id, whose errors its set-up leaves out",
    ]

    /// Set-up of single tests in HL7's manifest: the file is the same as that of dr-example-org, and example URLs are allowed.
    private static let allowsExamples: Set<String> = ["dr-example-org-2"]

    private struct Expectation {
        let test: String
        let file: String
        let isError: Bool
        let domain: String?
    }

    private func expectations() throws -> [Expectation] {
        guard let folder = SharedData.folder?.appending(path: "validator") else { return [] }
        var domains: [String: String] = [:]
        let outcomes = try SharedData.bytes(of: folder.appending(path: "outcomes.ndjson.gz"))
        for line in NDJSON.lines(of: outcomes) {
            let value = try JSONValue(parsing: line.bytes)
            if let test = value["test"]?.string { domains[test] = value["allowed-extension-domain"]?.string }
        }
        let table = try String(contentsOf: folder.appending(path: "expected.csv"), encoding: .utf8)
        return table.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
            let fields = line.split(separator: ",", maxSplits: 10, omittingEmptySubsequences: false).map(String.init)
            guard fields.count > 10 else { return nil }
            return Expectation(
                test: fields[0], file: fields[1], isError: fields[9] == "1", domain: domains[fields[0]])
        }
    }

    @Test("HL7's tests of its validator with the strict options alone: 48 of 51 in JSON, all in XML")
    func strictVerdicts() throws {
        guard let folder = SharedData.folder?.appending(path: "validator") else { return }
        var wrong: Set<String> = []
        for expectation in try expectations() where !expectation.file.hasSuffix(".txt") {
            let bytes = Array(try Data(contentsOf: folder.appending(path: expectation.file)))
            let validator = FHIRValidator(options: .strict)
            let isXML = expectation.file.hasSuffix(".xml")
            let issues = isXML ? validator.validate(xml: bytes) : validator.validate(json: bytes)
            if issues.contains(where: \.isStructural) != expectation.isError { wrong.insert(expectation.test) }
        }
        #expect(wrong == ["bundle-id-5", "contained-resource-bad-id-ignore", "dr-example-org-2"])
    }

    @Test("HL7's tests of its validator, each with its set-up: structural error or none")
    func verdicts() throws {
        guard let folder = SharedData.folder?.appending(path: "validator") else { return }
        var wrong: Set<String> = []
        var counts: [String: (right: Int, all: Int)] = [:]
        for expectation in try expectations() {
            let file = folder.appending(path: expectation.file)
            let form = file.pathExtension
            guard form == "json" || form == "xml" else { continue }
            let validator = FHIRValidator(
                options: .init(
                    extensions: .known(domains: expectation.domain.map { [$0] } ?? []),
                    allowsExampleURLs: Self.allowsExamples.contains(expectation.test), checksVitalSigns: true))
            let bytes = Array(try Data(contentsOf: file))
            let issues = form == "xml" ? validator.validate(xml: bytes) : validator.validate(json: bytes)
            let isRight = issues.contains(where: \.isStructural) == expectation.isError
            if !isRight { wrong.insert(expectation.test) }
            let count = counts[form] ?? (0, 0)
            counts[form] = (count.right + (isRight ? 1 : 0), count.all + 1)
        }
        print("validator tests: json \(counts["json"] ?? (0, 0)), xml \(counts["xml"] ?? (0, 0))")
        #expect(wrong == Set(Self.disagreements.keys))
    }

    /// HL7's own examples that break R4, and how.
    private static let examples = [
        "Bundle-3a0707d3-549e-4467-b8b8-5a2ab3800efe.json": "invalid Bundle.entry[3].fullUrl",
        "DeviceMetric-example.json": "structure DeviceMetric.parent.reference",
        "MedicationRequest-medrx0301.json": "structure MedicationRequest.dispenseRequest.performer.reference",
        "Procedure-f201.json": "invalid Procedure.instantiatesCanonical[0]",
        "Questionnaire-qs1.json": "required Questionnaire.item[0].item[0].linkId",
        "QuestionnaireResponse-ussg-fht-answers.json": "invalid QuestionnaireResponse.questionnaire",
    ]

    @Test("HL7's examples are without structural error, but for six that break R4")
    func examples() throws {
        let files =
            SharedData.files(in: "hl7-examples", suffix: ".json") + SharedData.files(in: "hl7-examples", suffix: ".gz")
        guard !files.isEmpty else { return }
        #expect(files.count == 218)
        var found: [String: String] = [:]
        for file in files {
            let issues = FHIRValidator().validate(json: try SharedData.bytes(of: file))
            guard let first = issues.first(where: \.isStructural) else { continue }
            found[file.lastPathComponent] = Fixture.line(first)
        }
        #expect(found == Self.examples)
    }

    @Test("Every resource of Synthea's patients is without structural error")
    func synthea() throws {
        var resources = 0
        for folder in ["synthea", "synthea-large"] {
            for file in SharedData.files(in: folder, suffix: ".gz") {
                let value = try JSONValue(parsing: try SharedData.bytes(of: file))
                resources += value["entry"]?.array?.count ?? 0
                let issues = FHIRValidator(options: .init(reportsWarnings: false)).validate(value)
                #expect(issues.filter(\.isStructural) == [], "\(file.lastPathComponent)")
            }
        }
        print("synthea: \(resources) resources")
        if SharedData.folder != nil { #expect(resources > 4_000) }
    }
}
