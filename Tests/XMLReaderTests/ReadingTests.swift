import Testing
import XMLReader

@Suite("A document gives its elements, attributes and text in order")
struct ReadingTests {
    @Test("elements, attributes with references resolved, text, CDATA and self-closing tags")
    func elements() throws {
        let document = "<a x='1 &amp; 2' y=\"\u{E9}\"><!-- no event --><b/>t&lt;<![CDATA[<raw>]]></a>"
        let expected = ["<a x=1 & 2,y=\u{E9}>", "<b >", "</b>", "t<<raw>", "</a>"]
        #expect(try events(of: Array(document.utf8)) == expected)
    }

    @Test("namespaces are split off, and a default namespace does not reach attributes")
    func namespaces() throws {
        let document = #"<f xmlns="http://hl7.org/fhir" xmlns:x="urn:x"><x:v x:a="1" b="2"/></f>"#
        let expected = ["<{http://hl7.org/fhir}f >", "<{urn:x}v a=1,b=2>", "</v>", "</f>"]
        #expect(try events(of: Array(document.utf8), resolvesNamespaces: true) == expected)
        #expect(try events(of: Array(document.utf8))[1] == "<x:v x:a=1,b=2>")
        #expect(refusal(of: "<x:a/>", resolvesNamespaces: true) == .namespacePrefix)
    }

    @Test("a document type that declares elements and attributes is accepted")
    func documentType() throws {
        let document = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE HealthData [
            <!-- HealthKit Export Version: 11 -->
            <!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
            <!ATTLIST HealthData
              locale CDATA #REQUIRED
            >
            ]>
            <HealthData locale="en_US"/>
            """
        #expect(try events(of: Array(document.utf8)) == ["<HealthData locale=en_US>", "</HealthData>"])
    }

    @Test("any split of the bytes gives the same events")
    func splits() throws {
        let document = Array(
            """
            <?xml version="1.0"?>\r\n<!DOCTYPE r [<!ELEMENT r ANY>]>\n<r a="1&#10;2">t\u{20AC}xt &amp; more\r\n\
            <b c='\u{1F600}'/><![CDATA[ ]] ]]><!-- - --><?pi x?></r>\n
            """.utf8)
        let expected = try events(of: document)
        #expect(expected.count == 6)
        for piece in 1...document.count { #expect(try events(of: document, piece: piece) == expected) }
    }

    @Test("pieces around the collecting threshold give the same events, lines included")
    func largePieces() throws {
        var text = "<r>\n"
        for index in 0..<20_000 { text += "<v n=\"\(index)\">\u{E9}\u{E8}</v>\n" }
        let document = Array((text + "</r>").utf8)
        let whole = EventLog()
        let reader = try XMLReader(handler: whole)
        try reader.parse(document)
        try reader.finish()
        #expect(whole.lines.last == 20_001)
        for piece in [1_000, 32_767, 32_768, 32_769, 100_003] {
            let log = EventLog()
            let reader = try XMLReader(handler: log)
            var rest = document[...]
            while !rest.isEmpty {
                try reader.parse(rest.prefix(piece))
                rest = rest.dropFirst(piece)
            }
            try reader.finish()
            #expect(log.events == whole.events)
            #expect(log.lines == whole.lines)
        }
    }

    @Test(
        "UTF-16 and ISO-8859-1 are read; an encoding that is not known is refused",
        arguments: [("ISO-8859-1", [0xE9] as [UInt8]), ("UTF-8", [0xC3, 0xA9])])
    func encodings(name: String, letter: [UInt8]) throws {
        let document = Array("<?xml version='1.0' encoding='\(name)'?><a>".utf8) + letter + Array("</a>".utf8)
        #expect(try events(of: document) == ["<a >", "\u{E9}", "</a>"])
        let wide: [UInt8] =
            [0xFF, 0xFE] + "<a>\u{E9}</a>".utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(try events(of: wide) == ["<a >", "\u{E9}", "</a>"])
        #expect(refusal(of: "<?xml version='1.0' encoding='x-unknown'?><a/>") == .encoding)
    }
}
