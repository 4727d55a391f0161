/// The standard normal distribution.
enum Normal {
    /// P(Z > z), accurate far out.
    static func upperTail(_ z: Double) -> Double { 0.5 * Elementary.complementaryError(z / 2.0.squareRoot()) }

    /// P(|Z| > |z|).
    static func twoSided(_ z: Double) -> Double { min(1, 2 * upperTail(abs(z))) }

    /// The z below which a share of the distribution lies: the rational form of Acklam (2003; relative error 1.15e-9)
    /// and one step of Halley, which brings it to the grain of Double. Infinite at 0 and 1.
    static func quantile(_ share: Double) -> Double {
        if share <= 0 { return -.infinity }
        if share >= 1 { return .infinity }
        if share > 0.5 { return -quantile(1 - share) }
        var z: Double
        if share < 0.02425 {
            let q = (-2 * Elementary.logarithm(share)).squareRoot()
            z = polynomial(tailNumerator, q) / polynomial(tailDenominator, q)
        } else {
            let q = share - 0.5
            z = q * polynomial(middleNumerator, q * q) / polynomial(middleDenominator, q * q)
        }
        let error = upperTail(-z) - share
        let step = error * (2 * Double.pi).squareRoot() * Elementary.exponential(z * z / 2)
        z -= step / (1 + z * step / 2)
        return z
    }

    /// Highest power first.
    private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
        coefficients.reduce(0) { $0 * x + $1 }
    }

    private static let middleNumerator = [
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
        -3.066479806614716e+01, 2.506628277459239e+00,
    ]
    private static let middleDenominator = [
        -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
        -1.328068155288572e+01, 1,
    ]
    private static let tailNumerator = [
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
        4.374664141464968e+00, 2.938163982698783e+00,
    ]
    private static let tailDenominator = [
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1,
    ]
}
