/// A segment as values, for writing messages and for comparing them: texts without escapes, empty trailing parts gone.
public struct HL7SegmentContent: Hashable, Sendable {
    /// Sub-components of components of repetitions.
    public typealias Field = [[[String]]]

    /// Three capitals or digits, a capital first.
    public let name: String
    /// The fields after the name; for MSH those after MSH-2.
    public let fields: [Field]

    /// A segment. The text `""` (two quotation marks) is the explicit null.
    public init(_ name: String, _ fields: [Field]) {
        self.name = name
        self.fields = Self.trimmed(
            fields.map { field in
                Self.trimmed(
                    field.map { repetition in
                        Self.trimmed(
                            repetition.map { Self.trimmed($0) { $0.isEmpty } }
                        ) { $0.isEmpty }
                    }
                ) { $0.isEmpty }
            }
        ) { $0.isEmpty }
    }

    /// A segment whose fields are single texts.
    public init(_ name: String, texts: [String]) { self.init(name, texts.map { [[[$0]]] }) }

    private static func trimmed<Part>(_ parts: [Part], isEmpty: (Part) -> Bool) -> [Part] {
        Array(parts[..<(parts.lastIndex { !isEmpty($0) }.map { $0 + 1 } ?? 0)])
    }

    func print(to output: inout [UInt8], _ delimiters: HL7Delimiters) {
        output.append(contentsOf: name.utf8)
        if name == "MSH" || name == "BHS" || name == "FHS" {
            output.append(delimiters.field)
            output.append(contentsOf: delimiters.encodingCharacters)
        }
        for field in fields {
            output.append(delimiters.field)
            Self.join(field, delimiters.repetition, &output) { repetition, output in
                Self.join(repetition, delimiters.component, &output) { component, output in
                    Self.join(component, delimiters.subcomponent, &output) { text, output in
                        output.append(contentsOf: HL7Escapes.escaped(text, delimiters))
                    }
                }
            }
        }
        output.append(0x0D)
    }

    private static func join<Part>(
        _ parts: [Part], _ delimiter: UInt8, _ output: inout [UInt8], _ body: (Part, inout [UInt8]) -> Void
    ) {
        for (index, part) in parts.enumerated() {
            if index > 0 { output.append(delimiter) }
            body(part, &output)
        }
    }
}

extension HL7Segment {
    /// The segment as values.
    public var content: HL7SegmentContent {
        let numbers = isHeader ? (fieldCount >= 3 ? Array(3...fieldCount) : []) : Array(1..<(fieldCount + 1))
        return HL7SegmentContent(
            name,
            numbers.map { number in
                self[number].repetitions.map { $0.components.map { $0.subcomponents.map(\.text) } }
            })
    }

    /// Appends the canonical form: escapes as they were sent, empty trailing parts gone.
    func print(to output: inout [UInt8]) {
        let delimiters = message.delimiters
        let segment = raw
        var begin = segment.startIndex
        if isHeader {
            begin = self[2].end
            output.append(contentsOf: segment[..<begin])
        }
        let kept = output.count
        // On lines that a text goes on over nothing is left out, so that none of them comes to look like a segment.
        var isContinued = false
        func trim(below rank: Int) {
            while !isContinued, output.count > kept, let last = output.last {
                let lower = Self.rank(last, delimiters)
                guard lower > 0, lower < rank else { return }
                output.removeLast()
            }
        }
        var position = begin
        while position < segment.endIndex {
            let byte = segment[position]
            // An empty part before a delimiter of a higher rank, or before the end, is trailing.
            trim(below: Self.rank(byte, delimiters))
            if byte == 0x0D || byte == 0x0A {
                let isPair = byte == 0x0D && position + 1 < segment.endIndex && segment[position + 1] == 0x0A
                output.append(0x0A)
                isContinued = true
                if isPair { position += 1 }
            } else {
                output.append(byte)
            }
            position += 1
        }
        trim(below: 5)
        output.append(0x0D)
    }

    private static func rank(_ byte: UInt8, _ delimiters: HL7Delimiters) -> Int {
        switch byte {
        case delimiters.subcomponent: 1
        case delimiters.component: 2
        case delimiters.repetition: 3
        case delimiters.field: 4
        default: 0
        }
    }
}

extension HL7Message {
    /// The message that these segments make; the first is the MSH, from its field 3 on.
    public init(_ segments: [HL7SegmentContent], delimiters: HL7Delimiters = .standard) throws(HL7Error) {
        var bytes: [UInt8] = []
        for segment in segments { segment.print(to: &bytes, delimiters) }
        self = try HL7Message.parse(bytes)
    }
}
