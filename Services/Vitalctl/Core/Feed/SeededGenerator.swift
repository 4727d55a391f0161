#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A random number generator whose whole stream follows from a seed: xoshiro256** (D. Blackman, S. Vigna, "Scrambled linear
/// pseudorandom number generators", 2018), its state filled by SplitMix64 as the authors recommend.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// The generator number `stream` of `seed`; the streams of one seed are independent of each other for our purposes.
    public init(seed: UInt64, stream: UInt64 = 0) {
        var mixer = seed &+ stream &* 0xD1B5_4A32_D192_ED03
        func word() -> UInt64 {
            mixer &+= 0x9E37_79B9_7F4A_7C15
            var value = mixer
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
        state = (word(), word(), word(), word())
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        let scrambled = Self.rotate(state.1 &* 5, 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Self.rotate(state.3, 45)
        return scrambled
    }

    private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
        (value << count) | (value >> (64 - count))
    }

    /// A number uniform in [0, 1), with 53 random bits.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number uniform in `range`.
    public mutating func uniform(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
    }

    /// A whole number uniform in 0..<`bound` (to within 2^-53 of it); 0 when `bound` is not positive.
    public mutating func index(below bound: Int) -> Int {
        max(0, min(bound - 1, Int(uniform() * Double(bound))))
    }

    /// True with `probability`.
    public mutating func chance(_ probability: Double) -> Bool {
        uniform() < probability
    }

    /// A standard normal deviate (Box and Muller, 1958; one of the pair is thrown away, so that a draw costs a fixed number of steps).
    public mutating func gaussian() -> Double {
        let radius = sqrt(-2 * log(1 - uniform()))
        return radius * cos(2 * .pi * uniform())
    }
}
