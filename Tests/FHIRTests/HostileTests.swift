import FHIR
import JSONDocument
import Testing

@Suite("Hostile resources cost bounded time and memory")
struct HostileTests {
    @Test("Nesting as deep as the parser allows is validated")
    func deep() throws {
        let depth = 120
        let text =
            #"{"resourceType":"Questionnaire","status":"draft""#
            + String(repeating: #","item":[{"linkId":"a","type":"group""#, count: depth)
            + String(repeating: "}]", count: depth) + "}"
        let issues = FHIRValidator().validate(json: Array(text.utf8), limits: JSONLimits(depth: 256))
        #expect(issues.contains { $0.constraint == "que-2" })
    }

    @Test("Constraints of quadratic cost are given up, and the issue says so")
    func costly() {
        // `sdf-8` asks of each element that it begins with the path of the first; `ig-1` looks each group up in a list.
        let groups = (0..<4_000).map { #"{"id":"g\#($0)","name":"a"}"# }.joined(separator: ",")
        let resources = (0..<4_000).map { _ in #"{"reference":{"display":"a"},"groupingId":"x"}"# }.joined(
            separator: ",")
        let text =
            #"{"resourceType":"ImplementationGuide","url":"http://a.b/c","name":"A","status":"draft","packageId":"a.b","#
            + #""fhirVersion":["4.0.1"],"definition":{"grouping":[\#(groups)],"resource":[\#(resources)]}}"#
        let clock = ContinuousClock()
        var codes: [FHIRIssue.Code] = []
        let time = clock.measure {
            codes = FHIRValidator(options: .init(reportsWarnings: false)).validate(json: Array(text.utf8)).map(\.code)
        }
        #expect(codes == [.tooCostly] || codes == [.invariant])
        #expect(time < .seconds(20))
    }

    @Test("A million faults give a short list")
    func manyFaults() {
        let text = Fixture.patient(#""name":[\#(Array(repeating: "1", count: 1_000_000).joined(separator: ","))]"#)
        #expect(FHIRValidator().validate(json: Array(text.utf8)).count == 101)
    }

    @Test("Any bytes give issues or none, never a trap")
    func anyBytes() throws {
        var generator = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: .min ... .max, using: &generator)
        print("seed \(seed)")
        var state = seed
        func next() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
        let sources = [
            Fixture.observation(#""valueQuantity":{"value":1},"component":[{"code":{"text":"a"},"valueString":"b"}]"#),
            Fixture.narrative(#"<div xmlns="http://www.w3.org/1999/xhtml"><p class="a">b</p></div>"#),
            ##"{"resourceType":"Bundle","type":"document","entry":[{"fullUrl":"http://a.b/Patient/1","resource":{"resourceType":"Patient","contained":[{"resourceType":"Patient","id":"a"}],"link":[{"other":{"reference":"#a"},"type":"refer"}]}}]}"##,
        ].map { Array($0.utf8) }
        for round in 0..<3_000 {
            var bytes = sources[round % sources.count]
            for _ in 0..<(1 + next() % 3) {
                let place = next() % bytes.count
                switch next() % 3 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: 32 + next() % 95)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[next() % bytes.count], at: place)
                }
            }
            for issue in FHIRValidator().validate(json: bytes) { #expect(!issue.detail.isEmpty) }
            _ = FHIRXML.read(bytes)
        }
    }
}
