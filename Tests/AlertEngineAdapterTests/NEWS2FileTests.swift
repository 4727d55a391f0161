import AlertEngineAdapter
import AlertEngineCore
import Foundation
import TestSupport
import Testing

@Suite("A CSV file is scored from disk")
struct NEWS2FileTests {
    static let header = "respiration_rate,spo2,spo2_scale,on_oxygen,systolic_bp,pulse,consciousness,temperature\n"

    static func scored(_ text: String) throws -> (lines: [String], complaints: [String], path: String) {
        let file = FileManager.default.temporaryDirectory.appending(path: "news2-\(UUID().uuidString).csv")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        var lines: [String] = []
        var complaints: [String] = []
        let counts = try NEWS2File.score(file.path) {
            lines.append($0)
        } complaint: {
            complaints.append($0)
        }
        #expect((counts.scored, counts.malformed) == (lines.count, complaints.count))
        return (lines, complaints, file.path)
    }

    @Test("good rows become lines, bad rows complaints that name file, row and field")
    func rows() throws {
        let many = String(repeating: "16,97,1,0,125,70,A,37.0\n", count: 5_000)
        let (lines, complaints, path) = try Self.scored(Self.header + "16,97,1,0,125,70,A,hot\n" + many)
        #expect(lines.count == 5_000)
        #expect(lines.last?.hasPrefix("{\"row\":5001,") == true)
        #expect(complaints == ["\(path): row 1 (line 2): temperature: not a number from 20 to 45"])
    }

    @Test("a file that is missing or no table is an error that names it")
    func errors() {
        #expect {
            try NEWS2File.score("/nowhere/vitals.csv", line: { _ in }, complaint: { _ in })
        } throws: {
            "\($0)" == "unreadable-file: open: /nowhere/vitals.csv cannot be opened"
        }
        #expect {
            try Self.scored("a,b\n1,2\n")
        } throws: {
            "\($0)".contains("missing columns respiration_rate, spo2, spo2_scale")
        }
        #expect {
            try NEWS2File.score("/", line: { _ in }, complaint: { _ in })
        } throws: {
            ($0 as? AlertEngineError)?.code == .unreadableFile
        }
    }
}
