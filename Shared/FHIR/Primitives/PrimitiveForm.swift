/// The regular expressions of R4's primitive types, by hand, and what its text adds to them.
enum PrimitiveForm {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Words with one white space character between them.
    static func isCode(_ text: Bytes) -> Bool {
        var afterSpace = true
        for byte in text {
            if byte.isSpace, afterSpace { return false }
            if byte < 0x20, !byte.isSpace { return false }
            afterSpace = byte.isSpace
        }
        return !afterSpace
    }

    /// No white space; a `urn:uuid:` or `urn:oid:` holds one.
    static func isURI(_ text: Bytes) -> Bool {
        guard !text.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return false }
        if hasPrefix(text, "urn:uuid:") { return isUUID(cut(text, "|#")) }
        if hasPrefix(text, "urn:oid:") { return isOID(cut(text, "|#")) }
        return !hasPrefix(text, "oid:") && !hasPrefix(text, "uuid:")
    }

    /// `urn:oid:` and numbers without leading zeros, the first from 0 to 2.
    static func isOID(_ text: Bytes) -> Bool {
        guard hasPrefix(text, "urn:oid:"), text.count > 9, (48...50).contains(text[8]) else { return false }
        let arcs = text[9...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let lead = arcs.first, lead.isEmpty, arcs.count > 1 else { return false }
        return arcs.dropFirst().allSatisfy { arc in
            !arc.isEmpty && arc.allSatisfy(\.isDigit) && (arc.count == 1 || arc.first != 48)
        }
    }

    /// `urn:uuid:` and 32 hexadecimal digits in groups; in lower case for the type `uuid`, in either for a `uri`.
    static func isUUID(_ text: Bytes, isLowerCase: Bool = false) -> Bool {
        guard hasPrefix(text, "urn:uuid:"), text.count == 45 else { return false }
        for (index, byte) in text[9...].enumerated() {
            switch index {
            case 8, 13, 18, 23: guard byte == UInt8(ascii: "-") else { return false }
            default:
                guard byte.isHexadecimal, !isLowerCase || byte.isDigit || byte >= 97 else { return false }
            }
        }
        return true
    }

    /// How many bytes the base64 text stands for, white space aside; nil when it is none.
    static func decodedLength(base64 text: Bytes) -> Int? {
        var digits = 0
        var padding = 0
        for byte in text {
            if byte.isSpace { continue }
            if byte == UInt8(ascii: "=") {
                padding += 1
            } else {
                guard padding == 0,
                    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
                else { return nil }
                digits += 1
            }
        }
        guard digits > 0, padding <= 2, (digits + padding) % 4 == 0 else { return nil }
        return digits * 3 / 4
    }

    /// Whether `text` has a scheme (RFC 3986), so is no relative reference.
    static func isAbsolute(_ text: Bytes) -> Bool {
        guard let first = text.first, first.isLetter, let colon = text.firstIndex(of: UInt8(ascii: ":")) else {
            return false
        }
        return text[..<colon].allSatisfy { byte in
            byte.isLetter || byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
    }

    static func hasPrefix(_ text: Bytes, _ prefix: StaticString) -> Bool {
        guard text.count >= prefix.utf8CodeUnitCount else { return false }
        for index in 0..<prefix.utf8CodeUnitCount where text[index] != prefix.utf8Start[index] { return false }
        return true
    }

    /// `text` up to the first of `marks`.
    private static func cut(_ text: Bytes, _ marks: StaticString) -> Bytes {
        for (index, byte) in text.enumerated() {
            for mark in 0..<marks.utf8CodeUnitCount where byte == marks.utf8Start[mark] {
                return Bytes(rebasing: text[..<index])
            }
        }
        return text
    }
}
