/// The samples of a gene by ascending level: a radix sort, for thousands of short columns.
struct LevelOrder {
    /// The samples that have a level, the lowest level first; of equal levels the earlier sample.
    private(set) var samples: [Int32]

    /// The order of some levels; NaN is left out.
    init(_ levels: ArraySlice<Float>) {
        var keys: [UInt64] = []
        keys.reserveCapacity(levels.count)
        for (sample, level) in levels.enumerated() where !level.isNaN {
            // Bits in the order of the numbers; both zeros are one.
            let bits = level == 0 ? 0 : level.bitPattern
            let ordered = bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
            keys.append(UInt64(ordered) << 32 | UInt64(UInt32(truncatingIfNeeded: sample)))
        }
        var sorted = keys
        for shift in stride(from: UInt64(32), to: 64, by: 8) {
            var starts = Array(repeating: 0, count: 257)
            for key in keys { starts[Int(truncatingIfNeeded: (key >> shift) & 255) + 1] += 1 }
            // All keys have the same byte: nothing moves.
            if starts.contains(keys.count) { continue }
            for byte in 1...256 { starts[byte] += starts[byte - 1] }
            for key in keys {
                let byte = Int(truncatingIfNeeded: (key >> shift) & 255)
                sorted[starts[byte]] = key
                starts[byte] += 1
            }
            swap(&keys, &sorted)
        }
        samples = keys.map { Int32(truncatingIfNeeded: $0) }
    }
}
