/// A field, repetition, component or sub-component: a range of a message's bytes. Nothing is copied before ``text`` is asked for.
public struct HL7Element: Sendable {
    let bytes: [UInt8]
    let start: Int
    let end: Int
    let delimiters: HL7Delimiters

    init(bytes: [UInt8], start: Int, end: Int, delimiters: HL7Delimiters) {
        self.bytes = bytes
        self.start = start
        self.end = end
        self.delimiters = delimiters
    }

    /// Whether nothing was sent: the receiver keeps what it has.
    public var isEmpty: Bool { start == end }

    /// Whether it is the explicit null `""`: the value is to be deleted.
    public var isNull: Bool { end - start == 2 && bytes[start] == 0x22 && bytes[start + 1] == 0x22 }

    /// Whether there is something other than nothing and null.
    public var hasValue: Bool { !isEmpty && !isNull }

    /// The bytes as sent, in UTF-8, escapes and all.
    public var raw: ArraySlice<UInt8> { bytes[start..<end] }

    /// Where it stands in the message's bytes.
    public var offset: Int { start }

    /// The whole as text, escapes resolved; delimiters inside it stay as they are.
    public var text: String { HL7Escapes.text(of: bytes, start, end, delimiters) }

    /// The text of the first sub-component of the first component of the first repetition: what a primitive value means when a sender
    /// put parts into it. Empty for nothing and for null.
    public var value: String {
        guard hasValue else { return "" }
        let primitive = first(by: delimiters.repetition).first(by: delimiters.component).first(
            by: delimiters.subcomponent)
        return primitive.isNull ? "" : primitive.text
    }

    /// ``value``, or nil when it is empty or blank.
    public var nonEmptyValue: String? {
        let value = value
        return value.utf8.allSatisfy { $0 == 0x20 } ? nil : value
    }

    /// The repetitions of a field; one for a field that does not repeat, none for an empty one.
    public var repetitions: [HL7Element] { isEmpty ? [] : parts(by: delimiters.repetition) }

    /// The components of the first repetition; none for an empty element.
    public var components: [HL7Element] {
        let first = first(by: delimiters.repetition)
        return first.isEmpty ? [] : first.parts(by: delimiters.component)
    }

    /// The sub-components of a component; none for an empty one.
    public var subcomponents: [HL7Element] { isEmpty ? [] : parts(by: delimiters.subcomponent) }

    /// Component `number`, from 1, of the first repetition; empty when there is none.
    public func component(_ number: Int) -> HL7Element {
        first(by: delimiters.repetition).part(number, by: delimiters.component)
    }

    /// Sub-component `number`, from 1, of a component; empty when there is none.
    public func subcomponent(_ number: Int) -> HL7Element { part(number, by: delimiters.subcomponent) }

    private func first(by delimiter: UInt8) -> HL7Element { part(1, by: delimiter) }

    private func part(_ number: Int, by delimiter: UInt8) -> HL7Element {
        bytes.withUnsafeBufferPointer { bytes in
            var left = number - 1
            var begin = start
            var position = start
            while position < end {
                if bytes[position] == delimiter {
                    if left == 0 { break }
                    left -= 1
                    begin = position + 1
                }
                position += 1
            }
            return left == 0 ? with(begin, position) : with(end, end)
        }
    }

    private func parts(by delimiter: UInt8) -> [HL7Element] {
        var parts: [HL7Element] = []
        var begin = start
        for position in start..<end where bytes[position] == delimiter {
            parts.append(with(begin, position))
            begin = position + 1
        }
        parts.append(with(begin, end))
        return parts
    }

    private func with(_ start: Int, _ end: Int) -> HL7Element {
        HL7Element(bytes: bytes, start: start, end: end, delimiters: delimiters)
    }
}
