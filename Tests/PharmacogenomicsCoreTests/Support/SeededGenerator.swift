import Foundation

/// A reproducible random number generator (SplitMix64, S. Vigna); tests print the seed that they give it.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The seed of this run: `VITALSTREAM_SEED`, or one of its own that the test prints.
    static func seed() -> UInt64 {
        ProcessInfo.processInfo.environment["VITALSTREAM_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999)
    }
}
