import Testing
import XMLReader

@Suite("What is no XML, or hostile, is refused with a code and a place, in bounded memory")
struct RefusalTests {
    @Test(
        "faults of the grammar have codes",
        arguments: [
            ("", XMLError.Code.noElement), ("  ", .noElement), ("<a>", .noElement), ("<a", .unexpectedEnd),
            ("<a></b>", .tagMismatch), ("<a x='1' x='2'/>", .duplicateAttribute), ("<a/><b/>", .trailingContent),
            ("<a>&nbsp;</a>", .undefinedEntity), ("<a>&#0;</a>", .invalidToken), ("<a>\u{1}</a>", .invalidToken),
            ("<a b=c/>", .invalidToken), ("<a><![CDATA[x</a>", .unexpectedEnd), ("text", .syntax),
        ])
    func grammar(document: String, code: XMLError.Code) {
        #expect(refusal(of: document) == code)
    }

    @Test(
        "entities, defaults of attributes and anything outside are refused",
        arguments: [
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", XMLError.Code.entityDeclared),
            ("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", .entityDeclared),
            ("<!DOCTYPE a [<!ENTITY % b SYSTEM 'http://localhost/x'> %b;]><a/>", .entityDeclared),
            ("<!DOCTYPE a SYSTEM 'http://localhost/x.dtd'><a/>", .externalReference),
            ("<!DOCTYPE a PUBLIC 'x' 'y'><a/>", .externalReference),
            ("<!DOCTYPE a [<!ATTLIST a b CDATA 'filled in'>]><a/>", .attributeDefault),
            ("<!DOCTYPE a [<!ATTLIST a b CDATA #FIXED 'x'>]><a/>", .attributeDefault),
        ])
    func outside(document: String, code: XMLError.Code) {
        #expect(refusal(of: document) == code)
    }

    @Test("a billion laughs are refused at the first declaration, in bounded memory")
    func billionLaughs() throws {
        var document = "<!DOCTYPE lolz [<!ENTITY lol0 'lol'>"
        for level in 1...9 {
            document += "<!ENTITY lol\(level) '" + String(repeating: "&lol\(level - 1);", count: 10) + "'>"
        }
        document += "]><lolz>&lol9;</lolz>"
        let log = EventLog()
        let reader = try XMLReader(handler: log)
        let error = #expect(throws: XMLError.self) {
            try reader.parse(Array(document.utf8))
            try reader.finish()
        }
        #expect(error?.code == .entityDeclared)
        #expect(log.events.isEmpty)
        #expect(reader.heldBytes < 1 << 20)
    }

    /// Feeds `head` and then `filling` for ever; the refusal, and the most memory that was held.
    private func endless(_ head: String, filling: (Int) -> String, limits: XMLLimits = .standard) throws -> (
        code: XMLError.Code?, held: Int
    ) {
        final class Deaf: XMLHandler {
            func startElement(_ element: XMLElement, in reader: XMLReader) {}
        }
        let reader = try XMLReader(handler: Deaf(), limits: limits)
        var held = 0
        do throws(XMLError) {
            try reader.parse(Array(head.utf8))
            for round in 0..<20_000 {
                try reader.parse(Array(filling(round).utf8))
                held = max(held, reader.heldBytes)
            }
            return (nil, held)
        } catch {
            return (error.code, held)
        }
    }

    @Test("an endless attribute, comment and text are refused in bounded memory")
    func endlessTokens() throws {
        let filling = String(repeating: "x", count: 64 << 10)
        let attribute = try endless("<a b='", filling: { _ in filling })
        #expect(attribute.code == .tokenLimit)
        #expect(attribute.held < 8 << 20)
        let comment = try endless("<a><!--", filling: { _ in filling })
        #expect(comment.code == .tokenLimit)
        let text = try endless("<a>", filling: { _ in filling })
        #expect(text.code == .textLimit)
        #expect(text.held < 2 << 20)
    }

    @Test("an endless supply of new names is refused in bounded memory")
    func endlessNames() throws {
        let names = try endless(
            "<a>",
            filling: { round in
                (0..<1_000).map { "<n\(round)x\($0) a\(round)x\($0)='1'/>" }.joined()
            })
        #expect(names.code == .memoryLimit)
        #expect(names.held <= XMLLimits.standard.memory + 128 << 10)
    }

    @Test("depth, attributes and size have limits")
    func limits() {
        let deep = String(repeating: "<a>", count: 65)
        #expect(refusal(of: deep) == .depthLimit)
        #expect(refusal(of: String(repeating: "<a>", count: 64) + String(repeating: "</a>", count: 64)) == nil)
        let attributes = (0..<257).map { "a\($0)='1'" }.joined(separator: " ")
        #expect(refusal(of: "<a \(attributes)/>") == .attributeLimit)
        #expect(refusal(of: "<a>12345</a>", limits: XMLLimits(bytes: 11)) == .sizeLimit)
        #expect(refusal(of: "<a>12345</a>", limits: XMLLimits(bytes: 12)) == nil)
    }

    @Test("an error names line and column, and stands for ever after")
    func place() throws {
        let reader = try XMLReader(handler: EventLog())
        let first = #expect(throws: XMLError.self) {
            try reader.parse(Array("<a>\n  <b>\n</a>".utf8))
            try reader.finish()
        }
        #expect(first?.line == 3)
        #expect(first?.code == .tagMismatch)
        #expect(#expect(throws: XMLError.self) { try reader.parse([0x20]) } == first)
    }

    @Test("a handler can stop the reading, and cannot use its reader from within")
    func stopping() throws {
        let log = EventLog()
        log.stopsAt = "b"
        var inner: XMLError?
        log.onStart = { reader in
            do throws(XMLError) { try reader.parse([0x20]) } catch { inner = error }
        }
        let reader = try XMLReader(handler: log)
        let error = #expect(throws: XMLError.self) {
            try reader.parse(Array("<a><b/><c/></a>".utf8))
            try reader.finish()
        }
        #expect(error?.code == .stopped)
        #expect(log.events == ["<a >", "<b >"])
        #expect(inner?.code == .misuse)
    }
}
