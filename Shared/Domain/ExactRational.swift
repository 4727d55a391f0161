/// A rational number in lowest terms, of any size up to ``bitLimit``.
public struct ExactRational: Hashable, Sendable {
    /// Whether it is below zero; false for zero.
    let isNegative: Bool
    let numerator: ExactNatural
    let denominator: ExactNatural

    /// Bits of numerator or denominator beyond which an operation is refused, so that no text can make it expensive.
    static let bitLimit = 8_192

    static let zero = ExactRational(1, isNegative: false, over: 1, of: .zero)
    static let one = ExactRational(1, isNegative: false, over: 1, of: .one)

    private init(_: Int, isNegative: Bool, over denominator: UInt64, of numerator: ExactNatural) {
        self.isNegative = isNegative
        self.numerator = numerator
        self.denominator = ExactNatural(denominator)
    }

    /// The quotient in lowest terms, or nil when `denominator` is zero or the result is too large.
    init?(isNegative: Bool = false, _ numerator: ExactNatural, _ denominator: ExactNatural = .one) {
        guard !denominator.isZero else { return nil }
        let common = ExactNatural.greatestCommonDivisor(numerator, denominator)
        self.numerator = numerator.quotientAndRemainder(dividingBy: common).quotient
        self.denominator = denominator.quotientAndRemainder(dividingBy: common).quotient
        self.isNegative = isNegative && !self.numerator.isZero
        guard self.numerator.bitWidth <= Self.bitLimit, self.denominator.bitWidth <= Self.bitLimit else { return nil }
    }

    /// The number that `decimal` writes (`-12.50`, `1e3`), or nil when it is none or is too large.
    public init?(_ decimal: String) {
        guard let decimal = ExactDecimal(decimal) else { return nil }
        self.init(decimal)
    }

    /// The decimal's exact value, or nil when its exponent is beyond ±2,000.
    init?(_ decimal: ExactDecimal) {
        guard abs(decimal.exponent) <= 2_000, let digits = decimal.natural else { return nil }
        let power = ExactNatural.powerOfTen(abs(decimal.exponent))
        self.init(
            isNegative: decimal.isNegative, decimal.exponent < 0 ? digits : digits * power,
            decimal.exponent < 0 ? power : .one)
    }

    /// The bits of the greater of its parts.
    var bits: Int { max(numerator.bitWidth, denominator.bitWidth) }

    /// Whether it is zero.
    var isZero: Bool { numerator.isZero }

    /// The product, or nil when it is too large.
    func times(_ other: ExactRational) -> ExactRational? {
        ExactRational(
            isNegative: isNegative != other.isNegative, numerator * other.numerator, denominator * other.denominator)
    }

    /// The inverse, or nil for zero.
    var inverse: ExactRational? { ExactRational(isNegative: isNegative, denominator, numerator) }

    /// The quotient, or nil when `other` is zero or the result is too large.
    func divided(by other: ExactRational) -> ExactRational? { other.inverse.flatMap { times($0) } }

    /// The sum, or nil when it is too large.
    func plus(_ other: ExactRational) -> ExactRational? {
        let (a, b) = (numerator * other.denominator, other.numerator * denominator)
        let bottom = denominator * other.denominator
        guard isNegative != other.isNegative else { return ExactRational(isNegative: isNegative, a + b, bottom) }
        return ExactRational(
            isNegative: a < b ? other.isNegative : isNegative, ExactNatural.distance(a, b), bottom)
    }

    /// The number with the other sign.
    var negated: ExactRational { ExactRational(isNegative: !isNegative, numerator, denominator) ?? .zero }

    /// The power, or nil when it is too large, or zero is raised to less than one.
    func power(_ exponent: Int) -> ExactRational? {
        guard exponent >= 0 else { return inverse.flatMap { $0.power(exponent == .min ? .max : -exponent) } }
        if self == .one { return self }
        guard !isZero else { return exponent > 0 ? self : nil }
        let (size, overflow) = bits.multipliedReportingOverflow(by: exponent)
        guard !overflow, size <= Self.bitLimit else { return nil }
        var (result, base, rest) = (ExactRational.one, self, exponent)
        while rest > 0 {
            if rest & 1 == 1 {
                guard let product = result.times(base) else { return nil }
                result = product
            }
            rest >>= 1
            guard rest > 0 else { break }
            guard let square = base.times(base) else { return nil }
            base = square
        }
        return result
    }

    /// The nearest double (ties to even), or nil when it is beyond the greatest.
    public var nearestDouble: Double? {
        NearestDouble.quotient(isNegative: isNegative, numerator, denominator)
    }

    /// The decimal text with at most `digits` significant digits, rounded half to even, without trailing zeros: `-0.0125`, `1.6e-30`.
    ///
    /// Exact when the number has no more digits than that.
    public func decimal(digits: Int = 30) -> String {
        guard !isZero else { return "0" }
        let digits = max(1, digits)
        let scale = digits - 1 - leadingPower
        return Self.text(isNegative: isNegative, digits: rounded(scale: scale).description, exponent: -scale)
    }

    /// The power of ten of the leading digit; the number is not zero.
    private var leadingPower: Int {
        var power = (numerator.bitWidth - denominator.bitWidth) * 30_103 / 100_000
        while isBelow(powerOfTen: power) { power -= 1 }
        while !isBelow(powerOfTen: power + 1) { power += 1 }
        return power
    }

    private func isBelow(powerOfTen power: Int) -> Bool {
        let scale = ExactNatural.powerOfTen(abs(power))
        return power < 0 ? numerator * scale < denominator : numerator < denominator * scale
    }

    /// |self| x 10^`scale`, rounded half to even.
    private func rounded(scale: Int) -> ExactNatural {
        let power = ExactNatural.powerOfTen(abs(scale))
        let top = scale > 0 ? numerator * power : numerator
        let bottom = scale > 0 ? denominator : denominator * power
        let (quotient, remainder) = top.quotientAndRemainder(dividingBy: bottom)
        let twice = remainder << 1
        let isOdd = (quotient.limbs.first ?? 0) & 1 == 1
        return bottom < twice || (twice == bottom && isOdd) ? quotient + .one : quotient
    }

    private static func text(isNegative: Bool, digits: String, exponent: Int) -> String {
        var digits = digits
        var exponent = exponent
        while digits.utf8.count > 1, digits.utf8.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        let sign = isNegative ? "-" : ""
        let leading = digits.utf8.count + exponent
        if (0...20).contains(exponent), leading <= 21 {
            return sign + digits + String(repeating: "0", count: exponent)
        }
        if exponent < 0, leading > 0 { return sign + digits.prefix(leading) + "." + digits.dropFirst(leading) }
        if exponent < 0, leading > -6 { return sign + "0." + String(repeating: "0", count: -leading) + digits }
        let fraction = digits.dropFirst()
        return sign + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e\(leading - 1)"
    }
}
