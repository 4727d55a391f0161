import AlertEngineCore
import Testing

/// Vectors: `alert-rules/news2_vectors.csv` of the shared data, made from the tables of the 2017 chart independently of this code.
@Suite("NEWS2 agrees with the shared vectors")
struct NEWS2VectorTests {
    @Test("all 150 vectors score as given, in every part, the total and the risk")
    func vectors() throws {
        guard let bytes = SharedData.bytes("alert-rules/news2_vectors.csv", test: "150 NEWS2 vectors") else { return }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let names = try #require(lines.first)
        let expected = [
            "s_rr", "s_spo2", "s_oxygen", "s_sbp", "s_pulse", "s_consciousness", "s_temp", "total", "single_3",
        ]
        var results: [NEWS2Table.Result] = []
        var table = NEWS2Table()
        try table.read(bytes) { results.append($0) }
        try table.finish { results.append($0) }
        #expect(results.count == 150)
        var agreeing = 0
        for (line, result) in zip(lines.dropFirst(), results) {
            guard case .scored(let row) = result else {
                Issue.record("line \(line) was not scored")
                continue
            }
            let values = Dictionary(zip(names, line)) { first, _ in first }
            let members = try expected.map { "\"\($0)\":\(try #require(values[$0]))" }
            let risk = try #require(values["risk"])
            let wanted = members.joined(separator: ",") + ",\"risk\":\"\(risk)\""
            if row.json.contains(wanted) { agreeing += 1 } else { Issue.record("\(row.json) instead of \(wanted)") }
        }
        print("NEWS2 vectors: \(agreeing) of \(results.count) agree")
        #expect(agreeing == 150)
    }
}
