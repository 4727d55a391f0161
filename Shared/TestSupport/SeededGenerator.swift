/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same seed gives the same numbers on every machine.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    /// What the sequence began with.
    public let seed: UInt64
    private var state: UInt64

    /// A generator whose numbers are fixed by `seed`.
    public init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// A generator for a property test. The seed is `VITALSTREAM_SEED` or random, and it is printed, so that a red test
    /// can be run again.
    public static func announced(_ test: String = #function) -> SeededGenerator {
        let given = Repository.environment("VITALSTREAM_SEED").flatMap(UInt64.init)
        let seed = given ?? UInt64.random(in: 0...0xFFFF_FFFF)
        print("seed of \(test): VITALSTREAM_SEED=\(seed)")
        return SeededGenerator(seed: seed)
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
