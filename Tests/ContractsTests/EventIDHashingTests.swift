import Contracts
import Domain
import Testing

@Suite("An event's id is a function of its content")
struct EventIDHashingTests {
    // Computed with Python 3: the first 16 bytes of sha256 over struct.pack(">I", len(part)) + part for each part, then the
    // version and variant bits.
    @Test("The hash equals an independent computation")
    func knownAnswers() {
        #expect(EventID.hashing("test").description == "43a3a599-d65c-86ee-8bce-49c951b6cdeb")
        #expect(EventID.hashing("test", "a", "bc").description == "b6f10312-d44b-82ef-89d5-3ea16d9cb531")
        #expect(EventID.hashing("test", "ab", "c").description == "11d8eeb3-1260-8aee-b4aa-7e9ad6d56960")
        let ingested = EventID.ingested(
            source: "feed.wearable.v1", sender: "watch-7", code: "8867-4", effectiveAt: Samples.time, value: "72")
        #expect(ingested.description == "f5adbed5-f026-8d2e-ae53-8189ae992ed6")
        let derived = EventID.derived(service: "alert-engine", logicVersion: "1.0", input: ingested, ordinal: 0)
        #expect(derived.description == "6ff5f061-8221-8f59-bb60-69a53de1cf8f")
    }

    @Test("Every id is a UUID of version 8, and no two contents share one")
    func uniqueness() {
        var seen = Set<EventID>()
        for ordinal in 0..<20_000 {
            let id = EventID.derived(service: "s", logicVersion: "1", input: Samples.id, ordinal: ordinal)
            #expect(id.high >> 12 & 0xF == 8 && id.low >> 62 == 2)
            seen.insert(id)
        }
        #expect(seen.count == 20_000)
        let base = EventID.ingested(source: "a", sender: "b", code: "c", effectiveAt: Samples.time, value: "d")
        let others = [
            EventID.ingested(source: "x", sender: "b", code: "c", effectiveAt: Samples.time, value: "d"),
            EventID.ingested(source: "a", sender: "x", code: "c", effectiveAt: Samples.time, value: "d"),
            EventID.ingested(source: "a", sender: "b", code: "x", effectiveAt: Samples.time, value: "d"),
            EventID.ingested(source: "a", sender: "b", code: "c", effectiveAt: Samples.later, value: "d"),
            EventID.ingested(source: "a", sender: "b", code: "c", effectiveAt: Samples.time, value: "x"),
            EventID.ingested(source: "ab", sender: "", code: "c", effectiveAt: Samples.time, value: "d"),
        ]
        #expect(Set(others + [base]).count == 7)
    }
}
