import JSONDocument
import Testing

@Suite("A number keeps its text and has one canonical text")
struct NumberTests {
    @Test(
        "The text is kept as written", arguments: ["0", "-0", "98.60", "1E5", "1e-7", "12345678901234567890.123456789"])
    func textKept(text: String) throws {
        #expect(try JSONValue(parsing: text).number?.text == text)
    }

    @Test(
        "All spellings of one decimal have one canonical text",
        arguments: [
            (["1", "1.0", "1.000", "10e-1", "0.1e1", "100E-2"], "1"),
            (["0", "-0", "0.000", "0e9"], "0"),
            (["-12.5", "-12.50", "-125e-1"], "-12.5"),
            (["0.001", "1e-3", "0.0010"], "0.001"),
            (["1200", "1.2e3", "12e2"], "1200"),
            (["1e30", "10e29", "1.0e+30"], "1e30"),
            (["1e-40"], "1e-40"),
            (["1e999999999999"], "1e1000000000"),
        ])
    func canonical(spellings: [String], expected: String) {
        for spelling in spellings { #expect(JSONNumber(spelling)?.canonicalText == expected) }
    }

    @Test("A number outside the range of a double has no double, an integer has an integer")
    func conversions() {
        #expect(JSONNumber("1e400")?.double == nil)
        #expect(JSONNumber("36.6")?.double == 36.6)
        #expect(JSONNumber("5.0")?.int64 == 5)
        #expect(JSONNumber("5e2")?.int64 == 500)
        #expect(JSONNumber("5.5")?.int64 == nil)
        #expect(JSONNumber("9223372036854775808")?.int64 == nil)
        #expect(JSONNumber(Double.nan) == nil)
        #expect(JSONNumber(72.0)?.text == "72")
        #expect(JSONNumber("01") == nil)
        #expect(JSONNumber(" 1") == nil)
        #expect(JSONNumber("true") == nil)
    }
}
