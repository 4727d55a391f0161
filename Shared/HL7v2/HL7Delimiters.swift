/// The delimiters that MSH-1 and MSH-2 declare. One that is not declared is ``absent`` and matches nothing.
public struct HL7Delimiters: Hashable, Sendable {
    /// Between fields, `|` as a rule.
    public let field: UInt8
    /// Between components, `^`.
    public let component: UInt8
    /// Between repetitions, `~`.
    public let repetition: UInt8
    /// Round escapes, `\`.
    public let escape: UInt8
    /// Between sub-components, `&`.
    public let subcomponent: UInt8
    /// The mark of a truncated value (since 2.7), `#`.
    public let truncation: UInt8

    /// No delimiter: a byte that no text in UTF-8 has.
    public static let absent: UInt8 = 0xFF
    /// `|^~\&`, and no truncation mark.
    public static let standard = HL7Delimiters(uncheckedField: 0x7C, encoding: Array(#"^~\&"#.utf8)[...])

    /// The delimiters of MSH-1 and MSH-2, or nil unless there are 1 to 5 encoding characters and all are different graphic ASCII characters
    /// that are neither letters nor digits.
    public init?(field: UInt8, encoding: ArraySlice<UInt8>) {
        guard (1...5).contains(encoding.count) else { return nil }
        var seen: Set<UInt8> = []
        for byte in [field] + encoding {
            guard Self.isDelimiter(byte), seen.insert(byte).inserted else { return nil }
        }
        self.init(uncheckedField: field, encoding: encoding)
    }

    private init(uncheckedField field: UInt8, encoding: ArraySlice<UInt8>) {
        func at(_ offset: Int) -> UInt8 {
            offset < encoding.count ? encoding[encoding.startIndex + offset] : Self.absent
        }
        self.field = field
        component = at(0)
        repetition = at(1)
        escape = at(2)
        subcomponent = at(3)
        truncation = at(4)
    }

    /// MSH-2.
    public var encodingCharacters: [UInt8] {
        Array([component, repetition, escape, subcomponent, truncation].prefix { $0 != Self.absent })
    }

    /// Whether a byte can be a delimiter: a graphic ASCII character that is neither letter nor digit.
    static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}
