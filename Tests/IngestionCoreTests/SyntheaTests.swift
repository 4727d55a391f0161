import Foundation
import IngestionCore
import Testing

@Suite("Every resource of Synthea's bundles is accounted for")
struct SyntheaTests {
    @Test("Facts and resources equal an independent count over the raw JSON")
    func counts() throws {
        let files =
            SharedData.files(in: "fhir-r4/synthea", suffix: ".json.gz")
            + SharedData.files(in: "fhir-r4/synthea-large", suffix: ".json.gz")
        guard !files.isEmpty else { return }
        #expect(files.count == 19)
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "deploy/checks/count_fhir_observations.py")
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
        var total = [0, 0, 0, 0, 0]
        for file in files {
            let outcomes = Fixture.decoder().fhir(try SharedData.bytes(of: file))
            #expect(outcomes.map(\.index) == Array(outcomes.indices))
            let facts = outcomes.flatMap(\.facts)
            #expect(outcomes.allSatisfy { if case .rejected = $0.verdict { false } else { true } })
            let counts = [
                outcomes.count, facts.count { if case .observation = $0 { true } else { false } },
                facts.count { if case .patient = $0 { true } else { false } },
                facts.count { if case .condition = $0 { true } else { false } },
                facts.count { if case .medication = $0 { true } else { false } },
            ]
            total = zip(total, counts).map { $0 + $1 }
            if let expected = independent[file.lastPathComponent[...]] {
                #expect(counts == expected, "\(file.lastPathComponent)")
            }
            // All facts of a patient's bundle are about that one patient, and no two are the same.
            #expect(Set(facts.map(\.patient)).count <= 1)
            #expect(Set(facts.map(\.eventID)).count == facts.count)
        }
        print("synthea: \(total) resources, observation facts, patients, conditions, medication requests")
        if let expected = independent["total"] { #expect(total == expected) }
    }

    @Test("The published examples of HL7 are each mapped, ignored or refused with a reason")
    func examples() throws {
        let files = ["Observation", "Patient", "Condition", "MedicationRequest", "Bundle"].flatMap { type in
            SharedData.files(in: "fhir-r4/hl7-examples", suffix: "").filter {
                $0.lastPathComponent.hasPrefix("\(type)-")
            }
        }
        var reasons: [String: Int] = [:]
        for file in files {
            let outcomes = Fixture.decoder().fhir(try SharedData.bytes(of: file))
            #expect(!outcomes.isEmpty || file.lastPathComponent.hasPrefix("Bundle"))
            for outcome in outcomes {
                switch outcome.verdict {
                case .facts(let facts):
                    #expect(!facts.isEmpty)
                    reasons["facts", default: 0] += 1
                    for fact in facts { try fact.event.validate() }
                case .ignored(let reason):
                    reasons["ignored \(reason.code)", default: 0] += 1
                case .rejected(let reason):
                    reasons["rejected \(reason.code)", default: 0] += 1
                }
            }
        }
        for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) { print("hl7-examples: \(count) \(reason)") }
        #expect(files.isEmpty || reasons["facts", default: 0] > 50)
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
