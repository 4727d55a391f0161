import FHIR
import JSONDocument
import Testing

@Suite("FHIR XML is read into the tree of FHIR JSON")
struct FHIRXMLTests {
    private func read(_ text: String) -> FHIRXML.Reading { FHIRXML.read(Array(text.utf8)) }
    private func errors(_ text: String) -> [String] {
        FHIRValidator(options: .init(reportsWarnings: false)).validate(xml: Array(text.utf8)).map(Fixture.line)
    }

    private static let patient = #"""
        <?xml version="1.0"?>
        <Patient xmlns="http://hl7.org/fhir"><id value="a"/>
          <text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml" lang="de"><p>B &amp; ä<br/></p></div></text>
          <contained><Organization><id value="o"/><name value="O"/></Organization></contained>
          <extension url="http://a.b/c"><valueDecimal value="1.50"/></extension>
          <active value="true"/>
          <name id="n"><family value="F"><extension url="http://a.b/d"><valueString value="e"/></extension></family>
            <given value="G"/><given id="g"/><given value="H"/></name>
          <birthDate value="1970-03-30"/><multipleBirthInteger value="2"/>
          <managingOrganization><reference value="#o"/></managingOrganization>
        </Patient>
        """#

    private static let json = #"""
        {"resourceType":"Patient","id":"a","text":{"status":"generated",
        "div":"<div xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"de\"><p>B &amp; ä<br/></p></div>"},
        "contained":[{"resourceType":"Organization","id":"o","name":"O"}],
        "extension":[{"url":"http://a.b/c","valueDecimal":1.50}],"active":true,
        "name":[{"id":"n","family":"F","_family":{"extension":[{"url":"http://a.b/d","valueString":"e"}]},
        "given":["G",null,"H"],"_given":[null,{"id":"g"},null]}],"birthDate":"1970-03-30","multipleBirthInteger":2,
        "managingOrganization":{"reference":"#o"}}
        """#

    @Test("A resource is the same tree in both forms")
    func sameTree() throws {
        let reading = read(Self.patient)
        #expect(reading.issues.isEmpty)
        let json = try Fixture.json(Self.json)
        #expect(reading.resource == json)
        #expect(errors(Self.patient) == ["invariant Patient.name[0].given[1] ele-1"])
    }

    @Test(
        "What breaks the XML form is named with its place",
        arguments: [
            ("<active value='true'/><identifier><value value='a'/></identifier>", ["invalid Patient.identifier"]),
            ("<colour value='red'/>", ["structure Patient.colour"]),
            ("<active value='true' colour='red'/>", ["structure Patient.active.colour"]),
            ("<active>true</active>", ["structure Patient.active", "invalid Patient.active"]),
            ("<active/>", ["invalid Patient.active"]),
            ("<active value='yes'/>", ["invalid Patient.active"]),
            ("text<active value='true'/>", ["structure Patient"]),
            ("<active xmlns='http://a.b' value='true'/>", ["structure Patient.active"]),
            (
                "<name><text value='a'/></name><name><text value='b' x='c'/></name>",
                ["structure Patient.name[1].text.x"]
            ),
            ("<birthDate value='1970'/><birthDate value='1971'/>", ["structure Patient.birthDate"]),
            ("<contained/>", ["required Patient.contained[0]"]),
            (
                "<contained><Wish/></contained>",
                ["not-supported Patient.contained[0]", "required Patient.contained[0]"]
            ),
            ("<contained><Patient/><Patient/></contained>", ["structure Patient.contained[0]"]),
            (
                "<text><status value='generated'/><div>a</div></text>",
                ["structure Patient.text.div", "required Patient.text.div"]
            ),
            (
                "<text><status value='generated'/><div xmlns='http://www.w3.org/1999/xhtml'><script>a</script></div></text>",
                ["invariant Patient.text.div txt-1"]
            ),
            (
                "<text><status value='generated'/><div xmlns='http://www.w3.org/1999/xhtml'><s:svg xmlns:s='http://www.w3.org/2000/svg'/>a</div></text>",
                ["invariant Patient.text.div txt-1"]
            ),
            (
                "<extension><url value='http://a.b/c'/><valueString value='d'/></extension>",
                ["structure Patient.extension[0].url", "required Patient.extension[0].url"]
            ),
        ])
    func faults(content: String, expected: [String]) {
        #expect(errors("<Patient xmlns='http://hl7.org/fhir'>\(content)</Patient>") == expected)
    }

    @Test(
        "What is no FHIR XML at all is refused",
        arguments: [
            ("", "invalid "), ("<Patient xmlns='http://hl7.org/fhir'>", "invalid "), ("<Patient/>", "not-supported "),
            ("<Wish xmlns='http://hl7.org/fhir'/>", "not-supported "),
            ("<!DOCTYPE p [<!ENTITY a 'b'>]><Patient xmlns='http://hl7.org/fhir'>&a;</Patient>", "invalid "),
            (
                "<?xml version='1.0'?><!-- <Patient> --><!DOCTYPE Patient><Patient xmlns='http://hl7.org/fhir'/>",
                "invalid "
            ),
            ("<!DOCTYPE p SYSTEM 'file:///etc/passwd'><Patient xmlns='http://hl7.org/fhir'/>", "invalid "),
            ("<Patient xmlns='http://hl7.org/fhir'><active value='&nbsp;'/></Patient>", "invalid "),
        ])
    func unreadable(text: String, expected: String) {
        #expect(read(text).resource == nil)
        #expect(errors(text) == [expected])
    }

    @Test("An element that is repeated costs no more each time")
    func manyRepetitions() {
        let count = 100_000
        let text =
            "<Patient xmlns='http://hl7.org/fhir'>" + String(repeating: "<name><text value='a'/></name>", count: count)
            + "</Patient>"
        var names: [JSONValue]?
        let time = ContinuousClock().measure { names = read(text).resource?["name"]?.array }
        #expect(names?.count == count)
        #expect(time < .seconds(20))
    }

    @Test("Deep nesting is refused in bounded memory")
    func deep() {
        let text = "<Questionnaire xmlns='http://hl7.org/fhir'>" + String(repeating: "<item>", count: 100_000)
        #expect(read(text).issues.map(\.code) == [.tooLong])
    }
}
