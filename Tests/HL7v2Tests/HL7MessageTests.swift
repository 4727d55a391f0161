import Domain
import HL7v2
import Testing

@Suite("A message is read as it was sent")
struct HL7MessageTests {
    static let header = #"MSH|^~\&|LAB|HOSP|EHR|CLINIC|20240501063000+0200||ORU^R01^ORU_R01|MSG1|P|2.5.1"#

    private func parse(_ lines: String..., end: String = "\r") throws(HL7Error) -> HL7Message {
        try HL7Message.parse(Array(([Self.header] + lines).joined(separator: end).utf8))
    }

    @Test("Fields, repetitions, components and sub-components are numbered from 1")
    func structure() throws {
        let pid = try #require(try parse("PID|1||A1^^^HOSP&1.2.3&ISO^MR~B2||DOE&VAN^JANE").first("PID"))
        #expect(pid[3].repetitions.map { $0.component(1).text } == ["A1", "B2"])
        #expect(pid[3].component(4).subcomponent(2).text == "1.2.3")
        #expect(pid[5].component(1).value == "DOE")
        #expect(pid[5].component(2).value == "JANE")
        #expect(pid[5].component(3).isEmpty)
        #expect(pid[99].isEmpty)
        #expect(pid[0].isEmpty)
        #expect(HL7Identifier(pid[3])?.authority.uri == "urn:oid:1.2.3")
    }

    @Test("MSH-1 is the separator, MSH-2 the encoding characters, and the rest are numbered after them")
    func header() throws {
        let message = try parse()
        #expect(message.header[1].text == "|")
        #expect(String(decoding: message.header[2].raw, as: UTF8.self) == #"^~\&"#)
        #expect(message.header[3].text == "LAB")
        #expect(
            [message.code, message.trigger, message.controlID, message.version] == ["ORU", "R01", "MSG1", "2.5.1"])
    }

    @Test("Nothing, blank and the explicit null are three things")
    func null() throws {
        let pid = try #require(try parse(#"PID|1|""||"""|x"#).first("PID"))
        #expect(pid[2].isNull)
        #expect(pid[3].isEmpty)
        #expect(!pid[4].isNull)
        #expect(pid[5].hasValue)
        #expect(pid[2].value == "")
    }

    @Test(
        "Segments end with CR, LF or CRLF, and blank lines are nothing",
        arguments: ["\r", "\n", "\r\n", "\n\n", "\r\n\r\n"])
    func lineEnds(end: String) throws {
        let message = try parse("PID|1||A1", "OBX|1|NM|8867-4^^LN||72", "", end: end)
        #expect(message.segments.map(\.name) == ["MSH", "PID", "OBX"])
        #expect(message.first("PID")?[3].text == "A1")
        #expect(message.first("OBX")?[5].text == "72")
    }

    @Test("A byte order mark is no part of the message")
    func byteOrderMark() throws {
        #expect(try HL7Message.parse([0xEF, 0xBB, 0xBF] + Array(Self.header.utf8)).controlID == "MSG1")
    }

    @Test("A line that is no segment goes on with the text of an OBX", arguments: ["\r", "\n", "\r\n"])
    func continuation(end: String) throws {
        let message = try parse(
            "OBX|1|TX|1^^L||first line", "second line", "", "the third|||||F", "OBX|2|ST|2^^L||x", end: end)
        let segments = message.segments
        #expect(segments.map(\.name) == ["MSH", "OBX", "OBX"])
        #expect(segments[1][5].text.hasPrefix("first line\nsecond line\n"))
        #expect(segments[1][5].text.hasSuffix("the third"))
        #expect(segments[1][10].text == "F")
        #expect(segments[2][5].text == "x")
    }

    @Test(
        "A line that is no segment is an error after other segments, and so is a misspelt name",
        arguments: [["PID|1||A1", "no segment"], ["OBX|1|TX|1||a", "obx|2|TX|1||b"], ["PID|1", "Pv1|1|I"]])
    func noSegment(lines: [String]) {
        let error = #expect(throws: HL7Error.self) { try parse(lines[0], lines[1]) }
        #expect(error?.code == .segmentName)
        #expect(error?.offset == Self.header.utf8.count + 1 + lines[0].utf8.count + 1)
    }

    @Test(
        "What is no message is refused by name",
        arguments: [
            ("", HL7Error.Code.notHL7), ("PID|1", .notHL7), ("MSH", .notHL7), ("ISA*00*", .notHL7), ("MSH|", .notHL7),
            (#"MSH|^~\\&|A"#, .delimiters), ("MSH|^|A|", .characterSetUnknown), ("MSHa^~b&|A", .delimiters),
            (#"MSH|^~\&#!|A"#, .delimiters),
        ])
    func refusals(text: String, code: HL7Error.Code) throws {
        if text == "MSH|^|A|" {
            // One encoding character is enough.
            #expect(try HL7Message.parse(Array(text.utf8)).header[3].text == "A")
            return
        }
        let error = #expect(throws: HL7Error.self) { try HL7Message.parse(Array(text.utf8)) }
        #expect(error?.code == code)
    }

    @Test("A line of a text that looks like a segment but for its empty parts is printed as it stands")
    func continuedLines() throws {
        let message = try parse("OBX|1|TX|1||text", "OBX^|5|ED", "PID^")
        #expect(message.segmentCount == 2)
        #expect(try HL7Message.parse(try message.printed()) == message)
    }

    @Test("Z-segments are kept and printed")
    func localSegments() throws {
        let message = try parse("ZPI|1|local^data", "PID|1||A1")
        #expect(message.segments[1].name == "ZPI")
        #expect(String(decoding: try message.printed(), as: UTF8.self).contains("ZPI|1|local^data\r"))
    }

    @Test("An error's path counts segments of one name")
    func paths() throws {
        let message = try parse("OBX|1", "NTE|1", "OBX|2")
        #expect(message.segments[3].path(5, component: 1) == "OBX[2]-5.1")
        let mixed = try parse("OBX|1", "OBX|2", "NTE|1", "NTE|2", "OBX|3", "OBX|4", "NTE|3", "ZPI|1", "OBX|5")
        #expect(
            mixed.segments.map { $0.path() } == [
                "MSH[1]", "OBX[1]", "OBX[2]", "NTE[1]", "NTE[2]", "OBX[3]", "OBX[4]", "NTE[3]", "ZPI[1]", "OBX[5]",
            ])
    }

    @Test("The paths of all segments cost no more than the message is long")
    func manyPaths() throws {
        let text = Self.header + "\r" + String(repeating: "OBR|1\rOBX|1\r", count: 50_000)
        let message = try HL7Message.parse(Array(text.utf8))
        var paths: [String] = []
        let time = ContinuousClock().measure { paths = message.segments.map { $0.path() } }
        #expect(paths.last == "OBX[50000]")
        #expect(time < .seconds(20))
    }
}
