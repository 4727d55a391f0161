import Foundation

/// The normal distribution's quantiles.
enum NormalScore {
    /// How many whole numbers a standard deviation has: 6 standard deviations are ``FixedPointScale/limit``.
    static let unit = Double(FixedPointScale.limit) / 6

    /// The whole-number score for each count of half ranks below: entry k is the score of probability k / (2 * count), held away from
    /// 0 and 1 by half a rank.
    static func table(count: Int) -> [Int16] {
        guard count > 0 else { return [0] }
        var scores = Array(repeating: Int16(0), count: 2 * count + 1)
        // From one half only, so that the table is exactly antisymmetric.
        for half in 0...count {
            let probability = Double(max(half, 1)) / Double(2 * count)
            let score = half == count ? 0 : max(-6, quantile(probability))
            scores[half] = Int16((score * unit).rounded())
            scores[2 * count - half] = -scores[half]
        }
        return scores
    }

    /// The quantile of a probability between 0 and 1 (Wichura 1988, algorithm AS 241, PPND7: about 7 figures).
    static func quantile(_ probability: Double) -> Double {
        let centred = probability - 0.5
        if abs(centred) <= 0.425 {
            let r = 0.180625 - centred * centred
            let top = ((59.109_374_720 * r + 159.291_132_02) * r + 50.434_271_938) * r + 3.387_132_717_9
            let bottom = ((67.187_563_600 * r + 78.757_757_664) * r + 17.895_169_469) * r + 1
            return centred * top / bottom
        }
        let tail = max(min(probability, 1 - probability), Double.leastNormalMagnitude)
        let r = (-log(tail)).squareRoot()
        let size: Double
        if r <= 5 {
            let s = r - 1.6
            let top = ((0.170_238_211_03 * s + 1.306_728_481_6) * s + 2.756_815_390_0) * s + 1.423_437_277_7
            size = top / ((0.120_211_321_75 * s + 0.737_001_642_50) * s + 1)
        } else {
            let s = r - 5
            let top = ((0.017_337_203_997 * s + 0.428_682_943_37) * s + 3.081_226_386_0) * s + 6.657_905_115_0
            size = top / ((0.012_258_202_635 * s + 0.241_978_942_25) * s + 1)
        }
        return centred < 0 ? -size : size
    }
}
