import IngestionCore
import Testing

@Suite("Bulk data gives one outcome a line")
struct FHIRLinesTests {
    @Test("A bad line spoils no other, blank lines are none, references among lines are resolved")
    func lines() {
        let text = """
            {"resourceType":"Medication","id":"m1","code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"860975"}]}}

            {"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"reference":"Patient/1"},"authoredOn":"2024-05-01","medicationReference":{"reference":"Medication/m1"}}
            {"resourceType":"Patient","id":"1"
            {"resourceType":"Patient","id":"1","gendre":"male"}
            []
            {"resourceType":"Bundle","type":"collection"}
            {"resourceType":"Patient","id":"1"}
            """
        let outcomes = Fixture.decoder().fhir(lines: Array(text.utf8))
        #expect(
            outcomes.map { $0.reason?.code ?? "taken" } == [
                "unsupported-resource", "taken", "json-unexpected-end", "fhir-structure", "not-a-resource",
                "bundle-in-lines", "taken",
            ])
        #expect(outcomes.map(\.place).last == "line[8]")
        #expect(outcomes[3].reason?.place == "line[5].gendre")
        #expect(outcomes.map(\.index) == Array(0..<7))
    }
}
