import Testing

@testable import IngestionCore

@Suite("A long submission is cut into pieces that say the same")
struct SplittingTests {
    private static let export = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE HealthData [
        <!-- a > in a comment -->
        <!ELEMENT HealthData (Record*)>
        <!ATTLIST HealthData locale CDATA #REQUIRED>
        ]>
        <!-- <Record type="not one"/> -->
        <HealthData locale="en > US">
         <Record type="a" value='1 > 0'/>
         <Correlation><Record type="b"/><Record type="c"></Record></Correlation>
         <!-- <Record/> --><Note><![CDATA[</Note><Record/>]]></Note>
         <?keep <Record/> ?><Record type="d">text</Record>
        </HealthData>

        """

    private func pieces(
        of text: String, _ splitter: any FeedSplitter, cutAt cuts: [Int]
    ) throws -> [String] {
        var splitter = splitter
        let bytes = Array(text.utf8)
        var pieces: [[UInt8]] = []
        var start = 0
        for cut in cuts.sorted() + [bytes.count] {
            pieces += try splitter.split(bytes[start..<cut])
            start = cut
        }
        if let last = try splitter.finish() { pieces.append(last) }
        return pieces.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `each child of the root stands in one piece, inside the root's own tags`() throws {
        let pieces = try pieces(of: Self.export, XMLChildSplitter(size: 1), cutAt: [])
        #expect(pieces.count == 4)
        for piece in pieces {
            #expect(piece.hasPrefix("<HealthData locale=\"en > US\">"))
            #expect(piece.hasSuffix("</HealthData>"))
        }
        #expect(pieces[0].contains("<Record type=\"a\" value='1 > 0'/>"))
        #expect(pieces[1].contains("<Correlation><Record type=\"b\"/><Record type=\"c\"></Record></Correlation>"))
        #expect(pieces[2].contains("<Note><![CDATA[</Note><Record/>]]></Note>"))
        #expect(pieces[3].contains("<Record type=\"d\">text</Record>"))
    }

    @Test func `where the bytes are cut on their way plays no part`() throws {
        let whole = try pieces(of: Self.export, XMLChildSplitter(size: 40), cutAt: [])
        for cut in 0...Self.export.utf8.count {
            #expect(try pieces(of: Self.export, XMLChildSplitter(size: 40), cutAt: [cut]) == whole)
        }
    }

    @Test func `a document that ends too early is refused`() throws {
        for end in ["<HealthData><Record/>", "<HealthData><Record", "<!-- never closed", ""] {
            #expect(throws: FeedRejection.self) { try pieces(of: end, XMLChildSplitter(size: 1), cutAt: []) }
        }
    }

    @Test func `the head of a table stands in front of every piece, and a quoted line end cuts nothing`() throws {
        let table = "id,note\n1,\"a\nb\"\n2,c\n3,d"
        let pieces = try pieces(of: table, LineSplitter(size: 1, repeatsFirstLine: true), cutAt: [3, 12])
        #expect(pieces == ["id,note\n1,\"a\nb\"\n", "id,note\n2,c\n", "id,note\n3,d"])
    }

    @Test func `lines of JSON are cut between lines`() throws {
        let pieces = try pieces(
            of: "{\"a\":\"\\\"\"}\n{}\n\n{\"b\":1}", LineSplitter(size: 12, repeatsFirstLine: false), cutAt: [])
        #expect(pieces.joined() == "{\"a\":\"\\\"\"}\n{}\n\n{\"b\":1}")
        #expect(pieces.count == 2)
    }

    @Test func `a line without an end is refused before it fills the memory`() throws {
        var splitter = LineSplitter(size: 1, repeatsFirstLine: false)
        let block = [UInt8](repeating: 65, count: 1 << 20)
        #expect(throws: FeedRejection.self) {
            for _ in 0..<32 { _ = try splitter.split(block) }
        }
    }
}
