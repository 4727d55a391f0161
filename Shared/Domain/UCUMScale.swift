/// A decimal number without rounding: `mantissa` x 10^`exponent`.
struct ExactDecimal: Equatable, Sendable {
    var mantissa: Int128
    var exponent: Int

    init(mantissa: Int128, exponent: Int) {
        self.mantissa = mantissa
        self.exponent = exponent
    }

    /// The number that `text` writes (`-12.50`, `1e3`), or nil when it is none.
    ///
    /// More digits than 20 are beyond exactness here: the mantissa saturates to nil and ``UnitScale/apply(to:text:)`` takes the double.
    init?(_ text: String) {
        var mantissa: Int128 = 0
        var exponent = 0
        var digits = 0
        var bytes = text.utf8[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes.removeFirst() }
        var seenPoint = false
        while let byte = bytes.first {
            if byte == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else if (48...57).contains(byte) {
                digits += 1
                if mantissa < Self.mantissaLimit {
                    mantissa = mantissa * 10 + Int128(byte - 48)
                    if seenPoint { exponent -= 1 }
                } else if !seenPoint {
                    exponent += 1
                }
                if byte != 48, mantissa >= Self.mantissaLimit { isExact = false }
            } else {
                break
            }
            bytes.removeFirst()
        }
        guard digits > 0 else { return nil }
        if let byte = bytes.first {
            guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") else { return nil }
            bytes.removeFirst()
            if bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
            guard let power = Int(String(decoding: bytes, as: UTF8.self)), abs(power) < 1_000_000 else { return nil }
            exponent += power
        }
        self.mantissa = isNegative ? -mantissa : mantissa
        self.exponent = exponent
    }

    /// False when the text had more digits than the mantissa holds.
    private(set) var isExact = true

    private static let mantissaLimit: Int128 = 1_000_000_000_000_000_000
}

/// What a unit is in its kind's canonical unit: canonical = (value + offset) x numerator / denominator.
struct UnitScale: Equatable, Sendable {
    var numerator: Int128
    var denominator: Int128
    var offset = ExactDecimal(mantissa: 0, exponent: 0)

    static let identity = UnitScale(numerator: 1, denominator: 1)

    init(numerator: Int128, denominator: Int128 = 1, offset: ExactDecimal = ExactDecimal(mantissa: 0, exponent: 0)) {
        self.numerator = numerator
        self.denominator = denominator
        self.offset = offset
    }

    var isIdentity: Bool { numerator == denominator && offset.mantissa == 0 }

    /// This scale followed by the inverse of `other`; only for units without an offset.
    func divided(by other: UnitScale) -> UnitScale {
        UnitScale(numerator: numerator * other.denominator, denominator: denominator * other.numerator, offset: offset)
    }

    /// The nearest double to the exact result, or nil when it is out of range. `text` writes `decimal`.
    func apply(to decimal: ExactDecimal, text: String) -> Double? {
        if isIdentity { return Double(text).flatMap { $0.isFinite ? $0 : nil } }
        guard decimal.isExact, let shifted = sum(decimal, offset) else { return inexact(text) }
        let (product, overflow) = shifted.mantissa.multipliedReportingOverflow(by: numerator)
        guard !overflow else { return inexact(text) }
        return Self.quotient(product, denominator, exponent: shifted.exponent)
    }

    private func sum(_ left: ExactDecimal, _ right: ExactDecimal) -> ExactDecimal? {
        guard right.mantissa != 0 else { return left }
        guard left.mantissa != 0 else { return right }
        let exponent = min(left.exponent, right.exponent)
        guard let a = Self.scaled(left, to: exponent), let b = Self.scaled(right, to: exponent) else { return nil }
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? nil : ExactDecimal(mantissa: sum, exponent: exponent)
    }

    private static func scaled(_ decimal: ExactDecimal, to exponent: Int) -> Int128? {
        guard decimal.exponent - exponent <= 36 else { return nil }
        var mantissa = decimal.mantissa
        for _ in exponent..<decimal.exponent {
            let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            mantissa = product
        }
        return mantissa
    }

    /// Long division to 25 digits past the leading one; a digit that stands for the rest makes the final rounding right.
    private static func quotient(_ dividend: Int128, _ divisor: Int128, exponent: Int) -> Double? {
        var (whole, rest) = dividend.magnitude.quotientAndRemainder(dividingBy: divisor.magnitude)
        var text = "\(whole)"
        var power = exponent
        whole = 0
        while rest != 0, text.utf8.count < 36 {
            let (digit, next) = (rest * 10).quotientAndRemainder(dividingBy: divisor.magnitude)
            text += String(UInt8(digit))
            rest = next
            power -= 1
        }
        if rest != 0 {
            text += "1"
            power -= 1
        }
        guard let value = Double("\((dividend < 0) != (divisor < 0) ? "-" : "")\(text)e\(power)"), value.isFinite else {
            return nil
        }
        return value
    }

    /// Plain arithmetic of doubles, for numbers with more digits than exact arithmetic holds here.
    private func inexact(_ text: String) -> Double? {
        guard let value = Double(text), let shift = Double("\(offset.mantissa)e\(offset.exponent)") else { return nil }
        let result = (value + shift) * Double(numerator) / Double(denominator)
        return result.isFinite ? result : nil
    }
}
