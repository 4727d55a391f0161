import Domain
import HL7v2
import Testing

@Suite("Data types are read as chapter 2.A has them")
struct HL7DataTypeTests {
    @Test(
        "Times keep their precision and zone",
        arguments: [
            ("2024", HL7DateTime.Precision.year, "2024-01-01T00:00:00Z", "2024"),
            ("202405", .month, "2024-05-01T00:00:00Z", "2024-05"),
            ("20240501", .day, "2024-05-01T00:00:00Z", "2024-05-01"),
            ("2024050106", .hour, "2024-05-01T06:00:00Z", "2024-05-01T06:00"),
            ("202405010630", .minute, "2024-05-01T06:30:00Z", "2024-05-01T06:30"),
            ("20240501063015+0200", .second, "2024-05-01T04:30:15Z", "2024-05-01T06:30:15+02:00"),
            ("20150624084727.655-0500", .fraction, "2015-06-24T13:47:27.655Z", "2015-06-24T08:47:27.655000-05:00"),
            ("198908181126+0215", .minute, "1989-08-18T09:11:00Z", "1989-08-18T11:26+02:15"),
            ("20240229", .day, "2024-02-29T00:00:00Z", "2024-02-29"),
        ])
    func times(text: String, precision: HL7DateTime.Precision, start: String, iso: String) throws {
        let time = try #require(HL7DateTime(text))
        #expect(time.precision == precision)
        #expect(time.start() == Timestamp(iso8601: start))
        #expect(time.iso8601 == iso)
    }

    @Test(
        "What is no time is refused",
        arguments: [
            "", "202", "20241301", "20230229", "2024050124", "20240501063", "20240501063061", "20240501T0630",
            "20240501+2500", "20240501.5", "0000", "20240501 06",
        ])
    func noTimes(text: String) { #expect(HL7DateTime(text) == nil) }

    @Test("A zone that the time does not name is the one that is given")
    func defaultZone() {
        #expect(HL7DateTime("202405010630")?.start(defaultOffset: 120) == Timestamp(iso8601: "2024-05-01T04:30:00Z"))
    }

    @Test(
        "NM",
        arguments: [
            ("5", "5"), ("+5", "5"), ("-5.20", "-5.20"), (".5", "0.5"), ("5.", "5"), (" 7 ", "7"), ("1e5", nil),
            ("", nil), ("-", nil), (".", nil), ("1,5", nil), ("1.2.3", nil), ("<5", nil),
        ])
    func numbers(text: String, decimal: String?) { #expect(HL7Number.decimal(text) == decimal) }

    @Test(
        "SN",
        arguments: [
            ("^5", "5", "5"), ("<^5", nil, "<5"), ("^1^:^128", nil, "1:128"), ("^2^+", nil, "2+"),
            ("^10^-^20", nil, "10-20"), ("=^7", "7", "=7"),
        ]
            as [(String, String?, String)])
    func structured(field: String, plain: String?, text: String) throws {
        let message = try HL7Message.parse(Array("MSH|^~\\&|A\rOBX|1|SN|1||\(field)".utf8))
        let segment = try #require(message.first("OBX"))
        let number = try #require(HL7StructuredNumber(segment[5]))
        #expect(number.plain == plain)
        #expect(number.text == text)
    }

    @Test("CWE has three codings and an original text")
    func coded() throws {
        let message = try HL7Message.parse(
            Array("MSH|^~\\&|A\rOBX|1|CWE|718-7^Hemoglobin^LN^HGB^Hb^L^^^said so^1^one^SCT".utf8))
        let segment = try #require(message.first("OBX"))
        let coded = HL7CodedElement(segment[3])
        #expect(coded.codings.map(\.code) == ["718-7", "HGB", "1"])
        #expect(coded.codings.map(\.system) == ["LN", "L", "SCT"])
        #expect(coded.text == "said so")
    }
}
