import JSONDocument
import Testing

@Suite("Every legal text is read exactly, every other is refused with its place")
struct StrictParsingTests {
    @Test("The examples of RFC 8259 section 13 are read")
    func rfcExamples() throws {
        let image = try JSONValue(
            parsing: """
                {"Image": {"Width": 800, "Title": "View from 15th Floor", "Animated" : false, "IDs": [116, 943, 234, 38793]}}
                """)
        #expect(image["Image"]?["Width"]?.number?.int64 == 800)
        #expect(image["Image"]?["Animated"]?.bool == false)
        #expect(image["Image"]?["IDs"]?[3]?.number?.text == "38793")
        #expect(try JSONValue(parsing: "\"Hello world!\"").string == "Hello world!")
        #expect(try JSONValue(parsing: " 42 ").number?.int64 == 42)
        #expect(try JSONValue(parsing: "true") == true)
        #expect(try JSONValue(parsing: #""\uD834\uDD1E""#).string == "\u{1D11E}")
    }

    @Test(
        "Texts outside the grammar are refused with code, line and column",
        arguments: [
            ("", JSONError.Code.unexpectedEnd, 1, 1, ""),
            ("  ", .unexpectedEnd, 1, 3, ""),
            ("{", .unexpectedEnd, 1, 2, ""),
            ("[1,2", .unexpectedEnd, 1, 5, ""),
            ("[1,]", .unexpectedByte, 1, 4, "/1"),
            ("{\"a\":1,}", .unexpectedByte, 1, 8, ""),
            ("{\"a\" 1}", .unexpectedByte, 1, 6, ""),
            ("{a:1}", .unexpectedByte, 1, 2, ""),
            ("nul", .unexpectedEnd, 1, 4, ""),
            ("nulL", .unexpectedByte, 1, 4, ""),
            ("NaN", .unexpectedByte, 1, 1, ""),
            ("1 2", .trailingContent, 1, 3, ""),
            ("{}{}", .trailingContent, 1, 3, ""),
            ("01", .invalidNumber, 1, 1, ""),
            ("-01", .invalidNumber, 1, 1, ""),
            ("+1", .unexpectedByte, 1, 1, ""),
            ("-", .unexpectedEnd, 1, 2, ""),
            ("-x", .invalidNumber, 1, 1, ""),
            ("1.", .unexpectedEnd, 1, 3, ""),
            ("[1.]", .invalidNumber, 1, 2, "/0"),
            (".5", .unexpectedByte, 1, 1, ""),
            ("1e", .unexpectedEnd, 1, 3, ""),
            ("[1e+]", .invalidNumber, 1, 2, "/0"),
            ("\"\\x\"", .invalidEscape, 1, 2, ""),
            ("\"\\u12G4\"", .invalidEscape, 1, 2, ""),
            ("\"\\uD834\"", .loneSurrogate, 1, 2, ""),
            ("\"\\uD834\\u0041\"", .loneSurrogate, 1, 2, ""),
            ("\"\\uDD1E\"", .loneSurrogate, 1, 2, ""),
            ("\"a\u{1}b\"", .controlCharacter, 1, 3, ""),
            ("\"a\nb\"", .controlCharacter, 1, 3, ""),
            ("\u{FEFF}{}", .byteOrderMark, 1, 1, ""),
            ("{\"a\":1,\n \"b\":{\"c\":1,\n  \"c\":2}}", .duplicateKey, 3, 3, "/b/c"),
            ("{\"a\":[{},{\"x\":tru}]}", .unexpectedByte, 1, 18, "/a/1/x"),
            ("{\"secret name\":[tru]}", .unexpectedByte, 1, 20, "/?/0"),
            ("/* c */ 1", .unexpectedByte, 1, 1, ""),
            ("'a'", .unexpectedByte, 1, 1, ""),
        ])
    func refused(text: String, code: JSONError.Code, line: Int, column: Int, pointer: String) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.code == code)
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.pointer == pointer)
    }

    @Test(
        "Bytes that are not UTF-8 are refused at the byte where the bad sequence begins",
        arguments: [
            ([0x22, 0x80, 0x22], 1),  // a continuation byte alone
            ([0x22, 0x41, 0xC0, 0xAF, 0x22], 2),  // overlong slash
            ([0x22, 0xC3, 0xA9, 0xED, 0xA0, 0x80, 0x22], 3),  // a surrogate in UTF-8
            ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),  // above U+10FFFF
            ([0x22, 0x5C, 0x6E, 0xE2, 0x82, 0x22], 3),  // truncated after an escape
        ] as [([UInt8], Int)])
    func badUTF8(bytes: [UInt8], offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
        #expect(error?.code == .invalidUTF8)
        #expect(error?.offset == offset)
    }

    @Test("Nesting up to the limit is read, one more is refused, 100,000 levels do not exhaust the stack")
    func depth() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        _ = try JSONValue(parsing: nested(64))
        #expect(throws: JSONError.self) { try JSONValue(parsing: nested(65)) }
        let error = #expect(throws: JSONError.self) {
            try JSONValue(parsing: nested(100_000), limits: JSONLimits(depth: .max))
        }
        #expect(error?.code == .depthLimit)
        _ = try JSONValue(parsing: nested(JSONLimits.maximalDepth), limits: JSONLimits(depth: .max))
        let objects = String(repeating: "{\"a\":", count: 65) + "1" + String(repeating: "}", count: 65)
        #expect(throws: JSONError.self) { try JSONValue(parsing: objects) }
    }

    @Test("A text over the byte limit and a number over the length limit are refused")
    func limits() throws {
        _ = try JSONValue(parsing: "[1]", limits: JSONLimits(bytes: 3))
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "[1] ", limits: JSONLimits(bytes: 3)) }
        #expect(error?.code == .sizeLimit)
        let long = #expect(throws: JSONError.self) { try JSONValue(parsing: String(repeating: "7", count: 257)) }
        #expect(long?.code == .numberTooLong)
    }

    @Test("A repeated name is found among few members and among many")
    func duplicateAmongMany() throws {
        for count in [2, 15, 16, 17, 18, 1000] {
            let names = (0..<count).map { "\"n\($0)\":\($0)" }
            let fine = try JSONValue(parsing: "{\(names.joined(separator: ","))}")
            #expect(fine.object?.count == count)
            for repeated in Set([0, count / 2, count - 1]) {
                let text = "{\(names.joined(separator: ",")),\"n\(repeated)\":0}"
                let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
                #expect(error?.code == .duplicateKey)
            }
        }
    }
}
