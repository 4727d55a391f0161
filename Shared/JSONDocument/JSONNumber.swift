/// A JSON number as it was written: the text is kept exactly, so that a decimal loses no digit.
public struct JSONNumber: Equatable, Sendable {
    /// The number's text by the grammar of RFC 8259, e.g. `98.60` or `-1e3`.
    public let text: String

    /// A number from text that the parser has checked.
    init(checked text: String) {
        self.text = text
    }

    /// The number that `text` writes, or nil when it is not in JSON's number grammar.
    public init?(_ text: String) {
        guard case .number(let number)? = try? JSONValue(parsing: text), number.text == text else { return nil }
        self = number
    }

    /// The integer `value`.
    public init(_ value: Int64) {
        text = String(value)
    }

    /// The finite `value`, shortest text that reads back equal; nil for NaN and infinities.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        let text = value.description
        self.init(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    /// The nearest double, or nil when the number is out of its range.
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The number as an integer when it is one (`5`, `5.0`, `5e0`), or nil.
    public var int64: Int64? {
        if let value = Int64(text) { return value }
        let canonical = canonicalText
        return Int64(canonical)
    }

    /// One text for all spellings of the same decimal: `1`, `1.0` and `10e-1` give `1`; no rounding.
    ///
    /// Plain notation where the decimal point lies within 21 digits, else `<digits>e<exponent>` with an integer mantissa.
    public var canonicalText: String {
        var digits: [UInt8] = []
        var isNegative = false
        var scale = 0
        var exponent = 0
        var seenPoint = false
        var isExponent = false
        var exponentIsNegative = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"):
                if isExponent { exponentIsNegative = true } else { isNegative = true }
            case UInt8(ascii: "+"): break
            case UInt8(ascii: "."): seenPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): isExponent = true
            default:
                if isExponent {
                    exponent = min(exponent * 10 + Int(byte) - 48, 1_000_000_000)
                } else {
                    if seenPoint { scale += 1 }
                    if byte != 48 || !digits.isEmpty { digits.append(byte) }
                }
            }
        }
        while digits.last == 48 {
            digits.removeLast()
            scale -= 1
        }
        guard !digits.isEmpty else { return "0" }
        let power = (exponentIsNegative ? -exponent : exponent) - scale
        return (isNegative ? "-" : "") + Self.decimalText(digits: digits, power: power)
    }

    private static func decimalText(digits: [UInt8], power: Int) -> String {
        let mantissa = String(decoding: digits, as: UTF8.self)
        let point = digits.count + power
        switch (power, point) {
        case (0..., ...21):
            return mantissa + String(repeating: "0", count: power)
        case (..<0, 1...21):
            return "\(mantissa.prefix(point)).\(mantissa.dropFirst(point))"
        case (..<0, -20...0):
            return "0." + String(repeating: "0", count: -point) + mantissa
        default:
            return "\(mantissa)e\(power)"
        }
    }
}
