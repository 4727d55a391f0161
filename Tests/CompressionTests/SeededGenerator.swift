/// Random numbers that a printed seed gives again (SplitMix64, Steele, Lea and Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Bytes that compress somewhat: runs of one letter between random ones.
    mutating func text(upTo most: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        let count = Int.random(in: 0...most, using: &self)
        while bytes.count < count {
            let run = Bool.random(using: &self) ? Int.random(in: 1...2_000, using: &self) : 1
            bytes.append(contentsOf: repeatElement(UInt8.random(in: 0...255, using: &self), count: run))
        }
        return Array(bytes.prefix(count))
    }

    /// `bytes` cut into pieces at random places, empty ones among them.
    mutating func pieces(of bytes: [UInt8]) -> [[UInt8]] {
        var rest = bytes[...]
        var pieces: [[UInt8]] = []
        while !rest.isEmpty {
            let count = min(
                rest.count,
                Int.random(in: 0...3, using: &self) == 0
                    ? Int.random(in: 0...2, using: &self) : Int.random(in: 1...40_000, using: &self))
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }
}
