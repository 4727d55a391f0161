import FHIR
import JSONDocument
import Testing

@Suite("FHIRPath as R4's constraints use it")
struct FHIRPathTests {
    private static let patient = #"""
        {"resourceType":"Patient","active":true,"birthDate":"1970-03-30","_birthDate":{"id":"b"},
        "name":[{"use":"official","family":"A","given":["B","C"]},{"use":"usual","given":["B"]}],
        "multipleBirthInteger":2,"contact":[{"relationship":[{"coding":[{"code":"N","system":"s"}]}]}],
        "contained":[{"resourceType":"Organization","id":"o"}],"managingOrganization":{"reference":"#o"}}
        """#

    @Test(
        "An expression gives these items",
        arguments: [
            ("name.given", #"["B","C","B"]"#), ("name.given.distinct()", #"["B","C"]"#),
            ("Patient.name.count()", "[2]"),
            ("Observation.name.count()", "[0]"), ("name.where(use = 'usual').given", #"["B"]"#),
            ("name.first().family", #"["A"]"#),
            ("name.tail().use", #"["usual"]"#), ("name.last().use", #"["usual"]"#),
            ("name.select(use & '-' & family)", #"["official-A","usual-"]"#),
            ("multipleBirth", "[2]"), ("multipleBirth is integer", "[true]"), ("multipleBirth is boolean", "[false]"),
            ("multipleBirth.as(integer) + 1", "[3]"), ("multipleBirth - 3", "[-1]"), ("active is Boolean", "[true]"),
            ("1 + 2 = 3 and 'a' + 'b' = 'ab'", "[true]"), ("true or {}", "[true]"), ("false or {}", "[]"),
            ("false and {}", "[false]"),
            ("{} implies true", "[true]"), ("{} implies false", "[]"), ("false implies {}", "[true]"),
            ("true xor true", "[false]"),
            ("true xor {}", "[]"), ("{} = 1", "[]"), ("1 != 2", "[true]"), ("name.given.isDistinct()", "[false]"),
            ("name.use.isDistinct()", "[true]"), ("'B' in name.given", "[true]"),
            ("name.given contains 'X'", "[false]"), ("{} in name.given", "[]"),
            ("name.exists(use = 'old')", "[false]"), ("name.all(given.exists())", "[true]"),
            ("name.all(family.exists())", "[false]"),
            ("('a' | 'b' | 'a').count()", "[2]"), ("name.given.combine(name.given).count()", "[6]"),
            ("name.first().given.intersect(name.tail().given)", #"["B"]"#), ("'2020'.toInteger() > 2019", "[true]"),
            ("'x'.toInteger()", "[]"),
            ("12.50.toString()", #"["12.50"]"#), ("'abc'.substring(1)", #"["bc"]"#),
            ("'abc'.substring(1, 1)", #"["b"]"#), ("'abc'.substring(9)", "[]"),
            ("'abc'.startsWith('ab')", "[true]"), ("'abc'.endsWith('bc')", "[true]"), ("'a.c'.contains('.')", "[true]"),
            ("'abc'.length()", "[3]"),
            ("'a.b.c'.replaceMatches('\\\\..*', '')", #"["a"]"#), ("'aXbX'.replaceMatches('X', '-')", #"["a-b-"]"#),
            ("'Name_1'.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')", "[true]"), ("'name'.matches('^[A-Z]')", "[false]"),
            ("'a\\'b'", #"["a'b"]"#), ("iif(active, 'y', 'n')", #"["y"]"#), ("iif(active.not(), 'y')", "[]"),
            ("birthDate.hasValue()", "[true]"),
            ("name.hasValue()", "[false]"), ("birthDate.id", #"["b"]"#), ("name.`given`.count()", "[3]"),
            ("contact.descendants().code", #"["N"]"#),
            ("contact.relationship.children().count()", "[1]"), ("managingOrganization.resolve().id", #"["o"]"#),
            ("managingOrganization.resolve().is(Organization)", "[true]"), ("contained.ofType(Patient).count()", "[0]"),
            ("birthDate < '1971'", "[true]"), ("%resource.active", "[true]"),
            ("%ucum", #"["http://unitsofmeasure.org"]"#),
            ("name.family.trace('x')", #"["A"]"#), ("nosuch.exists()", "[false]"), ("2 > 1 = true", "[true]"),
        ])
    func evaluation(expression: String, expected: String) throws {
        let items = try FHIRPathExpression(parsing: expression).evaluate(on: try Fixture.json(Self.patient))
        let expected = try Fixture.json(expected)
        #expect(JSONValue.array(items) == expected)
    }

    @Test(
        "What is no expression, or none that is known, is refused with its place",
        arguments: [
            ("a b", FHIRPathError.Code.syntax, 2), ("a.", .syntax, 2), ("(a", .syntax, 2), ("'a", .syntax, 0),
            ("a.where()", .syntax, 9),
            ("a.sum()", .unsupported, 6), ("%nothing", .unsupported, 8), ("a is Nothing", .unsupported, 12),
            ("", .syntax, 0),
            (String(repeating: "(", count: 5_000), .depthLimit, 64),
            ("a.b" + String(repeating: ".a", count: 5_000), .depthLimit, 399),
        ])
    func refusal(expression: String, code: FHIRPathError.Code, offset: Int) {
        let error = #expect(throws: FHIRPathError.self) { try FHIRPathExpression(parsing: expression) }
        #expect(error?.code == code)
        #expect(error?.offset == offset)
    }

    @Test("An evaluation that would not end is given up")
    func budget() throws {
        let names = Array(repeating: #"{"given":["a","b"]}"#, count: 1_000).joined(separator: ",")
        let patient = try Fixture.json(Fixture.patient(#""name":[\#(names)]"#))
        let expression = try FHIRPathExpression(
            parsing: "name.all(%resource.descendants().where(descendants().exists()).exists())")
        let error = #expect(throws: FHIRPathError.self) { try expression.evaluate(on: patient) }
        #expect(error?.code == .stepLimit)
        let pattern = try FHIRPathExpression(parsing: "'\(String(repeating: "a", count: 60))'.matches('^((a*)*)*b$')")
        #expect(throws: FHIRPathError.self) { _ = try pattern.evaluate(on: patient) }
    }

    @Test("Every constraint of R4 is evaluated, or checked by code of its own")
    func coverage() {
        let constraints = FHIRDefinitions.r4.constraints
        #expect(FHIRDefinitions.r4.resourceTypes.count == 146)
        #expect(constraints.count == 241)
        #expect(constraints.filter(\.isError).count == 207)
        #expect(FHIRDefinitions.r4.unsupportedConstraints.map(\.key) == [])
    }
}
