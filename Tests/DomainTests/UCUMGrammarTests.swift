import Domain
import Testing

@Suite("What the grammar of UCUM allows is a unit, and nothing else")
struct UCUMGrammarTests {
    private static func codes(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    @Test("Every valid code of the UCUM functional tests is parsed")
    func valid() {
        let codes = Self.codes(UCUMFunctionalCases.valid)
        #expect(codes.count == 368)
        #expect(codes.filter { !UCUM.isValid($0) } == [])
    }

    @Test("Every invalid code of the UCUM functional tests is refused")
    func invalid() {
        let codes = Self.codes(UCUMFunctionalCases.invalid)
        #expect(codes.count == 39)
        #expect(codes.filter { UCUM.isValid($0) } == [])
    }

    @Test(
        "What the grammar forbids is refused, and says why and where",
        arguments: [
            ("", UCUMError.Code.size, 0), ("m/", .syntax, 2), ("/", .syntax, 1), (".m", .syntax, 0),
            ("m..s", .syntax, 2),
            ("m//s", .syntax, 2), ("(m", .syntax, 2), ("m)", .syntax, 1), ("()", .syntax, 1), ("m{a", .syntax, 1),
            ("{a{b}}", .syntax, 0), ("m{ä}", .syntax, 1), ("m s", .syntax, 1), ("m-", .syntax, 2), ("m+", .syntax, 2),
            ("(m)2", .syntax, 3), ("2m", .syntax, 1), ("1.5", .syntax, 3), ("[in_i", .syntax, 0),
            ("foo", .unknown, 0), ("k[in_i]", .unknown, 0), ("kkg", .unknown, 0), ("kmin", .unknown, 0),
            ("g/xyz", .unknown, 2),
            ("m12345", .range, 6),
        ])
    func refused(text: String, code: UCUMError.Code, offset: Int) {
        if text == "1.5" {
            // A product of two numbers, not a decimal fraction: UCUM has none.
            #expect((try? UCUM.convert("1", from: text, to: "1")) == 5)
            return
        }
        #expect { try UCUMUnit(parsing: text) } throws: { error in
            (error as? UCUMError).map { $0.code == code && $0.offset == offset } ?? false
        }
    }

    @Test("Size is bounded: long texts, deep nesting and vast powers are refused without work")
    func bounds() {
        #expect(!UCUM.isValid(String(repeating: "m.", count: 300) + "m"))
        #expect(!UCUM.isValid(String(repeating: "(", count: 33) + "m" + String(repeating: ")", count: 33)))
        #expect(UCUM.isValid(String(repeating: "(", count: 32) + "m" + String(repeating: ")", count: 32)))
        for text in ["km9999", "[pi]9999", "km999.km999.km999.km999.km999.km999.km999", "10*9999"] {
            #expect(throws: UCUMError.self) { try UCUM.convert("1", from: text, to: text) }
        }
        #expect(throws: Never.self) { try UCUM.convert("1", from: "m9999", to: "m9999") }
    }

    @Test("Units on non-ratio scales take a factor, and no other unit, power or divisor")
    func special() throws {
        for text in ["Cel", "mCel", "Cel.10", "10.Cel", "Cel{skin}", "dB", "(Cel)", "2.(Cel)"] {
            #expect(try UCUMUnit(parsing: text).isComputable, "\(text)")
        }
        for text in ["Cel/s", "m.Cel", "Cel2", "/Cel", "Cel.Cel", "1/[degF]", "[pH].m"] {
            #expect(try !UCUMUnit(parsing: text).isComputable, "\(text)")
        }
    }

    @Test("Printing writes the same unit in its shortest form")
    func printing() throws {
        for (text, printed) in [
            ("m+2", "m2"), ("m1", "m"), ("m-1", "m-1"), ("007.m", "7.m"), ("/m2", "/m2"), ("kg/(m.s2){x}", nil),
            ("mL/min/{1.73_m2}", "mL/min/{1.73_m2}"), ("10*3{rbc}/uL", "10*3{rbc}/uL"), ("10^-3", "10^-3"),
            ("(m/s)/(kg.m)", "(m/s)/(kg.m)"), ("B[10.nV]", "B[10.nV]"), ("m[H2O]", "m[H2O]"),
        ] as [(String, String?)] {
            guard let printed else {
                #expect(!UCUM.isValid(text))
                continue
            }
            #expect(try UCUMUnit(parsing: text).description == printed)
        }
    }
}
