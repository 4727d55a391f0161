import JSONDocument
import Testing

@testable import PharmacogenomicsCore

@Suite("A line is JSON that reads back as what was written")
struct LineTextTests {
    @Test("texts with quotes, control characters and other scripts")
    func texts() throws {
        let text = "a\"b\\c\u{01}\n\tä ≥3 😀"
        var line = LineText()
        line.object { line in
            line.key("text")
            line.text(text)
            line.key("list")
            line.texts(["x", ""])
            line.key("empty")
            line.array { _ in }
            line.key("none")
            line.null()
            line.key("yes")
            line.bool(true)
        }
        let value = try JSONValue(parsing: line.bytes)
        #expect(value["text"]?.string == text)
        #expect(value["list"]?.array?.compactMap(\.string) == ["x", ""])
        #expect(value["empty"]?.array?.isEmpty == true)
        #expect(value["yes"]?.bool == true)
        #expect(value.object?.members.map(\.key) == ["text", "list", "empty", "none", "yes"])
    }

    @Test(
        "numbers have at most six decimal places, and none that they do not need",
        arguments: [
            (1.0, "1"), (0.5, "0.5"), (0.25, "0.25"), (1.0 / 3, "0.333333"), (0, "0"), (-0.25, "-0.25"), (-1.5, "-1.5"),
            (0.000_000_4, "0"), (2.999_999_9, "3"), (12.05, "12.05"),
        ])
    func numbers(value: Double, text: String) {
        var line = LineText()
        line.number(value)
        #expect(String(decoding: line.bytes, as: UTF8.self) == text)
    }

    @Test("what is no number is null")
    func nothing() {
        for value in [nil, Double.nan, Double.infinity] {
            var line = LineText()
            line.number(value)
            #expect(String(decoding: line.bytes, as: UTF8.self) == "null")
        }
    }
}
