extension JSONValue {
    /// How a value is written.
    public enum Style: Sendable {
        /// No white space; members in their order; numbers as they were read.
        case compact
        /// No white space; members sorted by the bytes of their names; one text per decimal (``JSONNumber/canonicalText``).
        ///
        /// Equal content gives equal bytes, so this is the form to hash.
        case canonical
    }

    /// The value as UTF-8 bytes.
    public func serialized(_ style: Style = .compact) -> [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes, style: style)
        return bytes
    }

    /// The value as text.
    public func text(_ style: Style = .compact) -> String {
        String(decoding: serialized(style), as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8], style: Style) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let number):
            bytes.append(contentsOf: (style == .compact ? number.text : number.canonicalText).utf8)
        case .string(let text): Self.write(text, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(to: &bytes, style: style)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            let members: [JSONObject.Member]
            switch style {
            case .compact: members = object.members
            case .canonical:
                members = object.sortedMembers
            }
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes, style: style)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { source in
            // What needs no escape goes in runs: nearly everything, nearly always.
            var start = 0
            for (index, byte) in source.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
                writeEscape(of: byte, to: &bytes)
                start = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func writeEscape(of byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
        case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
        case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
        case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
        case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
        default:
            bytes.append(contentsOf: #"\u00"#.utf8)
            for nibble in [byte >> 4, byte & 15] { bytes.append(nibble < 10 ? 48 + nibble : 87 + nibble) }
        }
    }
}

extension JSONObject {
    /// The members in the order of their names' bytes; documents are mostly made in it already.
    fileprivate var sortedMembers: [Member] {
        let isSorted = zip(members, members.dropFirst()).allSatisfy {
            $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
        }
        return isSorted ? members : members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }
}
