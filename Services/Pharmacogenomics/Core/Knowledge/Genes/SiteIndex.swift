/// From a place of the genome to the sites that stand there: an open-addressed hash, without allocation in a look-up.
struct SiteIndex: Sendable {
    private let keys: [UInt64]
    private let starts: [UInt32]
    private let counts: [UInt32]
    private let sites: [Int]
    private let mask: Int

    /// An index of (chromosome code, position, site).
    init(_ places: [(chromosome: UInt8, position: Int64, site: Int)]) {
        let sorted = places.map { (key: Self.key($0.chromosome, $0.position), site: $0.site) }
            .sorted { ($0.key, $0.site) < ($1.key, $1.site) }
        var size = 16
        while size < sorted.count * 2 { size *= 2 }
        var keys = [UInt64](repeating: 0, count: size)
        var starts = [UInt32](repeating: 0, count: size)
        var counts = [UInt32](repeating: 0, count: size)
        for (offset, place) in sorted.enumerated() {
            var slot = Self.slot(place.key, size - 1)
            while keys[slot] != 0, keys[slot] != place.key { slot = (slot + 1) & (size - 1) }
            if keys[slot] == 0 {
                keys[slot] = place.key
                starts[slot] = UInt32(offset)
            }
            counts[slot] += 1
        }
        self.keys = keys
        self.starts = starts
        self.counts = counts
        sites = sorted.map(\.site)
        mask = size - 1
    }

    /// The sites at a place, mostly none or one.
    func sites(chromosome: UInt8, position: Int64) -> ArraySlice<Int> {
        let key = Self.key(chromosome, position)
        var slot = Self.slot(key, mask)
        while keys[slot] != 0 {
            if keys[slot] == key {
                let start = Int(starts[slot])
                return sites[start..<start + Int(counts[slot])]
            }
            slot = (slot + 1) & mask
        }
        return sites[0..<0]
    }

    /// Never 0, since chromosome codes begin with 1.
    private static func key(_ chromosome: UInt8, _ position: Int64) -> UInt64 {
        UInt64(chromosome) << 56 | (UInt64(bitPattern: position) & 0x00FF_FFFF_FFFF_FFFF)
    }

    private static func slot(_ key: UInt64, _ mask: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    }
}
