import HL7v2
import Testing

@Suite("MLLP frames are found in a stream, in bounded memory")
struct MLLPDecoderTests {
    private func events(_ text: String, limit: Int = 100) -> ([MLLPDecoder.Event], garbage: Int) {
        var decoder = MLLPDecoder(limit: limit)
        let bytes = text.utf8.map { byte -> UInt8 in
            byte == 0x3C ? 0x0B : byte == 0x3E ? 0x1C : byte == 0x2F ? 0x0D : byte
        }
        return (decoder.take(bytes), decoder.garbageCount)
    }

    private func message(_ text: String) -> MLLPDecoder.Event { .message(Array(text.utf8)) }

    // In these streams < is VT, > is FS and / is CR.
    @Test("Frames come one after another, with or without the CR after FS")
    func frames() {
        #expect(events("<ab>/<cd>/").0 == [message("ab"), message("cd")])
        #expect(events("<ab><cd>").0 == [message("ab"), message("cd")])
        #expect(events("<>/").0 == [message("")])
        #expect(events("<ab").0 == [])
    }

    @Test("Bytes between frames are skipped and counted, line ends are not")
    func garbage() {
        let (found, garbage) = events("xyz<ab>/  <cd>//\nq")
        #expect(found == [message("ab"), message("cd")])
        #expect(garbage == 6)
    }

    @Test("A new start byte ends an unfinished frame")
    func cutOff() { #expect(events("<abc<de>/").0 == [.cutOff(length: 3), message("de")]) }

    @Test("A frame over the limit is refused, and the next one is read")
    func oversize() {
        #expect(events("<abcdef>/<gh>/", limit: 5).0 == [.oversize(head: Array("abcde".utf8)), message("gh")])
        #expect(events("<abcde>/", limit: 5).0 == [message("abcde")])
        #expect(events("<abcdefgh<ij>/", limit: 5).0 == [.oversize(head: Array("abcde".utf8)), message("ij")])
    }

    @Test("An endless frame is held in no more than its head")
    func endless() {
        var decoder = MLLPDecoder(limit: 10_000)
        #expect(decoder.take([0x0B]) == [])
        for _ in 0..<200 { #expect(decoder.take(repeatElement(0x41, count: 1_000)) == []) }
        #expect(decoder.heldCount == MLLPDecoder.headLength)
        #expect(decoder.isInside)
    }
}
