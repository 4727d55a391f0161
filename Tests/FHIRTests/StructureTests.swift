import FHIR
import JSONDocument
import Testing

@Suite("A resource has the structure that R4 gives it, or each fault is named with its place")
struct StructureTests {
    @Test(
        "The content model is closed and typed",
        arguments: [
            (Fixture.observation(""), []),
            (Fixture.observation(#""colour":"red""#), ["structure Observation.colour"]),
            (Fixture.observation(#""no such name!":1"#), ["structure Observation.?"]),
            (
                Fixture.observation(#""component":[{"code":{"text":"a"},"x":1}]"#),
                ["structure Observation.component[0].x"]
            ),
            (Fixture.observation(#""category":{"text":"a"}"#), ["structure Observation.category"]),
            (Fixture.observation(#""subject":[{"display":"a"}]"#), ["structure Observation.subject"]),
            (Fixture.observation(#""subject":"a""#), ["structure Observation.subject"]),
            (Fixture.observation(#""issued":null"#), ["invalid Observation.issued"]),
            (Fixture.observation(#""category":[]"#), ["invalid Observation.category"]),
            (Fixture.observation(#""subject":{}"#), ["invalid Observation.subject ele-1"]),
            (Fixture.observation(#""subject":{"id":"a"}"#), ["invariant Observation.subject ele-1"]),
            (Fixture.observation(#""note":[{"text":""}]"#), ["invalid Observation.note[0].text"]),
            (#"{"resourceType":"Observation","status":"final"}"#, ["required Observation.code"]),
            (#"{"resourceType":"Observation"}"#, ["required Observation.status", "required Observation.code"]),
            (#"{"resourceType":"Linkage","item":[]}"#, ["invalid Linkage.item", "invariant Linkage lnk-1"]),
            (#"{"resourceType":"Wish"}"#, ["not-supported resourceType"]),
            (#"{"resourceType":"DomainResource"}"#, ["not-supported resourceType"]),
            (#"{"resourceType":7}"#, ["not-supported resourceType"]),
            (#"{"status":"final"}"#, ["required resourceType"]),
            ("[]", ["structure "]),
            (#"{"resourceType":"Patient"}"#, []),
        ])
    func closedModel(text: String, expected: [String]) { #expect(Fixture.errors(text) == expected) }

    @Test(
        "Of a choice one type may be given, and only one that the element allows",
        arguments: [
            (#""valueString":"a""#, []),
            (#""valueString":"a","_valueString":{"id":"b"}"#, []),
            (#""valueString":"a","valueInteger":1"#, ["structure Observation.valueInteger"]),
            (
                #""valueString":"a","_valueInteger":{"extension":[{"url":"http://a.b/c","valueCode":"d"}]}"#,
                ["structure Observation._valueInteger"]
            ),
            (#""valueAddress":{"city":"b"}"#, ["structure Observation.valueAddress"]),
            (#""value":"a""#, ["structure Observation.value"]),
            (#""valueQuantity":5"#, ["structure Observation.valueQuantity"]),
            (
                #""component":[{"code":{"text":"a"}},{"code":{"text":"b"},"valueQuantity":{"value":"5"}}]"#,
                ["invalid Observation.component[1].valueQuantity.value"]
            ),
        ])
    func choices(members: String, expected: [String]) {
        #expect(Fixture.errors(Fixture.observation(members)) == expected)
    }

    @Test(
        "A primitive's extensions stand in a sibling of the same shape",
        arguments: [
            (
                #""name":[{"given":["A",null],"_given":[null,{"extension":[{"url":"http://a.b/c","valueCode":"d"}]}]}]"#,
                []
            ),
            (#""name":[{"given":["A",null]}]"#, ["invalid Patient.name[0].given[1]"]),
            (#""name":[{"given":["A",null],"_given":[{"id":"x"},null]}]"#, ["invalid Patient.name[0].given[1]"]),
            (#""name":[{"given":["A"],"_given":[{"id":"x"},null]}]"#, ["structure Patient.name[0].given"]),
            (
                #""name":[{"_given":[null,{"id":"x"}]}]"#,
                ["invalid Patient.name[0].given[0]", "invariant Patient.name[0].given[1] ele-1"]
            ),
            (#""_birthDate":{"extension":[{"url":"http://a.b/c","valueCode":"d"}]}"#, []),
            (#""_birthDate":{"value":"x"}"#, ["structure Patient.birthDate.value"]),
            (#""_birthDate":[{"id":"x"}]"#, ["structure Patient.birthDate"]),
            (#""_birthDate":"x""#, ["structure Patient.birthDate"]),
            (#""_maritalStatus":{"id":"x"}"#, ["structure Patient._maritalStatus"]),
            (#""name":[{"_id":{"id":"x"},"text":"a"}]"#, ["structure Patient.name[0]._id"]),
            (#""active":true,"_active":{}"#, ["invalid Patient.active ele-1"]),
        ])
    func siblings(members: String, expected: [String]) {
        #expect(Fixture.errors(Fixture.patient(members)) == expected)
    }

    @Test("A code outside of the value set that binds it is an error, but none of structure")
    func requiredBinding() throws {
        let issues = FHIRValidator().validate(try Fixture.json(Fixture.patient(#""gender":"m""#)))
            .filter { $0.severity == .error }
        #expect(issues.map(Fixture.line) == ["code-invalid Patient.gender"])
        #expect(issues.filter(\.isStructural).isEmpty)
        #expect(Fixture.errors(Fixture.patient(#""gender":"male""#)) == [])
    }

    @Test(
        "What keeps a text from being JSON is an issue with its place",
        arguments: [
            (#"{"resourceType":"Patient","name":[{"text":"a","text":"b"}]}"#, "duplicate name[0].text"),
            (#"{"resourceType":"Patient",}"#, "invalid "),
            (#"{"resourceType":"Patient","active":tru"#, "invalid active"),
            (String(repeating: "[", count: 10_000), "too-long"),
        ])
    func unreadable(text: String, expected: String) {
        let errors = Fixture.errors(text)
        #expect(errors.count == 1)
        #expect(errors.first?.hasPrefix(expected) == true, "\(errors)")
    }

    @Test("A byte-order mark before the text is passed over")
    func byteOrderMark() {
        let text = Array("\u{FEFF}{\"resourceType\":\"Patient\",\"active\":true}".utf8)
        #expect(FHIRValidator().validate(json: text).filter(\.isStructural).isEmpty)
    }

    @Test("No issue carries a value of the resource")
    func privacy() {
        let secret = "Zaphod"
        let text = Fixture.patient(
            #""birthDate":"\#(secret)","name":[{"given":"\#(secret)","\#(secret) B":1}],"gender":"\#(secret)","id":"\#(secret)_","#
                + ##""managingOrganization":{"reference":"#\##(secret)"},"text":{"status":"generated","div":"\##(secret)"}"##
        )
        let issues = FHIRValidator().validate(json: Array(text.utf8))
        #expect(issues.count >= 6)
        #expect(!issues.contains { $0.description.contains(secret) })
    }

    @Test("Warnings are left out on demand, and a long list of issues is cut")
    func options() throws {
        let patient = try Fixture.json(Fixture.patient(#""active":true"#))
        #expect(FHIRValidator().validate(patient).map(Fixture.line) == ["invariant Patient dom-6"])
        #expect(FHIRValidator(options: .init(reportsWarnings: false)).validate(patient).isEmpty)
        let items = Array(repeating: "7", count: 500).joined(separator: ",")
        let wrong = FHIRValidator(options: .init(issueLimit: 10))
            .validate(try Fixture.json(Fixture.patient(#""name":[\#(items)]"#)))
        #expect(wrong.count == 11)
        #expect(wrong.last?.code == .tooCostly)
    }
}
