/// Correct rounding of a quotient of integers to the nearest double, ties to even.
enum NearestDouble {
    /// ±`numerator`/`denominator`; nil when it is beyond the greatest double. `denominator` is not zero.
    static func quotient(isNegative: Bool, _ numerator: UInt128, _ denominator: UInt64) -> Double? {
        let exact: UInt64 = 1 << 53
        if numerator <= UInt128(exact), denominator <= exact {
            // Both are doubles, and IEEE 754 rounds their quotient correctly.
            let value = Double(UInt64(truncatingIfNeeded: numerator)) / Double(denominator)
            return isNegative ? -value : value
        }
        let shift = numerator.leadingZeroBitCount
        let (quotient, remainder) = (numerator << shift).quotientAndRemainder(dividingBy: UInt128(denominator))
        let excess = max(0, 64 - quotient.leadingZeroBitCount)
        let dropped = quotient & ((1 << UInt128(excess)) - 1)
        return round(
            isNegative: isNegative, UInt64(truncatingIfNeeded: quotient >> UInt128(excess)),
            isInexact: remainder != 0 || dropped != 0, exponent: excess - shift)
    }

    /// ±`numerator`/`denominator`; nil when it is beyond the greatest double. `denominator` is not zero.
    static func quotient(isNegative: Bool, _ numerator: ExactNatural, _ denominator: ExactNatural) -> Double? {
        guard !numerator.isZero else { return 0 }
        // 63 or 64 bits of the quotient, and whether anything is left.
        let shift = 63 - (numerator.bitWidth - denominator.bitWidth)
        let (quotient, remainder) = (numerator << max(0, shift))
            .quotientAndRemainder(dividingBy: denominator << max(0, -shift))
        return round(
            isNegative: isNegative, quotient.asUInt64 ?? .max, isInexact: !remainder.isZero, exponent: -shift)
    }

    /// ±(`bits` + something below 1 if `isInexact`) x 2^`exponent`. `bits` has at least 55 bits unless it is exact.
    private static func round(isNegative: Bool, _ bits: UInt64, isInexact: Bool, exponent: Int) -> Double? {
        guard bits != 0 else { return 0 }
        let leading = 63 - bits.leadingZeroBitCount + exponent
        guard leading <= 1_023 else { return nil }
        let value: Double
        if leading >= -1_022 {
            // The lowest bit lies far below the half of the last place: setting it stands for all that is left.
            value = Double(sign: .plus, exponent: exponent, significand: Double(bits | (isInexact ? 1 : 0)))
        } else {
            // A subnormal number: its last place is 2^-1074.
            let drop = -1_074 - exponent
            guard drop <= 64 else { return isNegative ? -0.0 : 0 }
            let wide = UInt128(bits) << 1 | (isInexact ? 1 : 0)
            let kept = UInt64(truncatingIfNeeded: wide >> UInt128(drop + 1))
            let rest = wide & ((1 << UInt128(drop + 1)) - 1)
            let half: UInt128 = 1 << UInt128(drop)
            let up = rest > half || (rest == half && kept & 1 == 1)
            value = Double(kept + (up ? 1 : 0)) * .leastNonzeroMagnitude
        }
        guard value.isFinite else { return nil }
        return isNegative ? -value : value
    }
}
