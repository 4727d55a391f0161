/// Randomness that a seed decides (xoshiro256**, Blackman and Vigna 2018, seeded by splitmix64): the same on every machine and in every version.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// A generator of its own for each `seed` and `name`, so that no stream depends on how many others there are.
    public init(seed: UInt64, name: String = "") {
        // FNV-1a of the name, so that a gene's stream does not depend on its column.
        var word: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { word = (word ^ UInt64(byte)) &* 0x100_0000_01b3 }
        word ^= seed &* 0x9e37_79b9_7f4a_7c15
        func next() -> UInt64 {
            word &+= 0x9e37_79b9_7f4a_7c15
            var mixed = word
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
        state = (next(), next(), next(), next())
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let result = Self.rotated(state.1 &* 5, 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Self.rotated(state.3, 45)
        return result
    }

    /// A number uniform in [0, 1), with 53 random bits.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A whole number uniform in 0..<`bound` without bias (Lemire 2019); 0 when `bound` is not positive.
    public mutating func index(below bound: Int) -> Int {
        guard bound > 0 else { return 0 }
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold { product = next().multipliedFullWidth(by: range) }
        }
        return Int(product.high)
    }

    private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
        (word << count) | (word >> (64 - count))
    }
}
