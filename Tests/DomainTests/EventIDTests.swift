import Domain
import Testing

@Suite("An event id is a UUID text and 128 bits")
struct EventIDTests {
    @Test("The text has the canonical form")
    func text() {
        let id = EventID(high: 0x0123_4567_89AB_8DEF, low: 0x8FED_CBA9_8765_4321)
        #expect(id.description == "01234567-89ab-8def-8fed-cba987654321")
        #expect(EventID("01234567-89AB-8DEF-8FED-CBA987654321") == id)
        #expect(EventID(utf8: Array("01234567-89ab-8def-8fed-cba987654321".utf8)) == id)
    }

    @Test(
        "Every other text is refused",
        arguments: [
            "", "-", "01234567-89ab-8def-8fed-cba98765432", "01234567-89ab-8def-8fed-cba9876543210",
            "0123456789ab8def8fedcba987654321", "01234567-89ab-8def-8fed-cba98765432g",
            "01234567_89ab-8def-8fed-cba987654321",
            "{01234567-89ab-8def-8fed-cba987654321}", "01234567-89ab-8def-8fed-cba987654321 ",
            "0123456-789ab-8def-8fed-cba987654321", "01234567-89ab-8def-8fed-cba98765432é",
        ])
    func refusing(text: String) {
        #expect(EventID(text) == nil)
    }

    @Test("Text and bits round-trip and sort alike")
    func roundTrip() {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var ids: [EventID] = []
        for _ in 0..<2_000 {
            let id = EventID(high: generator.next(), low: generator.next())
            #expect(EventID(id.description) == id, "seed \(seed)")
            ids.append(id)
        }
        #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted(), "seed \(seed)")
    }
}
