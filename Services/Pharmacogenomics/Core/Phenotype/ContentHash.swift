/// A 64-bit hash that is equal on every machine and in every run (FNV-1a over bytes, whole words multiplied in).
///
/// It tells whether a result changed, so that only changes are published; it is no protection against forgery.
struct ContentHash: Sendable {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    init() {}

    mutating func mix(_ word: UInt64) {
        // The finalizer of splitmix64, so that words that differ in few bits end far apart.
        var mixed = value ^ word &+ 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        value = mixed ^ (mixed >> 31)
    }

    mutating func mix(_ number: Int) { mix(UInt64(bitPattern: Int64(number))) }

    mutating func mix(_ number: Double) { mix(number.bitPattern) }

    mutating func mix(_ flag: Bool) { mix(flag ? 1 as UInt64 : 0) }

    mutating func mix(_ text: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        mix(hash)
    }

    static func of(_ actions: [RecommendedAction]) -> UInt64 {
        var hash = ContentHash()
        for action in actions {
            hash.mix(action.code.rawValue)
            hash.mix(action.detail)
        }
        return hash.value
    }
}
