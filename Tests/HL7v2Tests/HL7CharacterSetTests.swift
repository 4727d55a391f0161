import HL7v2
import Testing

/// Bytes are from the code charts of the sets (ISO 8859, GB 18030, Big5, KS X 1001, JIS X 0208), made with Python's codecs.
@Suite("Character sets of MSH-18 are honoured, and nothing is guessed")
struct HL7CharacterSetTests {
    private func message(_ name: [UInt8], declared: String) -> [UInt8] {
        Array(#"MSH|^~\&|LAB|HOSP|||20240501||ADT^A01|1|P|2.5||||||"#.utf8) + Array(declared.utf8)
            + Array("\rPID|1||A1||".utf8) + name
    }

    @Test(
        "Known answers",
        arguments: [
            ("8859/1", [0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72], "Müller"), ("8859/2", [0xA3, 0xF3, 0x64, 0xBC], "Łódź"),
            ("8859/5", [0xB8, 0xD2, 0xD0, 0xDD], "Иван"), ("8859/7", [0xCD, 0xDF, 0xEA, 0xE7], "Νίκη"),
            ("8859/15", [0xA4], "€"), ("UNICODE UTF-8", Array("Ñandú 北".utf8), "Ñandú 北"),
            ("", Array("Ñandú".utf8), "Ñandú"),
            ("ASCII", Array("Ñandú".utf8), "Ñandú"),
            ("GB 18030-2000", [0xB1, 0xB1, 0x81, 0x30, 0x81, 0x30], "北\u{80}"),
            // The second byte is that of the field separator and of the escape.
            ("BIG-5", [0xA5, 0x7C, 0xB3, 0x5C], "四許"), ("KS X 1001", [0xB1, 0xE8], "김"),
            ("~ISO IR87", [0x1B, 0x24, 0x42, 0x3B, 0x33, 0x45, 0x44, 0x1B, 0x28, 0x42], "山田"),
        ] as [(String, [UInt8], String)])
    func knownAnswers(declared: String, bytes: [UInt8], expected: String) throws {
        let sent = message(bytes, declared: declared)
        let parsed = try HL7Message.parse(sent)
        #expect(parsed.first("PID")?[5].text == expected)
        // It is printed in the set in which it came.
        if !declared.isEmpty { #expect(try parsed.printed() == sent + [0x0D]) }
    }

    @Test(
        "UTF-16 and UTF-32 are known by their marks or their zeros",
        arguments: [(1, [0xFF, 0xFE]), (1, []), (3, [])] as [(Int, [UInt8])])
    func wide(zeros: Int, mark: [UInt8]) throws {
        let declared = zeros == 1 ? "UNICODE UTF-16" : "UNICODE UTF-32"
        let wide =
            mark + message(Array("Ann".utf8), declared: declared).flatMap { [$0] + Array(repeating: 0, count: zeros) }
        let parsed = try HL7Message.parse(wide)
        #expect(parsed.first("PID")?[5].text == "Ann")
        #expect(try parsed.printed().count % (zeros + 1) == 0)
        #expect(try HL7File(wide).segmentCount == 2)
    }

    @Test("Unknown sets, and bytes that are not of the declared set, are refused")
    func refusals() {
        func code(_ declared: String, _ bytes: [UInt8]) -> HL7Error.Code? {
            do {
                _ = try HL7Message.parse(message(bytes, declared: declared))
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code("EBCDIC", [0x41]) == .characterSetUnknown)
        #expect(code("", [0x4D, 0xFC, 0x6C]) == .characterSetInvalid)
        #expect(code("UNICODE UTF-8", [0xC3, 0x28]) == .characterSetInvalid)
        #expect(code("GB 18030-2000", [0xFF, 0x41]) == .characterSetInvalid)
        #expect(code("ASCII", [0x41, 0x00]) == .characterSetInvalid)
    }
}
