import FHIR
import Testing

@Suite("References, extensions, contained resources and Bundles keep the rules of their pages")
struct ReferenceTests {
    @Test(
        "References",
        arguments: [
            (#"{"reference":"Patient/1"}"#, []),
            (#"{"reference":"Patient/1/_history/2"}"#, []),
            (#"{"reference":"http://a.b/fhir/Patient/1"}"#, []),
            (#"{"reference":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}"#, []),
            (#"{"display":"a"}"#, []),
            (#"{"reference":"Practitioner/1"}"#, ["structure Observation.subject.reference"]),
            (#"{"reference":"Patient/1","type":"Group"}"#, ["structure Observation.subject.type"]),
            (#"{"reference":"Martian/1"}"#, ["invalid Observation.subject.reference"]),
            (##"{"reference":"#a"}"##, ["invariant Observation.subject.reference ref-1"]),
            (#"{"reference":1}"#, ["invalid Observation.subject.reference"]),
        ])
    func references(reference: String, expected: [String]) {
        #expect(Fixture.errors(Fixture.observation(#""subject":\#(reference)"#)) == expected)
    }

    @Test(
        "Contained resources",
        arguments: [
            (##""contained":[{"resourceType":"Patient","id":"p"}],"subject":{"reference":"#p"}"##, []),
            (
                ##""contained":[{"resourceType":"Provenance","id":"p","target":[{"reference":"#"}],"recorded":"2024-01-01T00:00:00Z","agent":[{"who":{"display":"a"}}]}]"##,
                []
            ),
            (##""contained":[{"resourceType":"Patient","id":"p"}]"##, ["invariant Observation.contained[0] dom-3"]),
            (
                ##""contained":[{"resourceType":"Practitioner","id":"p"}],"subject":{"reference":"#p"}"##,
                ["structure Observation.subject.reference"]
            ),
            (
                ##""contained":[{"resourceType":"Patient","id":"p","meta":{"versionId":"1"}}],"subject":{"reference":"#p"}"##,
                ["invariant Observation.contained[0] dom-4"]
            ),
            (
                ##""contained":[{"resourceType":"Patient","id":"p","meta":{"security":[{"code":"R"}]}}],"subject":{"reference":"#p"}"##,
                ["invariant Observation.contained[0] dom-5"]
            ),
            (
                ##""contained":[{"resourceType":"Patient","id":"p","contained":[{"resourceType":"Patient","id":"q"}]}],"subject":{"reference":"#p"},"performer":[{"reference":"#q"}]"##,
                ["invariant Observation.contained[0] dom-2", "invariant Observation.performer[0].reference ref-1"]
            ),
            (
                ##""contained":[{"resourceType":"Patient","id":"p","x":1}],"subject":{"reference":"#p"}"##,
                ["structure Observation.contained[0].x"]
            ),
            (##""contained":["a"]"##, ["structure Observation.contained[0]"]),
        ])
    func contained(members: String, expected: [String]) {
        #expect(Fixture.errors(Fixture.observation(members)) == expected)
    }

    @Test(
        "Extensions",
        arguments: [
            (#"{"url":"http://a.b/c","valueString":"d"}"#, []),
            (#"{"url":"http://a.b/c","_valueString":{"extension":[{"url":"http://a.b/c","valueCode":"d"}]}}"#, []),
            (#"{"url":"http://a.b/c","extension":[{"url":"d","valueString":"e"}]}"#, []),
            (#"{"valueString":"d"}"#, ["required Patient.extension[0].url"]),
            (#"{"url":"c","valueString":"d"}"#, ["invalid Patient.extension[0].url"]),
            (#"{"url":"http://a.b/c"}"#, ["invariant Patient.extension[0] ext-1"]),
            (
                #"{"url":"http://a.b/c","valueString":"d","extension":[{"url":"e","valueString":"f"}]}"#,
                ["invariant Patient.extension[0] ext-1"]
            ),
            (#"{"url":"http://a.b/c|1","valueString":"d"}"#, ["invalid Patient.extension[0].url"]),
            (#"{"url":"http://a.b/c","_url":{"id":"d"},"valueString":"d"}"#, ["structure Patient.extension[0]._url"]),
            (
                #"{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthTime","valueString":"d"}"#,
                ["structure Patient.extension[0].valueString"]
            ),
            (
                #"{"url":"http://hl7.org/fhir/StructureDefinition/patient-animal","extension":[{"url":"breed","valueCodeableConcept":{"text":"a"}}]}"#,
                ["required Patient.extension[0].extension"]
            ),
            (
                #"{"url":"http://hl7.org/fhir/StructureDefinition/patient-animal","extension":[{"url":"species","valueCodeableConcept":{"text":"a"}},{"url":"wings","valueInteger":2}]}"#,
                ["extension Patient.extension[0].extension[1].url"]
            ),
            (
                #"{"url":"http://hl7.org/fhir/StructureDefinition/request-doNotPerform","valueBoolean":true}"#,
                ["extension Patient.extension[0]"]
            ),
        ])
    func extensions(text: String, expected: [String]) {
        #expect(Fixture.errors(Fixture.patient(#""extension":[\#(text)]"#)) == expected)
    }

    @Test("A stricter receiver takes known extensions alone, and no example URLs")
    func strictness() {
        let strict = FHIRValidator.Options(
            extensions: .known(domains: ["http://known.test/"]), allowsExampleURLs: false, reportsWarnings: false)
        let text = Fixture.patient(
            #""extension":[{"url":"http://known.test/c","valueString":"d"},{"url":"http://a.b/c","valueUrl":"http://x.example.org/"},"#
                + #"{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthPlace","valueAddress":{"city":"a"}}]"#)
        #expect(Fixture.errors(text) == [])
        #expect(
            Fixture.errors(text, strict) == ["invalid Patient.extension[1].valueUrl", "extension Patient.extension[1]"])
    }

    private static let uuid = "urn:uuid:c757873d-ec9a-4326-a141-556f43239520"

    @Test(
        "Bundles",
        arguments: [
            (
                #""type":"collection","entry":[{"fullUrl":"\#(uuid)","resource":{"resourceType":"Patient","x":1}}]"#,
                ["structure Bundle.entry[0].resource.x"]
            ),
            (
                #""type":"collection","entry":[{"fullUrl":"Patient/1","resource":{"resourceType":"Patient","id":"1"}}]"#,
                ["invalid Bundle.entry[0].fullUrl"]
            ),
            (
                #""type":"collection","entry":[{"resource":{"resourceType":"Patient"}}]"#,
                ["required Bundle.entry[0].fullUrl"]
            ),
            (
                #""type":"transaction","entry":[{"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}}]"#,
                []
            ),
            (
                #""type":"collection","entry":[{"fullUrl":"http://a.b/Patient/1","resource":{"resourceType":"Patient","id":"2"}}]"#,
                ["invalid Bundle.entry[0].fullUrl"]
            ),
            (
                #""type":"collection","entry":[{"fullUrl":"http://a.b/Patient/1","resource":{"resourceType":"Patient"}}]"#,
                ["invalid Bundle.entry[0].fullUrl"]
            ),
            (
                #""type":"collection","entry":[{"fullUrl":"\#(uuid)","resource":{"resourceType":"Patient"}},{"fullUrl":"\#(uuid)","resource":{"resourceType":"Patient"}}]"#,
                ["invariant Bundle bdl-7"]
            ),
            (
                #""type":"searchset","entry":[{"fullUrl":"\#(uuid)","resource":{"resourceType":"Patient"}}]"#,
                ["required Bundle.entry[0].resource"]
            ),
            (
                #""type":"searchset","link":[{"relation":"self","url":"a"},{"relation":"self","url":"b"}]"#,
                ["invalid Bundle.link[1]"]
            ),
            (
                #""type":"collection","entry":[{"fullUrl":"http://a.b/Practitioner/1","resource":{"resourceType":"Organization","id":"1","name":"a"}},{"fullUrl":"http://a.b/Patient/1","resource":{"resourceType":"Patient","id":"1","generalPractitioner":[{"reference":"Practitioner/1"}]}}]"#,
                ["structure Bundle.entry[1].resource.generalPractitioner[0].reference"]
            ),
            (
                #""type":"transaction","entry":[{"resource":{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"Patient?identifier=a|b"}},"request":{"method":"POST","url":"Observation"}}]"#,
                []
            ),
            (
                #""type":"collection","entry":[{"fullUrl":"\#(uuid)","resource":{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"1"}}}]"#,
                ["invalid Bundle.entry[0].resource.subject.reference"]
            ),
            (
                #""type":"collection","entry":[{"fullUrl":"\#(uuid)","resource":{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"\#(uuid)"}}}]"#,
                ["structure Bundle.entry[0].resource.subject.reference"]
            ),
        ])
    func bundles(members: String, expected: [String]) {
        #expect(Fixture.errors(#"{"resourceType":"Bundle",\#(members)}"#) == expected)
    }

    @Test("A document holds what its Composition refers to, once")
    func documents() {
        func document(_ reference: String, _ more: String = "") -> String {
            #"{"resourceType":"Bundle","type":"document","identifier":{"system":"a","value":"b"},"timestamp":"2024-01-01T00:00:00Z","entry":["#
                + #"{"fullUrl":"http://a.b/Composition/1","resource":{"resourceType":"Composition","id":"1","status":"final","type":{"text":"c"},"#
                + #""date":"2024","author":[{"display":"d"}],"title":"e","section":[{"entry":[{"reference":"\#(reference)"}]}]}},"#
                + #"{"fullUrl":"http://a.b/Patient/1","resource":{"resourceType":"Patient","id":"1","meta":{"versionId":"1"}}}\#(more)]}"#
        }
        let again =
            #",{"fullUrl":"http://a.b/Patient/1","resource":{"resourceType":"Patient","id":"1","meta":{"versionId":"2"}}}"#
        let place = "invalid Bundle.entry[0].resource.section[0].entry[0].reference"
        #expect(Fixture.errors(document("Patient/1")) == [])
        #expect(Fixture.errors(document("http://a.b/Patient/1")) == [])
        #expect(Fixture.errors(document("Patient/2")) == [place])
        #expect(Fixture.errors(document("Patient/1", again)) == [place])
        #expect(Fixture.errors(document("Patient/1/_history/2", again)) == [])
        #expect(Fixture.errors(document("Patient/1/_history/3", again)) == [place])
    }

    @Test("A search finds what it looked for")
    func searchResults() {
        func bundle(_ type: String) -> String {
            #"{"resourceType":"Bundle","type":"searchset","link":[{"relation":"self","url":"http://a.b/\#(type)?name=c"}],"#
                + #""entry":[{"fullUrl":"http://a.b/Patient/1","resource":{"resourceType":"Patient","id":"1"},"search":{"mode":"match"}}]}"#
        }
        #expect(Fixture.errors(bundle("Patient")) == [])
        #expect(Fixture.errors(bundle("Group")) == ["invalid Bundle.entry[0].resource"])
    }

    @Test(
        "Vital signs keep their profile when that is asked for",
        arguments: [
            ("", []),
            (
                #""valueQuantity":{"value":72,"unit":"/min"}"#,
                [
                    "required Observation.valueQuantity.system", "required Observation.valueQuantity.code",
                ]
            ),
            (
                #""valueQuantity":{"value":72,"unit":"bpm","system":"http://unitsofmeasure.org","code":"{beats}/min"}"#,
                ["value Observation.valueQuantity.code"]
            ),
            (#""dataAbsentReason":{"text":"a"}"#, []),
            (#""note":[{"text":"a"}]"#, ["invariant Observation vs-2"]),
        ])
    func vitalSigns(members: String, expected: [String]) {
        let value = #""valueQuantity":{"value":72,"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}"#
        let start =
            #"{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]}"#
        let frame =
            #","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"#
            + #""subject":{"display":"a"},"effectiveDateTime":"2024-01-01","#
        #expect(Fixture.errors(start + frame + (members.isEmpty ? value : members) + "}", .strict) == expected)
        #expect(
            Fixture.errors(start + "," + value + "}", .strict) == [
                "required Observation.category", "required Observation.subject", "required Observation.effective[x]",
            ])
        #expect(Fixture.errors(start + "," + value + "}") == [])
    }

    @Test("A coding names a code system")
    func codeSystems() {
        let text = Fixture.observation(#""method":{"coding":[{"system":"http://hl7.org/fhir/ValueSet/a","code":"b"}]}"#)
        #expect(Fixture.errors(text) == ["invalid Observation.method.coding[0].system"])
    }

    @Test("Content that a signature carries is that of the Bundle")
    func signedContent() {
        func bundle(_ data: String) -> String {
            #"{"resourceType":"Bundle","type":"collection","signature":{"type":[{"code":"a"}],"when":"2024-01-01T00:00:00Z","who":{"display":"b"},"sigFormat":"application/jose","data":"\#(data)"}}"#
        }
        // "e30.<payload>.AA" with the payloads {"type":"collection","resourceType":"Bundle"} and {"type":"batch"}, in base64 twice.
        #expect(
            Fixture.errors(
                bundle("ZTMwLmV5SjBlWEJsSWpvaVkyOXNiR1ZqZEdsdmJpSXNJbkpsYzI5MWNtTmxWSGx3WlNJNklrSjFibVJzWlNKOS5BQQ=="))
                == [])
        #expect(Fixture.errors(bundle("ZTMwLmV5SjBlWEJsSWpvaVltRjBZMmdpZlEuQUE=")) == ["value Bundle.signature.data"])
    }
}
