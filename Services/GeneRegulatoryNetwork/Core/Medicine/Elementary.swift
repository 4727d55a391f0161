#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The few functions of the C library that this room needs.
enum Elementary {
    /// e to the power of `value`.
    static func exponential(_ value: Double) -> Double { exp(value) }

    /// The natural logarithm.
    static func logarithm(_ value: Double) -> Double { log(value) }

    /// ln(1 + `value`), exact near 0.
    static func logarithm1p(_ value: Double) -> Double { log1p(value) }

    /// e to the power of `value`, less 1, exact near 0.
    static func exponential1m(_ value: Double) -> Double { expm1(value) }

    /// The complementary error function.
    static func complementaryError(_ value: Double) -> Double { erfc(value) }

    /// ln Γ(value), for positive values.
    static func logGamma(_ value: Double) -> Double {
        var sign: Int32 = 0
        return lgamma_r(value, &sign)
    }

    /// `base` to the power of `exponent`.
    static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}
