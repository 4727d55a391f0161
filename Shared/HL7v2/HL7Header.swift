/// What an acknowledgement needs of the message that it answers, read leniently, so that an unreadable message can be answered too.
public struct HL7Header: Sendable {
    /// The message's delimiters, or the standard ones.
    public let delimiters: HL7Delimiters
    private let fields: [[UInt8]]

    /// The header of `bytes`, as far as it can be read.
    public init(lenient bytes: [UInt8]) {
        let raw = HL7Wire.trimmed(bytes[...])
        let line = raw.prefix { $0 != 0x0D && $0 != 0x0A }.prefix(4_096)
        guard line.starts(with: "MSH".utf8), line.count > 4 else {
            delimiters = .standard
            fields = []
            return
        }
        let separator = line[line.startIndex + 3]
        let declared = HL7Delimiters(field: separator, encoding: line.dropFirst(4).prefix { $0 != separator })
        delimiters = declared ?? .standard
        guard delimiters.field == separator else {
            // Fields cut by something that is no delimiter are no fields.
            fields = []
            return
        }
        // Item 0 is the name, item 1 is MSH-2.
        fields = line.split(separator: separator, omittingEmptySubsequences: false).map { Array($0) }
    }

    /// Whether there is an MSH at all.
    public var isPresent: Bool { !fields.isEmpty }

    /// The bytes of MSH field `number` (from 2) as they were sent; empty when there are none.
    public func raw(_ number: Int) -> [UInt8] {
        number >= 2 && number - 1 < fields.count ? fields[number - 1] : []
    }

    /// The text of component 1 of MSH field `number`.
    public func text(_ number: Int) -> String { component(number, 1) }

    /// The text of a component of MSH field `number`.
    public func component(_ number: Int, _ component: Int) -> String {
        let bytes = raw(number)
        return HL7Element(bytes: bytes, start: 0, end: bytes.count, delimiters: delimiters).component(component).value
    }

    /// Whether the sets that MSH-18 names are known.
    var hasKnownCharacterSet: Bool {
        let names = raw(18).split(separator: delimiters.repetition, omittingEmptySubsequences: false)
        return HL7CharacterSet(declared: names.map { String(decoding: $0, as: UTF8.self) }) != nil
    }

    /// Whether the sender asked for enhanced acknowledgement: MSH-15 or MSH-16 has a value.
    public var isEnhanced: Bool { !text(15).isEmpty || !text(16).isEmpty }
}
