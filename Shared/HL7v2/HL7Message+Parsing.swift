extension HL7Message {
    /// The longest message that is read: 64 MiB.
    public static let maximumLength = 64 << 20

    /// Reads one message, which begins with MSH (after a byte order mark or line ends).
    public static func parse(_ bytes: [UInt8]) throws(HL7Error) -> HL7Message { try parse(bytes[...]) }

    /// Reads one message, which begins with MSH (after a byte order mark or line ends).
    public static func parse(_ given: ArraySlice<UInt8>) throws(HL7Error) -> HL7Message {
        guard given.count <= maximumLength else {
            throw HL7Error(.tooLarge, path: "MSH", detail: "must not exceed \(maximumLength) bytes")
        }
        let (input, wide) = try HL7Wire.narrowed(given)
        let raw = HL7Wire.trimmed(input)
        let delimiters = try HL7Wire.delimiters(of: raw, header: "MSH")
        var set = try HL7Wire.characterSet(of: raw, delimiters)
        if wide != nil { set = HL7CharacterSet(declared: set.declared, encoding: nil) }
        let text = try HL7Wire.utf8(raw, set)
        if let wide { set = HL7CharacterSet(declared: set.declared, encoding: wide) }
        return try HL7Message(utf8: text, delimiters: delimiters, characterSet: set)
    }

    /// One pass over the bytes.
    private init(utf8 bytes: [UInt8], delimiters: HL7Delimiters, characterSet: HL7CharacterSet) throws(HL7Error) {
        var entries: [Entry] = []
        // How many segments of a name stand before the last run of segments of one name.
        var ordinals: [UInt32: Int] = [:]
        var fieldStarts: [Int] = []
        fieldStarts.reserveCapacity(bytes.count / 8)
        var failure: HL7Error?
        let field = delimiters.field
        bytes.withUnsafeBufferPointer { bytes in
            let count = bytes.count
            var position = 0
            var start = 0
            var firstField = 0
            func ordinal(of name: UInt32) -> Int {
                guard let last = entries.last else { return 1 }
                if last.name == name { return last.ordinal + 1 }
                ordinals[last.name] = last.ordinal
                return ordinals[name, default: 0] + 1
            }
            func close(at end: Int) {
                guard end > start else { return }
                let name = HL7Segment.packed(bytes, start)
                entries.append(
                    Entry(
                        name: name, ordinal: ordinal(of: name), start: start, end: end, firstField: firstField,
                        fieldCount: fieldStarts.count - firstField))
            }
            while position < count {
                let byte = bytes[position]
                if byte == field {
                    fieldStarts.append(position + 1)
                } else if byte == 0x0D || byte == 0x0A {
                    var next = position + 1
                    while next < count, bytes[next] == 0x0D || bytes[next] == 0x0A { next += 1 }
                    switch next == count ? .segment : HL7Wire.line(bytes, at: next, field: field) {
                    case .segment:
                        close(at: position)
                        start = next
                        firstField = fieldStarts.count
                    case .text where HL7Segment.takesText(HL7Segment.packed(bytes, start)):
                        break
                    case .text, .badName:
                        failure = HL7Error(
                            .segmentName, segmentIndex: entries.count + 1,
                            path: "line after segment \(entries.count + 1)",
                            offset: next,
                            detail: "must be a segment: a name of three capitals or digits, then the field separator")
                        return
                    }
                    position = next
                    continue
                }
                position += 1
            }
            close(at: count)
        }
        if let failure { throw failure }
        self.bytes = bytes
        self.delimiters = delimiters
        self.characterSet = characterSet
        self.entries = entries
        self.fieldStarts = fieldStarts
    }
}
