import Contracts
import Domain
import Foundation
import IngestionCore
import JSONDocument
import Testing

@Suite("A declared mapping turns any CSV or JSON into observations")
struct MappingTests {
    private static let weight = """
        mapping: 1
        name: weights
        format: csv
        delimiter: ";"
        decimal: ","
        zone: "+01:00"
        id: {field: no}
        time: {field: when, format: dd.MM.yyyy HH:mm}
        observations:
          - code: {system: "http://loinc.org", code: "29463-7", display: Body weight}
            value: {field: grams}
            unit: kg
            scale: 0.001
          - code: {system: "http://loinc.org", code: "72166-2", display: Tobacco smoking status}
            value: {field: smokes}
            type: boolean
            tellMissing: true
        """

    @Test("CSV with quotes, a mark, another delimiter and decimal mark; each row with its outcome")
    func csv() throws {
        let csv =
            "\u{FEFF}no;when;\"grams\";smokes\r\n1;31.12.2024 23:30;\"72500,5\";yes\r\n2;31.12.2024 23:31;NA;\r\n"
            + "3;31.02.2024 00:00;1;no\r\n4;01.01.2025 00:00;heavy;no\r\n5;x\r\n6;01.01.2025 00:00;1;\"n\"o\r\n"
        let expected = ["accepted", "accepted", "invalid-time", "accepted", "ragged-row", "csv-quote"]
        let whole = try Wearable.mapped(Self.weight, csv.utf8)
        #expect(whole.map { $0.reason?.code ?? "accepted" } == expected)
        #expect(whole[0].told == ["29463-7 72.5005 kg @ 2024-12-31T22:30:00", "72166-2 true @ 2024-12-31T22:30:00"])
        #expect(whole[0].observations.first?.originalValue == "72500,5")
        #expect(whole[1].told == ["72166-2 absent:unknown @ 2024-12-31T22:31:00"])
        #expect(whole[3].told == ["72166-2 false @ 2024-12-31T23:00:00"])
        #expect(whole[3].notes.map(\.description) == ["invalid-number at row[4].grams: must be a decimal number"])
        #expect(whole.map(\.place) == (1...6).map { "row[\($0)]" })
        for piece in [1, 2, 3, 50] { #expect(try Wearable.mapped(Self.weight, csv.utf8, piece: piece) == whole) }
    }

    @Test(
        "A clock that goes wrong is no fault of the row: the reader gives the facts, and the submission holds them back"
    )
    func clocks() throws {
        let csv =
            "no;when;grams;smokes\n1;01.01.2105 00:00;72500;no\n2;01.01.1899 00:00;72500;no\n3;01.01.2025 00:00;72500;no\n"
        let alone = try Wearable.mapped(Self.weight, csv.utf8)
        #expect(alone.map(\.observations.count) == [2, 2, 2] && alone.allSatisfy { $0.reason == nil })
        let decoder = FeedDecoder(
            context: Wearable.context(), names: PlainNames(), mapping: try FeedMapping(yaml: Self.weight))
        let outcomes = decoder.outcomes(of: Array(csv.utf8), as: .csv)
        #expect(outcomes.map { $0.reason?.code } == ["time-implausible", "time-implausible", nil])
        for outcome in outcomes.prefix(2) {
            guard case .quarantined(_, let facts) = outcome.verdict else {
                Issue.record("\(outcome.verdict)")
                continue
            }
            #expect(facts.count == 2)
        }
    }

    @Test("A header that lacks a column is refused once; a repeat gives the same facts")
    func header() throws {
        let outcomes = try Wearable.mapped(Self.weight, "no;when;grams\n1;01.01.2025 00:00;1\n".utf8)
        #expect(outcomes.map { $0.reason?.code } == ["column-missing"])
        let csv = "no;when;grams;smokes\n1;01.01.2025 00:00;70000;no\n".utf8
        #expect(try Wearable.mapped(Self.weight, csv) == Wearable.mapped(Self.weight, csv))
    }

    @Test("Faults of a mapping file are all told, each with its line")
    func faults() {
        let yaml = """
            mapping: 1
            format: tsv
            zone: Nowhere/Land
            time: {field: t, format: QQ}
            colour: red
            observations:
              - code: {system: s}
                value: {field: v}
              - value: {field: v, constant: 1}
                code: {system: s, code: c}
                unit: kg
            """
        let error = #expect(throws: MappingFaults.self) { try FeedMapping(yaml: yaml) }
        #expect(
            error?.faults.map { "\($0.line) \($0.code)" } == [
                "2 mapping-value", "3 mapping-value", "4 mapping-value", "5 mapping-unknown-key", "7 mapping-missing",
                "7 mapping-missing", "9 mapping-value",
            ])
        let broken = #expect(throws: MappingFaults.self) { try FeedMapping(yaml: "mapping: [1\n") }
        #expect(broken?.faults.map(\.code) == ["mapping-yaml"])
    }

