import Domain
import HL7v2
import Testing

@Suite("An acknowledgement answers the message that came")
struct HL7AcknowledgementTests {
    private let time = Timestamp(microseconds: 1_714_545_000_000_000)  // 2024-05-01T06:30:00Z

    private func header(version: String = "2.5.1", accept: String = "", application: String = "", set: String = "")
        -> HL7Header
    {
        HL7Header(
            lenient: Array(
                "MSH|^~\\&|LAB^1.2^ISO|HOSP|EHR|CLINIC|20240501||ADT^A01^ADT_A01|MSG1|P|\(version)|||\(accept)|\(application)||\(set)\rPID|1"
                    .utf8))
    }

    private func texts(
        _ header: HL7Header, _ result: HL7Acknowledgement.Result, _ problems: [HL7Acknowledgement.Problem] = []
    ) -> [String] {
        HL7Acknowledgement.messages(to: header, result: result, problems: problems, at: time, receiver: "test").map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test("Original mode: places swapped, control id echoed, own control id, version, type and set kept")
    func original() throws {
        let text = try #require(texts(header(set: "UNICODE UTF-8"), .accepted).first)
        let message = try HL7Message.parse(Array(text.utf8))
        let msh = message.header
        #expect(
            [3, 4, 5, 6].map { String(decoding: msh[$0].raw, as: UTF8.self) } == [
                "EHR", "CLINIC", "LAB^1.2^ISO", "HOSP",
            ])
        #expect(String(decoding: msh[9].raw, as: UTF8.self) == "ACK^A01^ACK")
        #expect(
            [msh[7].text, msh[11].text, msh[12].text, msh[18].text] == [
                "20240501063000+0000", "P", "2.5.1", "UNICODE UTF-8",
            ])
        #expect(msh[10].text != "MSG1")
        #expect(msh[10].text.utf8.count == 20)
        #expect(message.segments[1].raw.elementsEqual("MSA|AA|MSG1".utf8))
        #expect(texts(header(set: "UNICODE UTF-8"), .accepted) == [text])
    }

    @Test(
        "Each result has its code in each mode",
        arguments: [
            ("", "", HL7Acknowledgement.Result.accepted, ["AA"]), ("", "", .error, ["AE"]), ("", "", .rejected, ["AR"]),
            ("AL", "NE", .accepted, ["CA"]), ("AL", "NE", .error, ["CE"]), ("AL", "NE", .rejected, ["CR"]),
            ("AL", "AL", .accepted, ["CA", "AA"]),
            ("AL", "AL", .error, ["CE"]), ("NE", "NE", .error, []), ("NE", "AL", .accepted, ["AA"]),
            ("NE", "AL", .rejected, ["AR"]),
            ("ER", "AL", .accepted, ["AA"]), ("ER", "AL", .error, ["CE"]), ("SU", "NE", .accepted, ["CA"]),
            ("SU", "NE", .rejected, []),
            ("SU", "ER", .error, ["AE"]), ("ER", "NE", .accepted, []), ("AL", "", .accepted, ["CA"]),
            ("", "AL", .accepted, ["AA"]),
        ])
    func modes(accept: String, application: String, result: HL7Acknowledgement.Result, codes: [String]) throws {
        let answers = try texts(header(accept: accept, application: application), result).map {
            try HL7Message.parse(Array($0.utf8))
        }
        #expect(answers.map { $0.first("MSA")?[1].text ?? "" } == codes)
        #expect(Set(answers.map(\.controlID)).count == answers.count)
        #expect(answers.allSatisfy { $0.first("MSA")?[2].text == "MSG1" })
    }

    @Test("ERR has the form of its version")
    func errors() throws {
        let problem = HL7Acknowledgement.Problem(
            HL7Error(.requiredField, path: "OBX[2]-3.1", detail: "the field is required"))
        let old = try #require(texts(header(version: "2.3.1"), .error, [problem]).first)
        #expect(old.contains("\rERR|OBX^2^3^101&Required field missing&HL70357\r"))
        #expect(old.contains("MSA|AE|MSG1|required-field-missing: the field is required\r"))
        let new = try #require(texts(header(version: "2.5"), .error, [problem]).first)
        #expect(
            new.contains(
                "\rERR||OBX^2^3^1^1|101^Required field missing^HL70357|E||||required-field-missing: the field is required\r"
            )
                || new.contains(
                    "\rERR||OBX^2^3^1^1|101^Required field missing^HL70357|E|||required-field-missing: the field is required\r"
                ))
        #expect(try #require(texts(header(version: "2.3"), .error).first).contains("|ACK^A01|"))
    }

    @Test("What cannot be read is answered all the same")
    func unreadable() throws {
        for text in [
            "", "rubbish", "MSH", "MSH|", "MSHabcdef", "MSH|^~\\&|A|B|C|D|||ADT|9|P|7.0",
            "MSH|^~\\&|A|B|C|D|||ADT|9|P|2.5||||||EBCDIC",
        ] {
            let answer = try #require(texts(HL7Header(lenient: Array(text.utf8)), .rejected).first)
            let message = try HL7Message.parse(Array(answer.utf8))
            try HL7Rules.checkHeader(message)
            #expect(message.first("MSA")?[1].text == "AR")
        }
    }
}
