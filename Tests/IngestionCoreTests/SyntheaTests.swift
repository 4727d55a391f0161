import Foundation
import IngestionCore
import Testing

@Suite("Every resource of Synthea's bundles is accounted for")
struct SyntheaTests {
    @Test("Facts of each kind and archived resources equal an independent count over the raw JSON")
    func counts() throws {
        let files =
            SharedData.files(in: "fhir-r4/synthea", suffix: ".json.gz")
            + SharedData.files(in: "fhir-r4/synthea-large", suffix: ".json.gz")
        guard !files.isEmpty else { return }
        #expect(files.count == 19)
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "deploy/checks/count_fhir_facts.py")
        var independent: [Substring: [Int]] = [:]
        do {
            var arguments = ["python3", script.path]
            arguments += files.map(\.path)
            let output = try SharedData.output(of: arguments)
            for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
                let fields = line.split(separator: ",")
                independent[fields[0]] = fields.dropFirst().compactMap { Int($0) }
            }
        } catch {
            print("skipped: the independent count needs python3")
        }
        var total = Array(repeating: 0, count: 12)
        for file in files {
            let outcomes = Fixture.decoder().fhir(try SharedData.bytes(of: file))
            #expect(outcomes.map(\.index) == Array(outcomes.indices))
            #expect(outcomes.allSatisfy { if case .rejected = $0.verdict { false } else { true } })
            let counts = Self.counts(of: outcomes)
            total = zip(total, counts).map { $0 + $1 }
            if let expected = independent[file.lastPathComponent[...]] {
                #expect(counts == expected, "\(file.lastPathComponent)")
            }
        }
        print("synthea: \(total) resources, observations, patients, ... archived, as count_fhir_facts.py orders them")
        if let expected = independent["total"] { #expect(total == expected) }
    }

    /// In the order of the script's columns.
    private static func counts(of outcomes: [FactOutcome]) -> [Int] {
        let facts = outcomes.flatMap(\.facts)
        var archived = 0
        for outcome in outcomes { if case .archived = outcome.verdict { archived += 1 } }
        return [
            outcomes.count, facts.count { if case .observation = $0 { true } else { false } },
            facts.count { if case .patient = $0 { true } else { false } },
            facts.count { if case .condition = $0 { true } else { false } },
            facts.count { if case .medication = $0 { true } else { false } },
            facts.count { if case .allergy = $0 { true } else { false } },
            facts.count { if case .encounter = $0 { true } else { false } },
            facts.count { if case .procedure = $0 { true } else { false } },
            facts.count { if case .immunization = $0 { true } else { false } },
            facts.count { if case .report = $0 { true } else { false } },
            facts.count { if case .consent = $0 { true } else { false } }, archived,
        ]
    }

    @Test("Each of HL7's published examples is mapped, archived or refused with a reason")
    func examples() throws {
        let files = SharedData.files(in: "fhir-r4/hl7-examples", suffix: "")
        var reasons: [String: Int] = [:]
        for file in files {
            let outcomes = Fixture.decoder().fhir(try SharedData.bytes(of: file))
            #expect(!outcomes.isEmpty, "\(file.lastPathComponent)")
            for outcome in outcomes {
                for fact in outcome.facts { try fact.event.validate() }
                switch outcome.verdict {
                case .facts(let facts):
                    #expect(!facts.isEmpty)
                    reasons["facts", default: 0] += 1
                case .archived(let reason): reasons["archived \(reason.code)", default: 0] += 1
                case .quarantined(let reason, _): reasons["quarantined \(reason.code)", default: 0] += 1
                case .rejected(let reason):
                    reasons["rejected \(reason.code)", default: 0] += 1
                    if !file.lastPathComponent.hasPrefix("Bundle") { print("\(file.lastPathComponent): \(reason)") }
                }
            }
        }
        guard !files.isEmpty else { return }
        #expect(files.count == 218)
        for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) { print("hl7-examples: \(count) \(reason)") }
        #expect(reasons["facts", default: 0] > 100)
    }

    @Test("No file of the validator's corpus, valid or hostile, crashes the reader")
    func hostile() throws {
        let files = SharedData.files(in: "fhir-r4/validator/files", suffix: ".json")
        for file in files {
            let outcomes = Fixture.decoder().fhir(try SharedData.bytes(of: file))
            for outcome in outcomes { for fact in outcome.facts { try fact.event.validate() } }
        }
        print("validator corpus: \(files.count) files read")
    }
}
