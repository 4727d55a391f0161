import JSONDocument
import Testing
import VitalctlCore

@Suite("A document becomes records of the right topic, key and size")
struct FeedDocumentTests {
    private func records(_ text: String, limit: Int = FeedDocument.standardLimit) throws -> [FeedRecord] {
        try FeedDocument.records(of: JSONValue(parsing: text), source: "a.json", limit: limit)
    }

    @Test(
        "Resources of one patient share a key, however they name the patient",
        arguments: [
            #"{"resourceType":"Patient","id":"p7"}"#,
            #"{"resourceType":"Observation","id":"o","subject":{"reference":"Patient/p7"}}"#,
            #"{"resourceType":"Observation","id":"o","subject":{"reference":"urn:uuid:p7"}}"#,
            #"{"resourceType":"AllergyIntolerance","patient":{"reference":"https://ehr.example/fhir/Patient/p7"}}"#,
            #"{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Patient","id":"p7"}}]}"#,
            #"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Observation","subject":{"reference":"Patient/p7"}}}]}"#,
        ])
    func fhirKeys(text: String) throws {
        let records = try records(text)
        #expect(records.map(\.topic) == [.ehr])
        #expect(records.map(\.key) == [FeedKey.key(for: "p7")])
        #expect(records.map(\.itemCount) == [1])
    }

    @Test("A data point goes to the wearable topic; an array is cut where the user changes")
    func points() throws {
        func point(_ user: String) -> String { #"{"header":{"id":"1","user_id":"\#(user)"},"body":{"x":1.50}}"# }
        let single = try records(point("u1"))
        #expect(single.map(\.topic) == [.wearable])
        #expect(String(decoding: single[0].value, as: UTF8.self) == point("u1"))
        let many = try records("[\(point("u1")),\(point("u1")),\(point("u2"))]")
        #expect(many.map(\.itemCount) == [2, 1])
        #expect(many.map(\.key) == [FeedKey.key(for: "u1"), FeedKey.key(for: "u2")])
    }

    @Test("What names no patient is keyed by its source")
    func unknownPerson() throws {
        #expect(try records(#"{"resourceType":"Organization","id":"x"}"#).map(\.key) == [FeedKey.key(for: "a.json")])
    }

    @Test("A large Bundle is cut; every entry is in exactly one part, and the patient in each")
    func largeBundle() throws {
        let observations = (0..<100).map {
            #"{"fullUrl":"urn:uuid:o\#($0)","resource":{"resourceType":"Observation","id":"o\#($0)","valueQuantity":{"value":1.50}}}"#
        }
        let patient = #"{"fullUrl":"urn:uuid:p7","resource":{"resourceType":"Patient","id":"p7"}}"#
        let entries = (observations[..<50] + [patient] + observations[50...]).joined(separator: ",")
        let parts = try records(#"{"resourceType":"Bundle","type":"transaction","entry":[\#(entries)]}"#, limit: 2_000)
        #expect(parts.count > 5)
        #expect(parts.map(\.itemCount).reduce(0, +) == 101)
        var seen: [String] = []
        for part in parts {
            #expect(part.value.count <= 2_000)
            #expect(part.key == FeedKey.key(for: "p7"))
            let bundle = try JSONValue(parsing: part.value)
            // What is cut can no longer be taken as one.
            #expect(bundle["type"]?.string == "batch")
            let ids = try #require(bundle["entry"]?.array).compactMap { $0["resource"]?["id"]?.string }
            #expect(ids.first == "p7")
            seen += ids.dropFirst()
            #expect(bundle["entry"]?[1]?["resource"]?["valueQuantity"]?["value"]?.number?.text == "1.50")
        }
        #expect(seen == (0..<100).map { "o\($0)" })
    }

    @Test(
        "What is no health data is refused with the source's name",
        arguments: ["{}", "7", #"{"header":{}}"#, "[[]]", "null"])
    func refusal(text: String) throws {
        if text == "[[]]" {
            #expect(try records(text).isEmpty)
            return
        }
        let error = #expect(throws: VitalctlError.self) { try records(text) }
        #expect(error?.code == .notHealthData)
        #expect(error?.description.contains("a.json") == true)
    }

    @Test("An item larger than a record is refused")
    func oversize() throws {
        let text = #"{"resourceType":"Binary","data":"\#(String(repeating: "A", count: 600))"}"#
        #expect(throws: VitalctlError.self) { try records(text, limit: 500) }
        let bundle = #"{"resourceType":"Bundle","entry":[{"resource":\#(text)}]}"#
        #expect(throws: VitalctlError.self) { try records(bundle, limit: 500) }
    }
}
