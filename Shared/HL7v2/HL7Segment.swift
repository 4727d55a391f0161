/// A segment of a message: a name and numbered fields.
public struct HL7Segment: Sendable {
    let message: HL7Message
    /// The place among the message's segments, from 0.
    public let index: Int

    private var entry: HL7Message.Entry { message.entries[index] }

    /// The name, e.g. `OBX`.
    public var name: String { Self.text(of: entry.name) }

    /// How many fields were sent, empty ones between others included.
    public var fieldCount: Int { isHeader ? entry.fieldCount + 1 : entry.fieldCount }

    /// Where the segment stands in the message's bytes.
    public var offset: Int { entry.start }

    /// Its bytes in UTF-8, without the line end.
    public var raw: ArraySlice<UInt8> { message.bytes[entry.start..<entry.end] }

    /// Whether the name is `name`.
    public func isNamed(_ name: StaticString) -> Bool { entry.name == Self.packed(name) }

    /// Field `number`, from 1, as the standard numbers them (MSH-1 is the separator itself); empty when it was not sent.
    public subscript(number: Int) -> HL7Element {
        let entry = entry
        guard number > 0 else { return element(entry.end, entry.end) }
        var position = number - 1
        if isHeader {
            if number == 1 { return element(entry.start + 3, entry.start + 4) }
            position -= 1
        }
        guard position < entry.fieldCount else { return element(entry.end, entry.end) }
        let start = message.fieldStarts[entry.firstField + position]
        let end =
            position + 1 < entry.fieldCount ? message.fieldStarts[entry.firstField + position + 1] - 1 : entry.end
        return element(start, end)
    }

    /// `OBX[2]`, with the field and component if given: `OBX[2]-5.1`.
    public func path(_ field: Int? = nil, component: Int? = nil) -> String {
        message.path(of: index, field: field, component: component)
    }

    /// Whether field 1 is the separator itself, as in MSH.
    var isHeader: Bool { entry.name == Self.header || entry.name == Self.batchHeader || entry.name == Self.fileHeader }

    private func element(_ start: Int, _ end: Int) -> HL7Element {
        HL7Element(bytes: message.bytes, start: start, end: end, delimiters: message.delimiters)
    }

    static let header = packed("MSH")
    static let batchHeader = packed("BHS")
    static let fileHeader = packed("FHS")
    static let batchTrailer = packed("BTS")
    static let fileTrailer = packed("FTS")
    static let observation = packed("OBX")
    private static let note = packed("NTE")

    /// Whether a line that is no segment may go on with this segment's text.
    static func takesText(_ name: UInt32) -> Bool { name == observation || name == note }

    static func packed(_ name: StaticString) -> UInt32 {
        name.withUTF8Buffer { $0.count == 3 ? packed($0, 0) : 0 }
    }

    static func packed(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32 {
        guard start + 3 <= bytes.count else { return 0 }
        return UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
    }

    static func text(of name: UInt32) -> String {
        String(decoding: [UInt8(name >> 16 & 0xFF), UInt8(name >> 8 & 0xFF), UInt8(name & 0xFF)], as: UTF8.self)
    }
}
