import HL7v2
import Testing

@Suite("Files and batches hold messages, and what breaks their envelopes is named")
struct HL7FileTests {
    private let message = ["MSH|^~\\&|A|B|||20240501||ADT^A04|1|P|2.5", "EVN|A04|20240501", "PID|1||X"]
    private let batch = "BHS|^~\\&|A"
    private let file = "FHS|^~\\&|A"

    private func read(_ lines: [String]) throws -> (faults: [HL7Error.Code], messages: Int, segments: Int) {
        let file = try HL7File(Array(lines.joined(separator: "\r").utf8))
        let faults = file.items.compactMap { item -> HL7Error.Code? in
            if case .fault(let error) = item { error.code } else { nil }
        }
        return (faults, file.messageCount, file.segmentCount)
    }

    @Test("The optional parts of [FHS] { [BHS] { messages } [BTS] } [FTS] may be left out")
    func grammar() throws {
        let good = [
            message, message + message, [batch] + message + ["BTS|1"], [batch] + message + message + ["BTS|2"],
            [batch] + message,
            [file, batch] + message + ["BTS|1", "FTS|1"],
            [file, batch] + message + ["BTS|1", batch] + message + ["BTS", "FTS|2"],
            [file] + message + message + ["FTS|1"], [file, batch] + message + ["BTS|1"],
            [file] + message + ["BTS|1", "FTS|1"],
            [batch, "BTS|0"], [file, "FTS|0"],
        ]
        for lines in good {
            let read = try read(lines)
            #expect(read.faults == [], "\(lines)")
            #expect(read.segments == lines.count)
            #expect(read.messages == lines.count { $0.hasPrefix("MSH") })
        }
    }

    @Test("A breach is named, and the messages stay")
    func breaches() throws {
        #expect(try read([batch] + message + [batch] + message + ["BTS|1"]).faults == [.nestedBatch])
        #expect(try read([file, batch] + message + [file] + message).faults == [.nestedFile])
        #expect(try read(message + [file] + message).faults == [.nestedFile])
        #expect(try read([batch] + message + ["BTS|2"]).faults == [.batchCount])
        #expect(try read([file, batch] + message + ["BTS|1", "FTS|3"]).faults == [.fileCount])
        #expect(try read([file] + message + ["FTS|1"] + message).faults == [.afterFileTrailer])
        #expect(try read([batch, "EVN|A04", "PID|1"]).faults == [.outsideMessage])
        #expect(
            try read([batch] + message + [batch, "PID|1", "PV1|1"] + message + ["BTS|1"]).faults == [
                .nestedBatch, .outsideMessage,
            ])
        #expect(try read([batch] + message + [batch] + message).messages == 2)
    }

    @Test("Messages are cut where their headers begin, whatever their delimiters")
    func otherDelimiters() throws {
        let other = "MSH!:*%+!A!B!!!20240501!!ADT:A04!2!P!2.5"
        let file = try HL7File(Array((message + [other, "PID!1!!Y"]).joined(separator: "\n").utf8))
        #expect(file.messageCount == 2)
        guard case .message(let second) = file.items[1] else {
            Issue.record("no message")
            return
        }
        #expect(try HL7Message.parse(second.bytes).first("PID")?[3].text == "Y")
        #expect(second.firstSegment == 3)
    }

    @Test("A dump of an MLLP stream is a file of messages")
    func dump() throws {
        let frames = MLLPDecoder.frame(Array((message.joined(separator: "\r") + "\r").utf8))
        let file = try HL7File(frames + frames)
        #expect(file.messageCount == 2)
        for case .message(let part) in file.items { #expect(try HL7Message.parse(part.bytes).segmentCount == 3) }
    }

    @Test(
        "What is no HL7 v2 is refused",
        arguments: ["", "\r\n", "begin 644 WAV.DAT", "ORU^R01\nMSH MSH:9,12", "BTS|1", "{}"])
    func notHL7(text: String) {
        let error = #expect(throws: HL7Error.self) { try HL7File(Array(text.utf8)) }
        #expect(error?.code == .notHL7)
    }
}
