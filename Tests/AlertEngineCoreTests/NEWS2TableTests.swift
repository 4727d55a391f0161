import AlertEngineCore
import Testing

@Suite("A table of observations is scored row by row")
struct NEWS2TableTests {
    static let header = "respiration_rate,spo2,spo2_scale,on_oxygen,systolic_bp,pulse,consciousness,temperature"

    static func results(_ text: String, chunk: Int = 7) throws -> [NEWS2Table.Result] {
        var results: [NEWS2Table.Result] = []
        var table = NEWS2Table()
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            try table.read(bytes[start..<min(start + chunk, bytes.count)]) { results.append($0) }
        }
        try table.finish { results.append($0) }
        return results
    }

    static func lines(_ text: String, chunk: Int = 7) throws -> [String] {
        try results(text, chunk: chunk).map { result in
            switch result {
            case .scored(let row): row.json
            case .malformed(let error): error.detail
            }
        }
    }

    @Test("a row becomes one flat JSON object")
    func row() throws {
        let lines = try Self.lines("\(Self.header)\n25,91,1,0,100,57,A,38.0\n")
        #expect(
            lines == [
                """
                {"row":1,"s_rr":3,"s_spo2":3,"s_oxygen":0,"s_sbp":2,"s_pulse":0,"s_consciousness":0,"s_temp":0,\
                "total":8,"single_3":1,"risk":"high","response":"\(NEWS2Risk.high.response)"}
                """
            ])
    }

    @Test("columns may come in any order, among others, quoted, with spaces, a mark and CRLF", arguments: [1, 3, 1000])
    func forms(chunk: Int) throws {
        let text =
            "\u{FEFF}\"note\",temperature,consciousness,pulse,systolic_bp,on_oxygen,spo2_scale,spo2,respiration_rate\r\n"
            + "\"a \"\"quoted\"\",\r\nnote\",38.0, a ,57,100,0,1,91,25\r\n\r\n,\"38.0\",A,57,100,air,1,91,25"
        let lines = try Self.lines(text, chunk: chunk)
        let plain = try Self.lines("\(Self.header)\n25,91,1,0,100,57,A,38.0\n25,91,1,0,100,57,A,38.0\n")
        #expect(lines == plain)
    }

    @Test(
        "a bad row names its row, line and field, never the value, and the rows round it are scored",
        arguments: [
            ("x,97,1,0,125,70,A,37.0", "respiration_rate: not a number from 1 to 120"),
            ("16,,1,0,125,70,A,37.0", "spo2: empty"),
            ("16,101,1,0,125,70,A,37.0", "spo2: not a number from 30 to 100"),
            ("16,97,3,0,125,70,A,37.0", "spo2_scale: not 1 or 2"),
            ("16,97,1,maybe,125,70,A,37.0", "on_oxygen: not 0 (air) or 1 (oxygen)"),
            ("16,97,1,0,nan,70,A,37.0", "systolic_bp: not a number from 30 to 350"),
            ("16,97,1,0,125,inf,A,37.0", "pulse: not a number from 10 to 350"),
            ("16,97,1,0,125,70,X,37.0", "consciousness: not A, C, V, P or U"),
            ("16,97,1,0,125,70,A,98.6", "temperature: not a number from 20 to 45"),
            ("16,97,1,0,125,70,A", "7 fields instead of 8"),
        ])
    func badRows(row: String, detail: String) throws {
        let good = "16,97,1,0,125,70,A,37.0"
        let lines = try Self.lines("\(Self.header)\n\(good)\n\(row)\n\(good)\n")
        #expect(lines.count == 3)
        #expect(lines[1] == "row 2 (line 3): \(detail)")
        #expect(lines[0].contains("\"total\":0") && lines[2].contains("\"row\":3"))
    }

    @Test("missing columns are named")
    func missingColumns() {
        #expect {
            _ = try Self.lines("respiration_rate,spo2,spo2_scale,on_oxygen,systolic_bp,consciousness\n")
        } throws: {
            ($0 as? AlertEngineError)?.detail == "missing columns pulse, temperature"
        }
        #expect {
            _ = try Self.lines("")
        } throws: {
            ($0 as? AlertEngineError)?.code == .malformedFile
        }
        #expect {
            _ = try Self.lines(Self.header + ",pulse\n")
        } throws: {
            ($0 as? AlertEngineError)?.detail == "column pulse stands twice"
        }
        #expect {
            _ = try Self.lines(Self.header + "\n\"16,97")
        } throws: {
            ($0 as? AlertEngineError)?.detail == "line 2: a quoted field is not closed"
        }
    }

    @Test("the chunks in which a file comes do not matter, and no bytes crash the reading")
    func chunks() throws {
        var generator = SeededGenerator.printingSeed("CSV chunks")
        let alphabet = Array("0123456789,,,,\n\n\r\"\"AV. ".utf8) + [0xFF, 0xC3]
        for _ in 0..<300 {
            let tail = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            let text = String(decoding: Array((Self.header + "\n").utf8) + tail, as: UTF8.self)
            let whole = Result { try Self.lines(text, chunk: .max) }
            let pieces = Result { try Self.lines(text, chunk: .random(in: 1...9, using: &generator)) }
            switch (whole, pieces) {
            case (.success(let left), .success(let right)): #expect(left == right)
            case (.failure(let left), .failure(let right)): #expect("\(left)" == "\(right)")
            default: Issue.record("one reading failed and the other did not")
            }
        }
    }
}
