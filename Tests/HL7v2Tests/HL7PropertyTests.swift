import HL7v2
import TestSupport
import Testing

@Suite("Printing and reading are each other's inverse, and every split of a stream gives the same messages")
struct HL7PropertyTests {
    /// Texts with every delimiter, quotation marks and characters of all lengths; never the explicit null by accident.
    private func text(_ generator: inout SeededGenerator) -> String {
        let alphabet: [Character] = [
            "a", "Z", "0", " ", "|", "^", "~", "\\", "&", "#", "\"", "é", "北", "😀", "\n", "\r", ".", "X",
        ]
        return String(
            (0..<Int.random(in: 0...6, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? "a" }
        )
    }

    private func content(_ name: String, _ generator: inout SeededGenerator) -> HL7SegmentContent {
        func list<Part>(_ most: Int, _ generator: inout SeededGenerator, _ make: (inout SeededGenerator) -> Part)
            -> [Part]
        {
            (0..<Int.random(in: 0...most, using: &generator)).map { _ in make(&generator) }
        }
        let fields = list(8, &generator) { generator in
            list(3, &generator) { generator in list(4, &generator) { generator in list(3, &generator) { text(&$0) } } }
        }
        return HL7SegmentContent(name, fields)
    }

    @Test("A message of random content reads back as it was printed")
    func inverse() throws {
        var generator = SeededGenerator.announced()
        let sets = [#"^~\&"#, #"^~\&#"#, #"*%+!"#]
        for _ in 0..<500 {
            let encoding = Array((sets.randomElement(using: &generator) ?? sets[0]).utf8)
            let field = try #require(HL7Delimiters(field: encoding[0] == 0x2A ? 0x24 : 0x7C, encoding: encoding[...]))
            let header = HL7SegmentContent("MSH", texts: ["A", "B", "", "", "20240501", "", "ADT", "1", "P", "2.5"])
            let names = ["PID", "OBX", "ZZ1", "NTE"]
            let segments = [header] + names.map { content($0, &generator) }
            let message = try HL7Message(segments, delimiters: field)
            #expect(message.segments.map(\.content) == segments)
            let printed = try message.printed()
            #expect(printed == message.bytes + [0x0D])
            let again = try HL7Message.parse(printed)
            #expect(again == message)
            #expect(try again.printed() == printed)
        }
    }

    @Test("Any bytes after a header are read or refused, and what is read prints to what it was")
    func anyBytes() throws {
        var generator = SeededGenerator.announced()
        let alphabet = Array("|^~\\&\r\n\"AOBX12PIDNTEMSH .F\u{1C}".utf8) + [0xC3, 0xA9, 0xFF]
        var read = 0
        for _ in 0..<3_000 {
            let tail = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0x41
            }
            guard let message = try? HL7Message.parse(Array(#"MSH|^~\&|A|B"#.utf8) + tail) else { continue }
            read += 1
            let printed = try message.printed()
            let again = try HL7Message.parse(printed)
            #expect(again == message)
            #expect(try again.printed() == printed)
        }
        #expect(read > 100)
    }

    @Test("Any split of the stream gives the same MLLP events")
    func splits() {
        var generator = SeededGenerator.announced()
        let alphabet: [UInt8] = [0x0B, 0x1C, 0x0D, 0x41, 0x42, 0x0A]
        for _ in 0..<1_000 {
            let stream = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0x41
            }
            var whole = MLLPDecoder(limit: 5)
            let expected = whole.take(stream)
            var split = MLLPDecoder(limit: 5)
            var events: [MLLPDecoder.Event] = []
            var rest = stream[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...rest.count, using: &generator)
                events += split.take(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(events == expected)
            #expect(split.garbageCount == whole.garbageCount)
        }
    }
}