    @Test("A pattern of times may stand in brackets, but not however deep", arguments: [1, 16, 17, 50_000])
    func brackets(depth: Int) {
        let pattern = String(repeating: "[", count: depth) + "yyyy" + String(repeating: "]", count: depth)
        let yaml = """
            mapping: 1
            format: csv
            time: {field: t, format: "\(pattern)"}
            observations: [{code: {system: s, code: c}, value: {field: v}, unit: kg}]
            """
        do throws(MappingFaults) {
            _ = try FeedMapping(yaml: yaml)
            #expect(depth <= 16)
        } catch {
            #expect(depth > 16 && error.faults.map { "\($0.line) \($0.code)" } == ["3 mapping-value"])
        }
    }

    private static func example(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "deploy/mappings/\(name).yaml"), encoding: .utf8)
    }

    @Test("JSON by the example mapping: codes by lookup, the person and the device in the record, local time")
    func json() throws {
        let json = """
            {"data":{"readings":[
              {"uuid":"a","subject":{"id":"p7"},"device":{"serial":9},"taken":"01.07.2024 08:00","measure":"temperatur","value":"98.6","unit":"degF"},
              {"uuid":"b","subject":{"id":"p7"},"taken":"01.07.2024 08:00","measure":"humør","value":3,"unit":"1"},
              {"uuid":"c","taken":"01.07.2024 08:00","measure":"puls","value":60,"unit":"bpm"},
              {"uuid":"d","subject":{"id":"p8"},"taken":"01.07.2024 08:00","measure":"puls","value":[60],"unit":"bpm"}]}}
            """
        let outcomes = try Wearable.mapped(Self.example("clinic-json"), json.utf8, subject: nil)
        #expect(
            outcomes.map { $0.reason?.code ?? "accepted" } == [
                "accepted", "code-unmapped", "subject-missing", "wrong-type",
            ])
        #expect(outcomes[0].told == ["8310-5 37.0 Cel @ 2024-07-01T06:00:00"])
        #expect(outcomes[0].facts.first?.patient?.rawValue == "p1.s_p7")
        #expect(outcomes[3].reason?.place == "data.readings[3].value")
    }

    @Test("NDJSON: a bad line spoils no other")
    func lines() throws {
        let yaml = """
            mapping: 1
            format: ndjson
            time: {field: at, format: epoch-milliseconds}
            observations:
              - code: {system: "http://loinc.org", code: "8867-4"}
                value: {field: m.hr}
                unit: /min
            """
        let text =
            "{\"at\":1700000000000,\"m\":{\"hr\":61}}\n\n{\"at\":\n{\"at\":1700000001000}\n{\"at\":1700000002000,\"m\":{\"hr\":62}}"
        let outcomes = try Wearable.mapped(yaml, text.utf8)
        #expect(
            outcomes.map { $0.reason?.code ?? "accepted" } == [
                "accepted", "json-unexpected-end", "no-value", "accepted",
            ])
        #expect(outcomes[0].told == ["8867-4 61.0 /min @ 2023-11-14T22:13:20"])
        #expect(outcomes.map(\.place) == ["line[1]", "line[3]", "line[4]", "line[5]"])
        for piece in [1, 5] { #expect(try Wearable.mapped(yaml, text.utf8, piece: piece) == outcomes) }
    }

    @Test("The example mappings read the real files they are written for, one outcome for each row")
    func realFiles() throws {
        guard let folder = SharedData.folder else { return }
        for (name, path) in [
            ("pmdata-wellness", "pmdata/p03/pmsys/wellness.csv"),
            ("fitbit-sleep-score", "pmdata/p03/fitbit/sleep_score.csv"), ("daily-wearable", "lifesnaps/daily.csv.gz"),
        ] {
            let file = folder.appending(path: path)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            let bytes = try SharedData.bytes(of: file)
            let rows = bytes.split(separator: 0x0A).count - 1
            let outcomes = try Wearable.mapped(Self.example(name), bytes)
            #expect(outcomes.count == rows, "\(name)")
            #expect(!outcomes.contains { $0.isRejected }, "\(name)")
            #expect(outcomes.contains { !$0.facts.isEmpty }, "\(name)")
        }
    }

    @Test(
        "Times in the forms that people write",
        arguments: [
            ("MM/dd/yy HH:mm:ss", "11/01/19 00:48:00", "2019-11-01T00:48:00"),
            ("M/d/yyyy h:mm a", "7/4/2021 12:05 AM", "2021-07-04T00:05:00"),
            ("EEE, d MMM yyyy HH:mm:ss", "Sun, 9 Oct 2014 13:17:27", "2014-10-09T13:17:27"),
            ("yyyyMMdd'T'HHmmssZ", "20121212T071430+0200", "2012-12-12T05:14:30"),
            ("dd.MM.yyyy[ HH:mm]", "29.02.2024", "2024-02-29T00:00:00"),
            ("dd.MM.yyyy", "29.02.2023", nil), ("HH:mm", "24:00", nil), ("yyyy-MM-dd", "2024-01-01x", nil),
        ])
    func times(pattern: String, text: String, time: String?) throws {
        let yaml = """
            mapping: 1
            format: ndjson
            time: {field: at, format: "\(pattern)", zone: UTC}
            observations:
              - {code: {system: s, code: c}, value: {constant: 1}, unit: "1"}
            """
        let outcome = try Wearable.mapped(yaml, "{\"at\":\"\(text)\"}".utf8).first
        #expect(outcome?.observations.first.map { String($0.effectiveAt.iso8601.prefix(19)) } == time)
    }
}
