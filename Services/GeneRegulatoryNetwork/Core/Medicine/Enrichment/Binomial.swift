/// Binomial chances by saddle point (Loader 2000): ln P = δ(n) - δ(x) - δ(n - x) - D(x, np) - D(n - x, nq) - ½ ln(2π x
/// (n - x) / n).
enum Binomial {
    /// ln of the chance of `count` successes in `trials`; `chance` + `complement` = 1.
    static func logProbability(_ count: Int, of trials: Int, chance: Double, complement: Double) -> Double {
        let (x, n) = (Double(count), Double(trials))
        if count < 0 || count > trials { return -.infinity }
        if trials == 0 { return 0 }
        if count == 0 { return n * logarithm(ofComplementOf: chance, complement) }
        if count == trials { return n * logarithm(ofComplementOf: complement, chance) }
        let main =
            stirlingError(count: trials) - stirlingError(count: count) - stirlingError(count: trials - count)
            - deviance(x, n * chance) - deviance(n - x, n * complement)
        return main - 0.5 * Elementary.logarithm(2 * .pi * x * (n - x) / n)
    }

    /// ln(1 - small), which is ln(rest), by whichever is exact.
    private static func logarithm(ofComplementOf small: Double, _ rest: Double) -> Double {
        small < 0.1 ? Elementary.logarithm1p(-small) : Elementary.logarithm(rest)
    }

    /// δ(n) = ln n! - (n ln n - n + ½ ln 2πn): exact for small n, the series of Stirling above.
    private static func stirlingError(count: Int) -> Double {
        if count < 16 { return small[count] }
        let n = Double(count)
        let square = n * n
        return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188) / square) / square) / square) / square) / n
    }

    /// δ(0...15), from 50-digit arithmetic.
    private static let small: [Double] = [
        0, 0.08106146679532725822, 0.041340695955409294094, 0.027677925684998339149,
        0.020790672103765093112, 0.016644691189821192163, 0.013876128823070747999, 0.011896709945891770095,
        0.010411265261972096497, 0.0092554621827127329177, 0.0083305634333628712565, 0.007573675487951840795,
        0.0069428401072095298657, 0.0064089941880042070684, 0.0059513701127588477356, 0.005554733551962801371,
    ]

    /// D(x, m) = x ln(x / m) + m - x without cancellation.
    private static func deviance(_ x: Double, _ mean: Double) -> Double {
        guard abs(x - mean) < 0.1 * (x + mean) else { return x * Elementary.logarithm(x / mean) + mean - x }
        let ratio = (x - mean) / (x + mean)
        var sum = (x - mean) * ratio
        var power = 2 * x * ratio
        var order = 1.0
        while order < 1000 {
            power *= ratio * ratio
            order += 2
            let next = sum + power / order
            if next == sum { break }
            sum = next
        }
        return sum
    }
}
