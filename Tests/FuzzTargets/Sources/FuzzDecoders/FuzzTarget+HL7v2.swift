import Domain
import HL7v2
import IngestionCore

extension FuzzTarget {
    /// What is read prints to a message that says the same and prints to the same bytes; every part has an outcome; every header an answer.
    func check(hl7v2 bytes: [UInt8]) {
        check(Self.feed.hl7v2(bytes))
        if let message = try? HL7Message.parse(bytes), let printed = try? message.printed() {
            guard let again = try? HL7Message.parse(printed), again == message else {
                fatalError("a message does not read back")
            }
            guard (try? again.printed()) == printed else { fatalError("a message does not print again") }
        }
        let answers = HL7Acknowledgement.messages(
            to: HL7Header(lenient: bytes), result: .rejected, at: Timestamp(microseconds: 0), receiver: "fuzz")
        for answer in answers where !bytes.contains(where: { $0 == 0 || $0 >= 0x80 || $0 == 0x1B }) {
            guard (try? HL7Message.parse(answer)) != nil else { fatalError("an acknowledgement cannot be read") }
        }
    }

    /// The stream cut at every place of a pattern made of the bytes gives the events of the whole.
    func check(mllp bytes: [UInt8]) {
        var whole = MLLPDecoder(limit: 64)
        let expected = whole.take(bytes)
        var cut = MLLPDecoder(limit: 64)
        var events: [MLLPDecoder.Event] = []
        var rest = bytes[...]
        while let first = rest.first {
            let count = min(rest.count, Int(first % 7) + 1)
            events += cut.take(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        guard events == expected, cut.garbageCount == whole.garbageCount, cut.heldCount <= 1_024 else {
            fatalError("the split of a stream changes its messages")
        }
    }
}
