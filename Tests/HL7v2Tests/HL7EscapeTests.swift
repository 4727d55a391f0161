import HL7v2
import Testing

/// Escapes as chapter 2.7 of the standard has them ("Use of escape sequences in text fields", v2.5.1).
@Suite("Escapes read as the standard says")
struct HL7EscapeTests {
    private func text(_ field: String) throws -> String {
        let message = try HL7Message.parse(Array("MSH|^~\\&|A|B|||20240501||ORU^R01|1|P|2.5\rNTE|1||\(field)".utf8))
        return try #require(message.first("NTE"))[3].text
    }

    @Test(
        "Known answers of 2.7.1 to 2.7.6",
        arguments: [
            (#"Smith \T\ Co"#, "Smith & Co"), (#"a\F\b"#, "a|b"), (#"a\S\b"#, "a^b"), (#"a\R\b"#, "a~b"),
            (#"a\E\b"#, #"a\b"#), (#"\F\\S\\T\\R\\E\"#, #"|^&~\"#),
            // 2.7.3: highlighting shows nothing of its own.
            (#"TOTAL CHOLESTEROL \H\240*\N\ [90 - 200]"#, "TOTAL CHOLESTEROL 240* [90 - 200]"),
            // 2.7.5: hexadecimal data.
            (#"a\X0D\b"#, "a\rb"), (#"a\X0d0a\b"#, "a\r\nb"), (#"\X4D6172\"#, "Mar"), (#"\XC3A9\"#, "é"),
            // 2.7.6: formatted text.
            (#"one\.br\two"#, "one\ntwo"), (#"one\.sp2\two"#, "one\n\ntwo"), (#"a\.sk3\b"#, "a   b"),
            (#"\.in+4\text"#, "text"),
            (#"\.ti-4\text\.fi\"#, "text"), (#"\.ce\heading"#, "\nheading"),
            // What is not known is kept: local escapes, character sets of 2.7.2, and nonsense.
            (#"\Zlocal\"#, #"\Zlocal\"#), (#"\C2842\"#, #"\C2842\"#), (#"\M2442\"#, #"\M2442\"#), (#"\Q\"#, #"\Q\"#),
            (#"\XZZ\"#, #"\XZZ\"#), (#"\X0\"#, #"\X0\"#), (#"\XFF\"#, #"\XFF\"#), (#"\X00\"#, #"\X00\"#),
            (#"\.xx\"#, #"\.xx\"#), (#"no end \"#, #"no end \"#), (#"5 \ 6"#, #"5 \ 6"#), (#"\\"#, #"\\"#),
        ])
    func knownAnswers(field: String, expected: String) throws {
        #expect(try text(field) == expected)
    }

    @Test("The truncation mark of 2.7 is a delimiter where MSH-2 declares it")
    func truncation() throws {
        let message = try HL7Message.parse(Array("MSH|^~\\&#|A|B|||20240501||ORU^R01|1|P|2.7\rNTE|1||a\\P\\b#".utf8))
        #expect(message.delimiters.truncation == UInt8(ascii: "#"))
        #expect(message.first("NTE")?[3].text == "a#b#")
    }

    @Test("Escapes follow the delimiters that the message declares")
    func otherDelimiters() throws {
        let message = try HL7Message.parse(
            Array("MSH!:*%+!A!B!!!20240501!!ORU:R01!1!P!2.5\rNTE!1!!a%F%b%S%c%T%d%R%e%E%".utf8))
        #expect(message.first("NTE")?[3].text == "a!b:c+d*e%")
    }
}
