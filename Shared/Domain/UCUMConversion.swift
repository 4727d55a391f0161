/// A conversion from one unit to another, prepared once and applied to many values.
struct UCUMConversion: Sendable {
    /// y = (x x `multiplier` + `addend`) / `divisor`, with integers that fit; the usual case.
    private struct Small: Sendable {
        let multiplier: Int64
        let addend: Int64
        let divisor: UInt64
    }

    private let small: Small?
    private let factor: ExactRational
    private let shift: ExactRational
    /// Set when a function stands between the two.
    private let functions: (from: UCUMMeasure, to: UCUMMeasure)?
    let isIdentity: Bool

    /// Changes no number.
    static let identity = UCUMConversion(linear: .one, shift: .zero)

    /// y = x x `factor` + `shift`.
    init(linear factor: ExactRational, shift: ExactRational) {
        self.init(linear: factor, shift: shift, functions: nil)
    }

    private init(
        linear factor: ExactRational, shift: ExactRational, functions: (from: UCUMMeasure, to: UCUMMeasure)?
    ) {
        self.factor = factor
        self.shift = shift
        self.functions = functions
        isIdentity = functions == nil && factor == .one && shift.isZero
        small = functions == nil ? Self.small(factor, shift) : nil
    }

    /// From `source` to `target`, or nil when they measure different things or the factor is out of range.
    init?(from source: UCUMMeasure, to target: UCUMMeasure) {
        guard source.dimension == target.dimension else { return nil }
        if source.function == nil, target.function == nil {
            // target = (source.scale x + source.offset - target.offset) / target.scale
            guard let factor = source.scale.divided(by: target.scale),
                let difference = source.offset.plus(target.offset.negated),
                let shift = difference.divided(by: target.scale)
            else { return nil }
            self.init(linear: factor, shift: shift)
        } else if source.function == target.function, source.scale == target.scale {
            guard let factor = source.step.divided(by: target.step) else { return nil }
            self.init(linear: factor, shift: .zero)
        } else {
            guard source.scale.divided(by: target.scale) != nil else { return nil }
            self.init(linear: .one, shift: .zero, functions: (source, target))
        }
    }

    private static func small(_ factor: ExactRational, _ shift: ExactRational) -> Small? {
        // The divisors' least common multiple.
        let common = ExactNatural.greatestCommonDivisor(factor.denominator, shift.denominator)
        let extra = shift.denominator.quotientAndRemainder(dividingBy: common).quotient
        let divisor = factor.denominator * extra
        let multiplier = factor.numerator * extra
        let addend = shift.numerator * divisor.quotientAndRemainder(dividingBy: shift.denominator).quotient
        guard let m = multiplier.asUInt64.flatMap(Int64.init(exactly:)),
            let a = addend.asUInt64.flatMap(Int64.init(exactly:)), let d = divisor.asUInt64
        else { return nil }
        return Small(multiplier: factor.isNegative ? -m : m, addend: shift.isNegative ? -a : a, divisor: d)
    }

    /// The nearest double to the exact result (for functions, see ``UCUMFunction``); nil when it is out of a double's range.
    func apply(to decimal: ExactDecimal) -> Double? {
        if let small, let digits = decimal.small, let value = Self.quick(small, digits, decimal) { return value }
        guard let value = Self.bounded(decimal) else { return nil }
        guard let functions else { return exact(value)?.nearestDouble }
        return Self.through(functions, value)
    }

    /// The exact result, or nil when a function stands between, or it is out of range.
    func exact(_ value: ExactRational) -> ExactRational? {
        functions == nil ? value.times(factor)?.plus(shift) : nil
    }

    /// The decimal, or nil when it is so far out that no unit brings it back into a double's range; too near to zero is zero.
    private static func bounded(_ decimal: ExactDecimal) -> ExactRational? {
        if decimal.exponent < -1_700 { return .zero }
        return decimal.exponent > 1_700 ? nil : ExactRational(decimal)
    }

    private static func quick(_ small: Small, _ digits: Int64, _ decimal: ExactDecimal) -> Double?? {
        let signed = decimal.isNegative ? -digits : digits
        var numerator = Int128(signed) * Int128(small.multiplier)
        var divisor = small.divisor
        if decimal.exponent < 0 {
            guard decimal.exponent >= -18 else { return nil }
            let power = powersOfTen[-decimal.exponent]
            numerator += Int128(small.addend) * Int128(power)
            let (product, overflow) = divisor.multipliedReportingOverflow(by: power)
            guard !overflow else { return nil }
            divisor = product
        } else {
            guard decimal.exponent <= 18 else { return nil }
            let (product, overflow) = numerator.multipliedReportingOverflow(by: Int128(powersOfTen[decimal.exponent]))
            guard !overflow else { return nil }
            let (sum, overflowed) = product.addingReportingOverflow(Int128(small.addend))
            guard !overflowed else { return nil }
            numerator = sum
        }
        return NearestDouble.quotient(isNegative: numerator < 0, numerator.magnitude, divisor)
    }

    private static let powersOfTen: [UInt64] = (0...18).map { power in
        (0..<power).reduce(1) { product, _ in product * 10 }
    }

    private static func through(_ functions: (from: UCUMMeasure, to: UCUMMeasure), _ value: ExactRational) -> Double? {
        let (from, to) = functions
        var proper = value
        if let function = from.function {
            guard let stepped = value.times(from.step)?.nearestDouble,
                let exact = ExactRational("\(function.proper(of: stepped))")
            else { return nil }
            proper = exact
        }
        guard let base = proper.times(from.scale)?.plus(from.offset),
            let target = base.plus(to.offset.negated)?.divided(by: to.scale)
        else { return nil }
        guard let function = to.function else { return target.nearestDouble }
        guard let nearest = target.nearestDouble else { return nil }
        let result = function.value(ofProper: nearest)
        guard result.isFinite, let step = to.step.nearestDouble else { return nil }
        return result / step
    }
}
