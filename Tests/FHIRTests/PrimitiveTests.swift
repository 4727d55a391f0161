import FHIR
import JSONDocument
import Testing

@Suite("A primitive has the form of its type, as R4's page on data types has it")
struct PrimitiveTests {
    private func isAccepted(_ type: String, _ value: String) -> Bool {
        let name = "value" + type.prefix(1).uppercased() + type.dropFirst()
        return Fixture.errors(Fixture.patient(#""extension":[{"url":"http://a.b/c","\#(name)":\#(value)}]"#)).isEmpty
    }

    @Test(
        "Values of the type",
        arguments: [
            ("boolean", ["true", "false"]),
            ("integer", ["0", "-5", "2147483647", "-2147483648"]),
            ("positiveInt", ["1", "2147483647"]),
            ("unsignedInt", ["0", "7"]),
            ("decimal", ["0", "-1.50", "1e3", "1.0E-22", "123456789012345678901234567890"]),
            ("string", [#""a""#, #""a\tb\r\nc""#, #"" a ""#, #""日本""#]),
            ("markdown", [##""# A\n\n* b""##]),
            ("code", [#""a""#, #""a b""#, #""<=""#]),
            ("id", [#""a-1.B""#, "\"" + String(repeating: "a", count: 64) + "\""]),
            ("uri", [#""urn:oid:1.2.3""#, #""urn:uuid:C757873D-EC9A-4326-A141-556F43239520""#, #""a/b#c""#]),
            ("url", [#""http://a.b/c?d=e""#, #""mailto:a@b.c""#]),
            ("canonical", [#""http://a.b/c|1.0#d""#, ##""#a""##]),
            ("oid", [#""urn:oid:1.2.0.34""#]),
            ("uuid", [#""urn:uuid:c757873d-ec9a-4326-a141-556f43239520""#]),
            ("date", [#""2024""#, #""2024-02""#, #""2024-02-29""#, #""0001-01-01""#]),
            (
                "dateTime",
                [
                    #""2024""#, #""2024-02-29""#, #""2015-02-07T13:28:17-05:00""#, #""2015-02-07T13:28:17.239+02:00""#,
                    #""2016-12-31T23:59:60Z""#, #""2015-02-07T13:28:17+14:00""#,
                ]
            ),
            ("instant", [#""2015-02-07T13:28:17.239+02:00""#, #""2017-01-01T00:00:00Z""#]),
            ("time", [#""00:00:00""#, #""23:59:59.999""#]),
            ("base64Binary", [#""YQ==""#, #""YWI=""#, #""YWJj\n YWJj""#]),
        ])
    func accepted(type: String, values: [String]) {
        for value in values { #expect(isAccepted(type, value), "\(type) \(value)") }
    }

    @Test(
        "Values that are none of the type",
        arguments: [
            ("boolean", [#""true""#, "1"]),
            ("integer", ["1.0", "1e2", "2147483648", #""1""#, "true", "99999999999999999999"]),
            ("positiveInt", ["0", "-1"]),
            ("unsignedInt", ["-1"]),
            ("decimal", [#""1.5""#, "true"]),
            ("string", [#""""#, "1", #""a\u0001""#, "{}", "[\"a\"]"]),
            ("code", [#"" a""#, #""a ""#, #""a  b""#]),
            ("id", [#""a_b""#, #""a b""#, "\"" + String(repeating: "a", count: 65) + "\""]),
            ("uri", [#""a b""#, #""urn:oid:3.1""#, #""urn:oid:1.02""#, #""urn:uuid:x""#, #""oid:1.2""#]),
            ("canonical", [#""Questionnaire/1""#]),
            ("oid", [#""1.2.3""#, #""urn:oid:1""#, #""urn:oid:1..2""#]),
            (
                "uuid",
                [#""c757873d-ec9a-4326-a141-556f43239520""#, #""urn:uuid:C757873D-EC9A-4326-A141-556F43239520""#]
            ),
            (
                "date",
                [
                    #""2024-13""#, #""2023-02-29""#, #""1900-02-29""#, #""2024-04-31""#, #""24-01-01""#, #""2024-1-1""#,
                    #""2024-01-01T00:00:00Z""#, #""0000""#, #""2024-01-01 ""#, #""01/02/2024""#,
                ]
            ),
            (
                "dateTime",
                [
                    #""2015-02-07T13:28:17""#, #""2015-02-07T13:28Z""#, #""2015-02-07T24:00:00Z""#,
                    #""2015-02-30T10:00:00Z""#,
                    #""2015-02-07T13:28:17+15:00""#, #""2015-02-07T13:28:17.Z""#, #""2015-02-07 13:28:17Z""#,
                    #""2015-02T13:28:17Z""#,
                ]
            ),
            ("instant", [#""2015-02-07""#, #""2015-02-07T13:28:17""#]),
            ("time", [#""24:00:00""#, #""13:28""#, #""13:28:17Z""#]),
            ("base64Binary", [#""YQ""#, #""Y=Q=""#, #""%%%2""#, #""====""#]),
        ])
    func refused(type: String, values: [String]) {
        for value in values { #expect(!isAccepted(type, value), "\(type) \(value)") }
    }
}
