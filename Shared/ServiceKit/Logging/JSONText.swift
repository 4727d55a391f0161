/// Writes JSON text for log lines, health answers and OTLP: appends to bytes, never fails.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(256) }

    /// Text as it is: punctuation, numbers and literals.
    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func number(_ value: some BinaryInteger) { bytes.append(contentsOf: String(value).utf8) }

    /// A number; JSON has none for infinity and NaN, which become texts.
    mutating func number(_ value: Double) {
        if value.isFinite { bytes.append(contentsOf: "\(value)".utf8) } else { string("\(value)") }
    }

    mutating func boolean(_ value: Bool) { raw(value ? "true" : "false") }

    /// A quoted string, escaped by RFC 8259 section 7; line separators U+2028 and U+2029 too, so that a line stays a line everywhere.
    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": raw("\\\"")
            case "\\": raw("\\\\")
            case "\n": raw("\\n")
            case "\r": raw("\\r")
            case "\t": raw("\\t")
            case "\u{0}"..."\u{1f}", "\u{7f}", "\u{2028}", "\u{2029}": escape(scalar.value)
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ value: UInt32) {
        raw("\\u")
        for shift in [12, 8, 4, 0] as [UInt32] {
            let nibble = UInt8(truncatingIfNeeded: value >> shift) & 15
            bytes.append(nibble < 10 ? 48 + nibble : 87 + nibble)
        }
    }

    /// `"name":`, after a comma unless it is the first of its object.
    mutating func key(_ name: String) {
        if let last = bytes.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "[") { raw(",") }
        string(name)
        raw(":")
    }

    /// A comma unless this is the first element of its array.
    mutating func element() {
        if let last = bytes.last, last != UInt8(ascii: "[") { raw(",") }
    }

    mutating func field(_ name: String, _ value: String) {
        key(name)
        string(value)
    }
}
