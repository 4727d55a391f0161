import Contracts
import Domain
import Foundation
import HL7v2
import Testing

@testable import IngestionCore

@Suite("The messages of other projects are read or refused with a reason")
struct HL7SharedDataTests {
    private static let receivedAt = HL7Fixture.receivedAt.advanced(by: .seconds(86_400 * 365 * 6))

    /// Rows of INDEX.csv; fields with commas are quoted.
    private func index() throws -> [[String]] {
        let text = try String(contentsOf: HL7Fixture.shared("INDEX.csv"), encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            var fields = [""]
            var isQuoted = false
            for character in line {
                if character == "\"" {
                    isQuoted.toggle()
                } else if character == ",", !isQuoted {
                    fields.append("")
                } else {
                    fields[fields.count - 1].append(character)
                }
            }
            return fields
        }
    }

    @Test(
        "Messages, segments and OBX are those that INDEX.csv counts, in every file that is HL7 v2",
        .enabled(if: HL7Fixture.isShared, "needs the shared data beside the repository"))
    func counts() throws {
        var read = 0
        for row in try index() {
            let bytes = [UInt8](try Data(contentsOf: HL7Fixture.shared(row[0])))
            guard let file = try? HL7File(bytes) else {
                // A grammar and two encoded payloads, none of which begins with MSH.
                #expect(["hapi/guide.txt", "hapi/uuencoded.txt", "hapi/uuencoded_escaped.txt"].contains(row[0]))
                continue
            }
            read += 1
            #expect(
                [file.messageCount, file.segmentCount, file.observationCount].map(String.init) == [
                    row[2], row[5], row[6],
                ], "\(row[0])")
        }
        #expect(read == 90)
    }

    @Test(
        "Every file has an outcome for each message and each fault of its envelope",
        .enabled(if: HL7Fixture.isShared, "needs the shared data beside the repository"))
    func outcomes() throws {
        var totals: [String: Int] = [:]
        var faults: [String: [String]] = [:]
        var facts: [String: Int] = [:]
        for row in try index() {
            let bytes = [UInt8](try Data(contentsOf: HL7Fixture.shared(row[0])))
            let outcomes = HL7Fixture.outcomes(bytes, receivedAt: Self.receivedAt)
            #expect(!outcomes.isEmpty)
            #expect(outcomes.map(\.index) == Array(outcomes.indices))
            let notes = outcomes.flatMap(\.notes).map(\.code)
            let words = outcomes.map {
                $0.facts.isEmpty ? "\($0.verdictWord)@\($0.reason?.place ?? "")" : "\($0.facts.count) facts"
            }
            print(
                "hl7v2 \(row[0]) \(outcomes.first?.type ?? ""): \(words.joined(separator: ", ")); notes \(Set(notes).sorted())"
            )
            for outcome in outcomes { totals[outcome.verdictWord, default: 0] += 1 }
            faults[row[0]] = outcomes.filter { $0.facts.isEmpty }.map(\.verdictWord)
            for fact in outcomes.flatMap(\.facts) {
                try fact.event.validate()
                facts[fact.event.topic, default: 0] += 1
            }
        }
        print("hl7v2 facts: \(facts.sorted { $0.key < $1.key })")
        print("hl7v2 outcomes: \(totals.sorted { $0.key < $1.key })")
        #expect(faults["python-hl7/sample_bad_batch.hl7"] == ["segment-outside-message", "batch-count-differs"])
        #expect(faults["python-hl7/sample_bad_batch1.hl7"]?.contains("batch-nested") == true)
        #expect(faults["python-hl7/sample_bad_file1.hl7"]?.contains("batch-nested") == true)
        #expect(faults["python-hl7/sample_bad_file2.hl7"]?.contains("file-nested") == true)
        #expect(faults["hapi/guide.txt"] == ["not-hl7"])
        #expect(faults["linuxforhealth/sample_win.hl7"] == ["delimiters-invalid"])
    }

    @Test(
        "What is read prints to a message that says the same",
        .enabled(if: HL7Fixture.isShared, "needs the shared data beside the repository"))
    func printing() throws {
        for row in try index() {
            let bytes = [UInt8](try Data(contentsOf: HL7Fixture.shared(row[0])))
            guard let file = try? HL7File(bytes) else { continue }
            for case .message(let raw) in file.items {
                guard let message = try? HL7Message.parse(raw.bytes) else { continue }
                let printed = try message.printed()
                #expect(try HL7Message.parse(printed) == message, "\(row[0])")
                #expect(try HL7Message.parse(printed).printed() == printed, "\(row[0])")
            }
        }
    }
}
